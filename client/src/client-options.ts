/** The options of the client, the same in Node and in a browser. */

import { type Disposable, workspace } from "vscode";
import type { BaseLanguageClient, ErrorHandler, LanguageClientOptions } from "vscode-languageclient";
import { TRUST_GRANTED } from "../../server/src/lsp/protocol";
import { DOCUMENTS } from "./documents";
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
      // As if the editor had opened them: they close when no item matches, and Enter is a line end again.
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

/** Notifies the server when the user trusts the workspace: it may then read files that launches name. */
export function notifyTrust(client: BaseLanguageClient): Disposable {
  return workspace.onDidGrantWorkspaceTrust(() => {
    if (client.isRunning()) void client.sendNotification(TRUST_GRANTED);
  });
}
