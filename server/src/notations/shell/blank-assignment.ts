/** `A = 1`, `export A = 1`: blanks around the sign, so that no variable gets the value. */
import { spanFrom, type TextProblem } from "../../launch/launch";
import { blanksAround } from "../blanks-around";
import { type Embedded, spanInFile } from "../embedded";
import type { Command } from "./shell-parser";

const EXPORTS = /^(?:export|declare|typeset|readonly|local)$/;

/** The problem of a command that sets a variable with blanks around its `=`. */
export function blankAssignment({ name, suffix }: Command, embedded: Embedded): TextProblem | undefined {
  const exports = EXPORTS.test(name?.value ?? "");
  // A program with a small name may take `=` as a word, as `test` does.
  const words = exports || !name || !/^[A-Z_][A-Z\d_]*$/.test(name.text) ? suffix : [name, ...suffix];
  if (!exports && words === suffix) return undefined;
  const at = words.findIndex((one) => one.type === "Word" && /^=(?!=)/.test(one.text));
  const [variable, sign, value, more] = words.slice(Math.max(0, at - 1));
  if (at < 1 || !sign || variable?.type !== "Word" || !/^[A-Za-z_]\w*$/.test(variable.text)) return undefined;
  if (!exports && at !== 1) return undefined;
  const isAlone = sign.type === "Word" && sign.text === "=";
  const last = isAlone && value ? value : sign;
  const inFile = (from: number, to: number) => spanInFile(embedded, spanFrom(from, to));
  const isOne = isAlone ? value?.type === "Word" && !more : !value;
  return blanksAround("shell", variable.text, inFile(variable.pos, last.end), [
    ...(isOne ? [inFile(variable.end, sign.pos)] : []),
    ...(isOne && last !== sign ? [inFile(sign.end, last.pos)] : []),
  ]);
}
