/** What stands around a place of a Python file: the literal it is inside of, the list it is an element of. */
import { type Launch, type Span, spanFrom } from "../../launch/launch";
import { type Opening, openingOf } from "../../python/text/literals";
import { type PythonNode, parsePython } from "../../python/text/parser";

/** A string literal, its quotes left out of `inside`. */
export interface Literal {
  readonly opening: Opening;
  readonly span: Span;
  readonly inside: Span;
}

const LITERALS = new Set(["String", "FormatString"]);
const LISTS = new Set(["ArrayExpression", "TupleExpression", "ArgList"]);

/** The places of a Python text. */
export interface Places {
  readonly text: string;
  /** The literal that an offset is inside of, behind its opening quote and not behind its closing one. */
  literalAt(offset: number): Literal | undefined;
  /** The literals that a span touches, in order. */
  literalsIn(span: Span): Literal[];
  /** The list, the tuple or the call whose element begins at an offset. */
  listAt(offset: number): Span | undefined;
  /** The innermost list, tuple or call whose brackets an offset is between. */
  listAround(offset: number): Span | undefined;
}

/** Reads the places of a text. */
export function placesOf(text: string): Places {
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
        // What a method of a string is given is no word: `"…".split()`.
        if (node.name === "ArgList" && /^(?:split|format|join)$/.test(nameCalled(node, text)))
          return undefined;
        return spanFrom(node.from, node.to);
      }
      return undefined;
    },
  };
}

/** The last name of what a call calls. */
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

/** Whether an offset is where words of a launch can be written: in one of its strings, or in one of its lists. */
export function isInWords(text: string, launch: Launch, offset: number): boolean {
  const places = placesOf(text);
  if (launch.form.kind === "shell") return places.literalAt(offset) !== undefined;
  const literal = places.literalAt(offset);
  // Words that a method makes of one string are no elements of a list.
  if (literal && /^\s*\.\s*split\b/.test(text.slice(literal.span.end, literal.span.end + 40))) return false;
  const list = places.listAround(offset);
  if (!list) return false;
  const meets = (span: Span) => list.start <= span.end && span.start <= list.end;
  return (
    meets(launch.span) ||
    launch.arguments.some(({ flagSpan, words }) => meets(flagSpan) || words.some((word) => meets(word.span)))
  );
}
