/** Colours of the terminal. */
import type { Severity } from "../service";
import { COLOUR } from "./output";

const CODES: Readonly<Record<Severity, number>> = { error: 31, warning: 33, hint: 36 };
const GREEN = 32;
const RED = 31;

interface Stream {
  readonly isTTY?: boolean;
}

/**
 * Whether to write colours: what the user asks for (no-color.org, force-color.org, bixense.com/clicolors), `NO_COLOR`
 * first; else only in a terminal that has them. An empty variable asks for nothing.
 */
function isColoured({ isTTY = false }: Stream, env: NodeJS.ProcessEnv): boolean {
  const { NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM } = env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (CLICOLOR_FORCE && CLICOLOR_FORCE !== "0") return true;
  return isTTY && CLICOLOR !== "0" && TERM !== "dumb";
}

/** Colour functions for a stream. */
export function colours(stream: Stream = process.stdout) {
  const on = isColoured(stream, process.env);
  const paint = (code: number, text: string) => (on ? `${COLOUR}[${code}m${text}${COLOUR}[0m` : text);
  return {
    bold: (text: string) => paint(1, text),
    dim: (text: string) => paint(2, text),
    of: (severity: Severity, text: string) => paint(CODES[severity], text),
    /** A line of a diff that begins with `+` or `-`. */
    change: (line: string) => paint(line.startsWith("+") ? GREEN : RED, line),
  };
}
