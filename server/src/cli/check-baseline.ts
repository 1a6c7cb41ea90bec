/** A baseline: the findings that a project had when it began, which do not count. */
import {
  type CheckResult,
  fingerprintsOf,
  folderOfFile,
  plainText,
  type ReportedFinding,
} from "./check-result";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { readTextFile } from "./text-file";
import { writeFile } from "./write-file";

/** Writes the findings to a file, sorted, so that Git shows what changes. */
export function writeBaseline(path: string, findings: readonly ReportedFinding[]): void {
  const prints = fingerprintsOf(findings, folderOfFile(path));
  const known = Object.fromEntries(
    [...prints]
      .map(([{ finding }, print]) => [print, `${finding.code}: ${plainText(finding.message)}`] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  writeFile("check", { path, text: `${JSON.stringify({ version: 1, findings: known }, null, 2)}\n` });
}

/** The fingerprints of a baseline. @throws CliError if there is none. */
export async function readBaseline(path: string): Promise<ReadonlySet<string>> {
  const { text } = await readTextFile("check", path);
  try {
    const { version, findings } = JSON.parse(text);
    if (version === 1 && typeof findings === "object" && findings !== null)
      return new Set(Object.keys(findings));
  } catch {
    // Told below.
  }
  throw new CliError(say("cli.check-no-baseline", { path }));
}

/** The result without the findings of a baseline. */
export function heldBack(result: CheckResult, known: ReadonlySet<string>, path: string): CheckResult {
  const prints = fingerprintsOf(result.findings, folderOfFile(path));
  const findings = result.findings.filter((one) => !known.has(prints.get(one) ?? ""));
  return { ...result, findings, held: result.findings.length - findings.length };
}
