/** What `check` reads: files, standard input, or the words of one launch. */
import { type LaunchDocument, type Notation, quoteWord, service } from "../service";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import type { Encoding } from "./encoding";
import { gatherFiles } from "./gather/gather-files";
import type { Changes } from "./gather/git-changes";
import { type Input, type JudgeOptions, openFiles } from "./open-files";
import { readTextFile, type TextFile } from "./text-file";

/** A file that was checked, or the reason why it was not. */
export interface CheckedFile {
  /** Path as given; `-` for standard input. */
  readonly path: string;
  /** Undefined if the file has no launch, or was not checked. */
  readonly analysed: LaunchDocument | undefined;
  /** The file as it was read; undefined for words of the command line. */
  readonly written?: TextFile | undefined;
  /** The encoding of the file; undefined for words of the command line. */
  readonly encoding?: Encoding | undefined;
  /** Why it was not checked, as a sentence. */
  readonly error?: string | undefined;
  /** Whether it was found in a folder, not named. */
  readonly isFound?: boolean | undefined;
}

/** A text to check, or the reason why there is none. */
export interface CheckInput extends Input {
  readonly written?: TextFile | undefined;
  readonly error?: string;
  readonly isFound?: boolean;
}

export interface CheckInputs {
  readonly inputs: readonly CheckInput[];
  /** Number of the files that were looked at in folders. */
  readonly looked: number;
}

/** Reads what the command line names. @param launchWords the words after `--` */
export async function readInputs(
  positionals: readonly string[],
  launchWords: readonly string[] | undefined,
  asked: Notation | undefined,
  changes: Changes | undefined,
): Promise<CheckInputs> {
  if (launchWords) {
    const input = { path: "-", text: commandOf(launchWords), notation: service.notations.shell };
    return { inputs: [input], looked: 0 };
  }
  const { named, found, unreadable, looked } = await gatherFiles("check", positionals, changes);
  const inputs: CheckInput[] = [];
  for (const path of named) inputs.push(await readInput(path, asked));
  for (const file of found) inputs.push({ ...file, written: file, notation: asked, isFound: true });
  for (const file of unreadable) inputs.push({ ...file, text: "" });
  return { inputs, looked };
}

/** Judges the inputs; of those in folders only the ones with a launch or a finding are left. */
export async function checkInputs(
  inputs: readonly CheckInput[],
  options: JudgeOptions,
): Promise<readonly CheckedFile[]> {
  const files = await openFiles(
    inputs,
    options,
    ({ path, document, written, error, isFound }): CheckedFile => ({
      path,
      analysed: document,
      written,
      encoding: written?.encoding,
      error,
      isFound,
    }),
  );
  return files.filter(({ isFound, analysed }) => {
    if (!isFound) return true;
    return (
      analysed !== undefined &&
      (service.membersIn(analysed).length > 0 || service.reportedFindings(analysed).length > 0)
    );
  });
}

/** A YAML file may contain a launch, but usually has none. */
const YAML = /\.(?:ya?ml|tpl)$/i;

/** A file with its text; if it cannot be read, the other files are still checked. */
async function readInput(path: string, asked: Notation | undefined): Promise<CheckInput> {
  try {
    const written = await readTextFile("check", path);
    const { text } = written;
    const notation = asked ?? service.notationOf("", path, text);
    if (notation || YAML.test(path)) return { path, text, notation, written };
    const known = Object.keys(service.notations).join(", ");
    return { path, text: "", error: say("cli.check-not-read", { path, known }) };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { path, text: "", error: error.message };
  }
}

/** The shell command with the words of one launch. */
function commandOf(words: readonly string[]): string {
  return ["python", "-m", "lightllm.server.api_server", ...words.map((word) => quoteWord(word))].join(" ");
}
