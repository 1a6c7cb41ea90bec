/** Judges a launch: its words, and the problems of the notation that it has. */

import type { Catalogue, Release } from "../catalogue/types";
import { type Finding, findingOf, inTextOrder, outcomeOf } from "../judgement/finding";
import { type Judgement, judge } from "../judgement/judge";
import type { Surroundings } from "../judgement/surroundings";
import { argumentsBefore } from "../launch/command-line";
import { changesWords, type Launch, type Span, type TextProblem } from "../launch/launch";
import { meaningOf } from "../launch/meaning";
import { movedJudgement } from "./moved-judgement";
import { pointedQuantizationFindings } from "./quantization/quantization-findings";

/** A launch's notation and words, judged. */
export interface JudgedText extends Judgement {
  /** Findings that follow from a problem of the notation, so that they are not reported beside it. */
  readonly hidden: readonly Finding[];
}

/** Whether a notation problem prevents that a launch is read as intended. */
export function isBroken({ problems = [] }: Launch, catalogue: Catalogue): boolean {
  return problems.some((problem) => isRefused(problem, catalogue));
}

/** Whether a notation problem prevents that LightLLM starts as intended. */
export function isRefused({ code, variant }: TextProblem, catalogue: Catalogue): boolean {
  return outcomeOf(catalogue.rules()[code], variant).effect === "refused";
}

interface Judged {
  readonly launch: Launch;
  readonly judgement: JudgedText;
  readonly surroundings: Surroundings;
}

/** The latest judgement by the meaning of the launch. */
const judged = new WeakMap<object, Judged>();

/**
 * Caches results: a launch is immutable, so they stay valid for the same release and surroundings, also if the launch
 * moves.
 */
export function judgeOnce(
  launch: Launch,
  release: Release,
  catalogue: Catalogue,
  surroundings: Surroundings,
): JudgedText {
  const meaning = meaningOf(launch);
  const before = judged.get(meaning);
  const again = () => judgeAgain(launch, release, catalogue, surroundings);
  let judgement: JudgedText;
  if (before?.judgement.release !== release || before.surroundings !== surroundings) judgement = again();
  else if (before.launch === launch) return before.judgement;
  else judgement = { ...movedJudgement(before, launch, again), hidden: before.judgement.hidden };
  judged.set(meaning, { launch, judgement, surroundings });
  return judgement;
}

function judgeAgain(
  launch: Launch,
  release: Release,
  catalogue: Catalogue,
  surroundings: Surroundings,
): JudgedText {
  const { problems = [] } = launch;
  const ofWords = judgeOwn(launch, release, catalogue, surroundings);
  // Errors that follow from a problem of the notation are not reported beside it; they make it an error itself.
  const asWritten = { ...launch, problems: [] };
  const written = problems.some(changesWords)
    ? judge(asWritten, release, catalogue, surroundings)
    : undefined;
  const said = new Set(ofWords.findings.map(statementKey));
  const refused = (written?.findings ?? []).filter(
    (one) => one.effect === "refused" && !said.has(statementKey(one)),
  );
  const stops = refused.length > 0;
  const isStopping = (problem: TextProblem) =>
    changesWords(problem) && refused.some(({ span }) => problem.cutsOff || meets(span, problem.misread));
  const ofWriting = [...problems]
    .sort(inTextOrder)
    .map((problem) => (isStopping(problem) ? { ...problem, variant: "refused" as const } : problem))
    .map((problem) => ({ ...problemFinding(problem, catalogue), launch }));
  return {
    ...ofWords,
    findings: [
      ...ofWriting,
      ...ofWords.findings,
      ...pointedQuantizationFindings(launch, ofWords.values, catalogue),
    ],
    hidden: written?.findings ?? [],
    accepted: ofWords.accepted && !stops && !isBroken(launch, catalogue),
  };
}

/** Judges the words that are meant for a launch: not those of another command that follow by mistake. */
function judgeOwn(
  launch: Launch,
  release: Release,
  catalogue: Catalogue,
  surroundings: Surroundings,
): Judgement {
  const other = (launch.problems ?? []).find(({ ofOther }) => ofOther)?.misread;
  if (!other) return judge(launch, release, catalogue, surroundings);
  const own = { ...launch, arguments: argumentsBefore(launch.arguments, other.start) };
  const judged = judge(own, release, catalogue, surroundings);
  return { ...judged, findings: judged.findings.map((one) => withOwner(one, launch)) };
}

/** A finding with the launch that it is about; its fixes are computed only on request. */
function withOwner(finding: Finding, launch: Launch): Finding {
  return Object.defineProperties({} as Finding, {
    ...Object.getOwnPropertyDescriptors(finding),
    launch: { value: launch, enumerable: true },
  });
}

function meets(a: Span, b: Span | undefined): boolean {
  return b !== undefined && a.start <= b.end && b.start <= a.end;
}

function statementKey({ code, flag = "" }: Finding): string {
  return `${code} ${flag}`;
}

/** The finding for a notation problem. */
export function problemFinding(
  { fixes, cutsOff: _, misread: __, ofOther: ___, ...problem }: TextProblem,
  catalogue: Catalogue,
): Finding {
  return findingOf(catalogue.rules()[problem.code], { ...problem, fixes: [], textFixes: fixes });
}
