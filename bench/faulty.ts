/** Texts for measurements: launches with many flags, clean or with faults. The same seed gives the same text. */
import { type Random, randomFrom } from "../fuzz/random";
import { shippedCatalogue } from "../server/src/catalogue";
import type { Flag } from "../server/src/catalogue/types";
import { judge } from "../server/src/judgement/judge";
import { yaml } from "../server/src/notations/yaml-config";

/** The notation of a text. */
export type Kind = "yaml" | "shell" | "kubernetes" | "markdown";

/** The language id and file name of each kind. */
export const FILES: Readonly<Record<Kind, { readonly languageId: string; readonly name: string }>> = {
  yaml: { languageId: "lightllm-yaml", name: "bench.lightllm.yaml" },
  shell: { languageId: "shellscript", name: "bench.sh" },
  kubernetes: { languageId: "yaml", name: "bench.yaml" },
  markdown: { languageId: "markdown", name: "bench.md" },
};

/** A flag without its dashes, and its value; a switch has none. */
interface Row {
  readonly key: string;
  readonly word?: string;
  readonly flag?: Flag;
}

/** The number of flags of a launch in each notation; a YAML document of 98 lines and its marker has 99. */
const ROWS: Readonly<Record<Kind, number>> = { yaml: 98, shell: 14, kubernetes: 30, markdown: 8 };

interface Asked {
  /** The number of launches; if absent, as many as `lines` need. */
  readonly launches?: number;
  readonly lines?: number;
  /** The share of flags with a fault. */
  readonly faults?: number;
  readonly seed?: number;
}

/** A text of launches, clean unless `faults` is set. Every launch has a name of its own. */
export function launchText(kind: Kind, { launches, lines = 0, faults = 0, seed = 1 }: Asked): string {
  const random = randomFrom(kind, seed);
  const size = launches === undefined ? Math.min(ROWS[kind], Math.max(4, lines - 2)) : ROWS[kind];
  const clean = cleanRows(size - 2);
  const count = launches ?? Math.max(1, Math.round(lines / write(kind, clean, 0).split("\n").length));
  const written = Array.from({ length: count }, (_, index) => {
    const rows = [
      { key: "model_dir", word: "/models/llama" },
      { key: "model_name", word: `m${seed}-${index}` },
    ];
    return write(kind, [...rows, ...spoilt(clean, faults, random)], index);
  });
  return `${written.join(kind === "yaml" || kind === "kubernetes" ? "\n---\n" : "\n")}\n`;
}

function write(kind: Kind, rows: readonly Row[], index: number): string {
  const words = rows.map(({ key, word }) => (word === undefined ? `--${key}` : `--${key} ${word}`));
  switch (kind) {
    case "yaml":
      return rows.map(({ key, word = "true" }) => `${key}: ${word}`).join("\n");
    case "shell":
      return `# node ${index}\nLOADWORKER=18 ${command(words)} > log-${index} &\nsleep 1\n`;
    case "markdown":
      return `## Node ${index}\n\nStart it with:\n\n\`\`\`bash\n${command(words)}\n\`\`\`\n`;
    case "kubernetes":
      return `${POD}${index}\nspec:\n  containers:\n    - name: llm\n      command: [python, -m, lightllm.server.api_server]\n      args:\n${words
        .flatMap((one) => one.split(" "))
        .map((one) => `        - "${one}"`)
        .join("\n")}`;
  }
}

const command = (words: readonly string[]) =>
  ["python -m lightllm.server.api_server", ...words].join(" \\\n  ");

const POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: llm-";

const known = new Map<number, readonly Row[]>();

/** Flags with their defaults, none of which is a fault in a launch with all the others. */
function cleanRows(size: number): readonly Row[] {
  const before = known.get(size);
  if (before) return before;
  const catalogue = shippedCatalogue();
  let pool: Row[] = catalogue.newest.flags.flatMap((flag) => {
    const { key, arity, default: value } = flag;
    if (key === "model_dir" || key === "model_name") return [];
    if (arity === "none") return [{ key, flag }];
    const [example] = catalogue.docs(flag.key)?.examples ?? [];
    const word = String(value ?? example ?? "");
    return /^[\w./:-]+$/.test(word) ? [{ key, word, flag }] : [];
  });
  for (;;) {
    const rows = pool.slice(0, size);
    const blamed = keysWithFindings(rows);
    if (blamed.size === 0) {
      known.set(size, rows);
      return rows;
    }
    const others = pool.filter(({ key }) => !blamed.has(key));
    if (others.length === pool.length) throw new Error(`the clean text has findings of ${[...blamed]}`);
    pool = others;
  }
}

/** The flags of a launch that have findings. */
function keysWithFindings(rows: readonly Row[]): ReadonlySet<string> {
  const catalogue = shippedCatalogue();
  const text = write("yaml", [{ key: "model_dir", word: "/models/llama" }, ...rows], 0);
  const findings = yaml
    .find(text)
    .launches.flatMap((launch) => judge(launch, catalogue.newest, catalogue).findings);
  const lineAt = (offset: number) => text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset + 80);
  return new Set(findings.map(({ span }) => /^\w+/.exec(lineAt(span.start))?.[0] ?? ""));
}

/** Values that LightLLM refuses or warns about if other flags have their defaults. */
const COMBINATIONS: readonly Row[] = [
  { key: "dp", word: "3" },
  { key: "batch_max_tokens", word: "1500" },
  { key: "run_mode", word: "prefill" },
  { key: "chunked_prefill_size", word: "100000" },
  { key: "nnodes", word: "3" },
];

function spoilt(rows: readonly Row[], share: number, random: Random): Row[] {
  return rows.map((row) => (random.chance(share) ? spoiltRow(row, random) : row));
}

function spoiltRow(row: Row, random: Random): Row {
  switch (random.pick(["value", "typo", "combination"])) {
    case "value":
      return { ...row, word: row.flag?.choices ? misspelt(row.word ?? "", random) : "many" };
    case "typo":
      return { ...row, key: misspelt(row.key, random) };
    default:
      return random.pick(COMBINATIONS);
  }
}

/** A word without one of its letters, or with two letters swapped. */
function misspelt(word: string, random: Random): string {
  const at = random.below(word.length - 1);
  const [a = "", b = ""] = [word[at], word[at + 1]];
  const swap = random.chance(0.5) && a !== b;
  return word.slice(0, at) + (swap ? b + a : b) + word.slice(at + 2);
}
