/** Commands in backquotes, where a backslash before another one, a `$` or a backquote is removed before the text is read. */
import { type Embedded, within } from "../embedded";
import type { WordPart } from "./shell-parser";

/** A substitution: `$(…)` or backquotes. */
export type Substitution = Extract<WordPart, { type: "CommandExpansion" }>;

/**
 * The text in the backquotes of a substitution, as the inner shell reads it.
 *
 * @param isQuoted whether the backquotes are in double quotes, where a backslash before `"` is removed, too.
 */
export function insideBackquotes(
  { pos, end }: Substitution,
  isQuoted: boolean,
  embedded: Embedded,
): Embedded {
  const whole = embedded.text.slice(pos, end);
  const last = isClosed(whole) ? end - 1 : end;
  const escaped = isQuoted ? '$`\\"' : "$`\\";
  let text = "";
  const offsets: number[] = [];
  for (let at = pos + 1; at < last; at++) {
    const isEscape =
      embedded.text[at] === "\\" && at + 1 < last && escaped.includes(embedded.text[at + 1] ?? "");
    if (isEscape) at++;
    text += embedded.text[at];
    offsets.push(at);
  }
  offsets.push(last);
  return within(embedded, text, offsets, [isQuoted ? "shell-backquote-in-quotes" : "shell-backquote"]);
}

function isClosed(text: string): boolean {
  return text.length > 1 && /(?<!\\)(?:\\\\)*`$/.test(text);
}
