/** Escapes text for quotes in a systemd unit file. */
import { holdsHidden } from "../launch/visible-text";

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Text in a value, in which percent signs begin specifiers. */
export function inUnitQuotes(text: string, quote: string): string {
  return [...text].map((char) => escaped(char, quote)).join("");
}

/** Text in a command line, in which dollars begin variables, too. */
export function inCommandQuotes(text: string, quote: string): string {
  return inUnitQuotes(text, quote).replaceAll("$", "$$$$");
}

function escaped(char: string, quote: string): string {
  if (char === "\\" || char === quote) return `\\${char}`;
  if (char === "%") return "%%";
  if (!holdsHidden(char)) return char;
  const code = char.codePointAt(0) ?? 0;
  const coded =
    code > 0xffff ? `\\U${hex(code, 8)}` : code < 0x80 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
  return NAMED[char] ?? coded;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
