/** A report of GitLab's Code Quality. */
import { type CheckResult, fingerprintsOf, plainText, rangeOfReported } from "../check-result";
import { printJson } from "../output";

const SEVERITY = { error: "critical", warning: "minor", hint: "info" } as const;

/** Prints all findings as one JSON list. */
export function printGitlab({ findings }: CheckResult): void {
  const prints = fingerprintsOf(findings);
  printJson(
    findings.map((one) => {
      const { path, finding } = one;
      const { start, end } = rangeOfReported(one);
      return {
        description: plainText(finding.message),
        check_name: finding.code,
        fingerprint: prints.get(one),
        severity: SEVERITY[finding.severity],
        location: {
          path: path.replace(/^\.\//, ""),
          lines: { begin: start.line + 1, end: end.line + 1 },
        },
      };
    }),
  );
}
