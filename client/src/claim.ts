/** Claims config files for our language, and starts the server with the first document that is for LightLLM. */
import { type Disposable, languages, type TextDocument, workspace } from "vscode";
import { claimsFile } from "../../server/src/lsp/protocol";
import { CONFIG_LANGUAGE, DOCUMENTS, LAUNCH_WORD, QUANTIZATION_KEY } from "./documents";

/**
 * Gives YAML files whose first line is `# lightllm: config` our language, which also keeps other YAML servers out of
 * them. Calls `start` once, when the first document with a launch, a project's configuration or a file of `quant_cfg` is
 * open.
 */
export function claimConfigs(start: () => void): Disposable[] {
  let started = false;
  const look = (document: TextDocument) => {
    if (document.languageId === "yaml" && claimsFile(document.lineAt(0).text)) {
      void languages.setTextDocumentLanguage(document, CONFIG_LANGUAGE);
      return;
    }
    if (started || !concernsLightllm(document)) return;
    started = true;
    start();
  };
  for (const document of workspace.textDocuments) look(document);
  return [
    workspace.onDidOpenTextDocument(look),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const claims =
        document.languageId === "yaml" && contentChanges.some(({ range }) => range.start.line === 0);
      if (!started || claims) look(document);
    }),
  ];
}

function concernsLightllm(document: TextDocument): boolean {
  if (document.languageId === CONFIG_LANGUAGE) return true;
  if (languages.match(DOCUMENTS, document) === 0) return false;
  const name = document.uri.path.slice(document.uri.path.lastIndexOf("/") + 1);
  const text = document.getText();
  return name.includes(LAUNCH_WORD) || text.includes(LAUNCH_WORD) || QUANTIZATION_KEY.test(text);
}
