/**
 * Makes incomplete YAML readable without moving a character: text that breaks the lines around it is masked by text of
 * the same length, and reported. In an editor, most texts are incomplete.
 */
import type { YAMLError } from "yaml";
import { type Span, spanFrom } from "../../launch/launch";
import { lineEndAt, lineStartAt, nextLineAt } from "../../launch/lines";

/** The masked parts, with their places in the text. */
export interface Repairs<Spans = readonly Span[]> {
  /** Masked lines: a key without its colon would continue on the next line. */
  readonly unfinished: Spans;
  /** Opening quotes without a closing one, which would include the rest of the file. */
  readonly unclosed: Spans;
  /** Masked lines with more indentation than the key above, which already has its value. */
  readonly misplaced: Spans;
}

/** Maximum number of errors: a text with more of them is not YAML that is being typed. */
const MOST_FAULTS = 200;

/**
 * Masks the parts that prevent parsing of the rest, and records them in `repairs`; returns the same text if there are
 * none.
 */
export function repair(
  original: string,
  errors: readonly YAMLError[],
  { unfinished, unclosed, misplaced }: Repairs<Span[]>,
): string {
  let text = original;
  const mask = ({ start, end }: Span) => {
    text = `${text.slice(0, start)}#${" ".repeat(end - start - 1)}${text.slice(end)}`;
  };
  for (const error of errors.slice(0, MOST_FAULTS)) {
    if (error.code === "MULTILINE_IMPLICIT_KEY") {
      const lines = contentLines(text, error.pos);
      const afterKey = text.slice(lineStartAt(text, error.pos[0]), error.pos[0]).trim() !== "";
      const broken = afterKey ? lines.slice(1) : lines.slice(0, -1);
      (afterKey ? misplaced : unfinished).push(...broken);
      broken.forEach(mask);
    } else if (error.code === "MISSING_CHAR" && error.message.startsWith("Missing closing")) {
      const at = openingQuote(text, error.pos[0]);
      if (at === undefined) continue;
      unclosed.push(spanFrom(at, lineEndAt(text, at)));
      text = `${text.slice(0, at)} ${text.slice(at + 1)}`;
    }
  }
  return text;
}

/** The content of each line of a key with several lines, without comments and blank lines. */
function contentLines(text: string, [start, end]: [number, number]): Span[] {
  const lines: Span[] = [];
  for (let at = start; at < end; ) {
    const stop = lineEndAt(text, at);
    const content = text.slice(at, stop).trim();
    if (content && !content.startsWith("#")) {
      const from = at + text.slice(at, stop).search(/\S/);
      lines.push(spanFrom(from, from + content.length));
    }
    at = nextLineAt(text, at);
  }
  return lines;
}

/** The quote that an error at the end of the text refers to: the last one before it that opens a scalar. */
function openingQuote(text: string, before: number): number | undefined {
  let found: number | undefined;
  let quote = "";
  for (let at = 0; at < before; at++) {
    const char = text[at] ?? "";
    if (quote) {
      if (char === "\\" && quote === '"') at++;
      else if (char === quote) {
        if (quote === "'" && text[at + 1] === "'") at++;
        else quote = "";
      }
    } else if (char === "#" && /\s/.test(text[at - 1] ?? "\n")) {
      at = lineEndAt(text, at);
    } else if ((char === '"' || char === "'") && /[\s,[{:]/.test(text[at - 1] ?? "\n")) {
      quote = char;
      found = at;
    }
  }
  return quote ? found : undefined;
}
