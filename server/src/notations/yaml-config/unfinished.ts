/** Incomplete text in a YAML config, while the user is typing. */
import { type Argument, type Span, spanFrom } from "../../launch/launch";
import { linesOf } from "../../launch/lines";
import type { YamlDocument } from "../yaml-text/stream";

/** A flag whose value is still to be typed. */
export function unfinishedArgument(name: string, flagSpan: Span): Argument {
  return {
    flag: `--${name}`,
    written: name,
    flagSpan,
    shape: "unfinished",
    words: [],
    valueSpan: spanFrom(flagSpan.end, flagSpan.end),
    valueSource: "",
    span: flagSpan,
    counts: true,
    inherited: false,
  };
}

/** A line without a colon, by its place in the document. */
export function unfinishedKey(span: Span, { start, written }: YamlDocument): Argument {
  const line = written.slice(span.start, span.end);
  // A sign that YAML does not take for the end of the key ends it for the reader.
  const name = /^[\w-]+(?=[ \t]*[:=\uff1a])/.exec(line)?.[0] ?? line;
  return unfinishedArgument(name, spanFrom(start + span.start, start + span.end));
}

/** YAML refuses a tab as indentation, and what such a line belongs to is anyone's guess. */
export function isIndentedByTab(offset: number, { start, text }: YamlDocument): boolean {
  for (let at = offset - start - 1; at >= 0; at--) {
    const char = text[at];
    if (char === "\t") return true;
    if (char !== " ") return false;
  }
  return false;
}

/** The first line of a document that is not empty, a comment or a directive, without surrounding white space. */
export function firstLine({ start, text }: YamlDocument): Span | undefined {
  const line = linesOf(text).find((one) => /^\uFEFF?[ \t]*[^\s#%\uFEFF]/.test(one.text));
  if (!line) return undefined;
  const from = line.start + line.text.search(/[^\s\uFEFF]/);
  return spanFrom(start + from, start + line.start + line.text.trimEnd().length);
}
