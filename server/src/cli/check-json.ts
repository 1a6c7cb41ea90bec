/** `check --format json`: positions are those of LSP, zero-based lines and UTF-16 characters. */
import { type Finding, type JudgedLaunch, type LaunchDocument, service } from "../service";
import type { CheckedFile } from "./check";
import { printJson } from "./output";

/** Prints the report of all files as one JSON value. */
export function printJsonReport(files: readonly CheckedFile[]): void {
  printJson({ files: files.map(fileReport) });
}

function fileReport({ path, analysed, encoding, error }: CheckedFile) {
  const about = { path, ...(encoding && { encoding }), ...(error && { error }) };
  if (!analysed) return { ...about, launches: [], findings: [] };
  return {
    ...about,
    launches: analysed.launches.map((judged) => launchReport(judged, analysed)),
    findings: service.findingsAbout(analysed).map((finding) => findingReport(finding, analysed)),
  };
}

function launchReport(judged: JudgedLaunch, analysed: LaunchDocument) {
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
    findings: service.findingsAbout(analysed, launch).map((finding) => findingReport(finding, analysed)),
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
