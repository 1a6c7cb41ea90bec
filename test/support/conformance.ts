/** Recorded command lines with the verdicts of the real LightLLM, and functions to judge them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type JudgedLaunch, judgeFile } from "../../server/src/analysis/judge-file";
import { shippedCatalogue } from "../../server/src/catalogue";
import { readWord } from "../../server/src/judgement/argparse";
import { type ModelFolder, UNKNOWN_MODEL } from "../../server/src/judgement/model/folder";
import { impossible, type Surroundings } from "../../server/src/judgement/surroundings";
import { NOTATIONS, type Notation } from "../../server/src/notations";
import { quoteWord } from "../../server/src/notations/shell/quote";
import { root } from "./paths";

/** One recorded command line. `@MODEL@` is a model's folder, whose config.json is `config`. */
export interface Case {
  readonly id: string;
  readonly argv: readonly string[];
  readonly accepted: boolean;
  readonly stage?: "argparse" | "startup";
  readonly message?: string;
  /** Flags to blame; hints, not an exact set. */
  readonly flags?: readonly string[];
  /** Values that differ from the parser's defaults, if it is accepted. */
  readonly effective?: Readonly<Record<string, unknown>>;
  /** The text of config.json; a plain Llama's if absent, no file if `null`. */
  readonly config?: string | null;
}

const LLAMA = JSON.stringify({
  architectures: ["LlamaForCausalLM"],
  model_type: "llama",
  torch_dtype: "bfloat16",
  eos_token_id: 128009,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  max_position_embeddings: 8192,
});

export const RELEASES = shippedCatalogue().releases.map(({ name }) => name);

export function casesOf(release: string): Case[] {
  const packed = readFileSync(join(root, "test/data/conformance", `${release}.jsonl.gz`));
  return gunzipSync(packed)
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const machines = new Map<string | null, Surroundings>();

/**
 * The machine of the recording: it has the model's folder and nothing else. The same one for equal models, so that
 * launches are judged one after the other as in a file.
 */
export function recordedOn({ config = LLAMA }: Case): Surroundings {
  const machine = machines.get(config) ?? machineWith(config);
  machines.set(config, machine);
  return machine;
}

function machineWith(config: string | null): Surroundings {
  const folder: ModelFolder = { kind: "folder", files: { config: config ?? undefined } };
  return {
    model(path) {
      // The placeholders of our fixes may exist anywhere.
      if (typeof path !== "string" || /^(?:s3:\/\/|\/path\/)/.test(path)) return UNKNOWN_MODEL;
      return path.replace(/\/\.?$/, "") === "@MODEL@" ? folder : { kind: "no folder" };
    },
    cannotBeMade(path) {
      return typeof path === "string" && path.startsWith("@MODEL@/config.json") ? true : impossible(path);
    },
  };
}

/** The launch of a text, judged by a release. */
export function judgeText(
  text: string,
  notation: Notation,
  release: string,
  around: Surroundings,
): JudgedLaunch {
  const [launch] = judgeFile(notation.find(text), { option: release }, shippedCatalogue(), around).launches;
  if (!launch) throw new Error(`No launch in: ${text}`);
  return launch;
}

/** A command line as a shell command. */
export function inShell({ argv }: Pick<Case, "argv">): string {
  return `python -m lightllm.server.api_server ${argv.map((word) => quoteWord(word)).join(" ")}\n`;
}

export const SHELL = NOTATIONS.shell;

/**
 * The config with these words; undefined if a mapping cannot express them, because a flag is repeated or a word belongs
 * to no flag.
 */
export function inYaml({ argv }: Case, releaseName: string): string | undefined {
  const release = shippedCatalogue().release(releaseName);
  if (!release) throw new Error(`There is no release ${releaseName}.`);
  const entries = new Map<string, string[]>();
  for (const word of argv) {
    const reading = readWord(word, release);
    if (reading.kind === "value") {
      const last = [...entries.values()].at(-1);
      if (!last || word === "--") return undefined;
      last.push(word);
    } else if (reading.kind === "flag" && reading.explicit === undefined && !entries.has(word.slice(2))) {
      entries.set(word.slice(2), []);
    } else return undefined;
  }
  const lines = [...entries].map(([key, words]) => {
    const flag = release.byName.get(`--${key}`);
    // A list repeats a flag that collects values; in a command this would be one word too many.
    if (flag?.repeat === "append" && words.length > 1) return undefined;
    if (words.length === 0) return flag?.kind === "switch" || !flag ? `${key}: true` : undefined;
    const scalars = words.map((word) => JSON.stringify(word));
    return `${key}: ${scalars.length === 1 ? scalars[0] : `[${scalars.join(", ")}]`}`;
  });
  return lines.length > 0 && lines.every((line) => line !== undefined) ? `${lines.join("\n")}\n` : undefined;
}
