/**
 * The one place that knows the shell parser. `unbash` is young, so nothing else imports it; what we need of it is pinned
 * by the contract tests in test/notations/shell-parser.test.ts.
 */
import { forEachChild, type ParsedScript, parse } from "unbash";

export type {
  ArrayValue,
  Assignment,
  Command,
  HereDoc,
  ParameterExpansionPart,
  Word as ShellWord,
  WordPart,
} from "unbash";
export { forEachChild };

/** Anything in a parsed script. */
export type ShellNode = Parameters<typeof forEachChild>[0];

/**
 * Parses shell text, half-typed or not; `undefined` where the parser gives up.
 * A carriage return before a newline is read as a space, so that positions hold: whether it breaks the command is a
 * finding, not a reason to see nothing.
 */
export function parseShell(text: string): ParsedScript | undefined {
  const unix = text.includes("\r") ? text.replace(/\\\r\n/g, " \\\n").replace(/\r\n/g, " \n") : text;
  try {
    return parse(unix);
  } catch {
    return undefined;
  }
}
