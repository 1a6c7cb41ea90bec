// @ts-check
/** A server that works on one open text, ours or a peer's, and how long a user waits for it. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { milliseconds, startServer } from "./client.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
export const ours = { command: [process.execPath, join(root, "dist/cli.js"), "lsp", "--stdio"], options: {} };
const schema = pathToFileURL(join(root, "schemas/lightllm-v1.2.0.schema.json")).href;
/** yaml-language-server with our schema. */
export const peer = {
  command: [
    process.execPath,
    createRequire(import.meta.url).resolve("yaml-language-server/bin/yaml-language-server"),
    "--stdio",
  ],
  options: {
    capabilities: { workspace: { configuration: true } },
    configuration: {
      validate: true,
      schemas: { [schema]: "*.yaml" },
      schemaStore: { enable: false, url: "" },
      kubernetesCRDStore: { enable: false },
    },
  },
};

/** Time limit for diagnostics, in ms. */
const LONGEST_WAIT = 20_000;

/**
 * @typedef {{ text: string, languageId: string, name: string }} Opened a text to open, and the name of its file
 * @typedef {{ open: number[], edit: number[], complete: number[], hover: number[], memory: number[] }} Times
 *   in ms, of memory in MiB
 */

/** @returns {Times} */
export const noTimes = () => ({ open: [], edit: [], complete: [], hover: [], memory: [] });

/**
 * Opens a text in a new server, edits it, requests completion right after a letter, and hovers; records the time of
 * each.
 * @param {typeof ours} server @param {Opened} opened @param {{ edits: number, hovers: number }} counts @param {Times}
 * times
 */
export async function workOn({ command, options }, { text, languageId, name }, { edits, hovers }, times) {
  const client = await startServer(command, options);
  const uri = pathToFileURL(join(root, name)).href;
  const textDocument = { uri };
  const count = text.split("\n").length;
  let version = 1;
  /** @param {number} line @param {number} character @param {number} removed @param {string} inserted */
  const change = (line, character, removed, inserted) => {
    version++;
    const range = { start: { line, character }, end: { line, character: character + removed } };
    client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [{ range, text: inserted }],
    });
  };
  const published = async (/** @type {() => void} */ action) => {
    const diagnostics = client.nextDiagnostics(uri);
    action();
    await withinLimit(diagnostics);
  };
  try {
    times.open.push(
      await milliseconds(() =>
        published(() =>
          client.connection.sendNotification("textDocument/didOpen", {
            textDocument: { uri, languageId, version: 1, text },
          }),
        ),
      ),
    );
    for (let turn = 0; turn < edits; turn++) {
      // Not in the first lines, where a letter may change the notation of the whole text.
      const line = Math.min(count - 1, 2 + Math.floor((count * turn) / edits));
      const end = (text.split("\n", line + 1)[line] ?? "").length;
      times.edit.push(await milliseconds(() => published(() => change(line, end, 0, "1"))));
      await published(() => change(line, end, 1, ""));
      const indent = /^\s*/.exec(text.split("\n", line + 1)[line] ?? "")?.[0].length ?? 0;
      const settled = client.nextDiagnostics(uri);
      times.complete.push(
        await milliseconds(() => {
          change(line, indent, 0, "m");
          const position = { line, character: indent + 1 };
          return withinLimit(
            client.connection.sendRequest("textDocument/completion", { textDocument, position }),
          );
        }),
      );
      await withinLimit(settled);
      await published(() => change(line, indent, 1, ""));
    }
    for (let turn = 0; turn < hovers; turn++) {
      const position = { line: Math.floor((count * turn) / hovers), character: 3 };
      times.hover.push(
        await milliseconds(() =>
          client.connection.sendRequest("textDocument/hover", { textDocument, position }),
        ),
      );
    }
    const memory = await residentMemory(client.pid);
    if (memory !== undefined) times.memory.push(memory);
  } catch (error) {
    if (error !== TOO_LONG) throw error;
    for (const list of [times.open, times.edit, times.complete]) list.push(Number.POSITIVE_INFINITY);
  } finally {
    client.kill();
  }
}

const TOO_LONG = new Error("took too long");

/** @template T @param {Promise<T>} answer @returns {Promise<T>} */
async function withinLimit(answer) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(TOO_LONG), LONGEST_WAIT);
  });
  try {
    return await /** @type {Promise<T>} */ (Promise.race([answer, limit]));
  } finally {
    clearTimeout(timer);
  }
}

/** The memory of a process in MiB, if the system reports it. @param {number | undefined} pid */
async function residentMemory(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kibibytes = /^VmRSS:\s*(\d+) kB/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}
