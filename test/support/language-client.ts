/** A test double of the client's connection to the server; the test sets its answers. */
import { vi } from "vitest";
import type { BaseLanguageClient } from "vscode-languageclient";
import { EventEmitter } from "./vscode";

export interface FakeClient {
  readonly client: BaseLanguageClient;
  /** Answers to requests, by name. */
  readonly answers: Record<string, unknown>;
  readonly requests: { method: string; params: unknown }[];
  readonly notifications: { method: string; params: unknown }[];
  readonly log: string[];
  /** Simulates a start or stop of the server. */
  run(running: boolean): void;
  /** Simulates a notification of the server. */
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
      const answer = fake.answers[method];
      return typeof answer === "function" ? answer(params) : answer;
    },
    async sendNotification(method: string, params: unknown) {
      fake.notifications.push({ method, params });
    },
    code2ProtocolConverter: { asTextEdit: (edit: unknown) => edit },
    protocol2CodeConverter: {
      asWorkspaceEdit: async (edit: unknown) => edit,
      asDiagnostics: async (items: unknown) => items,
    },
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
