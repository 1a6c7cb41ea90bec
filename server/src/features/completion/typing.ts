/**
 * The user's typing goes first. Enter accepts the focused item of an open list, and editors focus one always: where
 * what is typed is finished, no list may be open. Completion of every notation and of every kind of item passes here.
 */
import type { CompletionItem } from "vscode-languageserver-types";
import type { Span } from "../../launch/launch";
import { lineStartAt } from "../../launch/lines";
import type { Cursor } from "../../notations";

/** The word at the cursor. */
export interface TypedWord {
  /** Up to the cursor. */
  readonly typed: string;
  /** Whole, with what stands behind the cursor. */
  readonly word: string;
  /** The line, up to the cursor. */
  readonly line: string;
}

/**
 * The word that completion would replace; nothing where a place is not one word of the cursor's line with the cursor in
 * it, as in a quote that is never closed, right before or behind quotes, and in `{{ a template }}`.
 */
export function typedWord(text: string, offset: number, { start, end }: Span): TypedWord | undefined {
  if (start > offset || offset > end) return undefined;
  const word = text.slice(start, end);
  if (/[\r\n"'\\]/.test(word) || (/[ \t]/.test(word) && !/["']/.test(text[start - 1] ?? "")))
    return undefined;
  return { typed: text.slice(start, offset), word, line: text.slice(lineStartAt(text, offset), offset) };
}

/**
 * Whether a list may open by itself behind a character that the editor watches for us. With nothing typed yet it may
 * where something has to follow: behind `tp: `, `--tp `, `export `, `- `. Behind `eos_id:`, `[1,`, `--tp 8 ` and in the
 * indentation of a line, Enter is as likely.
 */
export function opensBehind(
  trigger: string | undefined,
  { typed, word, line }: TypedWord,
  cursor: Cursor,
  wantsValue: boolean,
): boolean {
  if (trigger === undefined || typed !== "") return true;
  if (word !== "") return false;
  if (cursor.kind === "directive" || trigger === "=") return true;
  const before = line.trimEnd();
  if (trigger !== " " || before === "" || /[[(,]$/.test(before)) return false;
  return cursor.kind !== "gap" || wantsValue || /^[ \t]*-(?:[ \t]+-)*$/.test(before);
}

/**
 * The items that go on from what is typed; none where that is finished, because accepting the item of its name would
 * write nothing new. In the middle of a word nobody ends the line.
 *
 * @param isName whether a word is the name of something, also of what is not on offer: a flag that is set already.
 */
export function goingOn(
  items: readonly CompletionItem[],
  { typed, word }: TypedWord,
  cursor: Cursor,
  isName: (word: string) => boolean,
): CompletionItem[] {
  if (typed === "") return [...items];
  // Names of flags are long, and found by any of their letters; everything else people may also write freely.
  const goesOn = cursor.kind === "flag" ? holdsInOrder : startsWith;
  const fitting = items.filter(({ label, filterText = label }) => goesOn(filterText, typed));
  if (typed !== word) return fitting;
  const same = fitting.find(({ label }) => label.toLowerCase() === word.toLowerCase());
  if (!same) return isName(word) ? [] : fitting;
  if (isFinished(same, word, cursor)) return [];
  return [{ ...same, sortText: FIRST }, ...fitting.filter((item) => item !== same)];
}

/** In front of every other `sortText`. */
const FIRST = "!";

/** Whether a word that is the label of an item stands for itself as it is. */
function isFinished({ label, textEdit }: CompletionItem, word: string, cursor: Cursor): boolean {
  // `export NAME` and a container's `- NAME` hand on what is set outside.
  if (cursor.kind === "value" || (cursor.kind === "variable" && cursor.suffix === "=")) return true;
  const written = textEdit?.newText.replace(/^(["'])(.*)\1$/, "$2") ?? label;
  return written.length === word.length;
}

function startsWith(text: string, typed: string): boolean {
  return text.toLowerCase().startsWith(typed.toLowerCase());
}

/** Whether an editor's fuzzy filter may let a text through. */
function holdsInOrder(text: string, typed: string): boolean {
  const letters = typed.toLowerCase();
  let at = 0;
  for (const char of text.toLowerCase()) if (char === letters[at]) at++;
  return at === letters.length;
}
