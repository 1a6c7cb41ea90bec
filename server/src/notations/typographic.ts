/** Dashes and quotes of word processors in words that no shell reads: elements of lists, values of a config. */
import { type Span, spanFrom, type TextProblem } from "../launch/launch";
import { say } from "../messages";

interface ReadWord {
  readonly text: string | undefined;
  readonly source: string;
  readonly span: Span;
}

const DASH = /^[\u2010-\u2015\u2212]+-*(?=[A-Za-z])/;
const QUOTED = /^[\u2018\u201c]([^\u2018\u2019\u201c\u201d]*)[\u2019\u201d]$/;

/** Words that begin with such a dash, each with the words after it that are then values of no flag. */
export function typographicDashes(words: readonly ReadWord[]): TextProblem[] {
  return words.flatMap(({ text, source, span }, at): TextProblem[] => {
    const dash = DASH.exec(text ?? "")?.[0];
    const from = dash === undefined ? -1 : source.indexOf(dash);
    if (dash === undefined || from < 0) return [];
    const next = words.findIndex(
      (other, index) => index > at && /^[-\u2010-\u2015\u2212]/.test(other.text ?? ""),
    );
    const last = words[next < 0 ? words.length - 1 : next - 1] ?? { span };
    const place = spanFrom(span.start + from, span.start + from + dash.length);
    return [
      {
        code: "typographic-character",
        span: place,
        message: say("shell.dash"),
        misread: spanFrom(span.start, Math.max(span.end, last.span.end)),
        fixes: [
          {
            title: say("shell.write-dashes"),
            kind: "spelling",
            preferred: true,
            edits: [{ span: place, newText: "--" }],
          },
        ],
      },
    ];
  });
}

/** Values in such quotes, which are letters like any other there. */
export function typographicQuotes(words: readonly ReadWord[]): TextProblem[] {
  return words.flatMap(({ text, source, span }): TextProblem[] => {
    const inside = QUOTED.exec(text ?? "")?.[1];
    const from = text === undefined ? -1 : source.indexOf(text);
    if (inside === undefined || text === undefined || from < 0) return [];
    const start = span.start + from;
    const ends = [spanFrom(start, start + 1), spanFrom(start + text.length - 1, start + text.length)];
    const edits = ends.map((one) => ({ span: one, newText: "" }));
    return [
      {
        code: "typographic-character",
        variant: "quote",
        span,
        message: say("shell.list-quote"),
        misread: span,
        // Without quotes, some text is another value or cannot be read.
        fixes: /^[\w./:@+-]+$/.test(inside)
          ? [{ title: say("shell.write-without-quotes"), kind: "spelling", preferred: true, edits }]
          : [],
      },
    ];
  });
}
