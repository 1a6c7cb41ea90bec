// @ts-check
/** Time from a server's start to its answer to `initialize`. */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { milliseconds, quantile, startServer } from "./client.mjs";
import { ms, print } from "./print.mjs";
import { ours, peer } from "./session.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const TURNS = 11;
const WITHOUT_SERVER = "node -e 0";

/**
 * Starts the extension's server, that of the command line, a bare one and a peer in turns. The bare one is bundled like
 * ours.
 */
export async function measureStartup() {
  const folder = await mkdtemp(join(tmpdir(), "lightllm-config-bench-"));
  try {
    const bare = join(folder, "bare-server.js");
    await build({
      entryPoints: [join(root, "bench/bare-server.ts")],
      outfile: bare,
      bundle: true,
      format: "cjs",
      platform: "node",
      target: "es2022",
      minify: true,
      mainFields: ["module", "main"],
    });
    await compare(bare);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {string} bare the bundle of the bare server */
async function compare(bare) {
  /** @type {Record<string, string[]>} */
  const commands = {
    "a bare server": [process.execPath, bare, "--stdio"],
    "server.js, as the extension": [process.execPath, join(root, "dist/server.js"), "--stdio"],
    "cli.js lsp": ours.command,
    "yaml-language-server": peer.command,
  };
  /** @type {Record<string, number[]>} */
  const times = { [WITHOUT_SERVER]: [] };
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [name, command] of Object.entries(commands)) {
      /** @type {import("./client.mjs").Client | undefined} */
      let client;
      const time = await milliseconds(async () => {
        client = await startServer(command);
      });
      client?.kill();
      times[name] = [...(times[name] ?? []), time];
    }
    const time = await milliseconds(async () => spawnSync(process.execPath, ["-e", "0"]));
    times[WITHOUT_SERVER]?.push(time);
  }
  const median = (/** @type {string} */ name) => quantile(times[name] ?? [], 0.5);
  const least = median("a bare server");
  print("spawn → initialize: a bare server", ms(least));
  for (const name of Object.keys(times)) {
    if (name === "a bare server") continue;
    print(`  ${name}`, `${ms(median(name))} = ${(median(name) / least).toFixed(2)} × the bare server`);
  }
}
