/** The extension in a Node extension host: desktop, remote, or a server that serves the workbench. */
import { commands, type ExtensionContext } from "vscode";
import { LanguageClient, type ServerOptions, TransportKind } from "vscode-languageclient/node";
import { claimConfigs } from "./claim";
import { clientOptions, tellTrust } from "./client-options";
import { keepRunning } from "./keep-running";
import { launchCommands } from "./launch-commands";
import { releaseFeatures } from "./release-features";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const running = keepRunning();
  const module = context.asAbsolutePath("dist/server.js");
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6011"] } },
  };
  client = new LanguageClient("lightllm", "LightLLM Config", server, clientOptions(context, running, true));
  context.subscriptions.push(
    commands.registerCommand("lightllm.restartServer", () => {
      running.forget();
      return client?.restart();
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
