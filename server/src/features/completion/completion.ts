/** Completion of flags, values, variables and directives. */

import { type CompletionItem, CompletionItemKind, TextEdit } from "vscode-languageserver-types";
import { type EvaluatedDocument, rangeOf, releaseOf } from "../../analysis/document";
import { environmentVariable, type Flag, isInternal, isReadBy } from "../../catalogue";
import { readWord } from "../../judgement/argparse";
import { touches } from "../../launch/launch";
import { type Cursor, directiveCursor, isOfProgram, keepsOthers } from "../../notations";
import { quantizationItems } from "../quantization";
import { directiveItems } from "./directive-items";
import { dashed, flagItems } from "./flag-items";
import type { CompletionData } from "./resolve-completion";
import { aside, type RowOptions } from "./row";
import type { SuggestCommand } from "./suggest-command";
import { continuing, mayOpenAfter, typedWord } from "./typing";
import { valueItems } from "./value-items";

export interface CompletionOptions extends SuggestCommand, RowOptions {
  /** The character that made the client request completion; absent if the user requests it or types a word. */
  readonly trigger?: string | undefined;
}

/**
 * The items at a place, without documentation; empty if no item fits, or if the typed text is complete. The next
 * character may complete it, so a client must request again after each character.
 */
export function complete(
  launchDocument: EvaluatedDocument,
  offset: number,
  options: CompletionOptions = {},
): CompletionItem[] {
  const { file, notation } = launchDocument;
  const cursor = directiveCursor(file.text, offset, notation.comments) ?? notation.cursorAt(file, offset);
  if (file.isQuantization && !cursor) {
    const items = quantizationItems(launchDocument, offset, options);
    return items.filter(({ textEdit }) => !isTyped(textEdit, launchDocument, offset));
  }
  // A variable is typed before the program, as a word that could be its name.
  if (cursor && cursor.kind !== "variable" && isOfProgram(file, cursor.replace)) return [];
  const at = cursor && typedWord(file.text, offset, cursor.replace);
  if (!at || !mayOpenAfter(options.trigger, at, cursor, wantsValue(launchDocument, cursor))) return [];
  if (cursor.kind !== "directive" && !keepsOthers(notation, file, cursor)) return [];
  const items = itemsFor(launchDocument, cursor, options);
  return continuing(items, at, cursor, (word) => isName(launchDocument, cursor, word));
}

/** Whether an item would write what is before the cursor already. */
function isTyped(edit: CompletionItem["textEdit"], { document }: EvaluatedDocument, offset: number): boolean {
  if (!edit || !("range" in edit) || edit.newText === "") return false;
  return document.offsetAt(edit.range.end) === offset && document.getText(edit.range) === edit.newText;
}

function itemsFor(
  launchDocument: EvaluatedDocument,
  cursor: Cursor,
  options: CompletionOptions,
): CompletionItem[] {
  switch (cursor.kind) {
    case "flag":
      return flagItems(launchDocument, cursor, options);
    case "value":
      return valueItems(launchDocument, cursor, options);
    case "gap":
      return gapItems(launchDocument, cursor, options);
    case "variable":
      return variableItems(launchDocument, cursor, options);
    case "directive":
      return directiveItems(launchDocument, cursor, options);
  }
}

/** Whether a word is a name that LightLLM or the notation knows, even if it is not offered. */
function isName(launchDocument: EvaluatedDocument, cursor: Cursor, word: string): boolean {
  const { catalogue, notation } = launchDocument;
  if (cursor.kind === "variable") return environmentVariable(catalogue, word) !== undefined;
  if (cursor.kind !== "flag") return false;
  if (notation.ownKeys?.all.some(({ name }) => name === word)) return true;
  const { release } = releaseOf(launchDocument, cursor.launch);
  return release.byName.has(dashed(word)) || word === "--help" || word === "-h";
}

/** Between words: values if the previous flag needs one, flags if it needs none or may have enough. */
function gapItems(
  launchDocument: EvaluatedDocument,
  cursor: Extract<Cursor, { kind: "gap" }>,
  options: CompletionOptions,
): CompletionItem[] {
  const flag = flagBefore(launchDocument, cursor);
  if (flag && wantsValue(launchDocument, cursor))
    return valueItems(launchDocument, { ...cursor, kind: "value", flag: flag.name }, options);
  const values =
    flag?.arity === "many"
      ? valueItems(launchDocument, { ...cursor, kind: "value", flag: flag.name }, options)
      : [];
  return [...values, ...flagItems(launchDocument, { ...cursor, kind: "flag", hasValue: false }, options)];
}

/** The flag that words in a gap would belong to. */
function flagBefore(
  launchDocument: EvaluatedDocument,
  { before, launch }: Extract<Cursor, { kind: "gap" }>,
): Flag | undefined {
  if (!before || before.joined) return undefined;
  const reading = readWord(before.flag, releaseOf(launchDocument, launch).release);
  return reading.kind === "flag" ? reading.flag : undefined;
}

/** Whether the flag before a gap still needs a value. */
function wantsValue(launchDocument: EvaluatedDocument, cursor: Cursor): boolean {
  if (cursor.kind !== "gap" || cursor.before?.words.length !== 0) return false;
  const flag = flagBefore(launchDocument, cursor);
  return flag !== undefined && flag.arity !== "none";
}

/** The environment variables that the judging release reads, except those that LightLLM sets itself. */
function variableItems(
  launchDocument: EvaluatedDocument,
  { launch, replace, suffix }: Extract<Cursor, { kind: "variable" }>,
  options: RowOptions,
): CompletionItem[] {
  const { catalogue, document } = launchDocument;
  const { release } = releaseOf(launchDocument, launch);
  const set = new Set(
    launch.environment.filter(({ nameSpan }) => !touches(nameSpan, replace.start)).map(({ name }) => name),
  );
  const range = rangeOf(document, replace);
  return Object.entries(catalogue.environment())
    .filter(([name, variable]) => !set.has(name) && isReadBy(variable, release) && !isInternal(variable))
    .map(([name, variable]) => ({
      label: name,
      kind: CompletionItemKind.Variable,
      ...aside(variable.en.summary, options),
      textEdit: TextEdit.replace(range, `${name}${suffix}`),
      data: { release: release.id, variable: name } satisfies CompletionData,
    }));
}
