// @ts-check
/** Reads the start-up programs in `schemas/startup/<release>.yaml`, and stores each step once. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { readExtending } from "./extends.mjs";
import { readYamlFile } from "./yaml-file.mjs";

/**
 * @typedef {import("./yaml-file.mjs").YamlFile} YamlFile
 * @typedef {import("./yaml-file.mjs").Keys} Keys
 * @typedef {{ refuse?: string, id?: string, when?: string | boolean, set?: Record<string, unknown> }} WrittenStep
 * @typedef {{ after?: string, before?: string, add?: WrittenStep[], replace?: string, by?: WrittenStep[], remove?: string, number?: number }} Change
 * @typedef {{ id: string, refuses: boolean, when?: string, set?: [string, string][] }} Step
 * @typedef {{ step: Step, file: YamlFile, keys: Keys }} PlacedStep a step, and where it is written
 * @typedef {Record<string, PlacedStep[]>} Programs by name
 * @typedef {Record<string, Record<string, number[]>>} Startup by release and program: indices of steps
 */

/**
 * @param {string} folder the folder `schemas`
 * @param {readonly string[]} releases
 * @returns {Promise<{ steps: Step[], startup: Startup, placed: PlacedStep[] }>} `placed` has each written step
 */
export async function readStartup(folder, releases) {
  const form = JSON.parse(await readFile(join(folder, "startup.schema.json"), "utf8"));
  const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(form);
  const programs = await readExtending(
    releases,
    async (release) => {
      const missing = `${release} has no start-up program: write schemas/startup/${release}.yaml.`;
      const file = await readYamlFile(folder, `startup/${release}.yaml`, missing);
      file.check(validate);
      return file;
    },
    programsOf,
  );
  /** @type {Step[]} */
  const steps = [];
  /** @type {Map<string, number>} */
  const indexOf = new Map();
  /** @param {PlacedStep} placed */
  const index = ({ step }) => {
    const key = JSON.stringify(step);
    const at = indexOf.get(key) ?? steps.push(step) - 1;
    indexOf.set(key, at);
    return at;
  };
  const startup = Object.fromEntries(
    [...programs].map(([release, of]) => [
      release,
      Object.fromEntries(Object.entries(of).map(([program, own]) => [program, own.map(index)])),
    ]),
  );
  return {
    steps,
    startup,
    placed: [...new Set([...programs.values()].flatMap((of) => Object.values(of).flat()))],
  };
}

/** The programs of a file. @param {YamlFile} file @param {Programs | undefined} base @returns {Programs} */
function programsOf(file, base) {
  const { extends: _, ...programs } = /** @type {Record<string, any>} */ (file.value);
  if (!base)
    return Object.fromEntries(
      Object.entries(programs).map(([name, steps]) => [name, stepsOf(file, steps, [name])]),
    );
  /** @type {Programs} */
  const changed = { ...base };
  for (const [name, changes] of Object.entries(programs)) {
    if (changes === null) delete changed[name];
    else changed[name] = withChanges(file, base[name] ?? [], changes, name);
  }
  return changed;
}

/** @param {YamlFile} file @param {readonly PlacedStep[]} before @param {Change[]} changes @param {string} program */
function withChanges(file, before, changes, program) {
  const steps = [...before];
  for (const [index, change] of changes.entries()) {
    const keys = [program, index];
    const { after, before, add, replace, by, remove } = change;
    const named = [after, before, replace, remove].filter((id) => id !== undefined);
    const adds = add !== undefined && replace === undefined && remove === undefined && by === undefined;
    const alone = add === undefined && named.length === 1;
    const replaces = alone && replace !== undefined && by !== undefined;
    const removes = alone && remove !== undefined && by === undefined;
    if (named.length > 1 || !(adds || replaces || removes))
      throw file.error(
        keys,
        "a change has either `add`, with `after` or `before` or neither, or `replace` and `by`, or `remove`.",
      );
    const [id] = named;
    const at = id === undefined ? steps.length : placeOf(file, steps, id, change.number, keys);
    const made = [...stepsOf(file, add ?? [], [...keys, "add"]), ...stepsOf(file, by ?? [], [...keys, "by"])];
    steps.splice(after === undefined ? at : at + 1, adds ? 0 : 1, ...made);
  }
  return steps;
}

/**
 * The index of the step that a change refers to.
 * @param {YamlFile} file
 * @param {readonly PlacedStep[]} steps
 * @param {string} id
 * @param {number | undefined} number
 * @param {Keys} keys
 */
function placeOf(file, steps, id, number, keys) {
  const found = steps.flatMap(({ step }, index) => (step.id === id ? [index] : []));
  const at = found[(number ?? 1) - 1];
  if (at === undefined)
    throw file.error(
      keys,
      found.length > 0
        ? `there are only ${found.length} steps '${id}' to change.`
        : `there is no step '${id}' to change.`,
    );
  if (number === undefined && found.length > 1)
    throw file.error(keys, `there are ${found.length} steps '${id}': say with \`number\` which is meant.`);
  return at;
}

/** @param {YamlFile} file @param {readonly WrittenStep[]} steps @param {Keys} keys @returns {PlacedStep[]} */
function stepsOf(file, steps, keys) {
  return steps.map((written, index) => {
    const { refuse, id, when, set } = written;
    const name = refuse ?? id;
    if (!name || (refuse === undefined) !== (id !== undefined) || (id === undefined) !== (set === undefined))
      throw file.error([...keys, index], "a step has either `refuse`, or `id` and `set`.");
    const step = {
      id: name,
      refuses: refuse !== undefined,
      ...(when !== undefined && { when: String(when) }),
      ...(set && { set: Object.entries(set).map(([flag, value]) => pair(flag, String(value))) }),
    };
    return { step, file, keys: [...keys, index] };
  });
}

/** @param {string} flag @param {string} value @returns {[string, string]} */
function pair(flag, value) {
  return [flag, value];
}
