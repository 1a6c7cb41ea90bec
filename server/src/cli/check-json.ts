/** `check --format json`: positions are those of LSP, zero-based lines and UTF-16 characters. */
import type { Range } from "vscode-languageserver-types";
import type { JudgedLaunch } from "../analysis/judge-file";
import { allFixes, heardFindings, type LaunchDocument } from "../features";
import type { EffectiveValues } from "../judgement/effective-values";
import type { Finding } from "../judgement/finding";
import { severityOf } from "../judgement/finding";
import type { Argument, Launch, Span } from "../launch/launch";
import { toJson } from "../python/json";
import { holdsUnknown } from "../python/values";
import type { CheckedFile } from "./check";
import { printJson } from "./output";

/** Prints the report of all files as one JSON value. */
export function printJsonReport(files: readonly CheckedFile[]): void {
  printJson({ files: files.map(fileReport) });
}

function fileReport({ path, analysed, encoding, error }: CheckedFile) {
  const about = { path, ...(encoding && { encoding }), ...(error && { error }) };
  if (!analysed) return { ...about, launches: [], findings: [] };
  const byLaunch = new Map<Launch, Finding[]>(analysed.launches.map(({ launch }) => [launch, []]));
  const ofTheFile: Finding[] = [];
  for (const finding of heardFindings(analysed)) {
    const launch = finding.launch ?? launchHolding(finding.span, analysed);
    ((launch && byLaunch.get(launch)) ?? ofTheFile).push(finding);
  }
  return {
    ...about,
    launches: analysed.launches.map((judged) =>
      launchReport(judged, inLightllmOrder(byLaunch.get(judged.launch) ?? [], judged), analysed),
    ),
    findings: ofTheFile.map((finding) => findingReport(finding, analysed)),
  };
}

/** The findings as LightLLM would come to them, the first refusal first; faults of the writing come before all. */
function inLightllmOrder(findings: readonly Finding[], { findings: inOrder }: JudgedLaunch): Finding[] {
  const place = new Map(inOrder.map((finding, index) => [finding, index]));
  return [...findings].sort((a, b) => (place.get(a) ?? -1) - (place.get(b) ?? -1));
}

/** The launch in which a fault of the writing stands. */
function launchHolding(span: Span, { launches }: LaunchDocument): Launch | undefined {
  return launches.find(({ launch }) => {
    // A YAML launch is its whole document; what stands above its first key is about the file.
    const first = launch.form.kind === "mapping" ? launch.arguments[0]?.span : undefined;
    return span.start >= (first ?? launch.span).start && span.end <= launch.span.end;
  })?.launch;
}

function launchReport(judged: JudgedLaunch, findings: readonly Finding[], analysed: LaunchDocument) {
  const { launch, chosen, accepted, values } = judged;
  return {
    notation: analysed.notation.id,
    range: rangeOf(launch.span, analysed),
    release: chosen.release.name,
    releaseReason: chosen.reason,
    argv: launch.arguments.flatMap(wordsOf),
    env: Object.fromEntries(launch.environment.map(({ name, value }) => [name, value.text ?? null])),
    accepted,
    effective: effectiveValues(values),
    findings: findings.map((finding) => findingReport(finding, analysed)),
  };
}

/** Every value that is known after LightLLM's own defaults and settings. */
function effectiveValues(values: EffectiveValues): Record<string, unknown> {
  const known: [string, unknown][] = [];
  for (const name of values.names()) {
    const value = values.effective(name)?.value ?? null;
    if (!holdsUnknown(value)) known.push([name, toJson(value)]);
  }
  return Object.fromEntries(known);
}

/** The words of an argument as LightLLM receives them; `null` for one that is not known. */
function wordsOf({ flag, joined, words, counts, shape }: Argument): (string | null)[] {
  if (!counts || shape === "absent" || shape === "unfinished") return [];
  const texts = words.map(({ text }) => text ?? null);
  if (joined) return [texts[0] === null ? null : `${flag}=${texts[0]}`, ...texts.slice(1)];
  return flag === "" ? texts : [flag, ...texts];
}

function findingReport(finding: Finding, analysed: LaunchDocument) {
  const { code, effect, stage, flag, message, span } = finding;
  return {
    code,
    effect,
    stage,
    severity: severityOf(finding),
    ...(flag && { flag }),
    message: message.replaceAll("`", "'"),
    range: rangeOf(span, analysed),
    fixes: (allFixes(analysed).get(finding) ?? []).map(({ title, kind, preferred, edits }) => ({
      title: title.replaceAll("`", "'"),
      kind,
      preferred,
      edits: edits.map(({ span: at, newText }) => ({ range: rangeOf(at, analysed), newText })),
    })),
  };
}

function rangeOf({ start, end }: Span, { document }: LaunchDocument): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}
