/** Formats and separators of list elements. */

import type { Launch, Span } from "../../launch/launch";
import { lineStartAt } from "../../launch/lines";
import { doubleQuoted, holdsHidden } from "../../launch/visible-text";
import { escapeFor } from "../embedded";
import { needsQuotes, readPlain } from "../yaml-text/scalars";
import type { ListStyle } from "./read-command";

/** The quote around an element, with a prefix such as Python's `f`; empty for a plain element. */
export function quoteOf(source: string): string {
  return /^[A-Za-z]{0,2}(["'])/.exec(source)?.[1] ?? "";
}

/** The quote that the flags or the values of a launch use; double quotes by default. */
export function usualQuote({ arguments: given }: Launch, style: ListStyle, of: "flags" | "values"): string {
  if (style === "json") return '"';
  const flags = given.map(({ written }) => written).filter((source) => source !== "");
  const values = given.flatMap(({ words }) =>
    words.filter(({ splits }) => !splits).map(({ source }) => source),
  );
  const sources = of === "flags" ? [flags, values] : [values, flags];
  const like = sources.find((some) => some.length > 0);
  if (!like) return '"';
  return like.map(quoteOf).find((quote) => quote !== "") ?? (style === "python" ? '"' : "");
}

/** A word as an element, in the given quotes if the style allows them. */
export function writeElement(word: string, style: ListStyle, quote: string): string {
  if (style === "json") return doubleQuoted(word);
  if (style === "python") {
    return quote === "'"
      ? `'${escapeFor(word, ["python-single"])}'`
      : `"${escapeFor(word, ["python-double"])}"`;
  }
  if (quote === "'" && !holdsHidden(word)) return `'${escapeFor(word, ["yaml-single"])}'`;
  return quote === '"' || !isPlain(word, style) ? doubleQuoted(word) : word;
}

/** Text inside an element's quotes. */
export function writeInside(word: string, style: ListStyle, quote: string): string {
  if (quote === "") return word;
  return writeElement(word, style, quote).slice(1, -1);
}

/**
 * Whether YAML reads a plain word as this string. Numbers are excluded, because Kubernetes and Compose reject them in a
 * list of strings. Some parsers read `y` and `n` as booleans, `1e3` and `0o17` as numbers.
 */
function isPlain(word: string, style: ListStyle): boolean {
  if (needsQuotes(word) || readPlain(word).kind !== "string" || /^(?:y|n)$/i.test(word)) return false;
  if (!Number.isNaN(Number(word))) return false;
  return !(style === "yaml-flow" && /[,[\]{}]/.test(word));
}

/** White space of a list, with a Dockerfile's continuations and comments. */
const GAP = "(?:[ \\t\\r\\n]|[\\\\`][ \\t]*\\r?\\n|(?<=[\\s,])#[^\\n]*\\n)*";
const COMMA = new RegExp(`^${GAP},${GAP}$`);
const DASH = /^[ \t]*(?:#[^\n]*)?(?:\r?\n[ \t]*(?:#[^\n]*)?)*\r?\n[ \t]*-[ \t]+$/;

/** Whether a text contains only separators of elements. */
export function isSeparator(between: string, style: ListStyle): boolean {
  return style === "yaml-block" ? DASH.test(between) : COMMA.test(between);
}

/** A separator without its comments. */
export function withoutComments(separator: string): string {
  return separator
    .replace(/(?<=[\s,])#[^\n]*/g, "")
    .replace(/\n(?:[ \t]*\r?\n)+/g, "\n")
    .replace(/[ \t]+(?=\r?\n)/g, "");
}

/** The indentation and dashes before an item of a block sequence; undefined for another element. */
export function blockDash(text: string, { start }: Span): string | undefined {
  const before = text.slice(lineStartAt(text, start), start);
  return /^([ \t]*(?:-[ \t]+)+)(?:[&!]\S*[ \t]+)*$/.exec(before)?.[1];
}
