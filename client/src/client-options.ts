/** What the client tells the server, the same in Node and in a browser. */
import { type ExtensionContext, Uri } from "vscode";
import type { ErrorHandler, LanguageClientOptions } from "vscode-languageclient";
import { CONFIG_LANGUAGE, LAUNCH_LANGUAGES } from "./languages";

export function clientOptions(
  { extensionUri }: ExtensionContext,
  errorHandler: ErrorHandler,
): LanguageClientOptions {
  return {
    documentSelector: [CONFIG_LANGUAGE, ...LAUNCH_LANGUAGES].map((language) => ({ language })),
    outputChannelName: "LightLLM Config",
    initializationOptions: {
      rulePages: `${Uri.joinPath(extensionUri, "docs", "rules").toString()}/`,
      suggestCommand: "editor.action.triggerSuggest",
    },
    synchronize: { configurationSection: "lightllm" },
    markdown: { isTrusted: false, supportHtml: false },
    errorHandler,
  };
}
