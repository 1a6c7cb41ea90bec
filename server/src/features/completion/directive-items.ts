/** Completion of directive comments. */

import { type CompletionItem, CompletionItemKind, TextEdit } from "vscode-languageserver-types";
import { type EvaluatedDocument, rangeOf } from "../../analysis/document";
import { DIRECTIVE_WORDS } from "../../launch/directives";
import { say } from "../../messages";
import type { Cursor } from "../../notations";
import { aside, type RowOptions } from "./row";
import { type SuggestCommand, thenValues } from "./suggest-command";

/** The items for a directive, or for its value. */
export function directiveItems(
  { document, catalogue }: EvaluatedDocument,
  { replace, directive }: Extract<Cursor, { kind: "directive" }>,
  options: SuggestCommand & RowOptions,
): CompletionItem[] {
  const range = rangeOf(document, replace);
  const item = (
    label: string,
    text: string,
    kind: CompletionItemKind = CompletionItemKind.EnumMember,
    newText = label,
  ): CompletionItem => ({
    label,
    kind,
    ...aside(text, options),
    textEdit: TextEdit.replace(range, newText),
    ...thenValues(newText, options),
  });
  switch (directive) {
    case "release":
      return [...catalogue.releases].reverse().map(({ name, date, tagged }, index) => ({
        ...item(name, say(tagged ? "completion.release" : "completion.release-main", { date })),
        sortText: String(index).padStart(2, "0"),
      }));
    case "disable-next-line":
    case "disable-file":
      return Object.values(catalogue.rules())
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .map(({ id, title }) => item(id, title));
    case undefined:
      return DIRECTIVE_WORDS.map((word) =>
        item(
          word,
          say(`completion.directive-${word}`),
          CompletionItemKind.Keyword,
          needsValue(word) ? `${word}=` : word,
        ),
      );
    default:
      return [];
  }
}

function needsValue(word: string): boolean {
  return word === "release" || word === "deployment" || word.startsWith("disable");
}
