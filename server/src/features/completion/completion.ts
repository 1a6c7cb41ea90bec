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
import type { EffectiveValues } from "../../judgement/effective-values";
import { evaluateLaunch } from "../../judgement/judge";
import { type Prospect, prospectsOf } from "../../judgement/rules/prospects";
import { touches } from "../../launch/launch";
import { say } from "../../messages";
import { type Cursor, directiveCursor } from "../../notations";
import { derivedValue, hereSentence } from "../here";
import { directiveItems } from "./directive-items";
import { aside, type RowOptions } from "./row";
import { type SuggestCommand, thenValues } from "./suggest-command";
import { continues, continuing, mayOpenAfter, typedWord } from "./typing";
import { hasValueWords, valueWordsOf } from "./value-words";

/** Data of an item for `resolveCompletion`: enough to find its documentation. */
export interface CompletionData {
  readonly release: string;
  readonly flag?: string;
  /** The flag's current value in this launch, before it is written. */
  readonly here?: string;
  /** Why this launch needs the flag, or why it would have no effect here. */
  readonly reason?: string;
  readonly word?: string;
  /** Name of an environment variable. */
  readonly variable?: string;
}

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
  const values = judged && valuesWithoutDashes(launchDocument, judged, cursor);
  const prospects = values && prospectsOf(values, { launch: cursor.launch, release, catalogue });
  const range = rangeOf(document, cursor.replace);
  const flags = release.flags
    .filter((flag) => !taken.has(flag))
    .flatMap((flag): CompletionItem[] => {
      // Another name of a flag is kept if the user has typed it completely.
      const name = flag.aliases.includes(written) ? written : flag.name;
      const text = notation.flagText(name);
      const filterText = asTyped(text, cursor.typed);
      if (!continues(filterText, cursor.typed, "flag")) return [];
      const derived = judged && derivedValue(judged, flag);
      const here = judged && derived !== undefined ? hereSentence(judged, flag) : undefined;
      const prospect = prospects?.get(flag.key);
      const newText = notation.insertFlag(name, { ...cursor, takesValue: flag.kind !== "switch" });
      const then = thenValues(newText, options);
      const opens = then.command && hasValueWords(flag, notation.switchWords, catalogue);
      const item: CompletionItem = {
        label: text,
        kind: CompletionItemKind.Property,
        ...aside(flagAside(flag, derived, prospect), options),
        sortText: placeOf(flag, prospect) + String(catalogue.rank(flag.key)).padStart(4, "0"),
        ...(filterText !== text && { filterText }),
        textEdit: TextEdit.replace(range, newText),
        data: {
          release: release.id,
          flag: flag.name,
          ...(here && { here }),
          ...(prospect && { reason: prospect.reason }),
        } satisfies CompletionData,
        ...(flag.status !== "active" && { tags: [CompletionItemTag.Deprecated] }),
        ...(opens && then),
      };
      return [item];
    });
  return [...flags, ...ownKeyItems(launchDocument, cursor, options)];
}

/** The values of a launch without the `--` at the cursor: it becomes a flag, and does not end the flags. */
function valuesWithoutDashes(
  { catalogue, surroundings }: EvaluatedDocument,
  { launch, release, values }: EvaluatedDocument["launches"][number],
  { typed, replace }: Extract<Cursor, { kind: "flag" }>,
): EffectiveValues {
  if (!/^-+$/.test(typed)) return values;
  const others = launch.arguments
    .filter(({ flagSpan }) => !touches(flagSpan, replace.start))
    .map((one) => ({ ...one, words: one.words.filter(({ span }) => !touches(span, replace.start)) }));
  return evaluateLaunch({ ...launch, arguments: others }, release, catalogue, surroundings).values;
}

/** Type and value of a flag, and what it would do in this launch. */
function flagAside(flag: Flag, derived: string | undefined, prospect: Prospect | undefined): string {
  const type = typeLabel(flag);
  const detail =
    derived === undefined
      ? say("completion.flag-default", { type, value: plain(valueLabel(flag.default)) })
      : say("completion.flag-here", { type, value: plain(derived) });
  return prospect ? say(`completion.flag-${prospect.kind}`, { detail }) : detail;
}

/** First what the launch lacks, last what would do nothing; the ranking orders what is between. */
function placeOf({ status }: Flag, prospect: Prospect | undefined): string {
  if (status !== "active") return PLACES.inactive;
  return prospect ? PLACES[prospect.kind] : PLACES.usual;
}

/** How the text by which an editor sorts an item begins. */
const PLACES = { needed: "0", usual: "1", ownKey: "2", ignored: "3", inactive: "4" };

/** Keys of the config that are not flags; only at the beginning of a line. */
function ownKeyItems(
  { notation: { ownKeys }, document, file }: EvaluatedDocument,
  { launch, replace, hasValue, typed }: Extract<Cursor, { kind: "flag" }>,
  options: RowOptions,
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
        ...aside(summary, options),
        documentation: { kind: MarkupKind.Markdown, value: text },
        sortText: PLACES.ownKey + name,
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

/** A filter text that no typed word matches: examples are shown only before anything is typed. */
const ONLY_UNTYPED = " ";

function valueItems(
  launchDocument: EvaluatedDocument,
  cursor: Extract<Cursor, { kind: "value" }>,
  options: RowOptions,
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
      ...aside(note, options),
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
  { flag: name, here, reason, word, variable }: CompletionData,
  release: Release,
  catalogue: Catalogue,
  language: Language,
): string | undefined {
  const known = variable === undefined ? undefined : environmentVariable(catalogue, variable);
  if (variable !== undefined)
    return known && environmentMarkdown(variable, known, release, catalogue, language);
  const flag = name === undefined ? undefined : release.byName.get(name);
  if (!flag) return undefined;
  if (word !== undefined) return valueMarkdown(flag, word, catalogue, language);
  const markdown = flagMarkdown(flag, release, catalogue, language, here);
  return reason ? `${reason}\n\n${markdown}` : markdown;
}
