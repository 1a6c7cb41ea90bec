/** Strings built from several expressions: `" ".join([…])`, and `+=` in later statements. */
import { type Span, spanFrom } from "../../launch/launch";
import type { Text } from "../../python/text/literals";
import type { NameEvent, Names } from "../../python/text/names";
import { calleeOf, type PythonNode, positionalOf } from "../../python/text/python-parser";
import { eventsAfter } from "../../python/text/value-flow";
import { joinTexts, nodeSpan, stringOf, unknownText, wholeText } from "./evaluate-strings";
import { listOf, listOfEach, type PythonWord } from "./lists";

/** A word that `shlex.join` writes as it is. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** The string that `" ".join([…])` or `shlex.join([…])` makes. */
export function joinedText(call: PythonNode, names: Names): Text | undefined {
  if (call.name !== "CallExpression") return undefined;
  const { name, receiver } = calleeOf(call, names.text);
  const [first, second] = positionalOf(call);
  if (name !== "join" || !receiver || !first || second) return undefined;
  const quotes = names.text.slice(receiver.from, receiver.to) === "shlex";
  const between = quotes ? " " : wholeText(stringOf(receiver, names) ?? unknownText(receiver));
  const given = call.getChild("ArgList");
  const words = listOf(first.node, names) ?? (given ? listOfEach(given, names) : undefined);
  if (between === undefined || !words) return undefined;
  if (quotes && words.some(({ text }) => text !== undefined && !PLAIN.test(text))) return undefined;
  const parts = words.flatMap((word, at) => {
    const own = word.value ?? unknownAt(word.span);
    return at === 0 ? [own] : [separator(between, words[at - 1] as PythonWord), own];
  });
  return joinTexts(parts, nodeSpan(call));
}

function unknownAt(span: Span): Text {
  return { pieces: [{ known: false, span }], span, quoting: [] };
}

/** The separator of `join` belongs to the end of the first element. */
function separator(text: string, { value, span }: PythonWord): Text {
  const last = value?.pieces.at(-1);
  const at = last?.known ? last.end : span.end;
  return {
    pieces: [{ known: true, text, offsets: Array.from({ length: text.length }, () => at), end: at }],
    span: spanFrom(at, at),
    quoting: [],
  };
}

const FLAG = /^--[A-Za-z]/;

/** The text added to a string after its assignment. */
export function addedText(events: readonly NameEvent[], first: NameEvent, names: Names): Text[] {
  return eventsAfter(events, first, Number.POSITIVE_INFINITY).flatMap(({ event, certainty }) => {
    const { change } = event;
    if (change.kind === "other" || change.kind === "assign") return [];
    const added = withoutOwn(stringOf(change.value, names) ?? unknownText(change.value), event, names);
    const [first] = added.pieces;
    const start = first?.known ? first.text : "";
    const blank = [blankAt((first?.known && first.offsets[0]) || change.value.from)];
    // What begins with dashes is meant as a flag of its own.
    if (certainty === "always") return FLAG.test(start) ? [...blank, added] : [added];
    // Words that may be added leave the previous word unchanged.
    const isApart = /^\s/.test(start) || FLAG.test(start);
    return [...(isApart ? blank : []), perhaps(added, change.value)];
  });
}

/** A string that is added or not. */
function perhaps(mayBe: Text, node: PythonNode): Text {
  const text = unknownText(node);
  return { ...text, pieces: text.pieces.map((piece) => (piece.known ? piece : { ...piece, mayBe })) };
}

/** The added text without the name itself, with which `f"{cmd} ..."` and `cmd + a + b` begin. */
function withoutOwn(text: Text, { at, change }: NameEvent, names: Names): Text {
  const [first, ...others] = text.pieces;
  if (change.kind !== "extend" || first?.known !== false) return text;
  const name = /^\w+/.exec(names.text.slice(at))?.[0];
  const source = first.expression && names.text.slice(first.expression.from, first.expression.to);
  return source === name ? { ...text, pieces: others } : text;
}

/** A blank between two words. */
export function blankAt(at: number): Text {
  return {
    pieces: [{ known: true, text: " ", offsets: [at], end: at + 1 }],
    span: spanFrom(at, at + 1),
    quoting: [],
  };
}
