/** Quotes words for a unit file, so that they arrive unchanged. */
import { inCommandQuotes, inUnitQuotes } from "../unit-text";

const PLAIN = /^[\w@+=:,./-]+$/;

/** Whether a word needs no quotes. */
export function isPlainUnitWord(word: string): boolean {
  return PLAIN.test(word);
}

/** A word of a command line, in quotes if it needs them. */
export function commandWord(word: string): string {
  return PLAIN.test(word) ? word : `"${inCommandQuotes(word, '"')}"`;
}

/** A word of a command line in the quotes of another word. */
export function requotedWord(word: string, source: string): string {
  const quote = /^(["'])(?:.*)\1$/s.exec(source)?.[1];
  return quote === undefined ? commandWord(word) : `${quote}${inCommandQuotes(word, quote)}${quote}`;
}

/** `NAME=value` for `Environment=`. */
export function environmentWord(name: string, value: string, quote = '"'): string {
  const word = `${name}=${value}`;
  return PLAIN.test(word) ? word : `${quote}${inUnitQuotes(word, quote)}${quote}`;
}
