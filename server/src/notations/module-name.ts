/** Launches whose module is misspelt: Python finds no module of this name. */
import {
  type Launch,
  type LaunchFile,
  type Span,
  spanFrom,
  type TextFix,
  type TextProblem,
  withProblems,
} from "../launch/launch";
import { shortened } from "../launch/visible-text";
import { say } from "../messages";
import { isMisspeltModule, MODULE } from "./program";

/** The file, with a problem in each launch whose module is misspelt. */
export function withModuleNames(file: LaunchFile): LaunchFile {
  const launches = file.launches.map((launch) => {
    const problem = misspeltIn(file.text, launch);
    return problem ? withProblems(launch, [problem, ...(launch.problems ?? [])]) : launch;
  });
  return launches.some((launch, at) => launch !== file.launches[at]) ? { ...file, launches } : file;
}

/** The problem of the last name of a module, or of its file, in the words that start a launch. */
function misspeltIn(text: string, { invocation, form }: Launch): TextProblem | undefined {
  if (!invocation) return undefined;
  const { start, end } = invocation.span;
  const written = text.slice(start, end);
  if (written.endsWith(MODULE)) return undefined;
  const last = [...written.matchAll(/(?:[^\s"'`,[\]]*[\\/])?(lightllm[./-][\w./-]*)/g)].at(-1);
  if (!last || !isMisspeltModule(last[1] ?? "")) return undefined;
  const span = spanFrom(start + last.index, start + last.index + last[0].length);
  const isModule = /-\w*m["',\s\\]*$/.test(written.slice(0, last.index));
  if (isModule || !last[0].endsWith(".py")) return noModule(last[0], span);
  return asFile(last[0], span, form.kind !== "list");
}

function noModule(written: string, span: Span): TextProblem {
  return {
    code: "module-name",
    span,
    message: say("program.no-module", { name: shortened(written), meant: MODULE }),
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

/** The module's file instead of the module. The file may be of a folder that is not the installed package. */
function asFile(written: string, span: Span, isText: boolean): TextProblem {
  const newText = `-m ${MODULE}`;
  const fix: TextFix = {
    title: say("program.write-module", { meant: newText }),
    kind: "choice",
    preferred: true,
    edits: [{ span, newText }],
  };
  const message = say("program.file-of-module", { name: shortened(written), meant: newText });
  return { code: "module-name", span, message, fixes: isText ? [fix] : [] };
}
