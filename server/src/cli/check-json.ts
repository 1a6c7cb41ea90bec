/** `check --format json`: positions are those of LSP, zero-based lines and UTF-16 characters. */
import {
  type Deployment,
  type DeploymentFinding,
  type Finding,
  type JudgedLaunch,
  type LaunchDocument,
  service,
} from "../service";
import type { CheckedFile } from "./check";
import { printJson } from "./output";

/** Prints the report of all files as one JSON value. */
export function printJsonReport(files: readonly CheckedFile[], deployments: readonly Deployment[]): void {
  printJson({ files: files.map(fileReport), deployments: deployments.map(deploymentReport) });
}

/** A deployment: its launches by path and index among the launches of the file, and the findings between them. */
export function deploymentReport(deployment: Deployment) {
  const { name, reason, members, findings } = deployment;
  return {
    name,
    reason,
    launches: members.map(({ document, index }) => ({ path: document.document.uri, index })),
    findings: findings.map((finding) => betweenReport(finding, deployment)),
  };
}

function betweenReport(finding: DeploymentFinding, deployment: Deployment) {
  const { document } = finding.member;
  const { fixes: _, ...report } = findingReport(finding, document);
  return {
    ...report,
    path: document.document.uri,
    related: finding.others.map(({ member, span, message }) => ({
      path: member.document.document.uri,
      range: service.rangeOf(member.document.document, span),
      message: message.replaceAll("`", "'"),
    })),
    fixes: service.deploymentFixes(deployment, finding).map(({ title, kind, preferred, edits }) => ({
      title: title.replaceAll("`", "'"),
      kind,
      preferred,
      edits: edits.flatMap(({ document: changed, edits: changes }) =>
        changes.map(({ span, newText }) => ({
          path: changed.document.uri,
          range: service.rangeOf(changed.document, span),
          newText,
        })),
      ),
    })),
  };
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
