/** The elements of a list as a command line sees them. */
import type { CommandWord } from "../../launch/command-line";
import type { Span } from "../../launch/launch";
import type { Embedded } from "../embedded";

/** One element: the word it makes, and its text in case that is a command for a shell. */
export interface ListItem {
  readonly word: CommandWord;
  readonly embedded: Embedded;
}

/** An element as a notation reads it. */
export interface ReadElement {
  /** The element's text, its quotes undone. */
  readonly embedded: Embedded;
  /** The whole element, quotes included. */
  readonly span: Span;
  readonly source: string;
  /** The word, where it is not the text itself: a notation may have escapes and references of its own. */
  readonly text?: string;
  /** Where in the word something stands that is not known before the launch runs; none where all is known. */
  readonly unknownFrom?: number | undefined;
  readonly splits?: boolean;
}

/** `$NAME`, `${NAME}` and `$(…)` stand for something that is only known when the launch runs. */
const VARIABLE = /\$(?:\{|\(|[A-Za-z_])/;

/** Where in a text the first variable stands; `undefined` where there is none. */
export function variableAt(text: string): number | undefined {
  const at = text.search(VARIABLE);
  return at < 0 ? undefined : at;
}

/** An element and its word; the word is unknown from the first variable or template on. */
export function itemOf({
  embedded,
  span,
  source,
  text = embedded.text,
  unknownFrom,
  splits,
}: ReadElement): ListItem {
  if (unknownFrom === undefined) return { word: { text, span, source }, embedded };
  const knownStart = text.slice(0, unknownFrom);
  const word: CommandWord = {
    text: undefined,
    span,
    source,
    ...(knownStart && { knownStart }),
    ...(splits && { splits }),
  };
  return { word, embedded };
}

/** A place where any number of words may come to stand. */
export function unknownWords(span: Span, source: string): ListItem {
  return {
    word: { text: undefined, span, source, splits: true },
    embedded: { text: "", offsets: span.start, quoting: [] },
  };
}
