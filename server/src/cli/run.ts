/** `lightllm-config run`: checks a launch and starts it in the foreground. */

import {
  type JudgedLaunch,
  type LaunchDocument,
  quoteWord,
  type ResolvingNotation,
  service,
  type Unresolved,
} from "../service";
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
  let resolving: ResolvingNotation | undefined;
  const { path, document, launches } = await openLaunchFile({
    subcommand: "run",
    positionals,
    values,
    runsHere: true,
    readAs: (notation) => {
      resolving = service.withEnvironment(notation, process.env);
      return resolving.notation;
    },
  });
  const [judged, other] = launches;
  if (!judged || other)
    throw new CliError(`run: '${path}' holds ${launches.length} launches: ${whichOne(launches)}`);
  const [missing] = resolving?.unresolved(judged.launch) ?? [];
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

function whichOne(launches: readonly JudgedLaunch[]): string {
  const names = launches.flatMap(({ launch }) => launch.name ?? []);
  const named = names.length > 0 ? `, or with --name: ${names.join(", ")}` : "";
  return `say which with --document 1 to ${launches.length}${named}`;
}

function whyUnknown({ owner, variable, source, needsShell, isName }: Unresolved, path: string): string {
  if (isName) return `${owner} has a variable named ${source}, which is not known here; write its name`;
  const file = quoteWord(path);
  if (variable !== undefined)
    return `${owner} needs ${source}, and ${variable} is not set; set it first: ${variable}=… lightllm-config run ${file}`;
  if (needsShell)
    return `${owner} needs ${source}, which only a shell can work out; start it with one: lightllm-config render --format shell ${file} | bash`;
  return `${owner} needs ${source.replace(/\s+/g, " ")}, which is not known here; write the value in its place`;
}

/** Tells on standard error what was found; how many errors there are. */
function report(path: string, document: LaunchDocument, judged: JudgedLaunch): number {
  const paint = colours(process.stderr);
  const problems = service.problemsOf(document, judged);
  for (const finding of problems) {
    complain(
      `${paint.of(finding.severity, `${finding.severity}:`)} ${findingLine(path, document, finding)}\n`,
    );
  }
  return problems.filter((finding) => finding.severity === "error").length;
}

async function start(
  document: LaunchDocument,
  judged: JudgedLaunch,
  python: string | undefined,
  isDryRun: boolean,
): Promise<number> {
  const { words, environment: own, interpreter, unknown } = service.processOf(document, judged);
  if (unknown !== undefined) throw new CliError(`run: ${unknown} has a value that is not known here`);
  const environment = { ...process.env, ...own };
  const named = python ?? interpreter;
  const file = named ?? interpreterOnPath(environment);
  if (isDryRun) {
    print(service.convert(document, [judged], "command", { python: file ?? "python" }));
    return 0;
  }
  if (file === undefined)
    throw new CliError(
      "run: there is no 'python' on the PATH; --python PATH names the interpreter that has LightLLM",
    );
  return runInForeground({ file, words, environment });
}
