/** `lightllm-config check`: checks files, folders, standard input, or the words of one launch. */
import { onOneLine, type Severity } from "../service";
import { heldBack, readBaseline, writeBaseline } from "./check-baseline";
import { fixFiles } from "./check-fix";
import { CHECK_FORMATS } from "./check-formats/check-formats";
import { type CheckInputs, checkInputs, readInputs } from "./check-input";
import { type CheckResult, resultOf } from "./check-result";
import { tellStatistics } from "./check-statistics";
import { watchFiles } from "./check-watch";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { deploymentsIn } from "./deployments";
import type { JudgeOptions } from "./open-files";
import {
  askedNotation,
  CHANGES_OPTIONS,
  changesOf,
  choiceOf,
  NOTATION_OPTIONS,
  readOptions,
  unknownInput,
  withRevision,
} from "./options";
import { complain } from "./output";
import { askedJudge } from "./own-lightllm";

const SEVERITIES = ["hint", "warning", "error"] as const satisfies readonly Severity[];

const OPTIONS = {
  format: { type: "string" },
  release: { type: "string" },
  source: { type: "string" },
  fix: { type: "boolean" },
  unsafe: { type: "boolean" },
  diff: { type: "boolean" },
  watch: { type: "boolean" },
  "min-severity": { type: "string" },
  "max-warnings": { type: "string" },
  quiet: { type: "boolean" },
  statistics: { type: "boolean" },
  baseline: { type: "string" },
  "write-baseline": { type: "boolean" },
  ...CHANGES_OPTIONS,
  ...NOTATION_OPTIONS,
} as const;

/**
 * Runs the subcommand. Returns 0 without errors, 1 with errors, 2 if a file could not be read or written; undefined while it
 * watches. @throws CliError for bad usage.
 */
export async function check(words: readonly string[]): Promise<number | undefined> {
  const separator = words.indexOf("--");
  const own = separator < 0 ? words : words.slice(0, separator);
  const launchWords = separator < 0 ? undefined : words.slice(separator + 1);
  const { values, positionals } = readOptions("check", withRevision(own), OPTIONS);
  const format = choiceOf("check", "format", values.format ?? "text", Object.keys(CHECK_FORMATS));
  const least = choiceOf("check", "severity", values["min-severity"] ?? "hint", SEVERITIES);
  const mostWarnings = numberOf(values["max-warnings"]);
  const asked = askedNotation("check", values);
  if (positionals.length > 0 && launchWords) throw new CliError(say("cli.check-files-or-words"));
  if (positionals.includes("-") && !asked) throw unknownInput("check");
  const { fix = false, unsafe = false, diff = false, baseline, quiet = false } = values;
  if (unsafe && !fix && !diff) throw new CliError(say("cli.check-unsafe-alone"));
  if ((fix || diff) && (launchWords || positionals.includes("-")))
    throw new CliError(say("cli.check-fix-files"));
  if (values["write-baseline"] && baseline === undefined) throw new CliError(say("cli.check-baseline-name"));
  const judge = await askedJudge("check", values);
  // Words of a launch come from an entry point, which will run them here.
  const options: JudgeOptions = { ...judge, runsHere: launchWords !== undefined };

  async function once(): Promise<number> {
    const read = await readInputs(positionals, launchWords, asked, changesOf("check", values));
    const fixed =
      fix || diff ? await fixFiles(read, options, { unsafe, diff }) : { ...read, isUnwritten: false };
    const all = await checked(fixed, options);
    for (const { error } of all.files) if (error) complain(`lightllm-config: ${onOneLine(error)}\n`);
    if (baseline !== undefined && values["write-baseline"]) {
      writeBaseline(baseline, all.findings);
      return all.files.some(({ error }) => error) ? 2 : 0;
    }
    const held = baseline === undefined ? all : heldBack(all, await readBaseline(baseline), baseline);
    const result = fromSeverity(held, least);
    if (values.statistics) tellStatistics(result);
    else if (!diff) CHECK_FORMATS[format]?.(result, quiet);
    if (fixed.isUnwritten || result.files.some(({ error }) => error)) return 2;
    return isFailure(held, mostWarnings) ? 1 : 0;
  }

  if (!values.watch) return once();
  await watchFiles(positionals, once);
  return undefined;
}

async function checked({ inputs, looked }: CheckInputs, options: JudgeOptions): Promise<CheckResult> {
  const { files, deployments } = await deploymentsIn(await checkInputs(inputs, options));
  return resultOf(files, deployments, looked);
}

function fromSeverity(result: CheckResult, least: Severity): CheckResult {
  const from = SEVERITIES.indexOf(least);
  const findings = result.findings.filter(({ finding }) => SEVERITIES.indexOf(finding.severity) >= from);
  return { ...result, findings };
}

function isFailure({ findings }: CheckResult, mostWarnings: number | undefined): boolean {
  const count = (severity: Severity) =>
    findings.filter(({ finding }) => finding.severity === severity).length;
  return count("error") > 0 || (mostWarnings !== undefined && count("warning") > mostWarnings);
}

function numberOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (!/^\d{1,9}$/.test(word)) throw new CliError(say("cli.check-max-warnings", { word }));
  return Number(word);
}
