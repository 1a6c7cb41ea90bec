/** What a shell reads after the words of a command: further commands, redirections, `&`. */
import { type Span, spanFrom } from "../../launch/launch";
import { parseShell } from "./shell-parser";

/** Stands for the name of the program, so that `if` and `A=1` after it are plain words. */
const PROGRAM = "_ ";

/**
 * The part of a command's arguments that is not an argument; `undefined` if all of it is.
 *
 * @throws BeyondBounds for text that is nested too deeply.
 */
export function beyondWords(text: string): Span | undefined {
  const command = parseShell(PROGRAM + text)?.commands[0]?.command;
  if (!command) return undefined;
  const first = "commands" in command ? command.commands[0] : command;
  if (!first) return undefined;
  const redirect = first.type === "Command" ? first.redirects[0] : undefined;
  const from = (redirect?.pos ?? first.end) - PROGRAM.length;
  // White space, comments, and separators that separate nothing.
  const skipped = /^(?:\s|\\\r?\n|#.*)*/.exec(text.slice(from))?.[0].length ?? 0;
  const end = text.trimEnd().length;
  const rest = text.slice(from + skipped, end);
  return /^;?$/.test(rest) ? undefined : spanFrom(from + skipped, end);
}
