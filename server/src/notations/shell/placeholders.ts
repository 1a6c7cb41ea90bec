/** Placeholders such as `<path to model>`, which a reader of the file fills in. */

import { type Span, spanFrom } from "../../launch/launch";
import { FILLER, HOLE } from "../embedded";
import { quotesIn } from "./trap";

/** `<path to model>`: a shell reads it as redirections. It is masked, so that the next words are read as intended. */
const PLACEHOLDER = /<[A-Za-z_\u4e00-\u9fff][^<>\n|&;$"'`]*>/g;

export interface MaskedPlaceholders {
  readonly text: string;
  readonly placeholders: readonly Span[];
}

/** Masks placeholders by substitutions of the same length; here-documents and process substitutions are kept. */
export function maskPlaceholders(text: string): MaskedPlaceholders {
  if (!text.includes(">")) return { text, placeholders: [] };
  const placeholders: Span[] = [];
  const isQuoted = quotesIn(text);
  const masked = text.replace(PLACEHOLDER, (placeholder, at: number) => {
    if (text[at - 1] === "<" || isQuoted(at) || !isWord(text, at, placeholder)) return placeholder;
    placeholders.push(spanFrom(at, at + placeholder.length));
    return HOLE + FILLER.repeat(placeholder.length - 1);
  });
  return { text: masked, placeholders };
}

/** Whether it is in the place of a value: a separate word, or after `=`. `<in.txt >out.txt` is not. */
function isWord(text: string, at: number, placeholder: string): boolean {
  const after = text[at + placeholder.length] ?? "\n";
  return /[\s=]/.test(text[at - 1] ?? " ") && /[\s\\]/.test(after) && !/\s>$/.test(placeholder);
}
