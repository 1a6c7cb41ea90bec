/** The Reviewdog Diagnostic Format, as one JSON value. Its columns count bytes of UTF-8, from 1. */
import {
  type CheckResult,
  fixesOfReported,
  plainText,
  type ReportedFinding,
  rangeOfReported,
} from "../check-result";
import { printJson } from "../output";

const SEVERITY = { error: "ERROR", warning: "WARNING", hint: "INFO" } as const;

interface Position {
  readonly line: number;
  readonly character: number;
}

/** Prints all findings, with the fixes of their own file as suggestions. */
export function printRdjson({ findings }: CheckResult): void {
  printJson({
    source: { name: "lightllm-config" },
    diagnostics: findings.map((one) => {
      const { path, document, finding } = one;
      const suggestions = fixesOfReported(one)
        .filter(({ kind, preferred }) => preferred && kind !== "stand-in")
        .flatMap(({ edits }) => edits)
        .filter((edit) => edit.path === document.document.uri)
        .map(({ range, newText }) => ({ range: rangeInBytes(one, range), text: newText }));
      return {
        message: plainText(finding.message),
        location: { path, range: rangeInBytes(one, rangeOfReported(one)) },
        severity: SEVERITY[finding.severity],
        code: { value: finding.code },
        ...(suggestions.length > 0 && { suggestions }),
      };
    }),
  });
}

function rangeInBytes(
  { document: { document } }: ReportedFinding,
  range: { start: Position; end: Position },
) {
  const place = ({ line, character }: Position) => {
    const before = document.getText({ start: { line, character: 0 }, end: { line, character } });
    return { line: line + 1, column: Buffer.byteLength(before) + 1 };
  };
  return { start: place(range.start), end: place(range.end) };
}
