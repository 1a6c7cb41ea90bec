/** Writes changes of a launch as edits of a list; keeps commas, lines, indentation and quotes. */

import {
  type Argument,
  type Launch,
  type Span,
  spanFrom,
  type TextChange,
  type Word,
} from "../../launch/launch";
import type { LaunchChange } from "../../launch/launch-change";
import { lineBreakOf, lineEndAt, lineStartAt } from "../../launch/lines";
import { isSeparator, quoteOf, usualQuote, writeElement, writeInside } from "./elements";
import type { ListStyle } from "./read-command";
import { removeElements } from "./remove";
import { elementSpans, separatorsOf, styleAt } from "./separators";

/** The edits of a change of a launch in list form. */
export function writeInList(text: string, launch: Launch, change: LaunchChange): TextChange[] {
  switch (change.kind) {
    case "rename":
      return [rename(text, launch, change.argument, change.to)];
    case "setWord":
      return [setWord(styleAt(text, launch, change.word.span), text, change.word, change.to)];
    case "set":
      return set(text, launch, change.argument, change.words);
    case "switch":
      return change.on ? set(text, launch, change.argument, []) : remove(text, launch, change.argument);
    case "leaveOut":
    case "remove":
      return remove(text, launch, change.argument);
    case "removeWords":
      return runsOf(
        text,
        launch,
        change.words.map(({ span }) => span),
      ).flatMap((run) => removeRun(text, launch, run));
    case "add":
      return [add(text, launch, change)];
  }
}

function rename(
  text: string,
  launch: Launch,
  { flagSpan, written, joined }: Argument,
  to: string,
): TextChange {
  if (joined) return { span: flagSpan, newText: (/^[A-Za-z]{0,2}["']/.exec(written)?.[0] ?? "") + to };
  return { span: flagSpan, newText: writeElement(to, styleAt(text, launch, flagSpan), quoteOf(written)) };
}

function setWord(style: ListStyle, text: string, { span, source }: Word, to: string): TextChange {
  if (text[span.start - 1] !== "=") return { span, newText: writeElement(to, style, quoteOf(source)) };
  // After `--flag=`, in the quotes of the whole element.
  const quote = /["']$/.exec(source)?.[0] ?? "";
  return { span, newText: writeInside(to, style, quote) + quote };
}

function set(text: string, launch: Launch, argument: Argument, words: readonly string[]): TextChange[] {
  const { flag, flagSpan, joined, written } = argument;
  const style = styleAt(text, launch, flagSpan);
  if (words.length > 0 && words.length === argument.words.length) {
    return argument.words.map((word, index) =>
      setWord(styleAt(text, launch, word.span), text, word, words[index] ?? ""),
    );
  }
  const spans = elementSpans(argument);
  const [first, ...rest] = runsOf(text, launch, spans);
  const start = first?.[0]?.start ?? flagSpan.start;
  const end = first?.at(-1)?.end ?? flagSpan.end;
  const quote = quoteOf(argument.words[0]?.source ?? "") || usualQuote(launch, style, "values");
  const head = joined
    ? writeElement(flag, style, quoteOf(written))
    : text.slice(flagSpan.start, flagSpan.end);
  const kept = flag === "" ? [] : [head];
  const { inside } = separatorsOf(text, launch, spans[0] ?? flagSpan);
  const own = ownSeparator(text, spans, style) ?? inside;
  const newText = [...kept, ...words.map((word) => writeElement(word, style, quote))].join(own);
  return [{ span: spanFrom(start, end), newText }, ...rest.flatMap((run) => removeRun(text, launch, run))];
}

/** The current separator between the flag and its value. */
function ownSeparator(text: string, [first, second]: readonly Span[], style: ListStyle): string | undefined {
  if (!first || !second || second.start < first.end) return undefined;
  const found = text.slice(first.end, second.start);
  return isSeparator(found, style) && !found.includes("#") ? found : undefined;
}

function remove(text: string, launch: Launch, argument: Argument): TextChange[] {
  return runsOf(text, launch, elementSpans(argument)).flatMap((run) => removeRun(text, launch, run));
}

function removeRun(text: string, launch: Launch, run: readonly Span[]): TextChange[] {
  const [first] = run;
  const last = run.at(-1);
  if (!first || !last) return [];
  return [removeElements(text, spanFrom(first.start, last.end), styleAt(text, launch, first))];
}

/** Groups consecutive elements of the same list. */
function runsOf(text: string, launch: Launch, spans: readonly Span[]): Span[][] {
  const runs: Span[][] = [];
  for (const span of spans) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    const beside =
      before &&
      before.end <= span.start &&
      isSeparator(text.slice(before.end, span.start), styleAt(text, launch, span));
    if (run && beside) run.push(span);
    else runs.push([span]);
  }
  return runs;
}

/** Inserts elements after an argument, or at the end; on lines of their own if the list has such lines. */
function add(
  text: string,
  launch: Launch,
  { flag, words, after }: Extract<LaunchChange, { kind: "add" }>,
): TextChange {
  const last = (after ? [after] : launch.arguments).flatMap(elementSpans).at(-1);
  if (!last) return addFirst(text, launch, [flag, ...words]);
  const style = styleAt(text, launch, last);
  const { between, inside } = separatorsOf(text, launch, last);
  const quote = usualQuote(launch, style, "values");
  const elements = [
    writeElement(flag, style, usualQuote(launch, style, "flags")),
    ...words.map((word) => writeElement(word, style, quote)),
  ];
  const written = elements.join(inside);
  // A comment after the element belongs to it, and stays.
  if (style === "yaml-block") {
    const end = lineEndAt(text, last.end);
    return { span: spanFrom(end, end), newText: between + written };
  }
  const comment = style === "json" ? undefined : /^[ \t]*,[ \t]*#[^\r\n]*/.exec(text.slice(last.end));
  if (!comment) return { span: spanFrom(last.end, last.end), newText: between + written };
  const end = last.end + comment[0].length;
  const newLine = /\r?\n[ \t]*$/.exec(between)?.[0] ?? "\n";
  return { span: spanFrom(end, end), newText: `${newLine}${written},` };
}

/** The first argument of a list that has only the program's name, or nothing. */
function addFirst(text: string, launch: Launch, words: readonly string[]): TextChange {
  const style = launch.form.kind === "list" ? launch.form.style : "json";
  const { start, end } = launch.span;
  const list = text.slice(start, end);
  if (style === "yaml-block") {
    const dash = /^([ \t]*-[ \t]+)["']?\S/m.exec(text.slice(lineStartAt(text, end)));
    const indent = dash?.[1] ?? "- ";
    const at = lineEndAt(text, Math.max(start, end - 1));
    const newText = words
      .map((word) => `${lineBreakOf(text)}${indent}${writeElement(word, style, '"')}`)
      .join("");
    return { span: spanFrom(at, at), newText };
  }
  const written = words.map((word) => writeElement(word, style, '"')).join(", ");
  const inside = list.endsWith("]") ? list.slice(0, -1) : list;
  const content = inside.trimEnd();
  const at = start + content.length;
  const separator = /[[(]$/.test(content) ? "" : content.endsWith(",") ? " " : ", ";
  return { span: spanFrom(at, at), newText: separator + written };
}
