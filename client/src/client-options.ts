/** What the client tells the server, the same in Node and in a browser. */
import { type ExtensionContext, Uri } from "vscode";
import type { ErrorHandler, LanguageClientOptions } from "vscode-languageclient";
import { LANGUAGE } from "./claim";

export function clientOptions(
  { extensionUri }: ExtensionContext,
  errorHandler: ErrorHandler,
): LanguageClientOptions {
  return {
    documentSelector: [{ language: LANGUAGE }],
    outputChannelName: "LightLLM Config",
    initializationOptions: {
      rulePages: `${Uri.joinPath(extensionUri, "docs", "rules").toString(true)}/`,
      suggestCommand: "editor.action.triggerSuggest",
    },
    synchronize: { configurationSection: "lightllm" },
    markdown: { isTrusted: false, supportHtml: false },
    errorHandler,
  };
}
