/** Characters that nobody sees and that programs act on, and how they are shown. */

/** Control characters (C0, DEL, C1). */
const CONTROL = "\\u0000-\\u001f\\u007f-\\u009f";
/** Line separators, marks that turn the direction of writing, the byte order mark, characters that are none. */
const INVISIBLE = "\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff";
/** Halves of character pairs; with the flag `u`, only those without the other half. */
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

/** Whether a text holds a character that is not seen, a line break and a tab included. */
export function holdsHidden(text: string): boolean {
  return text.search(HIDDEN) >= 0;
}

/** A text on one line in which every hidden character is shown escaped. */
export function onOneLine(text: string): string {
  return text.replace(HIDDEN, (char) => SHORT[char] ?? escaped(char));
}

const NAMED: Readonly<Record<string, string>> = { ...SHORT, "\\": "\\\\" };

/**
 * A text on one line whose hidden characters, and those of `also`, are named by their bytes in octal, as `$'…'` of a shell
 * and the file names of a diff have them.
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

/** The inside of a Python string: what is hidden is escaped as Python reads it. */
export { onOneLine as inPython };

/** A text of several lines in which every hidden character but tabs and line breaks is shown escaped. */
export function inLines(text: string): string {
  return text.replace(HIDDEN, (char, at: number) => {
    const isBreak = char === "\n" || (char === "\r" && text[at + 1] === "\n");
    return isBreak || char === "\t" ? char : escaped(char);
  });
}

/** The inside of a string in double quotes, as JSON and YAML read it, with hidden characters escaped. */
export function inDoubleQuotes(text: string): string {
  const json = JSON.stringify(text).slice(1, -1);
  return json.replace(HIDDEN, (char) => `\\u${hex(char.charCodeAt(0), 4)}`);
}

/** A string in double quotes, as JSON and YAML read it. */
export function doubleQuoted(text: string): string {
  return `"${inDoubleQuotes(text)}"`;
}

/** JSON text in which what its strings hide is escaped; its own line breaks stay. */
export function escapedJson(json: string): string {
  return json.replace(HIDDEN, (char) => (char === "\n" ? char : `\\u${hex(char.charCodeAt(0), 4)}`));
}

/** Whether a word can be given to a program: none holds a NUL, and halves of character pairs have no bytes. */
export function isPassable(text: string): boolean {
  return !UNPASSABLE.test(text);
}

const UNPASSABLE = new RegExp(`[\\u0000${HALVES}]`, "u");
