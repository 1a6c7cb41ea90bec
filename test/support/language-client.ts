/** A stand-in for the client's connection to the server, whose answers a test gives. */
import { vi } from "vitest";
import type { BaseLanguageClient } from "vscode-languageclient";
import { EventEmitter } from "./vscode";

export interface FakeClient {
  readonly client: BaseLanguageClient;
  /** Answers requests by their names. */
  readonly answers: Record<string, unknown>;
  readonly requests: { method: string; params: unknown }[];
  readonly notifications: { method: string; params: unknown }[];
  readonly log: string[];
  /** Has the server start or stop. */
  run(running: boolean): void;
  /** Has the server tell something. */
  tell(method: string): void;
}

export function fakeClient(): FakeClient {
  const state = new EventEmitter<void>();
  const told = new Map<string, () => void>();
  const fake = {
    answers: {} as Record<string, unknown>,
    requests: [] as FakeClient["requests"],
    notifications: [] as FakeClient["notifications"],
    log: [] as string[],
  };
  let running = true;
  const client = {
    isRunning: () => running,
    onDidChangeState: state.event,
    onNotification(method: string, listener: () => void) {
      told.set(method, listener);
      return { dispose: () => void told.delete(method) };
    },
    async sendRequest(method: string, params: unknown) {
      fake.requests.push({ method, params });
      return fake.answers[method];
    },
    async sendNotification(method: string, params: unknown) {
      fake.notifications.push({ method, params });
    },
    protocol2CodeConverter: { asWorkspaceEdit: async (edit: unknown) => edit },
    outputChannel: { appendLine: (line: string) => void fake.log.push(line), show: vi.fn() },
  };
  return {
    ...fake,
    client: client as unknown as BaseLanguageClient,
    run(now) {
      running = now;
      state.fire();
    },
    tell: (method) => told.get(method)?.(),
  };
}
