// @ts-check
/** Reads `schemas/other-engines/`: what the flags and variables of other servers of language models are in LightLLM. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { readYamlFile } from "./yaml-file.mjs";

/**
 * @typedef {import("./yaml-file.mjs").YamlFile} YamlFile
 * @typedef {import("./sources.mjs").ReleaseSource} ReleaseSource
 * @typedef {import("../../server/src/catalogue/engine-facts").OtherEngines} OtherEngines
 */

/**
 * @param {string} folder the folder `schemas`
 * @param {readonly ReleaseSource[]} releases
 * @param {Readonly<Record<string, unknown>>} environment LightLLM's variables by name
 * @returns {Promise<OtherEngines>}
 */
export async function readOtherEngines(folder, releases, environment) {
  const form = JSON.parse(await readFile(join(folder, "other-engine.schema.json"), "utf8"));
  const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(form);
  /** @type {import("../../server/src/catalogue/engine-facts").EngineFlag[]} */
  const flags = [];
  /** @type {import("../../server/src/catalogue/engine-facts").EngineVariables[]} */
  const variables = [];
  for (const name of (await readdir(join(folder, "other-engines"))).sort()) {
    const file = await readYamlFile(folder, `other-engines/${name}`);
    file.check(validate);
    for (const [flag, written] of Object.entries(file.value.flags)) {
      const cases = [written].flat();
      for (const one of cases) checkCase(file, flag, one, releases);
      const names = [flag, ...cases.flatMap(({ also = [] }) => also)];
      for (const one of names)
        if (releases.some(({ flags }) => flags.some((own) => own.name === `--${one.replaceAll("-", "_")}`)))
          throw file.error(["flags", flag], `${one} is a flag of LightLLM.`);
      flags.push({ engine: file.value.engine, names, cases: cases.map(compiledCase) });
    }
    if (file.value.variables) variables.push(variablesOf(file, releases, environment));
  }
  return { flags, variables };
}

/**
 * @param {YamlFile} file @param {readonly ReleaseSource[]} releases @param {Readonly<Record<string, unknown>>} environment
 * @returns {import("../../server/src/catalogue/engine-facts").EngineVariables}
 */
function variablesOf(file, releases, environment) {
  const { engine, variables } = file.value;
  const { source: _, names, ...others } = variables;
  for (const [name, { is, flags = [] }] of Object.entries(names)) {
    const place = ["variables", "names", name];
    if (Object.hasOwn(environment, name)) throw file.error(place, `LightLLM reads ${name}.`);
    if (is && !Object.hasOwn(environment, is)) throw file.error(place, `LightLLM has no variable ${is}.`);
    for (const key of flags)
      if (!releases.some(({ flags }) => flags.some((flag) => flag.name === `--${key}`)))
        throw file.error(place, `no release has the flag ${key}.`);
  }
  return { engine, ...others, names };
}

/** @param {YamlFile} file @param {string} name @param {any} written @param {readonly ReleaseSource[]} releases */
function checkCase(file, name, written, releases) {
  const place = ["flags", name];
  for (const key of targetsOf(written)) {
    const known = releases.flatMap(({ flags }) => flags.filter((flag) => flag.name === `--${key}`));
    if (known.length === 0) throw file.error([...place, "is"], `no release has the flag ${key}.`);
    const accepts = (/** @type {string} */ word) =>
      known.some(({ choices }) => !choices || choices.includes(word)) &&
      releases.some(({ words }) => !words[`--${key}`] || words[`--${key}`]?.includes(word));
    for (const [value, to] of Object.entries(written.values ?? {}))
      for (const word of [to ?? []].flat())
        if (!accepts(word)) throw file.error([...place, "values", value], `${key} does not take ${word}.`);
  }
}

/** @param {any} written @returns {string[]} */
function targetsOf({ is = [], splits = [] }) {
  return [...[is].flat(), ...splits];
}

/** @param {any} written */
function compiledCase({ also: _, is, values, ...rest }) {
  return {
    ...(is && { is: [is].flat() }),
    ...(values && {
      values: Object.fromEntries(
        Object.entries(values).map(([value, to]) => [value, to === null ? null : [to].flat()]),
      ),
    }),
    ...rest,
  };
}
