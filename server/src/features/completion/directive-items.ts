/** Completion of directive comments. */

import { type CompletionItem, CompletionItemKind, TextEdit } from "vscode-languageserver-types";
import { type EvaluatedDocument, rangeOf } from "../../analysis/document";
import { DIRECTIVE_WORDS, findDirectives, NO_DEPLOYMENT } from "../../launch/directives";
import type { LaunchFile, Span } from "../../launch/launch";
import { say } from "../../messages";
import type { Cursor } from "../../notations";
import { modelLine, sizeInWords } from "../model-text";
import { aside, type RowOptions } from "./row";
import { type SuggestCommand, thenValues } from "./suggest-command";

/** The items for a directive, or for its value. */
export function directiveItems(
  { document, catalogue, file }: EvaluatedDocument,
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
    case "model":
      return Object.entries(catalogue.publicModels()).map(([name, config]) => item(name, modelLine(config)));
    case "gpu":
      return catalogue.fit().gpus.map(({ name, bytes }) => item(`${name}x1`, sizeInWords(bytes)));
    case "deployment":
      return [...deploymentNames(file, replace), NO_DEPLOYMENT].map((name) =>
        item(name, say(name === NO_DEPLOYMENT ? "completion.no-deployment" : "completion.deployment-here")),
      );
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

/** The names that comments of a file give to deployments, except the one that is being typed. */
function deploymentNames({ text, notation }: LaunchFile, typed: Span): string[] {
  const names = findDirectives(text, notation.comments).flatMap((one) =>
    one.kind === "deployment" && one.name !== NO_DEPLOYMENT && one.valueSpan.start !== typed.start
      ? [one.name]
      : [],
  );
  return [...new Set(names)].sort();
}

function needsValue(word: string): boolean {
  return (
    word === "release" ||
    word === "model" ||
    word === "gpu" ||
    word === "deployment" ||
    word.startsWith("disable")
  );
}
