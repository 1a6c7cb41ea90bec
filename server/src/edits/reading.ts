/** The judged launches of a text, in a form that makes two versions comparable. */

import type { LaunchDocument } from "../analysis/document";
import { withBeside } from "../analysis/files-around";
import {
  findingsOfBuilds,
  findingsOfDirectives,
  type JudgedLaunch,
  judgeLaunch,
  type ReleaseAround,
  releaseOfFile,
} from "../analysis/judge-file";
import { isBroken, problemFinding } from "../analysis/judge-once";
import { gpuNameOf } from "../analysis/named-gpu";
import { modelNameOf } from "../analysis/named-model";
import { quantizationFindings } from "../analysis/quantization/quantization-findings";
import type { Finding } from "../judgement/finding";
import { NO_SURROUNDINGS } from "../judgement/surroundings";
import { type Directive, findDirectives, modelineOf } from "../launch/directives";
import { type Launch, type LaunchFile, problemsIn, type TextProblem, writtenFor } from "../launch/launch";
import { meaningOf } from "../launch/meaning";

/** Number of findings and of errors, by rule and flag. */
export type Tally = ReadonlyMap<string, { readonly count: number; readonly errors: number }>;

/** One launch of a text. */
export interface ReadLaunch {
  readonly launch: Launch;
  /** The arguments by flag; two launches with equal words have the same meaning. */
  readonly words: ReadonlyMap<string, string>;
  /** The environment that it sets. */
  readonly environment: string;
  readonly tally: Tally;
  /** Whether a notation problem prevents that it is read as intended. */
  readonly isBroken: boolean;
}

export interface Reading {
  readonly text: string;
  readonly launches: readonly ReadLaunch[];
  /** For each launch, what the text around it says about its release, model and GPUs. */
  readonly around: readonly ReleaseAround[];
  /** Findings outside any launch. */
  readonly outside: Tally;
  /** All notation problems. */
  readonly problems: readonly TextProblem[];
}

/** Key of a finding in a tally. */
export function tallyKey({ code, flag }: { readonly code: string; readonly flag?: string }): string {
  return flag === undefined ? code : `${code} ${flag}`;
}

const known = new WeakMap<LaunchDocument, Reading>();

/** The reading of a document's current text. */
export function readingOf(launchDocument: LaunchDocument): Reading {
  const before = known.get(launchDocument) ?? readText(launchDocument, launchDocument.file.text);
  known.set(launchDocument, before);
  return before;
}

/** Results by the release and the model that the text around gives, and by words; a launch with the same words is not judged again. */
type Judged = Map<string, Map<string, Tally>>;

const judgedBefore = new WeakMap<LaunchDocument, Judged>();

/** The reading of another text for the same document. */
export function readText(launchDocument: LaunchDocument, text: string): Reading {
  const { notation, catalogue, settings, cache } = launchDocument;
  const file = text === launchDocument.file.text ? launchDocument.file : notation.find(text, cache);
  const directives = findDirectives(text, notation.comments);
  const shared = releaseOfFile(file, directives, settings, catalogue);
  const around = file.launches.map((_, index) => ({
    modeline: modelineOf(file, index, directives)?.release,
    shared,
    model: modelNameOf(file, index, directives, settings),
    gpu: gpuNameOf(file, index, directives, settings),
  }));
  return readFile(launchDocument, file, directives, around);
}

/** @param around for each launch, what the text around it says about its release, model and GPUs. */
export function readFile(
  launchDocument: LaunchDocument,
  file: LaunchFile,
  directives: readonly Directive[],
  around: readonly ReleaseAround[],
): Reading {
  const { catalogue, settings, surroundings = NO_SURROUNDINGS } = launchDocument;
  const judged: Judged = judgedBefore.get(launchDocument) ?? new Map();
  judgedBefore.set(launchDocument, judged);
  const launches = file.launches.map((launch, index): ReadLaunch => {
    const own = around[index] ?? {};
    const { modeline, shared, model, gpu } = own;
    const said = `${modeline ?? shared?.release.id} ${model} ${gpu?.from} ${gpu?.written}`;
    const byWords = judged.get(said) ?? new Map<string, Tally>();
    judged.set(said, byWords);
    const key = signatureOf(launch);
    const tally =
      byWords.get(key) ??
      tallyOfLaunch(
        judgeLaunch(launch, own, settings, catalogue, withBeside(surroundings, launch, file.text)),
      );
    byWords.set(key, tally);
    return { launch, ...writtenOf(launch), isBroken: isBroken(launch, catalogue), tally };
  });
  return {
    text: file.text,
    launches,
    around,
    outside: tallyOf([
      ...file.problems.map((problem) => problemFinding(problem, catalogue)),
      ...findingsOfDirectives(directives, catalogue),
      ...findingsOfBuilds(file, settings, catalogue, surroundings),
      ...(file.isQuantization ? quantizationFindings(file, directives, settings, catalogue) : []),
    ]),
    problems: problemsIn(file),
  };
}

type Countable = Pick<Finding, "code" | "flag" | "severity">;

function tallyOf(findings: readonly Countable[]): Tally {
  const tally = new Map<string, { count: number; errors: number }>();
  for (const finding of findings) {
    const key = tallyKey(finding);
    const { count = 0, errors = 0 } = tally.get(key) ?? {};
    tally.set(key, { count: count + 1, errors: errors + Number(finding.severity === "error") });
  }
  return tally;
}

/** The findings of a launch, also those that a problem of the notation hides: a fix of it only reveals them. */
function tallyOfLaunch({ findings, hidden }: JudgedLaunch): Tally {
  const isShown = (one: Finding) =>
    findings.some((shown) => tallyKey(shown) === tallyKey(one) && shown.span.start === one.span.start);
  return tallyOf([...findings, ...hidden.filter((one) => !isShown(one))]);
}

/** The sum of two tallies. */
export function merged(a: Tally, b: Tally): Tally {
  const sum = new Map(a);
  for (const [key, { count, errors }] of b) {
    const other = sum.get(key);
    sum.set(key, { count: count + (other?.count ?? 0), errors: errors + (other?.errors ?? 0) });
  }
  return sum;
}

type Written = Pick<ReadLaunch, "words" | "environment">;

/** By the meaning of the launch. */
const writtenBefore = new WeakMap<object, Written>();

function writtenOf(launch: Launch): Written {
  const meaning = meaningOf(launch);
  const written = writtenBefore.get(meaning) ?? {
    words: wordsOf(launch),
    environment: JSON.stringify(launch.environment.map(({ name, value }) => [name, value.text ?? null])),
  };
  writtenBefore.set(meaning, written);
  return written;
}

function wordsOf(launch: Launch): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const { flag, shape, joined, counts, words: values } of writtenFor(launch)) {
    const one = JSON.stringify([shape, joined, counts, values.map(({ text, source }) => text ?? [source])]);
    words.set(flag, `${words.get(flag) ?? ""}${one}`);
  }
  return words;
}

/** By the meaning of the launch. */
const signatures = new WeakMap<object, string>();

/** Fields with places, which the judgement does not depend on. */
const PLACES = new Set([
  "span",
  "nameSpan",
  "flagSpan",
  "valueSpan",
  "spanInLaunch",
  "start",
  "head",
  "place",
  "invocation",
  "course",
  "origins",
  "flagOrigins",
  "assigned",
]);

/** Everything in a launch that its judgement depends on, without places. */
function signatureOf(launch: Launch): string {
  const meaning = meaningOf(launch);
  let signature = signatures.get(meaning);
  if (signature === undefined) {
    const { notation, ...own } = launch;
    const parts = [notation.id, own, launch.invocation?.site];
    signature = JSON.stringify(parts, (key, value) => (PLACES.has(key) ? undefined : value));
    signatures.set(meaning, signature);
  }
  return signature;
}
