/** The surroundings of a place in a Python file: its literal, and its list. */
import { type Launch, type Span, spanFrom, writtenFor } from "../../launch/launch";
import { type Opening, openingOf } from "../../python/text/literals";
import { type PythonNode, parsePython } from "../../python/text/python-parser";

/** A string literal; `inside` excludes its quotes. */
export interface Literal {
  readonly opening: Opening;
  readonly span: Span;
  readonly inside: Span;
}

const LITERALS = new Set(["String", "FormatString"]);
const LISTS = new Set(["ArrayExpression", "TupleExpression", "ArgList"]);

/** The places of a Python text. */
export interface PythonPlaces {
  readonly text: string;
  /** The literal that contains an offset, after its opening quote and not after its closing one. */
  literalAt(offset: number): Literal | undefined;
  /** The literals that a span touches, in order. */
  literalsIn(span: Span): Literal[];
  /** The list, tuple or call with an element that begins at an offset. */
  listAt(offset: number): Span | undefined;
  /** The innermost list, tuple or call with an offset between its brackets. */
  listAround(offset: number): Span | undefined;
}

/** Reads the places of a text. */
export function placesOf(text: string): PythonPlaces {
  const root = parsePython(text);
  const literalsIn = ({ start, end }: Span): Literal[] => {
    const found: Literal[] = [];
    root.cursor().iterate((cursor) => {
      if (cursor.to < start || cursor.from > end) return false;
      const literal = LITERALS.has(cursor.name) ? literalOf(cursor.node, text) : undefined;
      if (literal && literal.inside.start <= end && start <= literal.inside.end) found.push(literal);
      return true;
    });
    return found;
  };
  return {
    text,
    literalsIn,
    literalAt: (offset) => literalsIn(spanFrom(offset, offset)).at(-1),
    listAt(offset) {
      let node: PythonNode | null = root.resolveInner(offset, 1);
      let start = offset;
      for (; node?.parent; node = node.parent) {
        if (node.name === "ParenthesizedExpression") start = node.from;
        if (node.from !== start && node.name !== "ParenthesizedExpression") return undefined;
        if (LISTS.has(node.parent.name)) return spanFrom(node.parent.from, node.parent.to);
        if (node.parent.name === "ParenthesizedExpression") start = node.parent.from;
      }
      return undefined;
    },
    listAround(offset) {
      for (let node: PythonNode | null = root.resolveInner(offset, 0); node; node = node.parent) {
        if (!LISTS.has(node.name) || node.from >= offset || offset > node.to) continue;
        // The arguments of string methods are not words: `"…".split()`.
        if (node.name === "ArgList" && /^(?:split|format|join)$/.test(nameCalled(node, text)))
          return undefined;
        return spanFrom(node.from, node.to);
      }
      return undefined;
    },
  };
}

/** The last name of a call's callee. */
function nameCalled({ from, parent }: PythonNode, text: string): string {
  return /(\w*)\s*$/.exec(text.slice(parent?.from ?? from, from))?.[1] ?? "";
}

function literalOf(node: PythonNode, text: string): Literal | undefined {
  const opening = openingOf(node, text);
  if (!opening) return undefined;
  const { start, quotes } = opening;
  const closed = node.to - quotes.length >= start && text.slice(node.from, node.to).endsWith(quotes);
  const inside = spanFrom(start, closed ? node.to - quotes.length : node.to);
  return { opening, span: spanFrom(node.from, node.to), inside };
}

/** Whether words of a launch can be written at an offset: in one of its strings or lists. */
export function isInWords(text: string, launch: Launch, offset: number): boolean {
  const places = placesOf(text);
  if (launch.form.kind === "shell") return places.literalAt(offset) !== undefined;
  const literal = places.literalAt(offset);
  // Words from a string that a method splits are not list elements.
  if (literal && /^\s*\.\s*split\b/.test(text.slice(literal.span.end, literal.span.end + 40))) return false;
  const list = places.listAround(offset);
  if (!list) return false;
  const meets = (span: Span) => list.start <= span.end && span.start <= list.end;
  return (
    meets(launch.span) ||
    writtenFor(launch).some(
      ({ flagSpan, words }) => meets(flagSpan) || words.some((word) => meets(word.span)),
    )
  );
}

/** Whether an offset is in a literal without a closing quote. */
export function isOpenAt(places: PythonPlaces, offset: number): boolean {
  const literal = places.literalAt(offset);
  return literal !== undefined && isOpenLiteral(literal);
}

/** Whether nothing closes a quote of a launch. */
export function hasOpenQuote(places: PythonPlaces, { span }: Launch): boolean {
  return places.literalsIn(span).some(isOpenLiteral);
}

function isOpenLiteral({ inside, span }: Literal): boolean {
  return inside.end === span.end;
}
