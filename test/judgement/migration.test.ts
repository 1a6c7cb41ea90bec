/** Every recorded launch that a release accepts, migrated to every later release. */
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parseArguments } from "../../server/src/judgement/argparse";
import { type JudgedLaunch, service } from "../../server/src/service";
import { type Case, casesOf, inShell, judgeText, RELEASES, recordedOn, SHELL } from "../support/conformance";

const { analyse, migrate, shippedCatalogue } = service;

const catalogue = shippedCatalogue();
const PAIRS = RELEASES.flatMap((from, at) => RELEASES.slice(at + 1).map((to) => [from, to] as const));

/** A migrated recorded launch; undefined if its own release refuses it. */
function carried(one: Case, from: string, to: string) {
  const surroundings = recordedOn(one);
  const document = TextDocument.create("file:///launch.sh", "shellscript", 1, inShell(one));
  const fixed = catalogue.release(from);
  const target = catalogue.release(to);
  if (!fixed || !target) throw new Error(`There is no release ${from} or ${to}.`);
  const launches = analyse(document, SHELL, { language: "en", fixed }, catalogue, { surroundings });
  if (!one.accepted || !launches.launches[0]?.accepted) return undefined;
  const { text, launches: done } = migrate(launches, launches.launches, target);
  return { before: document.getText(), launch: launches.launches[0], text, migrated: done[0], surroundings };
}

const assignmentsOf = ({ launch, release }: JudgedLaunch) => parseArguments(launch, release).assignments;

describe("every accepted launch, migrated to every later release", () => {
  test.each(PAIRS)(
    "%s to %s: it is accepted there or a reason is given, and every flag is there or accounted for",
    (from, to) => {
      const refused: string[] = [];
      const silent: string[] = [];
      let count = 0;
      let left = 0;
      for (const one of casesOf(from)) {
        const result = carried(one, from, to);
        if (!result) continue;
        count++;
        const { text, launch, migrated, surroundings } = result;
        const after = judgeText(text, SHELL, to, surroundings);
        const told = [
          ...(migrated?.done ?? []),
          ...(migrated?.notes ?? []),
          ...(migrated?.differences ?? []),
        ].join("\n");
        const objections = after.findings.filter(({ effect }) => effect === "refused");
        if (!after.accepted) left++;
        const known = new Set(launch.findings.map(({ code, flag }) => `${code} ${flag}`));
        const warned = after.findings.filter(
          ({ code, flag, severity }) => severity === "warning" && !known.has(`${code} ${flag}`),
        );
        for (const { message } of warned) if (!told.includes(message)) silent.push(`${one.id}: ${message}`);
        if (objections.some(({ message }) => !told.includes(message)))
          refused.push(`${one.id}: ${text}${told}`);
        for (const { flag } of assignmentsOf(launch)) {
          const stays = assignmentsOf(after).some((assignment) => assignment.flag.name === flag.name);
          if (!stays && !told.includes(flag.name)) silent.push(`${one.id}: ${flag.name}`);
        }
        if (migrated?.accepted !== after.accepted) silent.push(`${one.id}: its acceptance is told wrongly`);
      }
      expect(count).toBeGreaterThan(1000);
      expect(refused, "what the new release refuses is told").toEqual([]);
      expect(left / count, "the share that no fix makes start without a new error").toBeLessThan(0.005);
      expect(silent).toEqual([]);
    },
  );

  test.each(RELEASES)("%s to itself: nothing changes", (name) => {
    for (const one of casesOf(name)) {
      const result = carried(one, name, name);
      if (result) expect(result.text).toBe(result.before);
    }
  });

  test.each(PAIRS)("%s to %s: to carry it over again changes nothing", (from, to) => {
    const fixed = catalogue.release(to);
    if (!fixed) throw new Error(`There is no release ${to}.`);
    for (const one of casesOf(from).filter((_, at) => at % 20 === 0)) {
      const result = carried(one, from, to);
      if (!result) continue;
      const document = TextDocument.create("file:///launch.sh", "shellscript", 1, result.text);
      const again = analyse(document, SHELL, { language: "en", fixed }, catalogue);
      expect(migrate(again, again.launches, fixed).text).toBe(result.text);
    }
  });
});
