/** Escapes invisible characters that programs interpret. */

/** Control characters (C0, DEL, C1). */
const CONTROL = "\\u0000-\\u001f\\u007f-\\u009f";
/** Line separators, marks that change the writing direction, the byte order mark, noncharacters. */
const INVISIBLE = "\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff";
/** Surrogates; with the `u` flag, only unpaired ones. */
const HALVES = "\\ud800-\\udfff";

const HIDDEN = new RegExp(`[${CONTROL}${INVISIBLE}${HALVES}]`, "gu");
const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A hidden character as two or four hexadecimal digits: `\x1b`, `\u202e`. */
function escaped(char: string): string {
  const code = char.charCodeAt(0);
  return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}

/** Whether a text has an invisible character, line breaks and tabs included. */
export function holdsHidden(text: string): boolean {
  return text.search(HIDDEN) >= 0;
}

/** A text on one line with every invisible character escaped. */
export function onOneLine(text: string): string {
  return text.replace(HIDDEN, (char) => SHORT[char] ?? escaped(char));
}

/** Maximum number of characters that a message shows of a text of the user. */
const MOST_SHOWN = 60;

/** A text of the user in a message: on one line, without invisible characters, and cut if it is long. */
export function shortened(text: string): string {
  const oneLine = onOneLine(text.replace(/\s+/g, " ").trim());
  return oneLine.length > MOST_SHOWN ? `${oneLine.slice(0, MOST_SHOWN - 3)}…` : oneLine;
}

const NAMED: Readonly<Record<string, string>> = { ...SHORT, "\\": "\\\\" };

/**
 * A text on one line with invisible characters, and those in `also`, as octal bytes, as in `$'…'` of a shell and in the
 * file names of a diff.
 */
export function inOctal(text: string, also: string): string {
  const shown = [...text].map((char) => {
    const named = NAMED[char];
    if (named !== undefined) return named;
    if (!also.includes(char) && onOneLine(char) === char) return char;
    const bytes = [...new TextEncoder().encode(char)];
    return bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  });
  return shown.join("");
}

/** The inside of a Python string, with invisible characters escaped. */
export { onOneLine as inPython };

/** A text of several lines with every invisible character escaped, except tabs and line breaks. */
export function inLines(text: string): string {
  return text.replace(HIDDEN, (char, at: number) => {
    const isBreak = char === "\n" || (char === "\r" && text[at + 1] === "\n");
    return isBreak || char === "\t" ? char : escaped(char);
  });
}

/** The inside of a double-quoted string of JSON or YAML, with invisible characters escaped. */
export function inDoubleQuotes(text: string): string {
  const json = JSON.stringify(text).slice(1, -1);
  return json.replace(HIDDEN, (char) => `\\u${hex(char.charCodeAt(0), 4)}`);
}

/** A double-quoted string of JSON or YAML. */
export function doubleQuoted(text: string): string {
  return `"${inDoubleQuotes(text)}"`;
}

/** JSON text with the invisible characters in its strings escaped; its own line breaks stay. */
export function escapedJson(json: string): string {
  return json.replace(HIDDEN, (char) => (char === "\n" ? char : `\\u${hex(char.charCodeAt(0), 4)}`));
}

/** Whether a word can be passed to a program: no NUL and no unpaired surrogate. */
export function isPassable(text: string): boolean {
  return !UNPASSABLE.test(text);
}

const UNPASSABLE = new RegExp(`[\\u0000${HALVES}]`, "u");
