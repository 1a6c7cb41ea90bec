/** An event: what the server says about launches may have changed, although no text has. */
import { type Disposable, EventEmitter } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { RELEASE_CHANGED } from "../../server/src/lsp/protocol";

const emitters = new WeakMap<BaseLanguageClient, EventEmitter<void>>();

/** Calls a function whenever the judgement of launches may have changed. A client has only one handler for each notification. */
export function onReleaseChanged(client: BaseLanguageClient, listener: () => void): Disposable {
  let emitter = emitters.get(client);
  if (!emitter) {
    const created = new EventEmitter<void>();
    client.onNotification(RELEASE_CHANGED, () => created.fire());
    emitters.set(client, created);
    emitter = created;
  }
  return emitter.event(listener);
}
