/** Completion of the comments that steer us. */
import { type CompletionItem, CompletionItemKind, TextEdit } from "vscode-languageserver-types";
import { type LaunchDocument, rangeOf } from "../../analysis/document";
import { ruleCodes } from "../../judgement/codes";
import { DIRECTIVE_WORDS } from "../../launch/directives";
import type { Cursor } from "../../notations";
import { type SuggestCommand, thenValues } from "./suggest-command";

/** The items for such a comment, or for its value. */
export function directiveItems(
  { document, catalogue }: LaunchDocument,
  { replace, directive }: Extract<Cursor, { kind: "directive" }>,
  options: SuggestCommand,
): CompletionItem[] {
  const range = rangeOf(document, replace);
  const item = (label: string, detail: string, newText = label): CompletionItem => ({
    label,
    kind: CompletionItemKind.Keyword,
    ...(detail && { detail }),
    textEdit: TextEdit.replace(range, newText),
    ...thenValues(newText, options),
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
