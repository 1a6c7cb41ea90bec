/** The effective configuration of a launch as a table: each value, and where it comes from. */
import type { LaunchDocument } from "../../analysis/document";
import type { JudgedLaunch } from "../../analysis/judge-file";
import type { Flag } from "../../catalogue";
import { parseArguments } from "../../judgement/argparse";
import { type Effective, isSame } from "../../judgement/effective-values";
import { defaultValues } from "../../judgement/launch-values";
import { derivation } from "../../judgement/rules/message";
import type { Span, Word } from "../../launch/launch";
import { originsOf } from "../../launch/origin";
import { say } from "../../messages";
import { expression } from "../../python/expression";
import { toJson } from "../../python/json";
import { holdsUnknown, show, type Value } from "../../python/values";
import { dependsOn, openWords, whyUnknown } from "./why-unknown";

/** Where a value comes from, for a reader; `origin` has the words of `explain --format json`. */
export type EffectiveKind = "written" | "variable" | "derived" | "replaced" | "default" | "unknown";

/** A value that LightLLM uses, or a variable that the launch sets. */
export interface EffectiveRow {
  /** A flag with its dashes, or the name of a variable. */
  readonly flag: string;
  /** The group of the flag; absent for a variable. */
  readonly group?: string;
  /** Absent if it is not known. */
  readonly value?: unknown;
  /** In words; empty for an empty text. A value that is not known is `?`, or as it is written. */
  readonly shown: string;
  readonly origin: "written" | "default" | "derived";
  readonly kind: EffectiveKind;
  /** Where the value comes from, or why it is not known. */
  readonly why: string;
  /** Whether it is not, or may not be, the default of the release. */
  readonly differs: boolean;
  /** Where it is written; for a derived value, where the first flag is that it is computed from. */
  readonly span?: Span;
  /** Zero-based, of a written value. */
  readonly line?: number;
  /** Of a derived value: its formula, or what sets it. */
  readonly formula?: string;
  /** The written value that LightLLM replaces. */
  readonly replaces?: string;
}

/** The values of the flags of the launch's release, in the order of its parser. */
export function effectiveRows({ document }: LaunchDocument, judged: JudgedLaunch): readonly EffectiveRow[] {
  const rows = new Rows(judged);
  return judged.chosen.release.flags.flatMap((flag) => {
    const row = rows.row(flag);
    if (!row) return [];
    const line = row.origin === "written" && row.span && document.positionAt(row.span.start).line;
    return [line === undefined || line === false ? row : { ...row, line }];
  });
}

/** The environment variables that a launch sets; the last one of a name counts. */
export function environmentRows({ document }: LaunchDocument, { launch }: JudgedLaunch): EffectiveRow[] {
  const rows = launch.environment.map(({ name, nameSpan, value }): [string, EffectiveRow] => {
    const isKnown = value.text !== undefined;
    return [
      name,
      {
        flag: name,
        ...(isKnown && { value: value.text }),
        shown: value.text ?? value.source,
        origin: "written",
        ...(isKnown ? writtenIn([value]) : { kind: "unknown", why: whyUnknown([value]) }),
        differs: true,
        span: nameSpan,
        line: document.positionAt(nameSpan.start).line,
      },
    ];
  });
  return [...new Map(rows).values()];
}

class Rows {
  private readonly arguments: ReadonlyMap<string, Argument>;
  private readonly defaults: ReadonlyMap<string, Value>;

  constructor(private readonly judged: JudgedLaunch) {
    const { assignments } = parseArguments(judged.launch, judged.chosen.release);
    this.arguments = new Map(
      assignments.map(({ flag, words, argument }) => [flag.key, { words, span: argument.flagSpan }]),
    );
    this.defaults = defaultValues(judged.chosen.release);
  }

  row({ name, key, group }: Flag): EffectiveRow | undefined {
    const { values } = this.judged;
    const effective = values.effective(key);
    if (!effective) return undefined;
    const span = this.arguments.get(key)?.span;
    const isUnknown = holdsUnknown(effective.value);
    return {
      flag: name,
      group,
      ...(!isUnknown && { value: toJson(effective.value) }),
      shown: inWords(effective.value),
      origin: effective.origin,
      differs:
        effective.origin !== "default" && (isUnknown || !isSame(effective.value, this.defaults.get(key))),
      ...(span && { span }),
      ...(isUnknown ? this.unknown(key, effective) : this.known(key, effective)),
    };
  }

  private known(key: string, effective: Effective) {
    if (effective.origin === "default") return { kind: "default", why: say("effective.default") } as const;
    if (effective.origin === "written") return writtenIn(this.arguments.get(key)?.words ?? []);
    const formula = derivation(effective);
    const before = this.judged.values.input.written.values.get(key);
    const span = this.arguments.get(key)?.span ?? this.firstRead(effective.formula);
    const place = span && { span };
    const given = formula ?? say("value.from-model");
    if (before === undefined || holdsUnknown(before)) {
      const why = formula === undefined ? say("effective.from-model") : say("effective.set", { formula });
      return { kind: "derived", why, formula: given, ...place } as const;
    }
    const written = inWords(before);
    const isPlain = formula === show(effective.value);
    const why = isPlain
      ? say("effective.replaced-plain", { written })
      : say("effective.replaced", { written, formula: given });
    return { kind: "replaced", why, formula: given, replaces: written, ...place } as const;
  }

  private unknown(key: string, { origin, formula, condition }: Effective) {
    const words = this.arguments.get(key)?.words ?? [];
    if (origin === "written")
      return {
        kind: "unknown",
        why: whyUnknown(words),
        ...(words.length > 0 && { shown: asWritten(words) }),
      } as const;
    if (origin === "default") {
      const usual = this.defaults.get(key);
      const why = say("effective.default-unless", { names: openWords(this.judged) });
      return { kind: "unknown", why, shown: usual === undefined ? "?" : inWords(usual) } as const;
    }
    const span = this.arguments.get(key)?.span ?? this.firstRead(formula ?? condition);
    const why = dependsOn(key, [formula, condition], this.judged);
    return { kind: "unknown", why, ...(span && { span }) } as const;
  }

  /** Where the first written flag of a formula is. */
  private firstRead(formula: string | undefined): Span | undefined {
    if (formula === undefined) return undefined;
    return expression(formula)
      .names.map((name) => this.arguments.get(name)?.span)
      .find((span) => span !== undefined);
  }
}

interface Argument {
  readonly words: readonly Word[];
  readonly span: Span;
}

/** The origin of a value whose words are known: written, or from variables. */
function writtenIn(words: readonly Word[]): Pick<EffectiveRow, "kind" | "why"> {
  const names = new Set(
    words.flatMap((word) =>
      originsOf(word).flatMap((origin) =>
        origin.from === "variable" || origin.from === "default" ? [`$${origin.name}`] : [],
      ),
    ),
  );
  return names.size === 0
    ? { kind: "written", why: say("effective.written") }
    : { kind: "variable", why: say("effective.variable", { names: [...names].join(", ") }) };
}

function inWords(value: Value): string {
  if (typeof value === "boolean") return say(value ? "flag.value-on" : "flag.value-off");
  return value === null ? say("flag.value-not-set") : show(value);
}

function asWritten(words: readonly Word[]): string {
  return words.map(({ text, source }) => text ?? source).join(" ");
}
