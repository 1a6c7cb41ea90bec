/** Evaluates Python expressions as lists of words, as far as the result is certain without running them. */
import { MOST_WORDS } from "../../launch/bounds";
import type { CommandWord } from "../../launch/command-line";
import type { Span, WordPart } from "../../launch/launch";
import { joinedParts, originsOf } from "../../launch/origin";
import { isTemplate, type Text, templateAt } from "../../python/text/literals";
import type { NameEvent, Names } from "../../python/text/names";
import {
  bare,
  calleeOf,
  childrenOf,
  type Element,
  elementsOf,
  operandsOf,
  type PythonNode,
  positionalOf,
} from "../../python/text/python-parser";
import { statementOf } from "../../python/text/scopes";
import { eventsAfter, eventsAt, hasRunBefore } from "../../python/text/value-flow";
import { branchesOf, type PossibleWords, withPossible } from "../possible-words";
import { argumentsStart } from "../program";
import { inStretches } from "../stretches";
import { nodeSpan, originsOfText, scalarOf, stringOf, wholeText } from "./evaluate-strings";
import { originOfExpression, originOfName, originOfPiece, unknownStretch } from "./origins";
import { splitWords } from "./split";

/** A word of a list. */
export interface PythonWord extends CommandWord {
  /** Its place in the list, if it is written elsewhere. */
  readonly usedAt?: Span;
  /** Its string value. */
  readonly value?: Text;
  /** The element that Python makes of it and the strings after it, and the places without a comma. */
  readonly joined?: { readonly span: Span; readonly gaps: readonly number[] };
  /** It is a part of a string that Python splits, not a separate element. */
  readonly split?: boolean;
}

/** The word of a list element. */
export function elementWord(node: PythonNode, names: Names): PythonWord {
  const inner = bare(node);
  const value = scalarOf(inner, names);
  const whole = wholeText(value);
  const isTemplated = templated(inner, value, names.text);
  const text = isTemplated ? undefined : whole;
  const used = nodeSpan(inner);
  if (text === undefined) {
    const arms = armsOf(inner).map((arm) => [asData(elementWord(arm, names))]);
    return withPossible(unknownWord(value, used, names, isTemplated), arms);
  }
  // A word built from parts here is edited here; a word that is only a name is edited where it is assigned.
  const named =
    inner.name === "VariableName" && (value.span.start !== used.start || value.span.end !== used.end);
  const span = named ? value.span : used;
  return {
    text,
    span,
    source: names.text.slice(span.start, span.end),
    value,
    ...(named && { usedAt: used }),
    ...fromNames(value),
  };
}

/** `"--port=%d" % port`, `"--port={}".format(port)`, `"{port}"` for later: filled in when the program runs. */
function templated(node: PythonNode, value: Text, text: string): boolean {
  if (node.name === "CallExpression" && /^(?:format|l?strip|rstrip)$/.test(calleeOf(node, text).name))
    return true;
  if (node.name === "BinaryExpression" && operandsOf(node, text)?.operator === "%") return true;
  return isTemplate(value);
}

function fromNames(value: Text): Pick<PythonWord, "origins"> {
  const origins = originsOfText(value);
  return origins.length > 0 ? { origins } : {};
}

function unknownWord(value: Text, span: Span, names: Names, isTemplated: boolean): PythonWord {
  const first = value.pieces[0];
  const known = first?.known ? first.text : "";
  const at = templateAt(known);
  const knownStart = at < 0 ? known : known.slice(0, at);
  return {
    text: undefined,
    span,
    source: names.text.slice(span.start, span.end),
    value,
    ...(knownStart && { knownStart }),
    parts: isTemplated ? [unknownStretch(span, names)] : partsOf(value, names),
  };
}

function partsOf({ pieces }: Text, names: Names): WordPart[] {
  const parts = pieces.map(
    (piece): WordPart =>
      piece.known ? { kind: "text", text: piece.text } : { kind: "open", ...originOfPiece(piece, names) },
  );
  return joinedParts(parts);
}

/** Any number of unknown words. @param possible what they may be. */
function unknownWords(node: PythonNode, names: Names, possible = possibleListsOf(node, names)): PythonWord {
  const source = names.text.slice(node.from, node.to);
  const parts: WordPart[] = [{ kind: "open", ...originOfExpression(node, names) }];
  return withPossible({ text: undefined, span: nodeSpan(node), source, splits: true, parts }, possible);
}

/** Limit for the words of a list that a branch may add; a longer one is unknown. */
const MOST_POSSIBLE = 200;

/** The lists that an expression may be. */
function possibleListsOf(node: PythonNode, names: Names): PossibleWords {
  const inner = bare(node);
  const arms = armsOf(inner);
  if (arms.length > 0) return branchesOf(arms.flatMap((arm) => possibleListsOf(arm, names)));
  const words = listOfValue(inner, names);
  if (words) return words.length > MOST_POSSIBLE ? [] : [inPlaces(words, names)];
  if (inner.name !== "VariableName") return [];
  const read = () =>
    branchesOf(eventsAt(names, inner).events.flatMap(({ change }) => possibleWordsOf(change, names)));
  return names.following.value("possible", inner, read) ?? [];
}

/** The words that a change of a list may add. */
function possibleWordsOf(change: NameEvent["change"], names: Names): PossibleWords {
  if (change.kind === "other") return [];
  if (change.kind === "append") return [inPlaces([elementWord(change.value, names)], names)];
  return possibleListsOf(change.value, names);
}

/** Both values of `a if condition else b`. */
export function armsOf(node: PythonNode): PythonNode[] {
  if (node.name !== "ConditionalExpression") return [];
  return [node.firstChild, node.lastChild].filter((arm) => arm !== null);
}

/** Words without their values, grouped by their place in the text. */
export function inPlaces(words: readonly PythonWord[], { text }: Names): CommandWord[] {
  return inStretches(
    words.map((word) => ({ word: asData(word), at: word.span })),
    text,
  );
}

/** The words of a list expression; `undefined` if it is not a list, or is unknown. */
export function listOf(node: PythonNode, names: Names): PythonWord[] | undefined {
  const inner = bare(node);
  switch (inner.name) {
    case "ArrayExpression":
    case "TupleExpression":
      return elementWords(elementsOf(inner), names);
    case "VariableName":
      return listOfName(inner, names);
    case "BinaryExpression": {
      const { left, operator, right } = operandsOf(inner, names.text) ?? {};
      if (operator !== "+" || !left || !right) return undefined;
      const [first, second] = [listOf(left, names), listOf(right, names)];
      if (!first && !second) return undefined;
      return [...(first ?? [unknownWords(left, names)]), ...(second ?? [unknownWords(right, names)])];
    }
    case "CallExpression":
      return listOfCall(inner, names);
    case "ArrayComprehensionExpression":
    case "ComprehensionExpression":
      return listOfEach(inner, names);
    default:
      return undefined;
  }
}

/** Functions that leave a word as it is, or quote it for a shell. */
const KEEPS = /^(?:str|(?:shlex\.)?quote)$/;

/** `str(x) for x in words` */
const EACH =
  /^[[(]?\s*(?:(?:(?:shlex\.)?quote|str)\(\s*(\w+)\s*\)|(\w+))\s+for\s+(?:\1|\2)\s+in\s+\w+\s*[\])]?$/;

/** The words that a comprehension passes on, also one in the place of a call's arguments. */
export function listOfEach(node: PythonNode, names: Names): PythonWord[] | undefined {
  return EACH.test(written(node, names)) ? listOf(lastName(node), names) : undefined;
}

function written({ from, to }: PythonNode, { text }: Names): string {
  return text.slice(from, to);
}

function lastName(node: PythonNode): PythonNode {
  return node.getChildren("VariableName").at(-1) ?? node;
}

/** The words of list elements or call arguments. */
export function elementWords(elements: readonly Element[], names: Names): PythonWord[] {
  return elements.flatMap(({ node, spread }) => {
    if (!spread) return joinedWords(node, names) ?? [elementWord(node, names)];
    return listOf(node, names) ?? [unknownWords(node, names)];
  });
}

function listOfCall(call: PythonNode, names: Names): PythonWord[] | undefined {
  const { name, receiver } = calleeOf(call, names.text);
  const [first, second] = positionalOf(call);
  if ((name === "list" || name === "tuple") && first && !second && !receiver)
    return listOf(first.node, names);
  if (name === "copy" && receiver && !first) return listOf(receiver, names);
  if (name === "map" && first && second && !receiver && KEEPS.test(written(first.node, names)))
    return listOf(second.node, names);
  if (name !== "split") return undefined;
  const isShlex =
    receiver?.name === "VariableName" && names.text.slice(receiver.from, receiver.to) === "shlex";
  const source = isShlex ? first?.node : receiver;
  const text = source && stringOf(source, names);
  if (!text || (!isShlex && first && !splitsAtBlanks(first.node, names))) return undefined;
  return splitWords(text, names, isShlex || receiver === undefined);
}

function splitsAtBlanks(node: PythonNode, names: Names): boolean {
  const text = stringOf(node, names);
  return text !== undefined && wholeText(text) === " ";
}

/** Limit for the words of a list in a statement that changes it, so that a list that doubles itself stays small. */
const MOST_GROWN = 500;

/** The words in the list of a name at its use. */
function listOfName(use: PythonNode, names: Names): PythonWord[] | undefined {
  const { events, own } = eventsAt(names, use);
  const statement = statementOf(use);
  const before = own ? statement.from : Number.POSITIVE_INFINITY;
  const first = events.findLast((event) => event.at < statement.from && event.change.kind === "assign");
  if (first?.change.kind !== "assign") return undefined;
  if (own ? !hasRunBefore(first.statement, statement) : events.filter(isAssign).length > 1) return undefined;
  const words = listOfValue(first.change.value, names);
  if (!words) return undefined;
  const all = changedWords(words, events, first, before, names);
  const grows = events.some((event) => event.statement.from === statement.from);
  if (grows && all.length > MOST_GROWN) return undefined;
  return notTooMany(all.map((word) => ({ ...word, origins: [originOfName(use, names, originsOf(word))] })));
}

/** The words in a value that a name has, or is extended by. */
function listOfValue(value: PythonNode, names: Names): readonly PythonWord[] | undefined {
  return names.following.value("list", value, () => notTooMany(listOf(value, names)));
}

function notTooMany(words: PythonWord[] | undefined): PythonWord[] | undefined {
  return words && words.length > MOST_WORDS ? undefined : words;
}

function isAssign({ change }: NameEvent): boolean {
  return change.kind === "assign" || change.kind === "other";
}

/** The words of a list after the events that follow its assignment. */
export function changedWords(
  words: readonly PythonWord[],
  events: readonly NameEvent[],
  first: NameEvent,
  before: number,
  names: Names,
): PythonWord[] {
  let changed = [...words];
  for (const { event, certainty } of eventsAfter(events, first, before))
    changed = afterChange(changed, event.change, certainty === "maybe", names);
  return changed;
}

/** The words of a list after one change; what cannot be followed makes all of its arguments unknown. */
export function afterChange(
  words: readonly PythonWord[],
  change: NameEvent["change"],
  maybe: boolean,
  names: Names,
): PythonWord[] {
  if (change.kind === "other") return unknownArguments(words, change.node, names, change.from);
  if (maybe || change.kind === "assign")
    return [...words, unknownWords(change.value, names, possibleWordsOf(change, names))];
  if (change.kind === "append") return [...words, elementWord(change.value, names)];
  return [...words, ...(listOfValue(change.value, names) ?? [unknownWords(change.value, names)])];
}

/**
 * A launch whose arguments are unknown.
 *
 * @param from the first place that may have changed: before the arguments it leaves them as they are.
 */
export function unknownArguments(
  words: readonly PythonWord[],
  node: PythonNode,
  names: Names,
  from?: number,
): PythonWord[] {
  const start = argumentsStart(words);
  const isBefore = from !== undefined && start !== undefined && from < start - 1;
  if (isBefore && !words.slice(0, start).some(({ splits }) => splits)) return [...words];
  return [...words.slice(0, start ?? 0), unknownWords(node, names, [])];
}

/** The words of strings without commas between them, if they were meant to be several words. */
function joinedWords(node: PythonNode, names: Names): PythonWord[] | undefined {
  const parts = node.name === "ContinuedString" ? childrenOf(node) : [];
  const [first] = parts;
  if (!first || parts.some(({ name }) => name !== "String")) return undefined;
  const words = parts.map((part) => elementWord(part, names));
  if (words.some(({ text }) => text === undefined)) return undefined;
  const isWord = words.slice(1).every(({ text = "" }, at) => isNext(words[at]?.text ?? "", text));
  if (!isWord) return undefined;
  const joined = { span: nodeSpan(node), gaps: words.slice(0, -1).map(({ span }) => span.end) };
  return words.map((word, at) => (at === 0 ? { ...word, joined } : word));
}

/** Whether a string can only be a word of its own after another one: a flag, or the value after one. */
function isNext(before: string, after: string): boolean {
  if (before === "" || /[\s=,]$/.test(before) || /\s/.test(after)) return false;
  if (/^--[A-Za-z]/.test(after)) return !before.endsWith("-");
  if (after === "-m") return true;
  return /^--[A-Za-z]\w*[A-Za-z]$/.test(before) && /^[/\d]/.test(after);
}

/** A word without its string value, which refers to the syntax tree: a launch is plain data. */
export function asData({ value, joined, ...word }: PythonWord): Omit<PythonWord, "value" | "joined"> {
  return word;
}
