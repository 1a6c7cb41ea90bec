/** The extension, in an extension host of Node (desktop, remote) or of a browser. */
import { commands, type ExtensionContext } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { checkTasks } from "./check-task";
import { claimConfigs } from "./claim";
import { clientOptions, notifyTrust } from "./client-options";
import { deploymentView } from "./deployments/deployment-view";
import { effectiveView } from "./effective/effective-view";
import { keepRunning } from "./keep-running";
import { launchCommands } from "./launch-commands";
import { type NewConfigurationOptions, newConfiguration, openExample } from "./new-configuration";
import { releaseFeatures } from "./release-features";
import { showRulePages } from "./rule-pages";

let client: BaseLanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const running = keepRunning();
  const inNode = typeof process === "object" && process.versions?.node !== undefined;
  // Each host can load only its own client.
  const { createClient } = inNode ? await import("./node-client") : await import("./browser-client");
  const started = createClient(context.extensionUri, clientOptions(running, inNode));
  client = started;
  const start = async () => {
    void commands.executeCommand("setContext", "lightllm.active", true);
    await started.start();
  };
  showWalkthroughOfClone(context, inNode);
  context.subscriptions.push(
    commands.registerCommand("lightllm.restartServer", () => {
      running.forget();
      return started.restart();
    }),
    commands.registerCommand("lightllm.openExample", () => openExample(started)),
    commands.registerCommand("lightllm.newConfiguration", (options?: NewConfigurationOptions) =>
      newConfiguration(started, options),
    ),
    showRulePages(context.extensionUri),
    notifyTrust(started),
    ...releaseFeatures(started),
    ...launchCommands(started),
    effectiveView(started, context),
    deploymentView(started, start),
    ...(inNode ? [checkTasks()] : []),
    ...claimConfigs(() => void start()),
  );
}

/** `npm start` in a clone shows the walkthrough to whoever tries the extension. */
function showWalkthroughOfClone({ extension }: ExtensionContext, inNode: boolean): void {
  if (inNode && process.env.LIGHTLLM_CONFIG_WALKTHROUGH)
    void commands.executeCommand("workbench.action.openWalkthrough", `${extension.id}#start`, false);
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
}
