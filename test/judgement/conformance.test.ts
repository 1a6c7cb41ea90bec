/** Our verdicts equal those of the real LightLLM: recorded by running the command lines with each release. */
import { describe, expect, test } from "vitest";
import type { JudgedLaunch } from "../../server/src/analysis/judge-file";
import { toJson } from "../../server/src/python/json";
import { holdsUnknown } from "../../server/src/python/values";
import { type Case, casesOf, inShell, judgeText, RELEASES, recordedOn, SHELL } from "../support/conformance";

/** Cases that cannot agree, with the reason. */
const EXCUSED: readonly { readonly why: string; applies(one: Case): boolean }[] = [
  {
    why: "a model on s3:// starts or not by whether the Petrel client is installed, which no text tells",
    applies: ({ argv }) => argv.some((word) => word.startsWith("s3://")),
  },
];

function isExcused(one: Case): boolean {
  return EXCUSED.some(({ applies }) => applies(one));
}

/** The stage of the first finding that refuses; undefined if LightLLM starts. */
function verdictOf({ accepted, findings }: JudgedLaunch): string {
  return accepted ? "accepted" : `refused at ${findings.find(({ effect }) => effect === "refused")?.stage}`;
}

describe.each(RELEASES)("LightLLM %s", (release) => {
  const judged = casesOf(release).map((one) => ({
    one,
    launch: judgeText(inShell(one), SHELL, release, recordedOn(one)),
  }));

  test("accepts and refuses the same command lines, at the same stage", () => {
    const differing = judged.filter(
      ({ one, launch }) => verdictOf(launch) !== (one.accepted ? "accepted" : `refused at ${one.stage}`),
    );
    const wrong = differing.filter(({ one }) => !isExcused(one));
    console.info(
      `${release}: ${judged.length - differing.length} of ${judged.length} verdicts agree, ${differing.length - wrong.length} cannot.`,
    );
    expect(
      wrong.map(({ one, launch }) => `${one.id}: ${verdictOf(launch)}, really ${one.stage}: ${one.message}`),
    ).toEqual([]);
    expect(differing.length - wrong.length).toBeLessThan(10);
  });

  test("blames a flag that was recorded, or that its message names", () => {
    const wrong = judged
      .filter(({ one, launch }) => !one.accepted && !launch.accepted && (one.flags ?? []).length > 0)
      .map(({ one, launch }) => ({ one, first: launch.findings.find(({ effect }) => effect === "refused") }))
      .filter(({ one, first }) => !one.flags?.includes(first?.flag ?? ""))
      // A flag that lost its value is the cause; Python's message is about the one it is compared with.
      .filter(({ one, first }) => !one.argv.includes(`${first?.flag}=--`))
      .map(
        ({ one, first }) =>
          `${one.id}: ${first?.code} blames ${first?.flag}, recorded: ${one.flags?.join(" ")}`,
      );
    expect(wrong).toEqual([]);
  });

  test("knows every value that a started LightLLM goes on with", () => {
    const wrong: string[] = [];
    for (const { one, launch } of judged) {
      if (!one.accepted || isExcused(one)) continue;
      for (const [name, value] of Object.entries(one.effective ?? {})) {
        const ours = launch.values.effective(name)?.value ?? null;
        const shown = holdsUnknown(ours) ? "unknown" : JSON.stringify(toJson(ours));
        if (shown !== JSON.stringify(value))
          wrong.push(`${one.id}: ${name} is ${shown}, really ${JSON.stringify(value)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
