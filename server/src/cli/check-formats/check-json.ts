/** `check --format json`: positions are those of LSP, zero-based lines and UTF-16 characters. */
import { relative } from "node:path";
import {
  type Deployment,
  type DeploymentFinding,
  type Finding,
  type JudgedLaunch,
  type LaunchDocument,
  type Member,
  service,
} from "../../service";
import type { CheckedFile } from "../check-input";
import { type CheckResult, fixesOfReported } from "../check-result";
import { printJson } from "../output";
import { otherPlaces } from "./other-places";

/** Prints the report of all files as one JSON value. */
export function printJsonReport({ files, deployments, findings }: CheckResult): void {
  const shown = new Set(findings.map(({ finding }) => finding));
  const shows = (finding: Finding) => shown.has(finding);
  printJson({
    files: files.map((file) => fileReport(file, shows)),
    deployments: deployments.map((deployment) => deploymentReport(deployment, shows)),
  });
}

type Shows = (finding: Finding) => boolean;

/** A deployment: its launches by path and index among the launches of the file, and the findings between them. */
export function deploymentReport(deployment: Deployment, shows: Shows = () => true) {
  const { name, reason, members, findings } = deployment;
  return {
    name,
    reason,
    launches: members.map(placeReport),
    findings: findings.filter(shows).map((finding) => betweenReport(finding, deployment)),
  };
}

/** Where a launch is: the index among those of its file; for one of an image that the file builds, the image's file. */
export function placeReport(member: Member) {
  const image = service.builtImageOf(member);
  const { uri: path } = member.document.document;
  return image ? { path, image: relative(process.cwd(), image.path) } : { path, index: member.index };
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
    fixes: fixesOfReported({
      path: document.document.uri,
      document,
      finding,
      between: { deployment, finding },
    }),
  };
}

function fileReport({ path, analysed, encoding, error }: CheckedFile, shows: Shows) {
  const about = { path, ...(encoding && { encoding }), ...(error && { error }) };
  if (!analysed) return { ...about, launches: [], findings: [] };
  return {
    ...about,
    launches: analysed.launches.map((judged) => launchReport(judged, analysed, shows)),
    findings: service
      .findingsAbout(analysed)
      .filter(shows)
      .map((finding) => findingReport(finding, analysed)),
  };
}

function relatedReport(finding: Finding, analysed: LaunchDocument) {
  const related = otherPlaces(finding, analysed).map((one) => ({
    ...one,
    message: one.message.replaceAll("`", "'"),
  }));
  return related.length > 0 ? { related } : {};
}

/** A launch as `check` reports it. @param shows whether a finding is reported. */
export function launchReport(judged: JudgedLaunch, analysed: LaunchDocument, shows: Shows) {
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
    findings: service
      .findingsAbout(analysed, launch)
      .filter(shows)
      .map((finding) => findingReport(finding, analysed)),
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
    ...relatedReport(finding, analysed),
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
