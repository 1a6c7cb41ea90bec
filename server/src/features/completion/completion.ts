/** Completion of flags, values, variables and directives. */

import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  MarkupKind,
  TextEdit,
} from "vscode-languageserver-types";
import { type EvaluatedDocument, rangeOf, releaseOf } from "../../analysis/document";
import {
  type Catalogue,
  environmentMarkdown,
  environmentVariable,
  type Flag,
  flagMarkdown,
  isInternal,
  isReadBy,
  type Language,
  type Release,
  typeLabel,
  valueLabel,
  valueMarkdown,
} from "../../catalogue";
import { readWord } from "../../judgement/argparse";
import { touches } from "../../launch/launch";
import { say } from "../../messages";
import { type Cursor, directiveCursor } from "../../notations";
import { derivedValue, hereSentence } from "../here";
import { directiveItems } from "./directive-items";
import { type SuggestCommand, thenValues } from "./suggest-command";
import { continuing, mayOpenAfter, typedWord } from "./typing";
import { valueWordsOf } from "./value-words";

/** Data of an item for `resolveCompletion`: enough to find its documentation. */
export interface CompletionData {
  readonly release: string;
  readonly flag?: string;
  /** The flag's current value in this launch, before it is written. */
  readonly here?: string;
  readonly word?: string;
  /** Name of an environment variable. */
  readonly variable?: string;
}

export interface CompletionOptions extends SuggestCommand {
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
  const at = cursor && typedWord(file.text, offset, cursor.replace);
  if (!at || !mayOpenAfter(options.trigger, at, cursor, wantsValue(launchDocument, cursor))) return [];
  const items = itemsFor(launchDocument, cursor, options);
  return continuing(items, at, cursor, (word) => isName(launchDocument, cursor, word));
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
      return valueItems(launchDocument, cursor);
    case "gap":
      return gapItems(launchDocument, cursor, options);
    case "variable":
      return variableItems(launchDocument, cursor);
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

/** A flag's name with LightLLM's dashes and underscores, for any notation. */
function dashed(word: string): string {
  return `--${word.replace(/^-+/, "")}`;
}

function flagItems(
  launchDocument: EvaluatedDocument,
  cursor: Extract<Cursor, { kind: "flag" }>,
  options: CompletionOptions,
): CompletionItem[] {
  const { catalogue, notation, document, file } = launchDocument;
  const { release } = releaseOf(launchDocument, cursor.launch);
  const written = dashed(file.text.slice(cursor.replace.start, cursor.replace.end));
  const judged = launchDocument.launches.find(({ launch }) => launch === cursor.launch);
  const taken = flagsSet(cursor, release);
  const range = rangeOf(document, cursor.replace);
  const flags = release.flags
    .filter((flag) => !taken.has(flag))
    .map((flag): CompletionItem => {
      // Another name of a flag is kept if the user has typed it completely.
      const name = flag.aliases.includes(written) ? written : flag.name;
      const text = notation.flagText(name);
      const derived = judged && derivedValue(judged, flag);
      const here = judged && derived !== undefined ? hereSentence(judged, flag) : undefined;
      const type = typeLabel(flag);
      const detail =
        derived === undefined
          ? say("completion.flag-default", { type, value: plain(valueLabel(flag.default)) })
          : say("completion.flag-here", { type, value: plain(derived) });
      const filterText = asTyped(text, cursor.typed);
      const newText = notation.insertFlag(name, { ...cursor, takesValue: flag.kind !== "switch" });
      const hasValues = valueWordsOf(flag, notation.switchWords, catalogue).words.length > 0;
      return {
        label: text,
        kind: flag.kind === "switch" ? CompletionItemKind.Event : CompletionItemKind.Property,
        detail,
        sortText: `${flag.status === "active" ? 0 : 1}${String(catalogue.rank(flag.key)).padStart(4, "0")}`,
        ...(filterText !== text && { filterText }),
        textEdit: TextEdit.replace(range, newText),
        data: { release: release.id, flag: flag.name, ...(here && { here }) } satisfies CompletionData,
        ...(flag.status !== "active" && { tags: [CompletionItemTag.Deprecated] }),
        ...(hasValues && thenValues(newText, options)),
      };
    });
  return [...flags, ...ownKeyItems(launchDocument, cursor)];
}

/** Keys of the config that are not flags; only at the beginning of a line. */
function ownKeyItems(
  { notation: { ownKeys }, document, file }: EvaluatedDocument,
  { launch, replace, hasValue, typed }: Extract<Cursor, { kind: "flag" }>,
): CompletionItem[] {
  const range = rangeOf(document, replace);
  if (!ownKeys || range.start.character > 0) return [];
  return ownKeys.all
    .filter((key) => !ownKeys.has(file.text, launch, key))
    .map(({ name, insert, summary, text }) => {
      const filterText = asTyped(name, typed);
      return {
        label: name,
        kind: CompletionItemKind.Keyword,
        detail: summary,
        documentation: { kind: MarkupKind.Markdown, value: text },
        // Sorted after the active flags.
        sortText: `0~${name}`,
        ...(filterText !== name && { filterText }),
        textEdit: TextEdit.replace(range, hasValue ? name : insert),
      };
    });
}

/** The flags that a launch already sets, under any name, except the one at the cursor. */
function flagsSet(
  { launch, replace }: Extract<Cursor, { kind: "flag" }>,
  release: Parameters<typeof readWord>[1],
): Set<Flag> {
  const taken = new Set<Flag>();
  for (const argument of launch.arguments) {
    const underCursor = argument.flagSpan.start <= replace.end && replace.start <= argument.flagSpan.end;
    if (underCursor || argument.inherited) continue;
    const reading = readWord(argument.flag, release);
    if (reading.kind === "flag" && reading.flag.repeat === "last") taken.add(reading.flag);
  }
  return taken;
}

/** The filter text in the style that the user types: `--max-total` still finds the flag. */
function asTyped(text: string, typed: string): string {
  const dashes = /^-+/.exec(typed)?.[0] ?? "";
  const rest = typed.slice(dashes.length);
  const name = text.replace(/^-+/, "");
  const written = rest.includes("-") && !rest.includes("_") ? name.replaceAll("_", "-") : name;
  return text.startsWith("--") ? `--${written}` : dashes + written;
}

/** Between words: values if the previous flag needs one, flags if it needs none or may have enough. */
function gapItems(
  launchDocument: EvaluatedDocument,
  cursor: Extract<Cursor, { kind: "gap" }>,
  options: CompletionOptions,
): CompletionItem[] {
  const flag = flagBefore(launchDocument, cursor);
  if (flag && wantsValue(launchDocument, cursor))
    return valueItems(launchDocument, { ...cursor, kind: "value", flag: flag.name });
  const values =
    flag?.arity === "many" ? valueItems(launchDocument, { ...cursor, kind: "value", flag: flag.name }) : [];
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

/** A filter text that no typed word matches: examples are shown only before anything is typed. */
const ONLY_UNTYPED = " ";

function valueItems(
  launchDocument: EvaluatedDocument,
  cursor: Extract<Cursor, { kind: "value" }>,
): CompletionItem[] {
  const { notation, document } = launchDocument;
  const { release } = releaseOf(launchDocument, cursor.launch);
  const reading = readWord(cursor.flag, release);
  if (reading.kind !== "flag") return [];
  const { flag } = reading;
  const range = rangeOf(document, cursor.replace);
  const { words, free } = valueWordsOf(flag, notation.switchWords, launchDocument.catalogue);
  if (free && cursor.typed !== "") return [];
  return words.map(
    ({ word, kind, note }, index): CompletionItem => ({
      label: word,
      kind: flag.choices || flag.words.length > 0 ? CompletionItemKind.EnumMember : CompletionItemKind.Value,
      ...(note && { labelDetails: { description: note }, detail: note }),
      sortText: String(index).padStart(4, "0"),
      ...(free && { filterText: ONLY_UNTYPED }),
      textEdit: TextEdit.replace(
        range,
        flag.kind === "switch" ? cursor.separator + word : notation.insertValue(word, cursor),
      ),
      data: { release: release.id, flag: flag.name, word } satisfies CompletionData,
      ...(kind === "default" && cursor.typed === "" && { preselect: true }),
    }),
  );
}

/** The environment variables that the judging release reads, except those that LightLLM sets itself. */
function variableItems(
  launchDocument: EvaluatedDocument,
  { launch, replace, suffix }: Extract<Cursor, { kind: "variable" }>,
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
      detail: variable.en.summary,
      textEdit: TextEdit.replace(range, `${name}${suffix}`),
      data: { release: release.id, variable: name } satisfies CompletionData,
    }));
}

function plain(markdown: string): string {
  return markdown.replaceAll("`", "");
}

/** Adds the documentation to an item from `complete`; returns any other item unchanged. */
export function resolveCompletion(
  item: CompletionItem,
  catalogue: Catalogue,
  language: Language,
  sources: readonly Release[] = [],
): CompletionItem {
  const data = item.data as CompletionData | undefined;
  const release = data && (sources.find(({ id }) => id === data.release) ?? catalogue.release(data.release));
  const value = data && release ? documentationOf(data, release, catalogue, language) : undefined;
  if (!value) return item;
  return { ...item, documentation: { kind: MarkupKind.Markdown, value } };
}

function documentationOf(
  { flag: name, here, word, variable }: CompletionData,
  release: Release,
  catalogue: Catalogue,
  language: Language,
): string | undefined {
  const known = variable === undefined ? undefined : environmentVariable(catalogue, variable);
  if (variable !== undefined)
    return known && environmentMarkdown(variable, known, release, catalogue, language);
  const flag = name === undefined ? undefined : release.byName.get(name);
  if (!flag) return undefined;
  return word === undefined
    ? flagMarkdown(flag, release, catalogue, language, here)
    : valueMarkdown(flag, word, catalogue, language);
}
