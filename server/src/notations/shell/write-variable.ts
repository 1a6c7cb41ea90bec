/** Writes changes of environment variables in shell text: assignments before a command, exports, `env NAME=value`. */

import { isWithin, type Quoting, type Span, spanFrom, type TextChange } from "../../launch/launch";
import { lineBreakOf, lineEndAt, lineStartAt, wholeLines } from "../../launch/lines";
import { insert, isBlankBetween, type PlacedVariable, type VariableWriter } from "../written-variable";
import { isPlainWord, quoteWord, requoteWord } from "./quote";
import { removeArgument } from "./write";

/** The edits of a change of a variable that a shell command sets. */
export const writeVariableInShell: VariableWriter = (text, variable, change) => {
  const value = change.kind === "set" ? change.to : change.kind === "add" ? change.value : undefined;
  if (value !== undefined && isLostIn(variable, value)) return [];
  switch (change.kind) {
    case "rename":
      return rename(text, variable, change.to);
    case "set":
      return set(text, variable, change.to);
    case "remove":
      return remove(text, variable);
    case "add":
      return add(text, variable, `${change.name}=${quoteWord(change.value, quotingOf(variable))}`);
  }
};

function quotingOf({ place: { form } }: PlacedVariable): readonly Quoting[] {
  return "quoting" in form ? form.quoting : [];
}

/** Whether a value needs quotes in a place where quotes do not work. */
function isLostIn({ place: { form } }: PlacedVariable, value: string): boolean {
  return "plainOnly" in form && form.plainOnly === true && !isPlainWord(value);
}

/** The place where a variable is assigned that a later line exports by name alone: on its own line. */
function assignedBefore(text: string, { name, value, place }: PlacedVariable): Span | undefined {
  const { start } = value.span;
  if (isWithin(value.span, place.span) || text.slice(start - name.length - 1, start) !== `${name}=`)
    return undefined;
  const at = start - name.length - 1;
  const isAlone = /^[ \t]*$/.test(text.slice(lineStartAt(text, at), at));
  return isAlone ? spanFrom(at, at + name.length) : undefined;
}

/** An export by name alone, without a value. */
function isNameAlone({ nameSpan, place: { form, span } }: PlacedVariable): boolean {
  return form.kind === "declaration" && nameSpan.end === span.end;
}

function rename(text: string, variable: PlacedVariable, to: string): TextChange[] {
  const own = { span: variable.nameSpan, newText: to };
  if (!isNameAlone(variable)) return [own];
  const assigned = assignedBefore(text, variable);
  return assigned ? [{ span: assigned, newText: to }, own] : [];
}

function set(text: string, variable: PlacedVariable, to: string): TextChange[] {
  const { value, nameSpan, place } = variable;
  const quoting = quotingOf(variable);
  if (isNameAlone(variable) && !assignedBefore(text, variable))
    return [insert(nameSpan.end, `=${quoteWord(to, quoting)}`)];
  const { spanInLaunch } = value;
  // The default of `${NAME:-default}` can be edited in place; other variables keep their value, because they may have
  // other uses.
  if (spanInLaunch && !(isWithin(value.span, place.span) && isPlainWord(to)))
    return [{ span: spanInLaunch, newText: quoteWord(to, quoting) }];
  return [{ span: value.span, newText: requoteWord(to, value.source, quoting) }];
}

function remove(text: string, variable: PlacedVariable): TextChange[] {
  const { form, span, previousEnd, nextStart, whole } = variable.place;
  if (form.kind === "word") return [removeArgument(text, spanFrom(optionStart(text, span), span.end))];
  if (whole) return removeCommand(text, whole);
  if (previousEnd !== undefined && isBlankBetween(text, previousEnd, span.start))
    return [{ span: spanFrom(previousEnd, span.end), newText: "" }];
  const end =
    nextStart !== undefined && isBlankBetween(text, span.end, nextStart)
      ? nextStart
      : blankEnd(text, span.end);
  return [{ span: spanFrom(span.start, end), newText: "" }];
}

function blankEnd(text: string, from: number): number {
  return from + (/^[ \t]*/.exec(text.slice(from, from + 80))?.[0].length ?? 0);
}

const OPTION = /(?:^|(?<=[\s\\]))(?:-e|--env)(?:[ \t]|[\\`]+[ \t]*\r?\n)+$/;

/** Start of the `-e` before a word, if there is one. */
function optionStart(text: string, { start }: Span): number {
  const from = Math.max(0, start - 200);
  return from + (OPTION.exec(text.slice(from, start))?.index ?? start - from);
}

/** Separator after a command, if the next one runs in any case or after success. */
const SEPARATOR = /^[ \t]*(?:;(?!;)|&&)(?:\s|[\\`]+(?=[ \t]*\r?\n))*/;
const LINE_END = /^[ \t]*;?[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/;
/** `&&` before a command, which runs after the success of the previous one. */
const JOINED = /[ \t]*&&(?:\s|[\\`]+[ \t]*\r?\n)*$/;
/** Syntax that needs a command after it: other operators, and keywords. */
const NEEDS_COMMAND = /(?:\||(?:^|[\s;])(?:if|elif|while|until|!)|[\\`][ \t]*\r?\n)[ \t]*$/;

/** Removes a whole command: with its line if nothing else is on it, else with its operator. */
function removeCommand(text: string, { start, end }: Span): TextChange[] {
  const before = text.slice(Math.max(0, start - 200), start);
  const joined = JOINED.exec(before)?.[0].length;
  if (joined !== undefined) return [{ span: spanFrom(start - joined, end), newText: "" }];
  if (NEEDS_COMMAND.test(before)) return [];
  if (isAloneOnLine(text, spanFrom(start, end)))
    return [{ span: wholeLines(text, spanFrom(start, end)), newText: "" }];
  const separator = SEPARATOR.exec(text.slice(end))?.[0] ?? "";
  return separator === "" ? [] : [{ span: spanFrom(start, end + separator.length), newText: "" }];
}

function isAloneOnLine(text: string, { start, end }: Span): boolean {
  return /^[ \t]*$/.test(text.slice(lineStartAt(text, start), start)) && LINE_END.test(text.slice(end));
}

function add(text: string, variable: PlacedVariable, assignment: string): TextChange[] {
  const { form, span, previousEnd, nextStart, whole } = variable.place;
  const at = span.end;
  if (form.kind === "prefix") {
    const gap =
      nextStart !== undefined && isBlankBetween(text, at, nextStart) ? text.slice(at, nextStart) : "";
    return [insert(at, (gap || " ") + assignment)];
  }
  if (form.kind === "word") return [insert(at, addedWord(text, span, assignment))];
  if (whole && isAloneOnLine(text, whole)) {
    const lineStart = lineStartAt(text, whole.start);
    const keyword = text.slice(lineStart, span.start);
    return [insert(lineEndAt(text, whole.end), `${lineBreakOf(text)}${keyword}${assignment}`)];
  }
  const gap =
    previousEnd !== undefined && isBlankBetween(text, previousEnd, span.start)
      ? text.slice(previousEnd, span.start)
      : "";
  return [insert(at, (whole ? " " : gap || " ") + assignment)];
}

/** A word in the style of another: after its own option, on its own continuation line. */
function addedWord(text: string, span: Span, assignment: string): string {
  const start = optionStart(text, span);
  const option =
    text.slice(start, span.start) + (/^(?:--env=|-e=?)(?=\w+=)/.exec(text.slice(span.start))?.[0] ?? "");
  const gap = /(?:[\s\\`])*$/.exec(text.slice(Math.max(0, start - 200), start))?.[0] ?? "";
  return (/\n/.test(gap) && isBlankBetween(gap, 0, gap.length) ? gap : " ") + option + assignment;
}
