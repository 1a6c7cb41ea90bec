/** Finds LightLLM in a list of words, after any other program: `nohup`, `env A=1`, `docker run … image`. */
import { distance } from "fastest-levenshtein";
import type { CommandWord } from "../launch/command-line";

export const MODULE = "lightllm.server.api_server";
const FILE = /(?:^|[\\/])lightllm[\\/]server[\\/]api_server\.py$/;

/** Index of the first word after `-m lightllm.server.api_server`, or after the path of that file. */
export function argumentsStart(words: readonly Pick<CommandWord, "text">[]): number | undefined {
  for (let at = 0; at < words.length; at++) {
    const text = words[at]?.text;
    if (text === undefined) continue;
    if (isModule(text) && words[at - 1]?.text?.endsWith("-m")) return at + 1;
    if (text.startsWith("-m") && isModule(text.slice(2))) return at + 1;
    if (FILE.test(text) && at > 0) return at + 1;
  }
  return undefined;
}

/**
 * Index of the words that name LightLLM: `-m` and the module, or the path of the file; `undefined` if only arguments
 * are written.
 */
export function programStart(words: readonly Pick<CommandWord, "text">[], start: number): number | undefined {
  const last = words[start - 1]?.text ?? "";
  if (isModule(last)) return start - 2;
  return (last.startsWith("-m") && isModule(last.slice(2))) || FILE.test(last) ? start - 1 : undefined;
}

/** Whether a word is the module, perhaps with typing errors. */
function isModule(text: string): boolean {
  return text === MODULE || isMisspeltModule(text);
}

const MOST_ERRORS = 2;
/** The beginning of every spelling that is recognized. */
const PACKAGE = /^lightllm[./-]/;

/**
 * Whether a name is meant to be the module: `lightllm.server.api_serve`, `lightllm.api_server`. No other module of
 * LightLLM has such a similar name.
 */
export function isMisspeltModule(text: string): boolean {
  if (text === MODULE || !PACKAGE.test(text) || text.length > 2 * MODULE.length) return false;
  const letters = lettersOf(text.replace(/\.py$/, ""));
  return letters === "lightllmapiserver" || distance(letters, LETTERS) <= MOST_ERRORS;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z\d]/g, "");
}

const LETTERS = lettersOf(MODULE);

/** Whether a text may contain a launch; avoids reading most files. */
export function mayHoldLaunch(text: string): boolean {
  return text.includes("lightllm");
}
