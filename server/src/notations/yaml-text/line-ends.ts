/**
 * Line ends that PyYAML and the parsers of containers know, but editors and the YAML package do not: U+0085, U+2028, U+2029. They are
 * masked by plain ones of the same length, so that every offset stays the same.
 */
import { type Span, spanFrom } from "../../launch/launch";
import type { Masked } from "../templates";
import type { AroundDocument } from "./pyyaml";
import { tokensOf } from "./pyyaml/tokens";

const RARE = /[\x85\u2028\u2029]/g;
/** Each masked line may separate documents, whose lines are then found in the next round. */
const MOST_ROUNDS = 4;

interface Document extends Span {
  readonly around: AroundDocument;
}

/** @param documentsOf the documents of a text. */
export function maskLineEnds(masked: Masked, documentsOf: (text: string) => readonly Document[]): Masked {
  if (masked.text.search(RARE) < 0) return masked;
  let { text } = masked;
  let inScalars: number[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = documentsOf(text).map((document) => lineEndsIn(text, document));
    inScalars = found.flatMap(({ inScalar }) => inScalar);
    const between = new Set(found.flatMap(({ outside }) => outside));
    if (between.size === 0) break;
    text = text.replace(RARE, (char, at: number) => (between.has(at) ? "\n" : char));
  }
  const unknown = inScalars.filter((at) => isFolded(text, at)).map((at) => spanFrom(at, at + 1));
  return { text, unknown: [...masked.unknown, ...unknown].sort((a, b) => a.start - b.start) };
}

/** The rare line ends of a document: between its scalars, and in them. Where PyYAML stops, nothing is known. */
function lineEndsIn(text: string, { start, end, around }: Document) {
  const inScalar: number[] = [];
  const outside: number[] = [];
  const slice = text.slice(start, end);
  const places = [...slice.matchAll(RARE)].map(({ index }) => index);
  if (places.length === 0) return { inScalar, outside };
  const { tokens, refusal } = tokensOf(slice, around.before.length);
  const known = refusal ? (tokens.at(-1)?.end ?? 0) : slice.length;
  const scalars = tokens
    .filter(({ kind }) => kind === "scalar")
    .map((one) => ({ start: one.start, end: one.end - blanksBefore(slice, one.end) }));
  let next = 0;
  for (const at of places) {
    while (next < scalars.length && (scalars[next]?.end ?? 0) <= at) next++;
    const isInside = (scalars[next]?.start ?? Number.POSITIVE_INFINITY) <= at;
    if (isInside) inScalar.push(start + at);
    else if (at < known) outside.push(start + at);
  }
  return { inScalar, outside };
}

/** The scanner counts what follows the last line of a plain scalar to it. */
function blanksBefore(text: string, end: number): number {
  let count = 0;
  while (/[\s\x85]/.test(text[end - 1 - count] ?? "x")) count++;
  return count;
}

/** Whether PyYAML makes something else of a line end in a scalar: it drops white space around it, and reads U+0085 as a line feed. */
function isFolded(text: string, at: number): boolean {
  return text[at] === "\x85" || /\s/.test(`${text[at - 1] ?? ""}${text[at + 1] ?? ""}`);
}
