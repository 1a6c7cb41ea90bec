/** Completion of flags, and of the keys of a config that are no flags. */

import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  MarkupKind,
  TextEdit,
} from "vscode-languageserver-types";
import { type EvaluatedDocument, rangeOf, releaseOf } from "../../analysis/document";
import { type Flag, typeLabel, valueLabel } from "../../catalogue";
import { readWord } from "../../judgement/argparse";
import type { EffectiveValues } from "../../judgement/effective-values";
import { evaluateLaunch } from "../../judgement/judge";
import { contradictionOf, type Prospect, prospectsOf } from "../../judgement/rules/prospects";
import { touches } from "../../launch/launch";
import { say } from "../../messages";
import type { Cursor } from "../../notations";
import { UNKNOWN } from "../../python/values";
import { derivedValue, hereSentence } from "../here";
import type { CompletionData } from "./resolve-completion";
import { aside, PLACES, type RowOptions } from "./row";
import { type SuggestCommand, thenValues } from "./suggest-command";
import { continues } from "./typing";
import { hasValueWords } from "./value-words";

/** A flag's name with LightLLM's dashes and underscores, for any notation. */
export function dashed(word: string): string {
  return `--${word.replace(/^-+/, "")}`;
}

/** The flags that fit at a place, without those that are set. */
export function flagItems(
  launchDocument: EvaluatedDocument,
  cursor: Extract<Cursor, { kind: "flag" }>,
  options: SuggestCommand & RowOptions,
): CompletionItem[] {
  const { catalogue, notation, document, file } = launchDocument;
  const { release } = releaseOf(launchDocument, cursor.launch);
  const written = dashed(file.text.slice(cursor.replace.start, cursor.replace.end));
  const judged = launchDocument.launches.find(({ launch }) => launch === cursor.launch);
  const taken = flagsSet(cursor, release);
  const values = judged && valuesWithoutDashes(launchDocument, judged, cursor);
  const context = { launch: cursor.launch, release, catalogue };
  const prospects = values && prospectsOf(values, context);
  const contradicting = ({ key, kind }: Flag) =>
    values && contradictionOf(values, key, kind === "switch" ? true : UNKNOWN, context);
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
      const prospect = prospects?.get(flag.key) ?? contradicting(flag);
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
  { catalogue }: EvaluatedDocument,
  { launch, release, values }: EvaluatedDocument["launches"][number],
  { typed, replace }: Extract<Cursor, { kind: "flag" }>,
): EffectiveValues {
  if (!/^-+$/.test(typed)) return values;
  const others = launch.arguments
    .filter(({ flagSpan }) => !touches(flagSpan, replace.start))
    .map((one) => ({ ...one, words: one.words.filter(({ span }) => !touches(span, replace.start)) }));
  return evaluateLaunch({ ...launch, arguments: others }, release, catalogue, values.input.surroundings)
    .values;
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

/** First what the launch lacks, last what would do nothing or end it; the ranking orders what is between. */
function placeOf({ status }: Flag, prospect: Prospect | undefined): string {
  if (status !== "active") return PLACES.inactive;
  return prospect ? PLACES[prospect.kind] : PLACES.usual;
}

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

function plain(markdown: string): string {
  return markdown.replaceAll("`", "");
}
