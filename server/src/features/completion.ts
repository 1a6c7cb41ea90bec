/** Completion of flags, of their values, and of the comments that steer us. */
import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  MarkupKind,
  TextEdit,
} from "vscode-languageserver-types";
import {
  type Catalogue,
  environmentMarkdown,
  environmentVariable,
  type Flag,
  flagMarkdown,
  isDefault,
  isInternal,
  isReadBy,
  type Language,
  type Release,
  typeLabel,
  valueLabel,
  valueMarkdown,
} from "../catalogue";
import { readWord } from "../judgement/argparse";
import { ruleCodes } from "../judgement/codes";
import { DIRECTIVE_WORDS } from "../launch/directives";
import { touches } from "../launch/launch";
import { type Cursor, directiveCursor } from "../notations";
import { type LaunchDocument, rangeOf, releaseOf } from "./document";
import { derivedValue, hereSentence } from "./here";

/** What an item carries to `resolveCompletion`: enough to find its documentation. */
export interface CompletionData {
  readonly release: string;
  readonly flag?: string;
  /** What the flag's value is in this launch while it is not written. */
  readonly here?: string;
  readonly word?: string;
  /** An environment variable. */
  readonly variable?: string;
}

export interface CompletionOptions {
  /** A client command that opens the suggestions again after a flag was inserted; none where the client has none. */
  readonly suggestCommand?: string | undefined;
}

/** The items for a place, without documentation; empty where nothing of ours can be written. */
export function complete(
  launchDocument: LaunchDocument,
  offset: number,
  options: CompletionOptions = {},
): CompletionItem[] {
  const { file, notation } = launchDocument;
  const cursor = directiveCursor(file.text, offset) ?? notation.cursorAt(file, offset);
  switch (cursor?.kind) {
    case "flag":
      return flagItems(launchDocument, cursor, options);
    case "value":
      return valueItems(launchDocument, cursor);
    case "gap":
      return gapItems(launchDocument, cursor, options);
    case "variable":
      return variableItems(launchDocument, cursor);
    case "directive":
      return directiveItems(launchDocument, cursor);
    default:
      return [];
  }
}

function flagItems(
  launchDocument: LaunchDocument,
  cursor: Extract<Cursor, { kind: "flag" }>,
  { suggestCommand }: CompletionOptions,
): CompletionItem[] {
  const { catalogue, notation, document } = launchDocument;
  const { release } = releaseOf(launchDocument, cursor.launch);
  const judged = launchDocument.launches.find(({ launch }) => launch === cursor.launch);
  const taken = flagsSet(cursor, release);
  const range = rangeOf(document, cursor.replace);
  const flags = release.flags
    .filter((flag) => !taken.has(flag))
    .map((flag): CompletionItem => {
      const text = notation.flagText(flag.name);
      const derived = judged && derivedValue(judged, flag);
      const here = judged && derived !== undefined ? hereSentence(judged, flag) : undefined;
      const usual = derived === undefined ? `default ${valueLabel(flag.default)}` : `here ${derived}`;
      const offersValues = !cursor.hasValue && valueWordsOf(flag, notation.switchWords).length > 0;
      return {
        label: text,
        kind: flag.kind === "switch" ? CompletionItemKind.Event : CompletionItemKind.Property,
        detail: `${typeLabel(flag)} · ${plain(usual)}`,
        sortText: `${flag.status === "active" ? 0 : 1}${String(catalogue.rank(flag.key)).padStart(4, "0")}`,
        filterText: asTyped(text, cursor.typed),
        textEdit: TextEdit.replace(
          range,
          notation.insertFlag(flag.name, { ...cursor, takesValue: flag.kind !== "switch" }),
        ),
        data: { release: release.name, flag: flag.name, ...(here && { here }) } satisfies CompletionData,
        ...(flag.status !== "active" && { tags: [CompletionItemTag.Deprecated] }),
        ...(offersValues &&
          suggestCommand && { command: { title: "Suggest values", command: suggestCommand } }),
      };
    });
  return [...flags, ...ownKeyItems(launchDocument, cursor)];
}

/** The keys that are no flags; only at the beginning of a line, where such a key stands. */
function ownKeyItems(
  { notation: { ownKeys }, document, file }: LaunchDocument,
  { launch, replace, hasValue, typed }: Extract<Cursor, { kind: "flag" }>,
): CompletionItem[] {
  const range = rangeOf(document, replace);
  if (!ownKeys || range.start.character > 0) return [];
  return ownKeys.all
    .filter((key) => !ownKeys.has(file.text, launch, key))
    .map(({ name, insert, summary, text }) => ({
      label: name,
      kind: CompletionItemKind.Keyword,
      detail: summary,
      documentation: { kind: MarkupKind.Markdown, value: text },
      // Behind the flags that do something.
      sortText: `0~${name}`,
      filterText: asTyped(name, typed),
      textEdit: TextEdit.replace(range, hasValue ? name : insert),
    }));
}

/** The flags that a launch sets already, under any name, but for the one under the cursor. */
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

/** The text an editor filters by, in the way the user began to write it: `--max-total` still finds the flag. */
function asTyped(text: string, typed: string): string {
  const dashes = /^-+/.exec(typed)?.[0] ?? "";
  const rest = typed.slice(dashes.length);
  const name = text.replace(/^-+/, "");
  const written = rest.includes("-") && !rest.includes("_") ? name.replaceAll("_", "-") : name;
  return text.startsWith("--") ? `--${written}` : dashes + written;
}

/** Between words: values where the flag before still wants one, flags where it wants none or may have enough. */
function gapItems(
  launchDocument: LaunchDocument,
  cursor: Extract<Cursor, { kind: "gap" }>,
  options: CompletionOptions,
): CompletionItem[] {
  const { before } = cursor;
  const { release } = releaseOf(launchDocument, cursor.launch);
  const reading = before && !before.joined ? readWord(before.flag, release) : undefined;
  const flag = reading?.kind === "flag" ? reading.flag : undefined;
  const given = before?.words.length ?? 0;
  const wants = flag && (flag.arity === "many" || (flag.arity === "one" && given === 0));
  const values =
    flag && wants ? valueItems(launchDocument, { ...cursor, kind: "value", flag: flag.name }) : [];
  if (wants && given === 0) return values;
  const flags = flagItems(launchDocument, { ...cursor, kind: "flag", hasValue: false }, options);
  return [...values, ...flags];
}

interface OfferedWord {
  readonly word: string;
  readonly note: string;
}

function valueItems(
  launchDocument: LaunchDocument,
  cursor: Extract<Cursor, { kind: "value" }>,
): CompletionItem[] {
  const { notation, document } = launchDocument;
  const { release } = releaseOf(launchDocument, cursor.launch);
  const reading = readWord(cursor.flag, release);
  if (reading.kind !== "flag") return [];
  const { flag } = reading;
  const range = rangeOf(document, cursor.replace);
  return valueWordsOf(flag, notation.switchWords, launchDocument.catalogue).map(
    ({ word, note }, index): CompletionItem => ({
      label: word,
      kind: flag.choices || flag.words.length > 0 ? CompletionItemKind.EnumMember : CompletionItemKind.Value,
      ...(note && { labelDetails: { description: note }, detail: note }),
      sortText: String(index).padStart(4, "0"),
      filterText: `${cursor.separator}${word}`,
      textEdit: TextEdit.replace(
        range,
        flag.kind === "switch" ? cursor.separator + word : notation.insertValue(word, cursor),
      ),
      data: { release: release.name, flag: flag.name, word } satisfies CompletionData,
      ...(note === "default" && { preselect: true }),
    }),
  );
}

/** The words worth offering for a flag: choices, words LightLLM knows, else the default and examples. */
function valueWordsOf(
  flag: Flag,
  switchWords: LaunchDocument["notation"]["switchWords"],
  catalogue?: Catalogue,
): OfferedWord[] {
  if (flag.kind === "switch") {
    return switchWords.map(({ word, on }) => ({
      word,
      note: on ? "switches it on" : "leaves it off, the default",
    }));
  }
  const known = flag.choices ? flag.choices.filter((choice) => choice !== null).map(String) : flag.words;
  const words = new Map<string, string>(known.map((word) => [word, isDefault(flag, word) ? "default" : ""]));
  if (known.length === 0) {
    const usual = flag.default;
    if (usual !== null && typeof usual !== "boolean" && typeof usual !== "object")
      words.set(String(usual), "default");
    for (const example of catalogue?.docs(flag.key)?.examples ?? []) {
      for (const word of typeof example === "object" ? example : [example]) {
        if (!words.has(String(word))) words.set(String(word), "example");
      }
    }
  }
  return [...words].map(([word, note]) => ({ word, note }));
}

/** The environment variables that the judging release reads, but for those LightLLM sets itself. */
function variableItems(
  launchDocument: LaunchDocument,
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
      filterText: name,
      textEdit: TextEdit.replace(range, `${name}${suffix}`),
      data: { release: release.name, variable: name } satisfies CompletionData,
    }));
}

function directiveItems(
  { document, catalogue }: LaunchDocument,
  { replace, directive }: Extract<Cursor, { kind: "directive" }>,
): CompletionItem[] {
  const range = rangeOf(document, replace);
  const item = (label: string, detail: string, newText = label): CompletionItem => ({
    label,
    kind: CompletionItemKind.Keyword,
    ...(detail && { detail }),
    filterText: label,
    textEdit: TextEdit.replace(range, newText),
  });
  switch (directive) {
    case "release":
      return [...catalogue.releases].reverse().map(({ name, date, tagged }, index) => ({
        ...item(name, `${tagged ? "release" : "snapshot of main"} of ${date}`),
        sortText: String(index).padStart(2, "0"),
      }));
    case "disable-next-line":
    case "disable-file":
      return ruleCodes(catalogue).map((code) => item(code, ""));
    case undefined:
      return DIRECTIVE_WORDS.map((word) =>
        item(word, DIRECTIVE_DETAILS[word], needsValue(word) ? `${word}=` : word),
      );
    default:
      return [];
  }
}

const DIRECTIVE_DETAILS: Readonly<Record<(typeof DIRECTIVE_WORDS)[number], string>> = {
  release: "The release that judges this launch",
  config: "Claims this YAML file as a LightLLM launch config",
  args: "What stands on the next line are LightLLM's arguments, whatever starts it",
  off: "Checks nothing in this file",
  "disable-next-line": "Silences rules on the next line",
  "disable-file": "Silences rules in this file",
};

function needsValue(word: string): boolean {
  return word === "release" || word.startsWith("disable");
}

function plain(markdown: string): string {
  return markdown.replaceAll("`", "");
}

/** Adds the documentation to an item that `complete` made; any other item comes back as it is. */
export function resolveCompletion(
  item: CompletionItem,
  catalogue: Catalogue,
  language: Language,
  sources: readonly Release[] = [],
): CompletionItem {
  const data = item.data as CompletionData | undefined;
  const release =
    data && (catalogue.release(data.release) ?? sources.find(({ name }) => name === data.release));
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
