/** Finds LightLLM in a list of words, after any other program: `nohup`, `env A=1`, `docker run … image`. */
import type { CommandWord } from "../launch/command-line";

const MODULE = "lightllm.server.api_server";
const FILE = /(?:^|[\\/])lightllm[\\/]server[\\/]api_server\.py$/;

/** Index of the first word after `-m lightllm.server.api_server`, or after the path of that file. */
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

/**
 * Index of the words that name LightLLM: `-m` and the module, or the path of the file; `undefined` if only arguments
 * are written.
 */
export function programStart(words: readonly Pick<CommandWord, "text">[], start: number): number | undefined {
  const last = words[start - 1]?.text;
  if (last === MODULE) return start - 2;
  return last === `-m${MODULE}` || (last !== undefined && FILE.test(last)) ? start - 1 : undefined;
}

/** Whether a text may contain a launch; avoids reading most files. */
export function mayHoldLaunch(text: string): boolean {
  return text.includes("lightllm");
}
