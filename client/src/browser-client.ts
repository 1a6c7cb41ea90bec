/** The client in a browser: the server runs in a worker. */

import { Uri } from "vscode";
import type { LanguageClientOptions } from "vscode-languageclient";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "vscode-languageclient/browser";
import { say } from "./messages";

/** The browser's own class; this project does not use the DOM types. */
declare const Worker: new (url: string) => ConstructorParameters<typeof BrowserMessageReader>[0];

/** A client that can be restarted, like the one of Node. */
class WorkerClient extends LanguageClient {
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }
}

export function createClient(extension: Uri, options: LanguageClientOptions): WorkerClient {
  const server = Uri.joinPath(extension, "dist", "server.js").toString();
  const connect = async () => {
    const worker = new Worker(server);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  return new WorkerClient("lightllm", say("client.title"), connect, {
    ...options,
    // A worker in the editor does not know its own address, which it needs to load more scripts.
    initializationOptions: () => ({ ...options.initializationOptions(), scripts: server }),
  });
}
