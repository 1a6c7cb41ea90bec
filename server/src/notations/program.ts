/** Where LightLLM is started in a row of words, whatever stands before: `nohup`, `env A=1`, `docker run … image`. */
import type { CommandWord } from "../launch/command-line";

const MODULE = "lightllm.server.api_server";
const FILE = /(?:^|[\\/])lightllm[\\/]server[\\/]api_server\.py$/;

/** The index of the first word behind `-m lightllm.server.api_server`, or behind the path of that file. */
export function argumentsStart(words: readonly Pick<CommandWord, "text">[]): number | undefined {
  for (let at = 0; at < words.length; at++) {
    const text = words[at]?.text;
    if (text === undefined) continue;
    if (text === MODULE && words[at - 1]?.text?.endsWith("-m")) return at + 1;
    if (text === `-m${MODULE}`) return at + 1;
    if (FILE.test(text) && at > 0) return at + 1;
  }
  return undefined;
}

/** Where the words begin that name LightLLM: `-m` and the module, or the path of the file; `undefined` where the arguments alone are written. */
export function programStart(words: readonly Pick<CommandWord, "text">[], start: number): number | undefined {
  const last = words[start - 1]?.text;
  if (last === MODULE) return start - 2;
  return last === `-m${MODULE}` || (last !== undefined && FILE.test(last)) ? start - 1 : undefined;
}

/** Whether a text can hold a launch at all; spares the work of reading most files. */
export function mayHoldLaunch(text: string): boolean {
  return text.includes("lightllm");
}
