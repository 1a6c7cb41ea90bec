/**
 * Decides when a completion list may be open. Enter accepts the focused item of an open list, and editors always focus
 * one; so no list may be open when the typed text is complete. All completion goes through this file.
 */
import type { CompletionItem } from "vscode-languageserver-types";
import type { Span } from "../../launch/launch";
import { lineStartAt } from "../../launch/lines";
import type { Cursor } from "../../notations";

/** The word at the cursor. */
export interface TypedWord {
  /** The part before the cursor. */
  readonly typed: string;
  /** The whole word, with the part after the cursor. */
  readonly word: string;
  /** The line up to the cursor. */
  readonly line: string;
}

/**
 * The word that completion would replace; undefined if the place is not a single word of the cursor's line that
 * contains the cursor, as in an unclosed quote, directly before or after quotes, and in `{{ a template }}`.
 */
export function typedWord(text: string, offset: number, { start, end }: Span): TypedWord | undefined {
  if (start > offset || offset > end) return undefined;
  const word = text.slice(start, end);
  if (/[\r\n"'\\]/.test(word) || (/[ \t]/.test(word) && !/["']/.test(text[start - 1] ?? "")))
    return undefined;
  return { typed: text.slice(start, offset), word, line: text.slice(lineStartAt(text, offset), offset) };
}

/**
 * Whether a list may open automatically after a trigger character. Before anything is typed, it may if something has to
 * follow: after `tp: `, `--tp `, `export `, `- `. After `eos_id:`, `[1,`, `--tp 8 ` and in the indentation of a line,
 * the user may as well press Enter.
 */
export function mayOpenAfter(
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
 * The items that continue the typed text; none if it is complete, because accepting the item with the same name would
 * change nothing. In the middle of a word the user does not press Enter.
 *
 * @param isName whether a word is a known name, even if it is not offered, such as a flag that is already set.
 */
export function continuing(
  items: readonly CompletionItem[],
  { typed, word }: TypedWord,
  cursor: Cursor,
  isName: (word: string) => boolean,
): CompletionItem[] {
  if (typed === "") return [...items];
  const fitting = items.filter(({ label, filterText = label }) => continues(filterText, typed, cursor.kind));
  if (typed !== word) return fitting;
  const same = fitting.find(({ label }) => label.toLowerCase() === word.toLowerCase());
  if (!same) return isName(word) ? [] : fitting;
  if (isFinished(same, word, cursor)) return [];
  return [{ ...same, sortText: FIRST }, ...fitting.filter((item) => item !== same)];
}

/**
 * Whether an item with this filter text continues the typed text. Flag names are long, so any of their letters match;
 * other items must start with the typed text, because free text is allowed too.
 */
export function continues(filterText: string, typed: string, kind: Cursor["kind"]): boolean {
  return typed === "" || (kind === "flag" ? holdsInOrder : startsWith)(filterText, typed);
}

/** Sorts before every other `sortText`. */
const FIRST = "!";

/** Whether a word that equals the label of an item is complete. */
function isFinished({ label, textEdit }: CompletionItem, word: string, cursor: Cursor): boolean {
  // `export NAME` and a container's `- NAME` pass on a variable from outside.
  if (cursor.kind === "value" || (cursor.kind === "variable" && cursor.suffix === "=")) return true;
  const written = textEdit?.newText.replace(/^(["'])(.*)\1$/, "$2") ?? label;
  return written.length === word.length;
}

function startsWith(text: string, typed: string): boolean {
  return text.toLowerCase().startsWith(typed.toLowerCase());
}

/** Whether an editor's fuzzy filter may match a text. */
function holdsInOrder(text: string, typed: string): boolean {
  const letters = typed.toLowerCase();
  let at = 0;
  for (const char of text.toLowerCase()) if (char === letters[at]) at++;
  return at === letters.length;
}
