/**
 * Parts of a text that are read without one another: a command of a script, a document of a YAML stream, a code block of
 * a page. What one part says changes nothing in the others.
 */
import { directiveComments } from "../launch/directive-comment";
import { type Span, spanFrom } from "../launch/launch";

/** Whole lines of a text. Without them, the rest of the text is read as before. */
export interface TextPart extends Span {
  /**
   * What the rest of the text could notice of this part. Text that replaces a part and has the same key, with all other
   * parts unchanged, leaves the reading of the rest unchanged.
   */
  readonly key: string;
  /** What is written at the end of the text if this part, the last one, is left out. */
  readonly stub?: string;
}

/** A part from one offset to another. */
export function partFrom(start: number, end: number, key = "", stub?: string): TextPart {
  return Object.assign(spanFrom(start, end), { key, ...(stub !== undefined && { stub }) });
}

/** The words of directives that decide how the lines after them are read. */
const DECIDES_READING = new Set(["args", "config", "quant_cfg", "off"]);

/** Whether a text has a directive that decides how other lines are read. */
export function decidesReading(text: string, signs?: readonly string[]): boolean {
  for (const { word } of directiveComments(text, signs)) if (DECIDES_READING.has(word)) return true;
  return false;
}
