/**
 * Makes half-typed YAML readable without moving a character: what breaks the lines around it is masked by text of
 * the same length, and said. Text in an editor is half-typed most of the time.
 */
import type { YAMLError } from "yaml";
import { type Span, spanFrom } from "../../launch/launch";
import { lineEndAt, lineStartAt, nextLineAt } from "../../launch/lines";

export interface Repaired {
  readonly text: string;
  /** Lines taken out: a key without its colon runs into the key on the next line. */
  readonly unfinished: readonly Span[];
  /** Opening quotes without a closing one, which would swallow the rest of the file. */
  readonly unclosed: readonly Span[];
  /** Lines taken out because they are indented deeper than the key they stand below, which has its value already. */
  readonly misplaced: readonly Span[];
}

/** Each round can lay bare what the one before had swallowed; more than a few are not worth the time. */
const ROUNDS = 4;
/** Faults of one round: text with more of them is not half-typed but something else. */
const MOST_FAULTS = 200;

/** Masks what keeps the rest of a document from being read. `errorsOf` parses. */
export function repair(original: string, errorsOf: (text: string) => readonly YAMLError[]): Repaired {
  let text = original;
  const unfinished: Span[] = [];
  const unclosed: Span[] = [];
  const misplaced: Span[] = [];
  const mask = ({ start, end }: Span) => {
    text = `${text.slice(0, start)}#${" ".repeat(end - start - 1)}${text.slice(end)}`;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const before = text;
    for (const error of errorsOf(text).slice(0, MOST_FAULTS)) {
      if (error.code === "MULTILINE_IMPLICIT_KEY") {
        const lines = contentLines(text, error.pos);
        const behindKey = text.slice(lineStartAt(text, error.pos[0]), error.pos[0]).trim() !== "";
        const broken = behindKey ? lines.slice(1) : lines.slice(0, -1);
        (behindKey ? misplaced : unfinished).push(...broken);
        broken.forEach(mask);
      } else if (error.code === "MISSING_CHAR" && error.message.startsWith("Missing closing")) {
        const at = openingQuote(text, error.pos[0]);
        if (at === undefined) continue;
        unclosed.push(spanFrom(at, lineEndAt(text, at)));
        text = `${text.slice(0, at)} ${text.slice(at + 1)}`;
      }
    }
    if (text === before) break;
  }
  return { text, unfinished, unclosed, misplaced };
}

/** What stands on each line of a key that goes over several; comments and blank lines do not count. */
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

/** The quote that an error at the end of the text complains of: the last one that opens a scalar before it. */
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
