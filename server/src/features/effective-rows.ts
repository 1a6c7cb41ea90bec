/** The effective configuration of a launch as a table: each value, and where it comes from. */
import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { derivation, originInWords } from "../judgement/rules/message";
import { toJson } from "../python/json";
import { holdsUnknown, show } from "../python/values";

/** A value that LightLLM uses. */
export interface EffectiveRow {
  /** With dashes. */
  readonly flag: string;
  readonly value: unknown;
  /** As it is written on a command line; empty for an empty text. */
  readonly shown: string;
  readonly origin: "written" | "default" | "derived";
  /** Zero-based, of a written value. */
  readonly line?: number;
  /** Of a derived value: its formula, or what sets it. */
  readonly formula?: string;
}

/** The known values of the flags of the launch's release: written ones first, then derived ones, then defaults. */
export function effectiveRows({ document }: LaunchDocument, judged: JudgedLaunch): readonly EffectiveRow[] {
  const { launch, values, chosen } = judged;
  const rows = chosen.release.flags.flatMap(({ name, key }): EffectiveRow[] => {
    const effective = values.effective(key);
    if (!effective || holdsUnknown(effective.value)) return [];
    const { value, origin } = effective;
    const written = launch.arguments
      .filter(({ flag }) => chosen.release.byName.get(flag)?.key === key)
      .at(-1);
    const formula = origin === "derived" ? (derivation(effective) ?? originInWords(effective)) : undefined;
    return [
      {
        flag: name,
        value: toJson(value),
        shown: show(value),
        origin,
        ...(origin === "written" && written && { line: document.positionAt(written.flagSpan.start).line }),
        ...(formula !== undefined && { formula }),
      },
    ];
  });
  const order = ["written", "derived", "default"];
  return rows.sort((a, b) => order.indexOf(a.origin) - order.indexOf(b.origin));
}
