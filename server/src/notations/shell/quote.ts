/** Quotes words for shell text, so that they arrive unchanged. */
import type { Quoting } from "../../launch/launch";
import { escapeFor } from "../embedded";
import type { Cursor } from "../notation";

const PLAIN = /^[\w@%+=:,./-]+$/;

/** Whether a word needs no quotes in shell text. */
export function isPlainWord(word: string): boolean {
  return PLAIN.test(word);
}

/** A word with as few quotes as possible, escaped for the enclosing quotes of the shell text. */
export function quoteWord(word: string, quoting: readonly Quoting[] = []): string {
  const [innermost] = quoting;
  if (isPlainWord(word)) return escapeFor(word, quoting);
  // Inside double quotes of an outer shell, single quotes need no escaping, and inside single quotes double quotes need
  // none.
  const quoted =
    innermost === "shell-single"
      ? `"${escapeFor(word, ["shell-double"])}"`
      : `'${escapeFor(word, ["shell-single"])}'`;
  return escapeFor(quoted, quoting);
}

/** The quote that ends here and began before: that of `'--flag=value'`, if only the value is replaced. */
export function closingQuote(source: string): string {
  const quote = /["']$/.exec(source)?.[0] ?? "";
  return quote && source.split(quote).length % 2 === 0 ? quote : "";
}

/** A word in the quotes that already surround it. */
export function requoteWord(word: string, source: string, quoting: readonly Quoting[] = []): string {
  const closing = closingQuote(source);
  if (closing === '"') return escapeFor(`${escapeFor(word, ["shell-double"])}"`, quoting);
  if (closing === "'") return escapeFor(`${word.replaceAll("'", "'\\''")}'`, quoting);
  const quote = source.length > 1 && source.at(0) === source.at(-1) ? source.at(0) : undefined;
  if (quote === '"') return escapeFor(`"${escapeFor(word, ["shell-double"])}"`, quoting);
  if (quote === "'" && !word.includes("'")) return escapeFor(`'${word}'`, quoting);
  return quoteWord(word, quoting);
}

export function insertFlagWord(
  name: string,
  { hasValue, joined, takesValue }: Extract<Cursor, { kind: "flag" }>,
): string {
  return hasValue || joined || !takesValue ? name : `${name} `;
}

export function insertValueWord(
  word: string,
  { quote, separator, launch }: Extract<Cursor, { kind: "value" }>,
): string {
  const quoting = launch.form.kind === "shell" ? launch.form.quoting : [];
  if (quote === '"') return escapeFor(escapeFor(word, ["shell-double"]), quoting);
  if (quote === "'") return escapeFor(word.replaceAll("'", "'\\''"), quoting);
  return separator + quoteWord(word, quoting);
}
