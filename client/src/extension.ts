/** The extension, in an extension host of Node (desktop, remote) or of a browser. */
import { commands, type ExtensionContext } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { claimConfigs } from "./claim";
import { clientOptions, tellTrust } from "./client-options";
import { keepRunning } from "./keep-running";
import { launchCommands } from "./launch-commands";
import { releaseFeatures } from "./release-features";
import { showRulePages } from "./rule-pages";

let client: BaseLanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const running = keepRunning();
  const inNode = typeof process === "object" && process.versions?.node !== undefined;
  // Only one of the two can be evaluated in a host.
  const { createClient } = inNode ? await import("./node-client") : await import("./browser-client");
  const started = createClient(context.extensionUri, clientOptions(running, inNode));
  client = started;
  context.subscriptions.push(
    commands.registerCommand("lightllm.restartServer", () => {
      running.forget();
      return started.restart();
    }),
    showRulePages(context.extensionUri),
    tellTrust(started),
    ...releaseFeatures(started),
    ...launchCommands(started),
    ...claimConfigs(() => void started.start()),
  );
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
}
