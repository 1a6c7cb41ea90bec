/** Findings as an editor shows them. */
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from "vscode-languageserver-types";
import { type Finding, type Severity, severityOf } from "../judgement/finding";
import { type LaunchDocument, rangeOf } from "./document";
import { fixesOf } from "./fixes";
import { silencedLine } from "./silence";

/** What a diagnostic carries for the light bulb, so that it needs no second analysis. */
export interface DiagnosticData {
  /** The version of the document that the edits fit. */
  readonly version: number;
  /** The release that has what the judging one does not. */
  readonly knownBy?: string;
  readonly fixes: readonly {
    readonly title: string;
    readonly preferred: boolean;
    readonly edits: readonly { readonly range: Range; readonly newText: string }[];
  }[];
}

export interface DiagnosticOptions {
  /** Where the pages of the rules are, as a URL ending in `/`; no link without. */
  readonly rulePages?: string | undefined;
}

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
};

/** All findings of a document that no comment silences, in the order of the text. */
export function heardFindings(launchDocument: LaunchDocument): Finding[] {
  const { launches, findings, directives, document } = launchDocument;
  const all = [...findings, ...launches.flatMap((launch) => launch.findings)];
  const offFile = new Set<string>();
  const offLine = new Map<number, readonly string[]>();
  for (const directive of directives) {
    if (directive.kind !== "disable-file" && directive.kind !== "disable-next-line") continue;
    const codes = directive.codes.map(({ code }) => code);
    if (directive.kind === "disable-file") for (const code of codes) offFile.add(code);
    else offLine.set(document.positionAt(directive.span.start).line + 1, codes);
  }
  const said = new Set<string>();
  return all
    .filter(({ code, span }) => {
      // Launches share what is exported above them; a fault there is said once.
      const place = `${code} ${span.start} ${span.end}`;
      if (said.has(place)) return false;
      said.add(place);
      if (offFile.has(code)) return false;
      if (offLine.size === 0) return true;
      const lines = [document.positionAt(span.start).line, silencedLine(launchDocument, span.start)];
      return !lines.some((line) => offLine.get(line)?.includes(code));
    })
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** The diagnostics of a document. */
export function diagnose(launchDocument: LaunchDocument, options: DiagnosticOptions = {}): Diagnostic[] {
  return heardFindings(launchDocument).map((finding) => toDiagnostic(finding, launchDocument, options));
}

function toDiagnostic(
  finding: Finding,
  launchDocument: LaunchDocument,
  { rulePages }: DiagnosticOptions,
): Diagnostic {
  const { document, notation, file } = launchDocument;
  const tags = tagsOf(finding);
  const data: DiagnosticData = {
    version: document.version,
    ...(finding.knownBy && { knownBy: finding.knownBy }),
    fixes: fixesOf(finding, notation, file.text).map(({ title, preferred, edits }) => ({
      title,
      preferred,
      edits: edits.map(({ span, newText }) => ({ range: rangeOf(document, span), newText })),
    })),
  };
  return {
    range: rangeOf(document, finding.span),
    severity: SEVERITY[severityOf(finding)],
    source: "lightllm",
    code: finding.code,
    message: plainText(finding.message),
    ...(rulePages && { codeDescription: { href: `${rulePages}${finding.code}.md` } }),
    ...(tags.length > 0 && { tags }),
    ...(finding.related && {
      relatedInformation: finding.related.map(({ span, message }) => ({
        location: { uri: document.uri, range: rangeOf(document, span) },
        message: plainText(message),
      })),
    }),
    data,
  };
}

/** A message without Markdown: code in quotes, unless it brings its own. */
function plainText(message: string): string {
  return message.replace(/`([^`]*)`/g, (_, code: string) => (/^["'].*["']$/.test(code) ? code : `'${code}'`));
}

function tagsOf({ effect, code }: Finding): DiagnosticTag[] {
  if (effect === "deprecated") return [DiagnosticTag.Deprecated];
  return effect === "ignored" || code === "yaml-duplicate-key" || code === "argparse-repeated-flag"
    ? [DiagnosticTag.Unnecessary]
    : [];
}
