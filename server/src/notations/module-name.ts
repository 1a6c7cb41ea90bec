/** Launches whose module is misspelt: Python finds no module of this name. */
import {
  type Launch,
  type LaunchFile,
  type Span,
  spanFrom,
  type TextProblem,
  withProblems,
} from "../launch/launch";
import { say } from "../messages";
import { isMisspeltModule, MODULE } from "./program";

/** The file, with a problem in each launch whose module is misspelt. */
export function withModuleNames(file: LaunchFile): LaunchFile {
  const launches = file.launches.map((launch) => {
    const place = misspeltIn(file.text, launch);
    return place ? withProblems(launch, [noModule(file.text, place), ...(launch.problems ?? [])]) : launch;
  });
  return launches.some((launch, at) => launch !== file.launches[at]) ? { ...file, launches } : file;
}

/** The last name of a module in the words that start a launch, if it is misspelt. */
function misspeltIn(text: string, { invocation }: Launch): Span | undefined {
  if (!invocation) return undefined;
  const { start, end } = invocation.span;
  const written = text.slice(start, end);
  if (written.endsWith(MODULE)) return undefined;
  const last = [...written.matchAll(/lightllm[./-][\w./-]*/g)].at(-1);
  if (!last || !isMisspeltModule(last[0])) return undefined;
  return spanFrom(start + last.index, start + last.index + last[0].length);
}

function noModule(text: string, span: Span): TextProblem {
  const written = text.slice(span.start, span.end);
  return {
    code: "module-name",
    span,
    message: say("program.no-module", { name: written, meant: MODULE }),
    fixes: [
      {
        title: say("program.write-module", { meant: MODULE }),
        kind: "spelling",
        preferred: true,
        edits: [{ span, newText: MODULE }],
      },
    ],
  };
}
