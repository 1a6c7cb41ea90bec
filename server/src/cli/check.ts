/** `lightllm-config check`: checks files, standard input, or the words of one launch. */

import { type LaunchDocument, type Notation, onOneLine, quoteWord, service } from "../service";
import { printJsonReport } from "./check-json";
import { tellReport } from "./check-text";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { deploymentsIn } from "./deployments";
import type { Encoding } from "./encoding";
import { gatherFiles } from "./gather/gather-files";
import { type Input, openFiles } from "./open-files";
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
import { readTextFile } from "./text-file";

/** A file that was checked, or the reason why it was not. */
export interface CheckedFile {
  /** Path as given; `-` for standard input. */
  readonly path: string;
  /** Undefined if the file has no launch, or was not checked. */
  readonly analysed: LaunchDocument | undefined;
  /** The encoding of the file; undefined for words of the command line. */
  readonly encoding?: Encoding | undefined;
  /** Why it was not checked, as a sentence. */
  readonly error?: string | undefined;
  /** Whether it was found in a folder, not named. */
  readonly isFound?: boolean;
}

const FORMATS = { text: tellReport, json: printJsonReport } as const;
const FORMAT_NAMES = Object.keys(FORMATS) as (keyof typeof FORMATS)[];

/**
 * Runs the subcommand. Returns 0 without errors, 1 with errors, 2 if a file could not be read. @throws CliError for bad
 * usage.
 */
export async function check(words: readonly string[]): Promise<number> {
  const separator = words.indexOf("--");
  const own = separator < 0 ? words : words.slice(0, separator);
  const launchWords = separator < 0 ? undefined : words.slice(separator + 1);
  const { values, positionals } = readOptions("check", withRevision(own), {
    format: { type: "string" },
    release: { type: "string" },
    source: { type: "string" },
    ...CHANGES_OPTIONS,
    ...NOTATION_OPTIONS,
  });
  const format = choiceOf("check", "format", values.format ?? "text", FORMAT_NAMES);
  const asked = askedNotation("check", values);
  if (positionals.length > 0 && launchWords) {
    throw new CliError(say("cli.check-files-or-words"));
  }
  if (positionals.includes("-") && !asked) throw unknownInput("check");
  const judge = await askedJudge("check", values);
  const inputs: CheckInput[] = [];
  let looked = 0;
  if (launchWords) {
    inputs.push({ path: "-", text: commandOf(launchWords), notation: service.notations.shell });
  } else {
    const gathered = await gatherFiles("check", positionals, changesOf("check", values));
    for (const path of gathered.named) inputs.push(await readInput(path, asked));
    for (const file of gathered.found) inputs.push({ ...file, notation: asked, isFound: true });
    looked = gathered.looked;
  }
  // Words of a launch come from an entry point, which will run them here.
  const options = { ...judge, runsHere: launchWords !== undefined };
  const opened = await openFiles(
    inputs,
    options,
    ({ path, document, encoding, error, isFound }): CheckedFile => {
      return { path, analysed: document, encoding, error, ...(isFound && { isFound }) };
    },
  );
  const files = opened.filter(isWorthTelling);
  const deployments = await deploymentsIn(files);
  for (const { error } of files) if (error) complain(`lightllm-config: ${onOneLine(error)}\n`);
  const isAnyRead = files.some(({ error }) => !error) || files.length === 0;
  if (isAnyRead || format === "json") FORMATS[format](files, deployments, looked);
  if (files.some(({ error }) => error)) return 2;
  const findings = [
    ...files.flatMap(({ analysed }) => (analysed ? service.reportedFindings(analysed) : [])),
    ...deployments.flatMap((deployment) => deployment.findings),
  ];
  return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}

/** Whether to report a file: of those in folders only the ones with a launch or a finding. */
function isWorthTelling({ isFound, analysed }: CheckedFile): boolean {
  if (!isFound) return true;
  return (
    analysed !== undefined && (analysed.launches.length > 0 || service.reportedFindings(analysed).length > 0)
  );
}

interface CheckInput extends Input {
  readonly isFound?: boolean;
  readonly encoding?: Encoding;
  readonly error?: string;
}

/** A YAML file may contain a launch, but usually has none. */
const YAML = /\.(?:ya?ml|tpl)$/i;

/** A file with its text; if it cannot be read, the other files are still checked. */
async function readInput(path: string, asked: Notation | undefined): Promise<CheckInput> {
  try {
    const { text, encoding } = await readTextFile("check", path);
    const notation = asked ?? service.notationOf("", path, text);
    if (notation || YAML.test(path)) return { path, text, notation, encoding };
    const known = Object.keys(service.notations).join(", ");
    const error = say("cli.check-not-read", { path, known });
    return { path, text: "", error };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { path, text: "", error: error.message };
  }
}

/** The shell command with the words of one launch. */
function commandOf(words: readonly string[]): string {
  return ["python", "-m", "lightllm.server.api_server", ...words.map((word) => quoteWord(word))].join(" ");
}
