/** What a check found, the same for all formats. */
import { createHash } from "node:crypto";
import { dirname, relative, resolve, sep } from "node:path";
import {
  type Deployment,
  type DeploymentFinding,
  type Finding,
  type LaunchDocument,
  service,
} from "../service";
import type { CheckedFile } from "./check-input";

/** A finding with its file. */
export interface ReportedFinding {
  /** Path as given; `-` for standard input. */
  readonly path: string;
  readonly document: LaunchDocument;
  readonly finding: Finding;
  /** The deployment, for a finding between launches. */
  readonly between?: { readonly deployment: Deployment; readonly finding: DeploymentFinding };
}

export interface CheckResult {
  readonly files: readonly CheckedFile[];
  readonly deployments: readonly Deployment[];
  /** Number of the files that were looked at in folders. */
  readonly looked: number;
  /** The findings to report, by file, in text order. */
  readonly findings: readonly ReportedFinding[];
  /** Number of findings that the baseline holds back. */
  readonly held: number;
}

/** The result with all findings. */
export function resultOf(
  files: readonly CheckedFile[],
  deployments: readonly Deployment[],
  looked: number,
): CheckResult {
  const findings = files.flatMap(({ path, analysed: document }): ReportedFinding[] => {
    if (!document) return [];
    const own = service.reportedFindings(document).map((finding) => ({ path, document, finding }));
    const between = deployments.flatMap((deployment) =>
      deployment.findings
        .filter(({ member }) => member.document === document)
        .map((finding) => ({ path, document, finding, between: { deployment, finding } })),
    );
    return [...own, ...between].sort(
      ({ finding: { span: a } }, { finding: { span: b } }) => a.start - b.start || a.end - b.end,
    );
  });
  return { files, deployments, looked, findings, held: 0 };
}

/** An edit of a file. */
export interface ReportedEdit {
  readonly path: string;
  readonly range: ReturnType<typeof service.rangeOf>;
  readonly newText: string;
}

/** A fix with the edits of all files that it changes. Texts are plain. */
export interface ReportedFix {
  readonly title: string;
  readonly kind: string;
  readonly preferred: boolean;
  readonly edits: readonly ReportedEdit[];
}

/** The fixes of a finding, the preferred one first. */
export function fixesOfReported({ document, finding, between }: ReportedFinding): readonly ReportedFix[] {
  if (between) {
    return service.deploymentFixes(between.deployment, between.finding).map((fix) => ({
      title: plainText(fix.title),
      kind: fix.kind,
      preferred: fix.preferred,
      edits: fix.edits.flatMap(({ document: { document: changed }, edits }) =>
        edits.map(({ span, newText }) => ({
          path: changed.uri,
          range: service.rangeOf(changed, span),
          newText,
        })),
      ),
    }));
  }
  return (service.allFixes(document).get(finding) ?? []).map((fix) => ({
    title: plainText(fix.title),
    kind: fix.kind,
    preferred: fix.preferred,
    edits: fix.edits.map(({ span, newText }) => ({
      path: document.document.uri,
      range: service.rangeOf(document.document, span),
      newText,
    })),
  }));
}

/** A message without Markdown. */
export function plainText(markdown: string): string {
  return markdown.replaceAll("`", "'");
}

/** The place of a finding: zero-based lines and UTF-16 characters. */
export function rangeOfReported({ document, finding }: ReportedFinding) {
  return service.rangeOf(document.document, finding.span);
}

/**
 * An id of each finding that stays the same while lines move: of its rule, file, flag and line, and its number among
 * those that agree in all of them.
 *
 * @param base the folder that paths are relative to.
 */
export function fingerprintsOf(
  findings: readonly ReportedFinding[],
  base = process.cwd(),
): ReadonlyMap<ReportedFinding, string> {
  const counts = new Map<string, number>();
  return new Map(
    findings.map((one) => {
      const { path, document, finding } = one;
      const { line } = document.document.positionAt(finding.span.start);
      const range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
      const text = document.document.getText(range).trim();
      const file = path === "-" ? path : relative(base, resolve(path)).split(sep).join("/");
      const key = JSON.stringify([finding.code, file, finding.flag ?? "", text]);
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      return [one, createHash("sha256").update(`${key}${count}`).digest("hex").slice(0, 32)] as const;
    }),
  );
}

/** The folder of a file, as a base of fingerprints. */
export function folderOfFile(path: string): string {
  return dirname(resolve(path));
}
