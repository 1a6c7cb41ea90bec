// @ts-check
/** Reads the catalogue's source below `schemas/` and refuses what is incomplete. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { readModelFacts } from "./model-facts.mjs";
import { readMoves } from "./moves.mjs";
import { leftPlaceholders } from "./placeholders.mjs";
import { readRuleWords } from "./rule-words.mjs";
import { SourceError } from "./source-error.mjs";
import { readStartup } from "./startup.mjs";

/**
 * @typedef {{ name: string, date: string, tagged: boolean, words: Record<string, string[]>, flags: any[] }} ReleaseSource
 * @typedef {{ id: string, title: { en: string, zh: string } }} GroupSource
 */

/**
 * Everything under `schemas/` that people write.
 * @param {string} folder
 */
export async function readSources(folder) {
  const left = await leftPlaceholders(folder);
  if (left.length > 0) throw new SourceError(left.join("\n"));
  const groups = /** @type {GroupSource[]} */ (await readYaml(join(folder, "groups.yaml")));
  const ranking = /** @type {{ flag: string }[]} */ (await readYaml(join(folder, "ranking.yaml")));
  const releases = await readReleases(join(folder, "releases"));
  const { docs, groupOf } = await readDocs(folder, groups);
  const environment = await readEnvironment(folder);
  const names = releases.map(({ name }) => name);
  const startup = await readStartup(folder, names);
  const models = await readModelFacts(folder, names);
  const moves = await readMoves(folder, names);
  const rules = await readRuleWords(folder);
  const container = await readYaml(join(folder, "container.yaml"));
  const problems = [
    ...undocumented(releases, docs),
    ...unknownNames(
      releases,
      docs,
      ranking.map(({ flag }) => flag),
    ),
  ];
  if (problems.length > 0) throw new SourceError(problems.join("\n"));
  return {
    groups,
    ranking: ranking.map(({ flag }) => flag),
    releases,
    docs,
    groupOf,
    environment,
    startup,
    models,
    rules,
    container,
    moves,
  };
}

/** @param {string} path */
async function readYaml(path) {
  return parse(await readFile(path, "utf8"));
}

/** @param {string} folder `schemas/releases` @returns {Promise<ReleaseSource[]>} old to new */
export async function readReleases(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  const releases = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8"))),
  );
  return releases.sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** @param {string} folder @param {GroupSource[]} groups */
async function readDocs(folder, groups) {
  const form = JSON.parse(await readFile(join(folder, "flag-docs.schema.json"), "utf8"));
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(form);
  /** @type {Record<string, any>} */
  const docs = {};
  /** @type {Map<string, string>} */
  const groupOf = new Map();
  for (const { id } of groups) {
    const entries = await readYaml(join(folder, "flags", `${id}.yaml`));
    if (!validate(entries)) {
      const errors = (validate.errors ?? []).map((error) => `  ${error.instancePath} ${error.message}`);
      throw new SourceError(
        `schemas/flags/${id}.yaml is not of the form of flag-docs.schema.json:\n${errors.join("\n")}`,
      );
    }
    for (const [key, doc] of Object.entries(/** @type {Record<string, any>} */ (entries))) {
      if (docs[key])
        throw new SourceError(
          `${key} is documented twice: in flags/${groupOf.get(key)}.yaml and in flags/${id}.yaml.`,
        );
      docs[key] = doc;
      groupOf.set(key, id);
    }
  }
  return { docs, groupOf };
}

/** Environment variables: facts and documentation of each, in one entry. @param {string} folder */
async function readEnvironment(folder) {
  const facts = JSON.parse(await readFile(join(folder, "environment.json"), "utf8"));
  const docs = /** @type {Record<string, any>} */ (await readYaml(join(folder, "environment.yaml")));
  const form = JSON.parse(await readFile(join(folder, "environment-docs.schema.json"), "utf8"));
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(form);
  if (!validate(docs)) {
    const errors = (validate.errors ?? []).map((error) => `  ${error.instancePath} ${error.message}`);
    throw new SourceError(
      `schemas/environment.yaml is not of the form of environment-docs.schema.json:\n${errors.join("\n")}`,
    );
  }
  const problems = [
    ...Object.keys(facts)
      .filter((name) => !docs[name])
      .map((name) => `${name} has no documentation: write it in schemas/environment.yaml.`),
    ...Object.keys(docs)
      .filter((name) => !facts[name])
      .map((name) => `${name} is documented, but schemas/environment.json does not know it.`),
  ];
  if (problems.length > 0) throw new SourceError(problems.join("\n"));
  return Object.fromEntries(
    Object.keys(facts)
      .sort()
      .map((name) => [name, { ...facts[name], ...docs[name] }]),
  );
}

/** Every flag, choice and known word wants documentation. @param {ReleaseSource[]} releases @param {Record<string, any>} docs */
function undocumented(releases, docs) {
  const problems = new Set();
  for (const { flags, words } of releases) {
    for (const { name, choices } of flags) {
      const doc = docs[name.slice(2)];
      if (!doc) problems.add(`${name} has no documentation: write it in schemas/flags/.`);
      const known = [...(choices ?? []), ...(words[name] ?? [])].filter((word) => word !== null);
      for (const word of known) {
        if (doc && !doc.en.values?.[word]) problems.add(`${name}: the value ${word} has no documentation.`);
      }
    }
  }
  return problems;
}

/** Nothing may be said of a flag that no release has. @param {ReleaseSource[]} releases @param {Record<string, any>} docs @param {string[]} ranking */
function unknownNames(releases, docs, ranking) {
  const known = new Set(releases.flatMap(({ flags }) => flags.map(({ name }) => name.slice(2))));
  const problems = [];
  for (const [key, doc] of Object.entries(docs)) {
    if (!known.has(key)) problems.push(`${key} is documented but no release has it.`);
    for (const other of doc.see ?? [])
      if (!known.has(other)) problems.push(`${key}: see names the unknown flag ${other}.`);
  }
  for (const key of ranking)
    if (!known.has(key)) problems.push(`ranking.yaml names the unknown flag ${key}.`);
  return problems;
}
