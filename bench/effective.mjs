// @ts-check
/**
 * The view of the effective configuration in a script of 400 launches: from the request to its data, and from a key to
 * the new data, against a hover there and after the same key.
 */
import { milliseconds, quantile, startServer } from "./client.mjs";
import { ms, print, ratio } from "./print.mjs";
import { ours } from "./session.mjs";

const LAUNCHES = 400;
const TURNS = 8;

/** @param {(launches: number) => string} script */
export async function measureEffective(script) {
  const text = script(LAUNCHES);
  const lines = text.split("\n");
  const client = await startServer(ours.command, ours.options);
  const uri = "file:///bench/launches.sh";
  let version = 1;
  try {
    const opened = client.nextDiagnostics(uri);
    client.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "shellscript", version, text },
    });
    await opened;
    /** @param {string} method @param {number} line */
    const ask = (method, line) =>
      client.connection.sendRequest(method, { textDocument: { uri }, position: { line, character: 5 } });
    const key = (/** @type {number} */ line) => {
      version++;
      const start = { line, character: (lines[line] ?? "").lastIndexOf(" ") };
      client.connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ range: { start, end: start }, text: "1" }],
      });
      lines[line] =
        `${(lines[line] ?? "").slice(0, start.character)}1${(lines[line] ?? "").slice(start.character)}`;
    };
    /** @type {Record<string, number[]>} */
    const times = { view: [], viewKey: [], hover: [], hoverKey: [] };
    for (let turn = 0; turn < TURNS; turn++) {
      for (const [name, method] of [
        ["view", "lightllm/effective"],
        ["hover", "textDocument/hover"],
      ]) {
        const from = Math.floor((lines.length * turn) / TURNS);
        const line = lines.findIndex((one, index) => index >= from && one.includes("--tp"));
        times[`${name}`]?.push(await milliseconds(() => ask(method ?? "", line)));
        times[`${name}Key`]?.push(
          await milliseconds(() => {
            key(line);
            return ask(method ?? "", line);
          }),
        );
      }
    }
    const [view = 0, viewKey = 0, hover = 0, hoverKey = 0] = Object.values(times).map((list) =>
      quantile(list, 0.5),
    );
    print(
      `effective configuration, ${LAUNCHES} launches`,
      `${ms(view)} = ${ratio(view, hover)} × a hover (${ms(hover)})`,
    );
    print(
      `effective configuration, ${LAUNCHES} launches: after a key`,
      `${ms(viewKey)} = ${ratio(viewKey, hoverKey)} × a hover after a key (${ms(hoverKey)})`,
    );
  } finally {
    client.kill();
  }
}
