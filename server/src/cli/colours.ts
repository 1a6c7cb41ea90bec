/** Colours of the terminal: only in a terminal, and not if `NO_COLOR` is set. */
import type { Severity } from "../service";
import { COLOUR } from "./output";

const CODES: Readonly<Record<Severity, number>> = { error: 31, warning: 33, hint: 36 };
const GREEN = 32;
const RED = 31;

/** Colour functions for a stream. */
export function colours(stream: { readonly isTTY?: boolean } = process.stdout) {
  const on = Boolean(stream.isTTY) && !process.env.NO_COLOR && process.env.TERM !== "dumb";
  const paint = (code: number, text: string) => (on ? `${COLOUR}[${code}m${text}${COLOUR}[0m` : text);
  return {
    bold: (text: string) => paint(1, text),
    dim: (text: string) => paint(2, text),
    of: (severity: Severity, text: string) => paint(CODES[severity], text),
    /** A line of a diff that begins with `+` or `-`. */
    change: (line: string) => paint(line.startsWith("+") ? GREEN : RED, line),
  };
}
