/** Converts list elements to words of a command line. */
import type { CommandWord } from "../../launch/command-line";
import type { Span, WordPart } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import type { Embedded } from "../embedded";
import { partsFrom, type ReferenceStyle } from "../references";
import { templatesIn } from "../templates";
import type { NotText } from "./not-text";

/** An element: its word, and its text in case it is a shell command. */
export interface ListItem {
  readonly word: CommandWord;
  readonly embedded: Embedded;
  /** Present if the element is a number or another value that is no text. */
  readonly notText?: NotText;
}

/** An element as read by a notation. */
export interface ReadElement {
  /** The element's text without quotes. */
  readonly embedded: Embedded;
  /** The whole element, quotes included. */
  readonly span: Span;
  readonly source: string;
  /** The word, if it differs from the text because of the notation's own escapes and references. */
  readonly text?: string;
  /** Offset of the first unknown part of the word; undefined if all is known. */
  readonly unknownFrom?: number | undefined;
  readonly splits?: boolean;
  /** Origins of substituted parts. */
  readonly origins?: readonly Origin[] | undefined;
  /** The notation's syntax of references. */
  readonly references?: ReferenceStyle | undefined;
}

/** An element with its word; the word is unknown from its first variable or template. */
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

/** The parts of a partly unknown word; templates are masked in the text, and are read from the file. */
function partsOf(
  text: string,
  unknownFrom: number,
  source: string,
  style: ReferenceStyle | undefined,
): WordPart[] {
  return templatesIn(source) ?? partsFrom(text, unknownFrom, style);
}

/** A completely unknown word, which a template writes. */
function wholly(source: string, span: Span): WordPart {
  return { kind: "open", from: "expression", language: "template", source, span };
}

/** A place for any number of unknown words. */
export function unknownWords(span: Span, source: string): ListItem {
  return {
    word: { text: undefined, span, source, splits: true, parts: [wholly(source, span)] },
    embedded: { text: "", offsets: span.start, quoting: [] },
  };
}
