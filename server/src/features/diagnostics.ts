/** Converts findings to LSP diagnostics. */
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver-types";
import { isShown } from "../analysis/begun-launch";
import { type LaunchDocument, rangeOf } from "../analysis/document";
import { countProblems } from "../analysis/launch-problems";
import { reportedFindings } from "../analysis/reported-findings";
import type { Severity } from "../catalogue/rule-facts";
import type { DeploymentFinding } from "../deployment/deployment";
import type { Finding } from "../judgement/finding";
import type { PointedFile } from "../judgement/surroundings";
import { betweenLaunches, type DeploymentOptions } from "./deployment/between";

/** Additional data of a diagnostic. */
export interface DiagnosticData {
  /** The version of the document it belongs to. */
  readonly version: number;
  /** The release that has the flag or value that the judging release does not have. */
  readonly knownBy?: string;
}

export interface DiagnosticOptions extends DeploymentOptions {
  /** URL of the rule pages, ending in `/`; if absent, there are no links. */
  readonly rulePages?: string | undefined;
}

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

const TAG = {
  deprecated: DiagnosticTag.Deprecated,
  unnecessary: DiagnosticTag.Unnecessary,
} as const;

/** The diagnostics of a document. */
export function diagnose(launchDocument: LaunchDocument, options: DiagnosticOptions = {}): Diagnostic[] {
  return shownFindings(launchDocument, options).map((finding) =>
    toDiagnostic(finding, launchDocument, options),
  );
}

/** How many errors and warnings of a document are shown. */
export interface ProblemCount {
  readonly count: number;
  /** `2 errors, 1 warning` */
  readonly label: string;
}

export function problemCount(launchDocument: LaunchDocument, options: DeploymentOptions = {}): ProblemCount {
  const problems = shownFindings(launchDocument, options).filter(({ severity }) => severity !== "hint");
  return { count: problems.length, label: countProblems(launchDocument, problems) };
}

function shownFindings(launchDocument: LaunchDocument, options: DeploymentOptions): Finding[] {
  const between = betweenLaunches(launchDocument, options).map(({ shown }) => shown);
  const all = [...reportedFindings(launchDocument), ...between];
  return all.filter((finding) => isShown(launchDocument, finding));
}

/** A finding as a diagnostic; its fixes are computed on request. */
export function toDiagnostic(
  finding: Finding | DeploymentFinding,
  launchDocument: LaunchDocument,
  { rulePages }: DiagnosticOptions = {},
): Diagnostic {
  const { document } = launchDocument;
  const tags = finding.tags?.map((tag) => TAG[tag]);
  const data: DiagnosticData = {
    version: document.version,
    ...(finding.knownBy && { knownBy: finding.knownBy }),
  };
  return {
    range: rangeOf(document, finding.span),
    severity: SEVERITY[finding.severity],
    source: "lightllm",
    code: finding.code,
    message: plainText(finding.message),
    ...(rulePages && { codeDescription: { href: `${rulePages}${finding.code}.md` } }),
    ...(tags && { tags }),
    ...relatedPlaces(finding, document),
    data,
  };
}

function relatedPlaces(
  finding: Finding | DeploymentFinding,
  document: TextDocument,
): Pick<Diagnostic, "relatedInformation"> {
  const { related = [] } = finding;
  const others = "others" in finding ? finding.others : [];
  const places = [
    ...related.flatMap(({ span, message, file }) => {
      const at = file ? documentOf(file) : document;
      return at ? [{ document: at, span, message }] : [];
    }),
    ...others.map(({ member, span, message }) => ({ document: member.document.document, span, message })),
  ];
  if (places.length === 0) return {};
  return {
    relatedInformation: places.map(({ document: at, span, message }) => ({
      location: { uri: at.uri, range: rangeOf(at, span) },
      message: plainText(message),
    })),
  };
}

/** The document of another file; undefined where no editor knows it. */
function documentOf({ uri, text }: PointedFile): TextDocument | undefined {
  return uri === undefined ? undefined : TextDocument.create(uri, "", 0, text);
}

/** A message without Markdown: code in quotes, unless it has its own. */
function plainText(message: string): string {
  return message.replace(/`([^`]*)`/g, (_, code: string) => (/^["'].*["']$/.test(code) ? code : `'${code}'`));
}
