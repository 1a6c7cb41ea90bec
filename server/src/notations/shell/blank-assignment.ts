/** `export A = 1`: blanks around the sign, so that no variable gets the value. */
import { spanFrom, type TextProblem } from "../../launch/launch";
import { say } from "../../messages";
import { type Embedded, spanInFile } from "../embedded";
import type { Command } from "./shell-parser";

const EXPORTS = /^(?:export|declare|typeset|readonly|local)$/;

/** The problem of a command that exports a variable with blanks around its `=`. */
export function blankAssignment({ name, suffix }: Command, embedded: Embedded): TextProblem | undefined {
  if (!EXPORTS.test(name?.value ?? "")) return undefined;
  const at = suffix.findIndex((one) => one.type === "Word" && one.text.startsWith("="));
  const [variable, sign, value] = [suffix[at - 1], suffix[at], suffix[at + 1]];
  if (!sign || variable?.type !== "Word" || !/^[A-Za-z_]\w*$/.test(variable.text)) return undefined;
  const isAlone = sign.type === "Word" && sign.text === "=";
  const span = spanInFile(embedded, spanFrom(variable.pos, (isAlone && value ? value : sign).end));
  const message = say("shell.blank-assignment", { name: variable.text });
  return { code: "environment-variable-name", variant: "blanks", span, message, fixes: [] };
}
