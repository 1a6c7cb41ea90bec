// @ts-check
/** Reads the start-up programs, `schemas/startup/<release>.yaml`, and states each step once. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { SourceError } from "./source-error.mjs";

/**
 * @typedef {{ refuse?: string, id?: string, when?: string | boolean, set?: Record<string, unknown> }} WrittenStep
 * @typedef {{ id: string, refuses: boolean, when?: string, set?: [string, string][] }} Step
 * @typedef {Record<string, Record<string, number[]>>} Programs
 */

/**
 * @param {string} folder the folder `schemas`
 * @param {readonly string[]} releases
 * @returns {Promise<{ steps: Step[], startup: Programs }>}
 */
export async function readStartup(folder, releases) {
  /** @type {Step[]} */
  const steps = [];
  /** @type {Map<string, number>} */
  const indexOf = new Map();
  /** @type {Programs} */
  const startup = {};
  for (const release of releases) {
    const path = join(folder, "startup", `${release}.yaml`);
    const text = await readFile(path, "utf8").catch(() => {
      throw new SourceError(`${release} has no start-up program: write schemas/startup/${release}.yaml.`);
    });
    /** @type {Record<string, WrittenStep[]>} */
    const programs = parse(text);
    startup[release] = Object.fromEntries(
      Object.entries(programs).map(([program, written]) => [
        program,
        written.map((step) => {
          const made = stepOf(step, release);
          const key = JSON.stringify(made);
          const index = indexOf.get(key) ?? steps.push(made) - 1;
          indexOf.set(key, index);
          return index;
        }),
      ]),
    );
  }
  return { steps, startup };
}

/** @param {WrittenStep} step @param {string} release @returns {Step} */
function stepOf({ refuse, id, when, set }, release) {
  const name = refuse ?? id;
  if (!name || (refuse === undefined) === (set === undefined))
    throw new SourceError(
      `schemas/startup/${release}.yaml: a step has either \`refuse\`, or \`id\` and \`set\`.`,
    );
  return {
    id: name,
    refuses: refuse !== undefined,
    ...(when !== undefined && { when: String(when) }),
    ...(set && { set: Object.entries(set).map(([flag, value]) => [flag, String(value)]) }),
  };
}
