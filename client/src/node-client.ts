/** The client in Node: the server runs in a separate process. */

import { Uri } from "vscode";
import type { LanguageClientOptions } from "vscode-languageclient";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { say } from "./messages";

export function createClient(extension: Uri, options: LanguageClientOptions): LanguageClient {
  const module = Uri.joinPath(extension, "dist", "server.js").fsPath;
  const server = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6011"] } },
  };
  return new LanguageClient("lightllm", say("client.title"), server, options);
}
