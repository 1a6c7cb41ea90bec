/** Answers requests about open documents that are a project's configuration; every other document gets undefined. */
import type { TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type {
  CodeAction,
  CompletionItem,
  Diagnostic,
  Hover,
  Position,
  Range,
} from "vscode-languageserver-types";
import { isConfigurationFile } from "../configuration/configuration-file";
import type { LanguageService } from "../service";

export interface ConfigurationDocuments {
  diagnose(uri: string): Promise<Diagnostic[] | undefined>;
  complete(uri: string, position: Position): Promise<CompletionItem[] | undefined>;
  hover(uri: string, position: Position): Promise<Hover | undefined>;
  actions(uri: string, range: Range): Promise<CodeAction[] | undefined>;
}

/** @param load the language service, after it is loaded. */
export function configurationDocuments(
  documents: TextDocuments<TextDocument>,
  load: () => Promise<LanguageService>,
): ConfigurationDocuments {
  async function about<Answer>(
    uri: string,
    answer: (document: TextDocument, configuration: LanguageService["configuration"]) => Answer,
  ): Promise<Answer | undefined> {
    if (!isConfigurationFile(uri)) return undefined;
    const { configuration } = await load();
    const document = documents.get(uri);
    return document && answer(document, configuration);
  }
  return {
    diagnose: (uri) => about(uri, (document, { diagnose }) => diagnose(document)),
    complete: (uri, position) =>
      about(uri, (document, { complete }) => complete(document, document.offsetAt(position))),
    hover: (uri, position) =>
      about(uri, (document, { hover }) => hover(document, document.offsetAt(position))),
    actions: (uri, range) => about(uri, (document, { actions }) => actions(document, range)),
  };
}
