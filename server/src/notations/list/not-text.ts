/** Numbers, booleans and empty values in a list whose elements must be strings. */
import { type Span, spanFrom, type TextFix, type TextProblem } from "../../launch/launch";
import { onOneLine } from "../../launch/visible-text";
import { say } from "../../messages";

/** The kind of a value that is no text. */
export type OtherKind = "number" | "boolean" | "nothing";

/** A value that is no text, as written, and how to make a text of it. */
export interface NotText {
  readonly kind: OtherKind;
  readonly span: Span;
  readonly source: string;
  /** The text, as the notation writes it; absent if there is none. */
  readonly asText?: string | undefined;
}

/** A number whose text is the same in every language. */
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;

/** The finding for a value that is no text. */
export function notTextProblem({ kind, span, source, asText }: NotText): TextProblem {
  const written = onOneLine(source);
  const fix: TextFix | undefined =
    asText === undefined
      ? undefined
      : {
          title: say("list.write-as-text", { text: onOneLine(asText) }),
          kind: PLAIN_NUMBER.test(source) ? "spelling" : "choice",
          preferred: true,
          edits: [{ span: spanFrom(span.start, span.end), newText: asText }],
        };
  return {
    code: "value-not-text",
    span,
    message: say("list.not-text", { written, kind: kind === "nothing" ? "other" : kind }),
    fixes: fix ? [fix] : [],
  };
}
