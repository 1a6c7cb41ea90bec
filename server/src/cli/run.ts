/** `lightllm-config run`: checks a launch and starts it in the foreground. */

import type { JudgedLaunch } from "../analysis/judge-file";
import { convert, PYTHON, portableOf } from "../conversion/convert";
import { knownText, knownWord, type PortableWord, wordsOf } from "../conversion/portable";
import { resolveLaunch, type Unresolved } from "../conversion/resolve";
import { MODULE_WORDS } from "../conversion/write/program";
import { shellWord, TYPED } from "../conversion/write/shell-words";
import { writtenInterpreter } from "../conversion/written-interpreter";
import { type LaunchDocument, problemsOf } from "../features";
import { severityOf } from "../judgement/finding";
import { type Notation, readBounded } from "../notations";
import { findInEnvironment } from "../notations/shell";
import { CliError } from "./cli-error";
import { colours } from "./colours";
import { interpreterOnPath, runInForeground } from "./foreground";
import { FILE_OPTIONS, findingLine, openLaunchFile } from "./launch-file";
import { readOptions } from "./options";
import { complain, print } from "./output";

/** Runs the subcommand; the exit status of LightLLM, or 1 where errors were found. Bad usage throws a `CliError`. */
export async function runLaunch(words: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions("run", words, {
    ...FILE_OPTIONS,
    python: { type: "string" },
    "dry-run": { type: "boolean" },
    force: { type: "boolean" },
  });
  const unresolved = new Map<number, readonly Unresolved[]>();
  const { path, document, launches } = await openLaunchFile({
    subcommand: "run",
    positionals,
    values,
    runsHere: true,
    readAs: (notation) => withEnvironment(notation, unresolved),
  });
  const [judged, other] = launches;
  if (!judged || other)
    throw new CliError(`run: '${path}' holds ${launches.length} launches: ${whichOne(launches)}`);
  const [missing] = unresolved.get(judged.launch.span.start) ?? [];
  if (missing) throw new CliError(`run: ${whyUnknown(missing, path)}`);
  const errors = report(path, document, judged);
  if (errors > 0 && !values.force) {
    const what = errors === 1 ? "1 error" : `${errors} errors`;
    complain(
      `lightllm-config: run: nothing was started because of ${what}; --force starts it all the same\n`,
    );
    return 1;
  }
  return start(document, judged, values.python, values["dry-run"] ?? false);
}

/** The notation with what the environment of this process says put into its launches. */
function withEnvironment(notation: Notation, unresolved: Map<number, readonly Unresolved[]>): Notation {
  return {
    ...notation,
    find(text, cache) {
      const file =
        notation.id === "shell"
          ? readBounded("shell", text, () => findInEnvironment(text, process.env))
          : notation.find(text, cache);
      const launches = file.launches.map((launch) => {
        const resolved = resolveLaunch(launch, (name) => process.env[name]);
        unresolved.set(launch.span.start, resolved.unresolved);
        return resolved.launch;
      });
      return { ...file, launches };
    },
  };
}

function whichOne(launches: readonly JudgedLaunch[]): string {
  const names = launches.flatMap(({ launch }) => launch.name ?? []);
  const named = names.length > 0 ? `, or with --name: ${names.join(", ")}` : "";
  return `say which with --document 1 to ${launches.length}${named}`;
}

function whyUnknown({ owner, variable, source, isName }: Unresolved, path: string): string {
  if (isName) return `${owner} has a variable named ${source}, which is not known here; write its name`;
  const file = shellWord(knownWord(path), TYPED);
  if (variable !== undefined)
    return `${owner} needs ${source}, and ${variable} is not set; set it first: ${variable}=… lightllm-config run ${file}`;
  if (/^\$|^`/.test(source))
    return `${owner} needs ${source}, which only a shell can work out; start it with one: lightllm-config render --as shell ${file} | bash`;
  return `${owner} needs ${source.replace(/\s+/g, " ")}, which is not known here; write the value in its place`;
}

/** Tells on standard error what was found; how many errors there are. */
function report(path: string, document: LaunchDocument, judged: JudgedLaunch): number {
  const paint = colours(process.stderr);
  const problems = problemsOf(document, judged);
  for (const finding of problems) {
    const severity = severityOf(finding);
    complain(`${paint.of(severity, `${severity}:`)} ${findingLine(path, document, finding)}\n`);
  }
  return problems.filter((finding) => severityOf(finding) === "error").length;
}

async function start(
  document: LaunchDocument,
  judged: JudgedLaunch,
  python: string | undefined,
  isDryRun: boolean,
): Promise<number> {
  const launch = portableOf(document, judged);
  const known = (owner: string, word: PortableWord): string => {
    const text = knownText(word);
    if (text === undefined) throw new CliError(`run: ${owner} has a value that is not known here`);
    return text;
  };
  const set = launch?.environment.map(({ name, value }) => [name, known(name, value)] as const) ?? [];
  const environment = { ...process.env, ...Object.fromEntries(set) };
  const written = writtenInterpreter(document, [judged]);
  const named = python ?? (written === PYTHON ? undefined : written);
  const file = named ?? interpreterOnPath(environment);
  if (isDryRun) {
    print(convert(document, [judged], "command", { python: file ?? PYTHON }));
    return 0;
  }
  if (file === undefined)
    throw new CliError(
      "run: there is no 'python' on the PATH; --python PATH names the interpreter that has LightLLM",
    );
  const words =
    launch?.arguments.flatMap((one) =>
      wordsOf(one).map((word) => known(one.flag ?? "the command line", word)),
    ) ?? [];
  return runInForeground({ file, words: [...MODULE_WORDS, ...words], environment });
}
