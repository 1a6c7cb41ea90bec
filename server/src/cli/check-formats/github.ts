/** Commands for GitHub Actions, which shows them in a pull request. */
import { type CheckResult, plainText, rangeOfReported } from "../check-result";
import { print } from "../output";

const LEVEL = { error: "error", warning: "warning", hint: "notice" } as const;

/** Prints one command for each finding. */
export function printGithub({ findings }: CheckResult): void {
  for (const one of findings) {
    const { path, finding } = one;
    const { start, end } = rangeOfReported(one);
    const isOneLine = start.line === end.line;
    const properties = {
      file: path,
      line: start.line + 1,
      endLine: end.line + 1,
      // GitHub refuses columns of several lines.
      ...(isOneLine && { col: start.character + 1, endColumn: Math.max(end.character, start.character + 1) }),
      title: finding.code,
    };
    const written = Object.entries(properties).map(
      ([name, value]) => `${name}=${escaped(String(value), true)}`,
    );
    print(
      `::${LEVEL[finding.severity]} ${written.join(",")}::${escaped(plainText(finding.message), false)}\n`,
    );
  }
}

/** A text in which no character ends the command or a property of it. */
function escaped(text: string, isProperty: boolean): string {
  const data = text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  return isProperty ? data.replaceAll(":", "%3A").replaceAll(",", "%2C") : data;
}
