/** Which documents are ours, and that the server starts with the first of them. */
import { type Disposable, languages, type TextDocument, workspace } from "vscode";

/** The language id of LightLLM launch configs. */
export const LANGUAGE = "lightllm-yaml";

const CLAIM = /^\uFEFF?#[ \t]*lightllm:[ \t]*config[ \t]*$/;

/**
 * Gives YAML files whose first line is `# lightllm: config` our language, which also keeps other YAML servers out of
 * them, and calls `start` once, when the first document of ours is open.
 */
export function claimConfigs(start: () => void): Disposable[] {
  let started = false;
  const look = (document: TextDocument) => {
    if (document.languageId === "yaml" && CLAIM.test(document.lineAt(0).text)) {
      void languages.setTextDocumentLanguage(document, LANGUAGE);
      return;
    }
    if (started || document.languageId !== LANGUAGE) return;
    started = true;
    start();
  };
  for (const document of workspace.textDocuments) look(document);
  return [
    workspace.onDidOpenTextDocument(look),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.some(({ range }) => range.start.line === 0)) look(document);
    }),
  ];
}
