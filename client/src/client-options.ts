/** What the client tells the server, the same in Node and in a browser. */

import { type Disposable, workspace } from "vscode";
import type { BaseLanguageClient, ErrorHandler, LanguageClientOptions } from "vscode-languageclient";
import { TRUST_GRANTED } from "../../server/src/lsp/protocol";
import { DOCUMENTS } from "./languages";
import { say } from "./messages";
import { RULE_PAGES } from "./rule-pages";

/** @param terminal whether the editor has terminals. */
export function clientOptions(errorHandler: ErrorHandler, terminal: boolean): LanguageClientOptions {
  return {
    documentSelector: DOCUMENTS,
    outputChannelName: say("client.title"),
    initializationOptions: () => ({
      rulePages: RULE_PAGES,
      suggestCommand: "editor.action.triggerSuggest",
      // As if the editor opened them by itself: when nothing fits any more they close, and Enter is a line end again.
      suggestArguments: [{ auto: true }],
      trusted: workspace.isTrusted,
      showsRelease: true,
      launchCommands: true,
      terminal,
    }),
    synchronize: { configurationSection: "lightllm" },
    markdown: { isTrusted: false, supportHtml: false },
    errorHandler,
  };
}

/** Tells the server when the user comes to trust the workspace: it may then read what launches point to. */
export function tellTrust(client: BaseLanguageClient): Disposable {
  return workspace.onDidGrantWorkspaceTrust(() => {
    if (client.isRunning()) void client.sendNotification(TRUST_GRANTED);
  });
}
