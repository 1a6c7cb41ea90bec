/** JUnit's XML: a suite for each file, and a test for each launch or finding. */
import { type CheckResult, plainText, type ReportedFinding, rangeOfReported } from "../check-result";
import { say } from "../cli-texts";
import { print } from "../output";
import { xmlAttributes, xmlText } from "./xml-text";

/** Prints the suites. Errors and warnings are failures; a file without any has one test that passes. */
export function printJunit({ files, findings }: CheckResult): void {
  const suites = files.map(({ path, error }) => {
    const own = findings.filter((one) => one.path === path && one.finding.severity !== "hint");
    const cases = own.map((one) => failureOf(path, one));
    if (error !== undefined) {
      const body = `<error${xmlAttributes({ message: error })}/>`;
      cases.push(`    <testcase${xmlAttributes({ name: path, classname: path })}>${body}</testcase>`);
    } else if (cases.length === 0) {
      cases.push(`    <testcase${xmlAttributes({ name: "lightllm-config", classname: path })}/>`);
    }
    const failures = own.length;
    const errors = error === undefined ? 0 : 1;
    return { path, cases, failures, errors };
  });
  const sum = (of: (suite: (typeof suites)[number]) => number) =>
    suites.reduce((total, suite) => total + of(suite), 0);
  const totals = {
    name: "lightllm-config",
    tests: sum(({ cases }) => cases.length),
    failures: sum(({ failures }) => failures),
    errors: sum(({ errors }) => errors),
  };
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${xmlAttributes(totals)}>`];
  for (const { path, cases, failures, errors } of suites) {
    const counts = { name: path, tests: cases.length, failures, errors };
    lines.push(`  <testsuite${xmlAttributes(counts)}>`, ...cases, "  </testsuite>");
  }
  lines.push("</testsuites>");
  print(`${lines.join("\n")}\n`);
}

function failureOf(path: string, one: ReportedFinding): string {
  const { start } = rangeOfReported(one);
  const { code, severity, message } = one.finding;
  const place = `${path}:${start.line + 1}:${start.character + 1}`;
  const about = { name: `${code} ${place}`, classname: path };
  const failure = { type: code, message: plainText(message) };
  const text = xmlText(`${place}: ${say(`cli.severity-${severity}`)}: ${plainText(message)}`);
  return `    <testcase${xmlAttributes(about)}><failure${xmlAttributes(failure)}>${text}</failure></testcase>`;
}
