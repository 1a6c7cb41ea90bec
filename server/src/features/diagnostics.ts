/** Converts findings to LSP diagnostics. */
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver-types";
import { isShown } from "../analysis/begun-launch";
import { type LaunchDocument, rangeOf } from "../analysis/document";
import { reportedFindings } from "../analysis/reported-findings";
import type { Severity } from "../catalogue/types";
import type { Finding } from "../judgement/finding";

/** Additional data of a diagnostic. */
export interface DiagnosticData {
  /** The version of the document it belongs to. */
  readonly version: number;
  /** The release that has the flag or value that the judging release does not have. */
  readonly knownBy?: string;
}

export interface DiagnosticOptions {
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
  return reportedFindings(launchDocument)
    .filter((finding) => isShown(launchDocument, finding))
    .map((finding) => toDiagnostic(finding, launchDocument, options));
}

/** A finding as a diagnostic; its fixes are computed on request. */
export function toDiagnostic(
  finding: Finding,
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
    ...(finding.related && {
      relatedInformation: finding.related.map(({ span, message }) => ({
        location: { uri: document.uri, range: rangeOf(document, span) },
        message: plainText(message),
      })),
    }),
    data,
  };
}

/** A message without Markdown: code in quotes, unless it has its own. */
function plainText(message: string): string {
  return message.replace(/`([^`]*)`/g, (_, code: string) => (/^["'].*["']$/.test(code) ? code : `'${code}'`));
}
