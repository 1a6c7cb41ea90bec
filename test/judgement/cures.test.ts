/**
 * Fixes help: applied to command lines that the real LightLLM refused, a preferred fix solves its finding and causes no
 * new one.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { FIX_ALL_KIND } from "../../server/src/features/code-action-kinds";
import type { Finding } from "../../server/src/judgement/finding";
import { type LaunchDocument, service } from "../../server/src/service";
import { type Case, casesOf, inShell, RELEASES, recordedOn, SHELL } from "../support/conformance";

const { analyse, applyEdits, codeActions, fixesOf, shippedCatalogue } = service;

/** More consecutive fixes than any recorded launch needs. */
const MOST_STEPS = 25;

/** A script that is open in an editor. */
function openScript(text: string, release: string, one: Case): LaunchDocument {
  const document = TextDocument.create("file:///launch.sh", "shellscript", 1, text);
  const settings = { setting: release, language: "en" } as const;
  return analyse(document, SHELL, settings, shippedCatalogue(), { surroundings: recordedOn(one) });
}

/** One recorded launch and the texts that fixes make of it: each text is opened and judged once for all tests. */
class Fixing {
  private readonly scripts = new Map<string, LaunchDocument>();
  private readonly preferred = new Map<Finding, string | undefined>();

  constructor(
    readonly one: Case,
    private readonly release: string,
    readonly text = inShell(one),
  ) {}

  script(text: string): LaunchDocument {
    return remembered(this.scripts, text, () => openScript(text, this.release, this.one));
  }

  refusalsOf(text: string): Finding[] {
    const [launch] = this.script(text).launches;
    if (!launch) throw new Error(`No launch in: ${text}`);
    return launch.findings.filter(({ effect }) => effect === "refused");
  }

  /** The text after the preferred fixes of all its refusals, in order. */
  *withPreferredFixes(text: string): Generator<{ finding: Finding; text: string }> {
    const script = this.script(text);
    for (const finding of this.refusalsOf(text)) {
      const fixed = remembered(this.preferred, finding, () => {
        const fix = fixesOf(script, finding).find(({ preferred }) => preferred);
        return fix && applyEdits(text, fix.edits);
      });
      if (fixed !== undefined) yield { finding, text: fixed };
    }
  }

  /** The text after the editor's "fix all"; undefined if there is nothing to fix. */
  fixAll(text: string): string | undefined {
    const analysed = this.script(text);
    const { document } = analysed;
    const [action] = codeActions(analysed, {
      range: { start: START, end: START },
      diagnostics: [],
      only: [FIX_ALL_KIND],
    });
    return (
      action?.edit?.changes && TextDocument.applyEdits(document, action.edit.changes[document.uri] ?? [])
    );
  }
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  if (!known.has(key)) known.set(key, make());
  return known.get(key) as V;
}

const START = { line: 0, character: 0 };

function place({ code, flag, span }: Finding): string {
  return `${code} ${flag} ${span.start}`;
}

/** What is wrong with the preferred fixes of a launch, each made on its own. */
function* faultsOfPreferred(fixing: Fixing): Generator<string> {
  const { one, text } = fixing;
  const before = fixing.refusalsOf(text);
  for (const { finding, text: fixed } of fixing.withPreferredFixes(text)) {
    const after = fixing.refusalsOf(fixed);
    const count = (findings: readonly Finding[]) =>
      findings.filter(({ code }) => code === finding.code).length;
    const fresh = after.filter(({ code }) => !before.some((known) => known.code === code));
    if (count(after) >= count(before))
      yield `${one.id}: ${place(finding)} is still there: ${fixed.slice(37)}`;
    if (fresh.length > 0) yield `${one.id}: ${place(finding)} brings ${fresh.map(place)}: ${fixed.slice(37)}`;
  }
}

/** Why a launch does not start after preferred fixes, made one after the other. */
function stuckAfterPreferred(fixing: Fixing): string | undefined {
  let { text } = fixing;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const [first] = fixing.withPreferredFixes(text);
    if (!first) break;
    text = first.text;
  }
  const left = fixing.refusalsOf(text);
  if (left.length === 0) return undefined;
  return `${fixing.one.id}: ${left.map(({ code }) => code)}: ${text.slice(37).trim()}`;
}

/** What is wrong with the result of "fix all", and whether a refused launch starts with it. */
function afterFixAll(fixing: Fixing): { faults: string[]; starts: boolean } {
  const { one, text } = fixing;
  const fixed = fixing.fixAll(text);
  if (fixed === undefined) return { faults: [], starts: false };
  const faults: string[] = [];
  const starts = fixing.refusalsOf(fixed).length === 0;
  if (fixing.fixAll(fixed) !== undefined) faults.push(`${one.id} has more to fix: ${fixed}`);
  if (one.accepted && !starts) faults.push(`${one.id} is refused now: ${fixed}`);
  return { faults, starts: !one.accepted && starts };
}

/** All that the tests of a release ask, found in one pass over its launches. */
function outcomesOf(release: string) {
  const outcomes = {
    refused: 0,
    preferred: [] as string[],
    stuck: [] as string[],
    all: [] as string[],
    started: 0,
  };
  for (const one of casesOf(release)) {
    const fixing = new Fixing(one, release);
    if (!one.accepted) {
      outcomes.refused++;
      outcomes.preferred.push(...faultsOfPreferred(fixing));
      const stuck = stuckAfterPreferred(fixing);
      if (stuck) outcomes.stuck.push(stuck);
    }
    const { faults, starts } = afterFixAll(fixing);
    outcomes.all.push(...faults);
    if (starts) outcomes.started++;
  }
  return outcomes;
}

describe.each(RELEASES)("LightLLM %s", (release) => {
  let outcomes: ReturnType<typeof outcomesOf>;
  beforeAll(() => {
    outcomes = outcomesOf(release);
  });

  test("a preferred fix takes its finding away and brings no new refusal", () => {
    expect(outcomes.preferred.slice(0, 10)).toEqual([]);
  });

  test("preferred fixes, one after the other, make at least 87% of the refused launches start", () => {
    const { refused, stuck } = outcomes;
    const share = 1 - stuck.length / refused;
    console.info(
      `${release}: ${(100 * share).toFixed(1)}% of ${refused} refused launches start after preferred fixes.`,
    );
    if (stuck.length > 0) console.info(stuck.slice(0, 5).join("\n"));
    expect(share).toBeGreaterThanOrEqual(0.87);
  });

  test("fixing all leaves nothing to fix, and refuses nothing that was accepted", () => {
    const { refused, started, all } = outcomes;
    const share = (100 * started) / refused;
    console.info(`${release}: ${share.toFixed(1)}% of ${refused} refused launches start after "fix all".`);
    expect(all.slice(0, 3)).toEqual([]);
  });
});
