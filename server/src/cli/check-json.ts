/** `check --format json`: positions are those of LSP, zero-based lines and UTF-16 characters. */
import { type Finding, type JudgedLaunch, type Launch, type LaunchDocument, service } from "../service";
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
  for (const finding of service.heardFindings(analysed)) {
    ((finding.launch && byLaunch.get(finding.launch)) ?? ofTheFile).push(finding);
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

function launchReport(judged: JudgedLaunch, findings: readonly Finding[], analysed: LaunchDocument) {
  const { launch, chosen, accepted, values } = judged;
  return {
    notation: analysed.notation.id,
    range: service.rangeOf(analysed.document, launch.span),
    release: chosen.release.name,
    releaseReason: chosen.reason,
    argv: service.argvOf(launch),
    env: Object.fromEntries(launch.environment.map(({ name, value }) => [name, value.text ?? null])),
    accepted,
    effective: service.knownValues(values),
    findings: findings.map((finding) => findingReport(finding, analysed)),
  };
}

function findingReport(finding: Finding, analysed: LaunchDocument) {
  const { code, effect, stage, flag, message, span } = finding;
  return {
    code,
    effect,
    stage,
    severity: finding.severity,
    ...(flag && { flag }),
    message: message.replaceAll("`", "'"),
    range: service.rangeOf(analysed.document, span),
    fixes: (service.allFixes(analysed).get(finding) ?? []).map(({ title, kind, preferred, edits }) => ({
      title: title.replaceAll("`", "'"),
      kind,
      preferred,
      edits: edits.map(({ span: at, newText }) => ({
        range: service.rangeOf(analysed.document, at),
        newText,
      })),
    })),
  };
}
