// @ts-check
/**
 * How long a user waits in an editor: clean and faulty texts in our server, and YAML also in yaml-language-server. The
 * runs of one size alternate, so that other load on the machine slows all of them.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadTypeScript } from "../scripts/load-typescript.mjs";
import { quantile } from "./client.mjs";
import { against, ms, print, ratio } from "./print.mjs";
import { noTimes, ours, peer, workOn } from "./session.mjs";

/** @typedef {"open" | "edit" | "complete" | "hover" | "memory" | "markdown"} Row */
/** @type {readonly Row[]} */
export const EDITING_ROWS = ["open", "edit", "complete", "hover", "memory", "markdown"];

/** Number of times each text is opened, and of hovers each time. */
const COUNTS = { turns: 3, hovers: 100 };
/** Number of edits each time. The peer takes seconds for each in a large text, and its times differ little. */
const editsIn = (/** @type {number} */ lines) => (lines < 10_000 ? 5 : 2);
/** The share of flags with a fault in a faulty text. */
const FAULTS = 0.03;

/** @param {ReadonlySet<string>} rows */
export async function measureEditing(rows) {
  const texts = await loadTypeScript(join(dirname(fileURLToPath(import.meta.url)), "faulty.ts"));
  for (const kind of ["yaml", "shell", "kubernetes", "markdown"]) {
    for (const lines of kind === "yaml" ? [30, 1_000, 10_000] : [1_000, 10_000]) {
      if (rows.size === 2 && rows.has("markdown")) continue;
      await measureSize(texts, kind, lines, rows);
    }
  }
  if (rows.has("markdown")) await measureMarkdown(texts);
}

/** @param {any} texts @param {string} kind @param {number} lines @param {ReadonlySet<string>} rows */
async function measureSize({ launchText, FILES }, kind, lines, rows) {
  const types = rows.has("edit") || rows.has("complete") || rows.has("memory");
  const counts = { edits: types ? editsIn(lines) : 0, hovers: rows.has("hover") ? COUNTS.hovers : 0 };
  const [clean, faulty] = [0, FAULTS].map((faults) => ({
    ...FILES[kind],
    text: launchText(kind, { lines, faults }),
  }));
  const hasPeer = kind === "yaml";
  const our = { clean: noTimes(), faulty: noTimes() };
  const their = { clean: noTimes(), faulty: noTimes() };
  for (let turn = 0; turn < COUNTS.turns; turn++) {
    await workOn(ours, clean, counts, our.clean);
    await workOn(ours, faulty, counts, our.faulty);
    if (!hasPeer) continue;
    const inYaml = { languageId: "yaml", name: "bench.yaml" };
    await workOn(peer, { ...clean, ...inYaml }, counts, their.clean);
    await workOn(peer, { ...faulty, ...inYaml }, counts, their.faulty);
  }
  const size = `${kind}, ${lines} lines`;
  for (const [row, name] of /** @type {const} */ ([
    ["open", "open → diagnostics"],
    ["edit", "edit → diagnostics"],
    ["complete", "type, then completion"],
    ["hover", "hover"],
  ])) {
    if (!rows.has(row)) continue;
    const [a, b, c, d] = [our.clean, our.faulty, their.clean, their.faulty].map((times) =>
      quantile(times[row], 0.5),
    );
    if (a === undefined || b === undefined) continue;
    if (hasPeer) {
      print(`${size}: ${name}, clean`, against(a, c ?? 0));
      print(`${size}: ${name}, faulty`, against(b, d ?? 0));
    }
    print(`${size}: ${name}`, `faulty ${ms(b)} = ${ratio(b, a)} × clean (${ms(a)})`);
  }
  if (!rows.has("memory") || our.clean.memory.length === 0) return;
  const [a, b, c, d] = [our.clean, our.faulty, their.clean, their.faulty].map((times) =>
    quantile(times.memory, 0.5),
  );
  const figures = `clean ${a?.toFixed(0)} MiB, faulty ${b?.toFixed(0)} MiB`;
  print(
    `${size}: memory`,
    hasPeer ? `${figures}; yaml-language-server ${c?.toFixed(0)} and ${d?.toFixed(0)}` : figures,
  );
}

/** A page with many launches: the time after an edit against the time to open it. @param {any} texts */
async function measureMarkdown({ launchText, FILES }) {
  const large = { ...FILES.markdown, text: launchText("markdown", { launches: 3000 }) };
  const small = { ...FILES.markdown, text: launchText("markdown", { launches: 30 }) };
  const times = { large: noTimes(), small: noTimes() };
  for (let turn = 0; turn < COUNTS.turns; turn++) {
    await workOn(ours, large, { edits: 3, hovers: 0 }, times.large);
    await workOn(ours, small, { edits: 5, hovers: 0 }, times.small);
  }
  const [open, edit, smallEdit] = [times.large.open, times.large.edit, times.small.edit].map((list) =>
    quantile(list, 0.5),
  );
  print(
    "Markdown, 3,000 launches: edit → diagnostics",
    `${ms(edit ?? 0)} = ${ratio(edit ?? 0, open ?? 1)} × opening it (${ms(open ?? 0)}), ${ratio(edit ?? 0, smallEdit ?? 1)} × an edit in 30 launches`,
  );
}
