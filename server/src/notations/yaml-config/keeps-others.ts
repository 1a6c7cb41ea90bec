/** Whether a completion in a text that is not quite YAML leaves the rest of its launch as it is read. */
import type { Launch, Span } from "../../launch/launch";
import { readBounded } from "../bounded";
import type { Cursor } from "../notation";
import { findLaunches } from "./find";
import { yamlTraits } from "./traits";

/** A cursor in a launch. */
export type Writing = Extract<Cursor, { readonly launch: Launch }>;

/**
 * The reader masks what it cannot read. A key above such a line may make the lines below its value, so the document is
 * read again with something in the cursor's place. In a text without such lines the cursor's line decides alone.
 */
export function keepsOthers(text: string, cursor: Writing): boolean {
  const { launch, replace } = cursor;
  // Brackets are one value, whatever is in them.
  if (cursor.kind === "value" && cursor.inFlow) return true;
  const isBroken = launch.problems?.some(
    ({ code, span }) => code === "yaml-unreadable" && !meet(span, replace),
  );
  if (!isBroken) return true;
  const { start, end } = launch.span;
  const written = text.slice(start, replace.start) + exampleFor(cursor) + text.slice(replace.end, end);
  const [after, other] = readBounded(yamlTraits, written, () => findLaunches(written)).launches;
  return after !== undefined && !other && holdsAll(after, wordsOf(launch, replace));
}

/** What may be written in the cursor's place. */
function exampleFor(cursor: Writing): string {
  switch (cursor.kind) {
    case "flag":
      return cursor.hasValue ? "tp" : "tp: ";
    case "variable":
      return `A${cursor.suffix}`;
    default:
      return `${cursor.separator}8`;
  }
}

/** The keys and variables of a launch with their values, apart from what is at a place. */
function wordsOf({ arguments: given, environment }: Launch, except?: Span): string[] {
  const isElsewhere = (span: Span) => !except || !meet(span, except);
  return [
    ...given.filter(({ span }) => isElsewhere(span)).map(({ flag, valueSource }) => `${flag} ${valueSource}`),
    ...environment
      .filter(({ nameSpan, value }) => isElsewhere(nameSpan) && isElsewhere(value.span))
      .map(({ name, value }) => `${name}=${value.source}`),
  ];
}

function holdsAll(launch: Launch, words: readonly string[]): boolean {
  const left = wordsOf(launch);
  return words.every((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function meet(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}
