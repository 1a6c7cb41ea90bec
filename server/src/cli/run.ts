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
import { say } from "./cli-texts";
import { colours } from "./colours";
import { interpreterOnPath, runInForeground } from "./foreground";
import { FILE_OPTIONS, findingLine, openLaunchFile } from "./launch-file";
import { readOptions } from "./options";
import { complain, print } from "./output";

/**
 * Runs the subcommand. Returns the exit status of LightLLM, or 1 if errors were found. @throws CliError for bad usage.
 */
export async function runSubcommand(words: readonly string[]): Promise<number> {
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
  if (!judged || other) throw new CliError(whichOne(path, launches));
  const [missing] = resolving?.unresolved(judged.launch) ?? [];
  if (missing) throw new CliError(`run: ${whyUnknown(missing, path)}`);
  const errors = report(path, document, judged);
  if (errors > 0 && !values.force) {
    complain(`lightllm-config: ${say("cli.run-errors", { count: errors })}\n`);
    return 1;
  }
  return start(document, judged, values.python, values["dry-run"] ?? false);
}

function whichOne(path: string, launches: readonly JudgedLaunch[]): string {
  const names = launches.flatMap(({ launch }) => launch.name ?? []);
  const several = { path, count: launches.length };
  return names.length > 0
    ? say("cli.run-several-named", { ...several, names: names.join(", ") })
    : say("cli.run-several", several);
}

function whyUnknown({ owner, variable, source, needsShell, isName }: Unresolved, path: string): string {
  if (isName) return say("cli.run-variable-named", { owner, source });
  const file = quoteWord(path);
  if (variable !== undefined) return say("cli.run-variable", { owner, source, variable, file });
  if (needsShell) return say("cli.run-shell", { owner, source, file });
  return say("cli.run-unknown", { owner, source: source.replace(/\s+/g, " ") });
}

/** Prints the findings on standard error; returns the number of errors. */
function report(path: string, document: LaunchDocument, judged: JudgedLaunch): number {
  const paint = colours(process.stderr);
  const problems = service.problemsOf(document, judged);
  for (const finding of problems) {
    complain(
      `${paint.of(finding.severity, `${say(`cli.severity-${finding.severity}`)}:`)} ${findingLine(path, document, finding)}\n`,
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
  if (unknown !== undefined) throw new CliError(say("cli.run-value-unknown", { flag: unknown }));
  const environment = { ...process.env, ...own };
  const named = python ?? interpreter;
  const file = named ?? interpreterOnPath(environment);
  if (isDryRun) {
    print(service.convert(document, [judged], "command", { python: file ?? "python" }));
    return 0;
  }
  if (file === undefined) throw new CliError(say("cli.run-no-python"));
  return runInForeground({ file, words, environment });
}
