/** Judging launches one after the other uses what was known from the one before; the order may change nothing. */
import { describe, expect, test } from "vitest";
import type { Surroundings } from "../../server/src/judgement/surroundings";
import { service } from "../../server/src/service";
import { casesOf, inShell, judgeText, RELEASES, recordedOn, SHELL } from "../support/conformance";

/** What a judgement says. */
function said(text: string, release: string, surroundings: Surroundings) {
  const { findings, values, accepted } = judgeText(text, SHELL, release, surroundings);
  const about = findings.map(({ code, flag, message }) => ({ code, flag, message }));
  return { text, accepted, about, values: service.knownValues(values) };
}

describe.each(RELEASES)("recorded launches of %s", (release) => {
  test("are judged after others as they are judged alone", () => {
    const cases = casesOf(release).filter((_, at) => at % 7 === 0);
    const together = cases.map((one) => said(inShell(one), release, recordedOn(one)));
    // Other surroundings have nothing in common with those of the launch before.
    for (const [at, one] of cases.entries())
      expect(together[at]).toEqual(said(inShell(one), release, { ...recordedOn(one) }));
  });
});
