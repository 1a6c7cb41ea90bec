/** Completion of the words of a value. */

import { type CompletionItem, CompletionItemKind, TextEdit } from "vscode-languageserver-types";
import { type EvaluatedDocument, rangeOf, releaseOf } from "../../analysis/document";
import type { Flag } from "../../catalogue";
import { readWord } from "../../judgement/argparse";
import { givenValue } from "../../judgement/launch-values";
import { contradictionOf, type Prospect } from "../../judgement/rules/prospects";
import { touches } from "../../launch/launch";
import { say } from "../../messages";
import type { Cursor } from "../../notations";
import { modelWords } from "./model-words";
import type { CompletionData } from "./resolve-completion";
import { aside, PLACES, type RowOptions } from "./row";
import { type OfferedWord, valueWordsOf } from "./value-words";

/** A filter text that no typed word matches: examples are shown only before anything is typed. */
const ONLY_UNTYPED = " ";

/** The words that fit as the value of a flag. */
export function valueItems(
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
  const { words: known, free } = valueWordsOf(flag, notation.switchWords, launchDocument.catalogue);
  const judged = launchDocument.launches.find((one) => one.launch === cursor.launch);
  const fitting = judged ? modelWords(judged.values, flag.key) : new Map<string, string>();
  const words = withFitting(known, fitting);
  if (free && cursor.typed !== "") return [];
  return words.map((offered, index): CompletionItem => {
    const { word, kind } = offered;
    const prospect = contradictingWord(launchDocument, cursor, flag, offered);
    return {
      label: word,
      kind: flag.choices || flag.words.length > 0 ? CompletionItemKind.EnumMember : CompletionItemKind.Value,
      ...aside(wordAside(offered, prospect), options),
      sortText:
        (prospect ? PLACES[prospect.kind] : fitting.has(word) ? FIRST : "") + String(index).padStart(4, "0"),
      ...(free && { filterText: ONLY_UNTYPED }),
      textEdit: TextEdit.replace(
        range,
        flag.kind === "switch" ? cursor.separator + word : notation.insertValue(word, cursor),
      ),
      data: {
        release: release.id,
        flag: flag.name,
        word,
        ...(prospect && { reason: prospect.reason }),
      } satisfies CompletionData,
      ...(kind === "default" && cursor.typed === "" && !prospect && { preselect: true }),
    };
  });
}

/** Before every other place. */
const FIRST = "!";

/** The words with those that fit the model: what fits has its reason, and a number may be new. */
function withFitting(words: readonly OfferedWord[], fitting: ReadonlyMap<string, string>): OfferedWord[] {
  const own = words.map((one) => {
    const reason = fitting.get(one.word);
    return reason === undefined
      ? one
      : { ...one, note: one.note === "" ? reason : `${one.note} · ${reason}` };
  });
  const others = [...fitting].filter(([word]) => !words.some((one) => one.word === word));
  return [...own, ...others.map(([word, note]): OfferedWord => ({ word, kind: "example", note }))];
}

/** Why a launch would end with a word, if that is certain; not judged next to other words of the flag. */
function contradictingWord(
  { launches, catalogue }: EvaluatedDocument,
  { launch, flag: written, replace }: Extract<Cursor, { kind: "value" }>,
  flag: Flag,
  { word, kind }: OfferedWord,
): Prospect | undefined {
  const judged = launches.find((one) => one.launch === launch);
  const others = launch.arguments.some(
    (one) => one.flag === written && one.words.some(({ span }) => !touches(span, replace.start)),
  );
  if (!judged || others || kind === "off") return undefined;
  const value = flag.kind === "switch" ? true : givenValue(word, flag);
  return contradictionOf(judged.values, flag.key, value, { launch, release: judged.release, catalogue });
}

/** The description of a word, and what it would do in this launch. */
function wordAside({ note }: OfferedWord, prospect: Prospect | undefined): string {
  if (!prospect) return note;
  return note === ""
    ? say(`completion.word-${prospect.kind}`)
    : say(`completion.flag-${prospect.kind}`, { detail: note });
}
