/** The same words mean the same in every notation: a YAML config is judged like its command. */
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import type { JudgedLaunch } from "../../server/src/analysis/judge-file";
import { NOTATIONS } from "../../server/src/notations";
import { toJson } from "../../server/src/python/json";
import { holdsUnknown } from "../../server/src/python/values";
import { casesOf, inShell, inYaml, judgeText, RELEASES, recordedOn, SHELL } from "../support/conformance";

/** The verdict: acceptance, refusals in order, and all effective values. */
function outcomeOf({ accepted, findings, values }: JudgedLaunch): unknown {
  const known = values.names().map((name) => {
    const value = values.effective(name)?.value ?? null;
    return [name, holdsUnknown(value) ? "unknown" : toJson(value)];
  });
  const acted = findings.filter(({ stage }) => stage !== "text");
  return { accepted, said: acted.map(({ code, flag }) => `${code} ${flag}`).sort(), values: known };
}

describe.each(RELEASES)("LightLLM %s", (release) => {
  test("is said to do the same with a config as with the command", () => {
    let compared = 0;
    for (const one of casesOf(release)) {
      const config = inYaml(one, release);
      if (config === undefined) continue;
      compared++;
      const around = recordedOn(one);
      const yaml = outcomeOf(judgeText(config, NOTATIONS.yaml, release, around));
      const command = outcomeOf(judgeText(inShell(one), SHELL, release, around));
      // Almost always equal as they are; the assertion takes as long as the judging.
      if (!isDeepStrictEqual(yaml, command)) expect(yaml, `${one.id}:\n${config}`).toEqual(command);
    }
    expect(compared).toBeGreaterThan(1500);
  });
});
