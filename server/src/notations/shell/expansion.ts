/** Checks that a text is exactly one expansion of the shell, so that it cannot affect the text around it. */
import { BeyondBounds } from "../../launch/bounds";
import { parseShell } from "./shell-parser";

/**
 * `$NAME`, `${…}`, `$(…)`, `$((…))`; not `$(echo ")`, which continues after its end, and nothing that is nested too deeply.
 * Used in double quotes.
 */
export function isOneExpansion(source: string): boolean {
  try {
    return isOneWord(parseShell(`: "${source}"`), source);
  } catch (error) {
    if (error instanceof BeyondBounds) return false;
    throw error;
  }
}

/** Whether a script's only command has one word, and that has nothing but the expansion. */
function isOneWord(script: ReturnType<typeof parseShell>, source: string): boolean {
  const [command, other] = script?.commands ?? [];
  if (!script || (script.errors?.length ?? 0) > 0 || other || command?.command.type !== "Command")
    return false;
  const { suffix, redirects, prefix } = command.command;
  const [word, more] = suffix;
  if (more || redirects.length > 0 || prefix.length > 0 || word?.type !== "Word") return false;
  const [quoted, after] = word.parts ?? [];
  if (after || quoted?.type !== "DoubleQuoted") return false;
  const [inside, next] = quoted.parts;
  return !next && inside?.pos === 3 && inside.end === 3 + source.length && inside.type !== "Literal";
}
