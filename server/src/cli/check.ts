/** `lightllm-config check`: judges files, standard input, or the words of one launch. */
import { heardFindings, type LaunchDocument } from "../features";
import { severityOf } from "../judgement/finding";
import { NOTATIONS, type Notation } from "../notations";
import { quoteWord } from "../notations/shell/quote";
import { printJsonReport } from "./check-json";
import { tellReport } from "./check-text";
import { CliError } from "./cli-error";
import { type Input, openFiles } from "./open-files";
import { notationNamed, readOptions, readText } from "./options";
import { askedJudge } from "./own-lightllm";

/** A file that was checked. */
export interface CheckedFile {
  /** As it was named; `-` for standard input. */
  readonly path: string;
  /** Nothing where the file is of no notation, or holds no launch. */
  readonly analysed: LaunchDocument | undefined;
}

const FORMATS = { text: tellReport, json: printJsonReport } as const;

/** Runs the subcommand; 0: nothing of severity error, 1: errors found. Bad usage throws a `CliError`. */
export async function check(words: readonly string[]): Promise<number> {
  const separator = words.indexOf("--");
  const own = separator < 0 ? words : words.slice(0, separator);
  const launchWords = separator < 0 ? undefined : words.slice(separator + 1);
  const { values, positionals } = readOptions("check", own, {
    format: { type: "string" },
    release: { type: "string" },
    source: { type: "string" },
    as: { type: "string" },
  });
  const format = values.format ?? "text";
  if (!isFormat(format))
    throw new CliError(`check: there is no format '${format}'. Known: ${Object.keys(FORMATS).join(", ")}`);
  const asked = notationNamed("check", values.as);
  if (positionals.length === 0 && !launchWords) {
    throw new CliError(
      "check: name the files to check, '-' for standard input, or '--' and the words of a launch",
    );
  }
  if (positionals.length > 0 && launchWords) {
    throw new CliError("check: give either files or, behind '--', the words of one launch");
  }
  const judge = await askedJudge("check", values);
  const inputs: Input[] = launchWords
    ? [{ path: "-", text: commandOf(launchWords), notation: NOTATIONS.shell }]
    : positionals.map((path) => ({
        path,
        text: readText("check", path),
        notation: asked ?? (path === "-" ? guess() : undefined),
      }));
  // Words of a launch are those of an entry point, which is about to run them here.
  const options = { ...judge, runsHere: launchWords !== undefined };
  const files = await openFiles(inputs, options, ({ path, document }) => ({ path, analysed: document }));
  FORMATS[format](files);
  const failed = files.some(
    ({ analysed }) => analysed && heardFindings(analysed).some((finding) => severityOf(finding) === "error"),
  );
  return failed ? 1 : 0;

  function guess(): Notation | undefined {
    throw new CliError(`check: say what standard input is: --as ${Object.keys(NOTATIONS).join("|")}`);
  }
}

function isFormat(name: string): name is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, name);
}

/** The words of one launch as the shell command that would pass them. */
function commandOf(words: readonly string[]): string {
  return ["python", "-m", "lightllm.server.api_server", ...words.map((word) => quoteWord(word))].join(" ");
}
