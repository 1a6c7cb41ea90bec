// @ts-check
/** Reads `schemas/changes/`: what behaves differently between two neighbouring releases. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { readYamlFile } from "./yaml-file.mjs";

/**
 * @typedef {import("./yaml-file.mjs").YamlFile} YamlFile
 * @typedef {import("../../server/src/catalogue/move-facts").BehaviourChange & { if?: string, back?: ReportedChange & { migration?: "keeps" } }} BehaviourChange
 * @typedef {import("../../server/src/catalogue/move-facts").ReportedChange} ReportedChange
 */

/**
 * The changes by the release after them, without their sources.
 * @param {string} folder the folder `schemas`
 * @param {readonly string[]} releases old to new
 * @returns {Promise<{ changes: Map<string, BehaviourChange[]>, files: YamlFile[] }>}
 */
export async function readChanges(folder, releases) {
  const form = JSON.parse(await readFile(join(folder, "changes.schema.json"), "utf8"));
  const validate = new Ajv({ allErrors: true, verbose: true }).compile(form);
  /** @type {YamlFile[]} */
  const files = [];
  /** @type {Map<string, BehaviourChange[]>} */
  const changes = new Map();
  for (const [index, to] of releases.entries()) {
    const from = releases[index - 1];
    if (from === undefined) continue;
    const missing = `schemas/changes/${to}.yaml is missing: write what behaves differently than in ${from}.`;
    const file = await readYamlFile(folder, `changes/${to}.yaml`, missing);
    file.check(validate);
    const written = file.value;
    if (written.from !== from || written.to !== to)
      throw file.error([written.from === from ? "to" : "from"], `it lies between ${from} and ${to}.`);
    files.push(file);
    changes.set(to, written.changes.map(withoutSource));
  }
  return { changes, files };
}

/**
 * What a migration to the release before reports.
 * @param {readonly BehaviourChange[]} changes
 * @returns {ReportedChange[]}
 */
export function reportedBackOf(changes) {
  return changes.flatMap(({ about, migration, back }) => {
    if (!back) return [];
    const { migration: way, ...said } = back;
    return [
      {
        ...said,
        ...(way === "keeps" && { kept: true }),
        ...(migration === "file" && { file: fileFlag(about) }),
      },
    ];
  });
}

/** @param {Record<string, any>} change @returns {any} */
function withoutSource({ source, ...change }) {
  return change;
}

/**
 * What a migration needs to know: what it reports, and what it keeps unless the condition is unknown.
 * @param {readonly BehaviourChange[]} changes
 * @returns {ReportedChange[]}
 */
export function reportedOf(changes) {
  return changes.flatMap(({ about, say, keep, if: condition, migration }) => {
    const told = migration === "reports" || migration === "file";
    if (!told && (migration !== "keeps" || condition === undefined)) return [];
    return [
      {
        say,
        ...(keep && { keep }),
        ...(condition && { if: condition }),
        ...(migration === "keeps" && { kept: true }),
        ...(migration === "file" && { file: fileFlag(about) }),
      },
    ];
  });
}

/** The flag that names the file, without dashes: `quant_cfg` for "file of --quant_cfg". @param {string} about */
function fileFlag(about) {
  return about.replace(/^file of --/, "");
}
