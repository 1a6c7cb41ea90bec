/** Restarts a server that crashes, and informs the user once. */

import { commands, window } from "vscode";
import { CloseAction, ErrorAction, type ErrorHandler } from "vscode-languageclient";
import { say } from "./messages";

/** A server that crashes this often within `WINDOW` is broken, and is not restarted. */
const LIMIT = 4;
/** In milliseconds. */
const WINDOW = 180_000;

/** An error handler that can be reset when the user restarts the server. */
export interface KeepRunning extends ErrorHandler {
  forget(): void;
}

export function keepRunning(): KeepRunning {
  const deaths: number[] = [];
  let told = false;
  return {
    forget() {
      deaths.length = 0;
      told = false;
    },
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed() {
      const now = Date.now();
      deaths.push(now);
      while (now - (deaths[0] ?? now) > WINDOW) deaths.shift();
      if (deaths.length >= LIMIT) {
        void offerRestart();
        return { action: CloseAction.DoNotRestart, handled: true };
      }
      if (!told) {
        told = true;
        void window.showWarningMessage(say("client.server-restarted"));
      }
      return { action: CloseAction.Restart, handled: true };
    },
  };
}

async function offerRestart(): Promise<void> {
  const restart = say("client.restart");
  if ((await window.showErrorMessage(say("client.server-stopped"), restart)) === restart) {
    await commands.executeCommand("lightllm.restartServer");
  }
}
