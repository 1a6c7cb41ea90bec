/** The Python interpreter that a command names: `python3`, `/opt/env/bin/python`. */

import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";

/** In front of LightLLM's module, as words of a command or of a list. */
const INTERPRETER =
  /(?:^|[\s"'([])((?![-+])[\w./+-]*python[\d.]*)["']?[\s,\\]+(?:["']?-[A-Za-z]["']?[\s,\\]+)*["']?$/;

/** How far in front of the module its interpreter is looked for. */
const REACH = 300;

/** The interpreter that all of the launches name; nothing where they name none, or not the same one. */
export function writtenInterpreter(
  { file }: LaunchDocument,
  launches: readonly JudgedLaunch[],
): string | undefined {
  const named = launches.map(({ launch: { head, form } }) => {
    if (!head || form.kind === "mapping") return undefined;
    return INTERPRETER.exec(file.text.slice(Math.max(0, head.start - REACH), head.start))?.[1];
  });
  return new Set(named).size === 1 ? named[0] : undefined;
}
