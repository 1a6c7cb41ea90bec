/** Writes changes of a launch as edits of Python text. */
import {
  type Argument,
  type Launch,
  type Quoting,
  type Span,
  spanFrom,
  type TextChange,
  type Word,
} from "../../launch/launch";
import type { LaunchChange, VariableChange } from "../../launch/launch-change";
import { literalQuoting } from "../../python/text/literals";
import { writeInList } from "../list/write";
import { writeVariableInList } from "../list/write-variable";
import { writeInShell } from "../shell/write";
import { writeVariableInShell } from "../shell/write-variable";
import { placedChange } from "../written-variable";
import { isOpenAt, type PythonPlaces, placesOf } from "./places";

/** The edits of a change; empty if several statements would have to change together. */
export function writeInPython(text: string, launch: Launch, change: LaunchChange): TextChange[] {
  const places = placesOf(text);
  if (launch.form.kind === "shell") return writeInString(launch, launch.form.quoting, change, places);
  const part = partOf(launch, change);
  const literal = part && places.literalAt(part.start);
  if (part && literal && isInside(part, literal.span) && text[part.start - 1] !== "=") {
    // A word of a string that Python splits.
    return writeInString(launch, [], change, places);
  }
  // What follows a quote that nothing closes is part of the string.
  if (isOpenAt(places, launch.span.end)) return [];
  if (change.kind === "add") {
    const after = lastIn(launch, change.after, places);
    if (after) return writeInList(text, launch, { ...change, after });
    const { after: _, ...first } = change;
    return isList(text, launch.span) ? writeInList(text, { ...launch, arguments: [] }, first) : [];
  }
  const here = whereUsed(change);
  const spans = "argument" in here && here.kind !== "rename" ? elementsOf(here.argument) : [];
  const lists = spans.map(({ start }) => places.listAt(start));
  // `cmd.append("--tp")` and `cmd.append("8")`: removing one element from each leaves two broken calls.
  if (lists.some((list) => !list || isAppend(places, list))) return [];
  return writeInList(text, launch, here);
}

/** Writes a change into the string literals that form shell text, each with its own quotes. */
function writeInString(
  launch: Launch,
  quoting: readonly Quoting[],
  change: LaunchChange,
  places: PythonPlaces,
): TextChange[] {
  const part = partOf(launch, change);
  const literal = places.literalAt(part?.start ?? launch.span.start);
  if (!literal || ("argument" in change && isPutTogether(change.argument))) return [];
  // A flag after a quote that nothing closes could stand in the middle of a line end.
  if (change.kind === "add" && isOpenAt(places, launch.span.end)) return [];
  const inner = quoting.filter((one) => !one.startsWith("python"));
  const form = { kind: "shell", quoting: [...inner, ...literalQuoting(literal.opening)] } as const;
  return allConfined(writeInShell(places.text, { ...launch, form }, change), places);
}

/** The edits of a change of a variable: a separate element in a list, else in the literals of shell text. */
export function writeVariableInPython(text: string, change: VariableChange): TextChange[] {
  const placed = placedChange(change);
  if (!placed) return [];
  const { variable } = placed;
  const { form, span } = variable.place;
  const places = placesOf(text);
  if (form.kind === "element") {
    const list = places.listAt(span.start);
    const isInList = list !== undefined && !isAppend(places, list);
    const keepsElements = placed.change.kind === "rename" || placed.change.kind === "set";
    return isInList || keepsElements ? writeVariableInList("python")(text, variable, placed.change) : [];
  }
  const literal = places.literalAt(span.start);
  if (!literal || !("quoting" in form)) return [];
  const inner = form.quoting.filter((one) => !one.startsWith("python"));
  const quoting = [...inner, ...literalQuoting(literal.opening)];
  const own = { ...variable, place: { ...variable.place, form: { ...form, quoting } } };
  return allConfined(writeVariableInShell(text, own, placed.change), places);
}

/** All edits inside their literals; empty if one of them is impossible. */
function allConfined(edits: readonly TextChange[], places: PythonPlaces): TextChange[] {
  const inLiterals = edits.map((edit) => confined(edit, places));
  return inLiterals.some((edit) => edit === undefined) ? [] : inLiterals.flatMap((edit) => edit ?? []);
}

/** Whether a word of an argument is written before its flag: the flag then uses its name, outside the literals. */
function isPutTogether({ flag, flagSpan, words }: Argument): boolean {
  return flag !== "" && words.some(({ span }) => span.start < flagSpan.end);
}

/** The part of the file that a change affects. */
function partOf(launch: Launch, change: LaunchChange): Span | undefined {
  switch (change.kind) {
    case "setWord":
      return change.word.span;
    case "add":
      return lastPart(change.after ?? launch.arguments.at(-1));
    case "set":
      return change.argument.words[0]?.span ?? change.argument.flagSpan;
    case "removeWords":
      return change.words[0]?.span;
    default:
      return change.argument.flag === "" ? change.argument.words[0]?.span : change.argument.flagSpan;
  }
}

/** The last word of an argument, or its flag. */
function lastPart(argument: Argument | undefined): Span | undefined {
  return argument?.words.at(-1)?.span ?? argument?.flagSpan;
}

function isInside(part: Span, whole: Span): boolean {
  return whole.start < part.start && part.end < whole.end;
}

/** The place of a word in its list, if the word is written elsewhere. */
function usedAt(word: Word & { readonly usedAt?: Span }): Word {
  return word.usedAt ? { ...word, span: word.usedAt } : word;
}

/** A change of whole arguments affects the list, even if a value is written elsewhere. */
function whereUsed(change: LaunchChange): LaunchChange {
  if (change.kind === "setWord" || change.kind === "add" || change.kind === "rename") return change;
  if (change.kind === "removeWords") return { ...change, words: change.words.map(usedAt) };
  if (change.kind === "set" && change.words.length === change.argument.words.length) return change;
  const argument = change.argument;
  return { ...change, argument: { ...argument, words: argument.words.map(usedAt) } };
}

function elementsOf({ flag, flagSpan, joined, words }: Argument): Span[] {
  const values = words.filter(({ splits }) => !splits).map((word) => usedAt(word).span);
  return flag === "" ? values : [flagSpan, ...(joined ? values.slice(1) : values)];
}

/** Whether a list is the arguments of a call of `append`. */
function isAppend({ text }: PythonPlaces, { start }: Span): boolean {
  return /\.append\s*$/.test(text.slice(0, start)) && text[start] === "(";
}

/** The argument after which a new one can be inserted: the last one in a list, not in a call of `append`. */
function lastIn(launch: Launch, after: Argument | undefined, places: PythonPlaces): Argument | undefined {
  const { arguments: given } = launch;
  const until = after ? given.indexOf(after) : given.length - 1;
  return given.slice(0, until + 1).findLast((argument) => {
    const spans = elementsOf(argument);
    const lists = spans.map(({ start }) => places.listAt(start));
    const inLists = lists.every((list) => list && !isAppend(places, list));
    return spans.length > 0 && inLists && spans.every(({ start }) => launch.span.start <= start);
  });
}

/** Whether the whole launch is one list in brackets, or the inside of brackets. */
function isList(text: string, { start, end }: Span): boolean {
  return /^\[[\s\S]*\]$/.test(text.slice(start, end)) || /[(]\s*$/.test(text.slice(0, start));
}

/** Text that may be between two literals of one string. */
const BETWEEN = /^(?:[\s\\+,]|\w+\s*\+=)*$/;

/**
 * An edit of shell text inside its literals; `undefined` if it would remove expressions, or if a raw literal cannot
 * contain the new text.
 */
function confined(
  { span, newText }: TextChange,
  { text, literalsIn }: PythonPlaces,
): TextChange[] | undefined {
  const literals = literalsIn(span);
  const [first] = literals;
  const last = literals.at(-1);
  if (!first || !last || span.start < first.inside.start || span.end > last.inside.end) return undefined;
  const gaps = literals.slice(1).map((literal, at) => text.slice(literals[at]?.span.end, literal.span.start));
  const { raw, format, quotes } = first.opening;
  if (!gaps.every((gap) => BETWEEN.test(gap)) || (raw && newText.includes(quotes))) return undefined;
  const written = format ? newText.replace(/[{}]/g, "$&$&") : newText;
  return literals
    .map(({ inside }, at) => ({
      span: spanFrom(Math.max(span.start, inside.start), Math.min(span.end, inside.end)),
      newText: at === 0 ? written : "",
    }))
    .filter((edit) => edit.newText !== "" || edit.span.start < edit.span.end);
}
