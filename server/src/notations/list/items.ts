/** The elements of a list as a command line sees them. */
import type { CommandWord } from "../../launch/command-line";
import type { Span, WordPart } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import type { Embedded } from "../embedded";
import { type ReferenceStyle, referencesIn } from "../references";
import { templatesIn } from "../templates";

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
  /** What was put into the word. */
  readonly origins?: readonly Origin[] | undefined;
  /** What the notation makes of references. */
  readonly references?: ReferenceStyle | undefined;
}

/** An element and its word; the word is unknown from the first variable or template on. */
export function itemOf({
  embedded,
  span,
  source,
  text = embedded.text,
  unknownFrom,
  splits,
  origins = [],
  references,
}: ReadElement): ListItem {
  if (unknownFrom === undefined)
    return { word: { text, span, source, ...(origins.length > 0 && { origins }) }, embedded };
  const knownStart = text.slice(0, unknownFrom);
  const word: CommandWord = {
    text: undefined,
    span,
    source,
    ...(knownStart && { knownStart }),
    ...(splits && { splits }),
    parts: splits
      ? (templatesIn(source) ?? [wholly(source, span)])
      : partsOf(text, unknownFrom, source, references),
  };
  return { word, embedded };
}

/** The parts of a word that is unknown from a place on; a template is masked in the text, and read as it is written. */
function partsOf(
  text: string,
  unknownFrom: number,
  source: string,
  style: ReferenceStyle | undefined,
): WordPart[] {
  const templated = templatesIn(source);
  if (templated) return templated;
  const references = referencesIn(text.slice(unknownFrom), style);
  return unknownFrom > 0 ? [{ kind: "text", text: text.slice(0, unknownFrom) }, ...references] : references;
}

/** A word of which nothing is known: a template writes it. */
function wholly(source: string, span: Span): WordPart {
  return { kind: "open", from: "expression", language: "template", source, span };
}

/** A place where any number of words may come to stand. */
export function unknownWords(span: Span, source: string): ListItem {
  return {
    word: { text: undefined, span, source, splits: true, parts: [wholly(source, span)] },
    embedded: { text: "", offsets: span.start, quoting: [] },
  };
}
