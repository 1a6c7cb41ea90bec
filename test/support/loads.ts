/** Launches that the real LightLLM ran on a GPU up to a loaded model, and functions to judge them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { JudgedLaunch } from "../../server/src/analysis/judge-file";
import type { Finding } from "../../server/src/judgement/finding";
import { type ModelFolder, UNKNOWN_MODEL } from "../../server/src/judgement/model/folder";
import type { ModelWeights } from "../../server/src/judgement/model/weights";
import { impossible, type Surroundings } from "../../server/src/judgement/surroundings";
import { quoteWord } from "../../server/src/notations/shell/quote";
import { judgeText, SHELL } from "./conformance";
import { root } from "./paths";

/** One recorded load; `test/data/load/README.md` describes the keys. */
export interface Load {
  readonly id: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly config: string;
  readonly weights?: string;
  readonly gateBias?: boolean;
  readonly files?: Readonly<Record<string, string>>;
  readonly models?: Readonly<Record<string, string>>;
  readonly works: boolean;
  readonly stage?: string;
  readonly message?: string;
  readonly where?: string;
  readonly comparable?: false;
  readonly note?: string;
}

/** The releases that were run. */
export const LOADED = ["v1.0.1", "v1.1.0", "v1.2.0", "main-2026-08"] as const;

/** The recorded loads of a release. */
export function loadsOf(release: string): Load[] {
  return gunzipSync(readFileSync(join(root, "test/data/load", `${release}.jsonl.gz`)))
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** A recorded load, judged as the shell command that starts it, on a machine that has its folders and files. */
export function judgeLoad(load: Load, release: string): JudgedLaunch {
  const variables = Object.entries(load.env ?? {}).map(([name, value]) => `${name}=${quoteWord(value)} `);
  const words = load.argv.map((word) => quoteWord(word)).join(" ");
  const text = `${variables.join("")}python -m lightllm.server.api_server ${words}\n`;
  return judgeText(text, SHELL, release, machineOf(load));
}

function machineOf({ config, gateBias, files = {}, models = {} }: Load): Surroundings {
  const weights = gateBias === undefined ? undefined : weightsWith(gateBias);
  const folders = new Map<string, ModelFolder>([
    ["@MODEL@", { kind: "folder", files: { config, weights } }],
    ...Object.entries(models).map(([tag, text]): [string, ModelFolder] => [
      `@${tag}@`,
      { kind: "folder", files: { config: text } },
    ]),
  ]);
  return {
    model(path) {
      if (typeof path !== "string" || path.startsWith("/path/")) return UNKNOWN_MODEL;
      return folders.get(path) ?? { kind: "no folder" };
    },
    cannotBeMade: impossible,
    file(path) {
      const name = typeof path === "string" ? /^@FILE:(.+)@$/.exec(path)?.[1] : undefined;
      const text = name === undefined ? undefined : files[name];
      return name === undefined || text === undefined ? undefined : { path: name, text };
    },
  };
}

/** What the headers of the weights say of the bias of gates. */
function weightsWith(gateBias: boolean): ModelWeights {
  const sums = { byType: {}, vision: 0, audio: 0, speech: 0, byLayer: [], mtp: 0 };
  return { files: [{ name: "model.safetensors", bytes: 1 }], tensors: { ...sums, gateBias } };
}

/** The findings that say that the launch does not get as far as answering requests. */
export function failuresOf({ findings }: Pick<JudgedLaunch, "findings">): readonly Finding[] {
  return findings.filter(
    ({ effect, severity }) => (effect === "refused" || effect === "fails-later") && severity === "error",
  );
}
