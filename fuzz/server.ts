/** A server process with several open documents that receives edits faster than it can answer. */
import { isDeepStrictEqual } from "node:util";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Diagnostic, Position } from "vscode-languageserver-types";
import { service } from "../server/src/service";
import { type ClientOptions, startClient, type TestClient } from "../test/support/client";
import type { Edited, Failed } from "./checks";
import { open } from "./checks/case";
import { type Random, randomFrom } from "./random";
import type { Step } from "./session";

const { diagnose } = service;

const AREA = "server";

/** A failure of the server, with its text. */
export type ServerFailure = Failed & { readonly edited?: Edited };

/** Requests between edits; an answer must arrive, its content is not checked. */
const REQUESTS = [
  "textDocument/completion",
  "textDocument/hover",
  "textDocument/documentSymbol",
  "textDocument/foldingRange",
  "textDocument/codeLens",
  "textDocument/diagnostic",
  "textDocument/codeAction",
  "lightllm/release",
  "lightllm/releaseEdit",
  "lightllm/migrate",
  "lightllm/convert",
  "lightllm/problems",
] as const;

const CLIENT: ClientOptions = {
  capabilities: {
    workspace: { workspaceEdit: { resourceOperations: ["create"], changeAnnotationSupport: {} } },
    textDocument: {
      diagnostic: {},
      codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    },
  },
  // Results about a model depend on the folders of this machine, which the service does not read here.
  initializationOptions: { launchCommands: true, showsRelease: true, trusted: false },
};

export class ServerUnderTest {
  private client: Promise<TestClient> | undefined;

  /** @param program the bundled command-line program */
  constructor(private readonly program: string) {}

  /**
   * Types in several documents at once, sends requests in between, and finally compares the server's diagnostics with
   * the service's.
   */
  async hold(
    sessions: readonly (readonly Step[])[],
    seed: number,
    number: number,
  ): Promise<ServerFailure | undefined> {
    this.client ??= startClient({ command: [process.execPath, this.program, "lsp", "--stdio"], ...CLIENT });
    const client = await this.client;
    let dies = () => {};
    const died = new Promise<"died">((resolve) => {
      dies = () => resolve("died");
      client.process.once("exit", dies);
    });
    const outcome = await Promise.race([type(client, sessions, randomFrom(seed, number, "server")), died]);
    client.process.off("exit", dies);
    if (outcome !== "died") return outcome;
    this.client = undefined;
    const { exitCode, signalCode } = client.process;
    const message = `The server ended by itself: status ${exitCode}, signal ${signalCode}.`;
    return { check: "the server stays alive", area: AREA, of: `${exitCode} ${signalCode}`, message };
  }

  async stop(): Promise<void> {
    if (this.client) await (await this.client).stop();
  }
}

async function type(
  { connection, open: openDocument, change, close }: TestClient,
  sessions: readonly (readonly Step[])[],
  random: Random,
): Promise<ServerFailure | undefined> {
  const documents = sessions.flatMap((steps, nth) => {
    const first = steps[0]?.edited;
    if (!first) return [];
    const uri = first.uri.replace("file:///", `file:///fuzz-${nth}/`);
    return [{ uri, steps, version: 1, text: first.before ?? "", languageId: first.languageId }];
  });
  for (const { uri, text, languageId } of documents) openDocument(uri, text, languageId);
  let failure: ServerFailure | undefined;
  const asked: Promise<unknown>[] = [];
  const ask = (method: string, params: object) => {
    const answer = connection
      .sendRequest(method, params)
      .catch((error: { code?: number; message?: string }) => {
        // The server may refuse a request about an outdated version, with the LSP error codes for that.
        if (error.code === -32800 || error.code === -32801 || error.code === -32802) return;
        failure ??= {
          check: "requests are answered",
          area: AREA,
          of: method,
          message: `${method}: ${error.message}`,
        };
      });
    asked.push(answer);
  };
  const most = Math.max(0, ...documents.map(({ steps }) => steps.length));
  for (let at = 0; at < most; at++) {
    for (const one of documents) {
      const step = one.steps[at];
      if (!step) continue;
      const { start, end, newText } = step.edit;
      const before = TextDocument.create(one.uri, one.languageId, one.version, one.text);
      one.version++;
      const range = { start: before.positionAt(start), end: before.positionAt(end) };
      // A range cannot start or end inside a line break; in that case the whole text is sent.
      const exact = before.offsetAt(range.start) === start && before.offsetAt(range.end) === end;
      change(one.uri, one.version, [exact ? { range, text: newText } : { text: step.edited.text }]);
      one.text = step.edited.text;
      for (const method of random.some(REQUESTS, 2))
        ask(method, paramsOf(one.uri, somewhere(one.text, random), random));
      // A document that is not open, and a place that does not exist.
      if (random.chance(0.1))
        ask(random.pick(REQUESTS), paramsOf("file:///fuzz/closed.sh", { line: 9, character: 9 }, random));
    }
  }
  await Promise.all(asked);
  const pull = ({ uri }: { readonly uri: string }) =>
    connection.sendRequest<{ items?: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } });
  // Launches of several documents may belong together: each is judged with all others.
  for (const one of documents) await pull(one);
  const here = new Map(documents.map((one) => [one.uri, open(one, one.text)]));
  const together = [...here.values()]
    .filter((one) => one !== undefined)
    .sort((a, b) => (a.document.uri < b.document.uri ? -1 : 1));
  const deployments = service.deploymentsOf(together);
  for (const one of documents) {
    const report = await pull(one);
    const own = here.get(one.uri);
    const [theirs, ours] = [report.items ?? [], own ? diagnose(own, { deployments }) : []].map((list) =>
      list.map(({ range, code, message }) => ({ range, code, message })),
    );
    if (!isDeepStrictEqual(theirs, ours))
      failure ??= {
        check: "the server and the service agree",
        area: AREA,
        of: "diagnostics",
        message: `The server: ${JSON.stringify(theirs)}\nThe service: ${JSON.stringify(ours)}`,
        edited: { uri: one.uri, languageId: one.languageId, text: one.text },
      };
  }
  for (const one of documents) close(one.uri);
  return failure;
}

/** A place in a text, or just after its lines, where the cursor may have been before the last edits. */
function somewhere(text: string, random: Random): Position {
  const lines = text.split("\n");
  const line = random.below(lines.length + 2);
  return { line, character: random.below((lines[line]?.length ?? 0) + 3) };
}

function paramsOf(uri: string, position: Position, random: Random): object {
  const releases = ["v1.0.0", "v1.0.1", "main-2025-07", "v1.1.0", "v1.2.0", "main-2026-08", "v9"];
  return {
    textDocument: { uri },
    position,
    range: { start: position, end: position },
    context: { diagnostics: [], triggerKind: 1 },
    to: random.chance(0.5) ? random.pick(releases) : random.pick(["yaml", "shell", "compose", "kubernetes"]),
    release: random.chance(0.2) ? null : random.pick(releases),
  };
}
