/** The extension in a web extension host: the server runs in a worker. */
import { commands, type ExtensionContext, Uri } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { claimConfigs } from "./claim";
import { clientOptions, tellTrust } from "./client-options";
import { keepRunning } from "./keep-running";
import { launchCommands } from "./launch-commands";
import { releaseFeatures } from "./release-features";

/** The browser's own; the types of a web page are not among this project's. */
declare const Worker: new (url: string) => object;

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const running = keepRunning();
  const server = Uri.joinPath(context.extensionUri, "dist", "server.browser.js").toString();
  const worker = () => Promise.resolve(new Worker(server) as never);
  client = new LanguageClient("lightllm", "LightLLM Config", worker, clientOptions(context, running, false));
  context.subscriptions.push(
    commands.registerCommand("lightllm.restartServer", async () => {
      running.forget();
      await client?.stop();
      await client?.start();
    }),
    tellTrust(client),
    ...releaseFeatures(client),
    ...launchCommands(client),
    ...claimConfigs(() => void client?.start()),
  );
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
}
