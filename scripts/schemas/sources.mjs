// @ts-check
/** Reads the catalogue's source in `schemas/`, and fails if it is incomplete. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import { readBeginnings } from "./beginnings.mjs";
import { readDeployments } from "./deployments.mjs";
import { DocsCompiler } from "./docs.mjs";
import { readFit } from "./fit.mjs";
import { readModelCode } from "./model-code.mjs";
import { readModelFacts } from "./model-facts.mjs";
import { readPublicModels } from "./models.mjs";
import { readMoves } from "./moves.mjs";
import { readOtherEngines } from "./other-engines.mjs";
import { leftPlaceholders } from "./placeholders.mjs";
import { readQuantization } from "./quantization.mjs";
import { readRuleFiles } from "./rule-words.mjs";
import { checkRanges } from "./rules.mjs";
import { SourceError } from "./source-error.mjs";
import { readStartup } from "./startup.mjs";
import {
  inChanges,
  inContainer,
  inDeployment,
  inKeptDefaults,
  inMoves,
  inRule,
  inSteps,
} from "./written-expressions.mjs";
import { readYamlFile } from "./yaml-file.mjs";

/**
 * @typedef {{ name: string, date: string, tagged: boolean, words: Record<string, string[]>, flags: any[] }} ReleaseSource
 * @typedef {{ id: string, title: { en: string, zh: string } }} GroupSource
 */

/**
 * All sources in `schemas/`.
 * @param {string} folder
 */
export async function readSources(folder) {
  const left = await leftPlaceholders(folder);
  if (left.length > 0) throw new SourceError(left.join("\n"));
  const groups = /** @type {GroupSource[]} */ ((await readYamlFile(folder, "groups.yaml")).value);
  const ranking = await readYamlFile(folder, "ranking.yaml");
  const releases = await readReleases(join(folder, "releases"));
  const names = releases.map(({ name }) => name);
  const variables = JSON.parse(await readFile(join(folder, "environment.json"), "utf8"));
  const known = new Set([...releases.flatMap(({ flags }) => flags.map(keyOf)), ...Object.keys(variables)]);
  const compiler = new DocsCompiler(names, known);
  const { docs, groupOf, files } = await readDocs(folder, groups, releases, compiler);
  const environment = await readEnvironment(folder, variables, compiler);
  const startup = await readStartup(folder, names);
  const models = { ...(await readModelFacts(folder, names)), ...(await readModelCode(folder, names)) };
  const { files: deploymentFiles, ...deployments } = await readDeployments(folder, names);
  const { moves, files: moveFiles, kept, changes, behaviour } = await readMoves(folder, names);
  const synonyms = await readSynonyms(folder, releases);
  const quantization = await readQuantization(folder, names);
  const publicModels = await readPublicModels(folder);
  const beginnings = await readBeginnings(folder, releases, variables);
  const otherEngines = await readOtherEngines(folder, releases, variables);
  const rules = await readRuleFiles(folder);
  for (const file of rules.values()) checkRanges(file, names);
  const container = await readYamlFile(folder, "container.yaml");
  const problems = [...undocumented(releases, docs), ...unknownNames(releases, files, ranking)];
  if (problems.length > 0) throw new SourceError(problems.join("\n"));
  return {
    groups,
    ranking: /** @type {{ flag: string }[]} */ (ranking.value).map(({ flag }) => flag),
    releases,
    docs,
    groupOf,
    environment,
    startup,
    models,
    deployments,
    rules: new Map(
      [...rules].map(([code, { value }]) => [
        code,
        /** @type {import("./rule-words.mjs").RuleWords} */ (value),
      ]),
    ),
    container: container.value,
    fit: await readFit(folder, names),
    moves,
    behaviour,
    otherEngines,
    publicModels,
    beginnings,
    quantization,
    synonyms,
    /** The places with Python and names of flags. */
    written: [
      ...inSteps(startup.placed),
      ...inContainer(container),
      ...deploymentFiles.flatMap(inDeployment),
      ...[...rules.values()].flatMap(inRule),
      ...moveFiles.flatMap(inMoves),
      ...inKeptDefaults(kept),
      ...changes.flatMap(inChanges),
    ],
  };
}

/**
 * Words for values of flags, by flag without dashes.
 * @param {string} folder @param {readonly ReleaseSource[]} releases
 * @returns {Promise<Record<string, Record<string, string | null>>>}
 */
async function readSynonyms(folder, releases) {
  const file = await readYamlFile(folder, "synonyms.yaml");
  for (const [key, words] of Object.entries(
    /** @type {Record<string, Record<string, unknown>>} */ (file.value),
  )) {
    const known = releases.flatMap(({ flags }) => flags.filter(({ name }) => name === `--${key}`));
    for (const [word, value] of Object.entries(words)) {
      if (value !== null && !known.some(({ choices }) => choices?.includes(value)))
        throw file.error([key, word], `no release has the choice ${value} of ${key}.`);
      if (known.some(({ choices }) => choices?.includes(word)))
        throw file.error([key, word], `${word} is a choice of ${key} itself.`);
    }
  }
  return file.value;
}

/** @param {string} folder `schemas/releases` @returns {Promise<ReleaseSource[]>} old to new */
export async function readReleases(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  const releases = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8"))),
  );
  return releases.sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** The name of a flag without dashes. @param {{ name: string }} flag */
const keyOf = ({ name }) => name.replace(/^--/, "");

/**
 * A validator for documentation, whose forms share that of facts.
 * @param {string} folder @param {string} name of the form
 */
async function docsValidator(folder, name) {
  const [form, facts] = await Promise.all(
    [name, "facts.schema.json"].map(async (one) => JSON.parse(await readFile(join(folder, one), "utf8"))),
  );
  return new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true })
    .addSchema(facts, "facts.schema.json")
    .compile(form);
}

/**
 * @param {string} folder @param {GroupSource[]} groups @param {readonly ReleaseSource[]} releases old to new
 * @param {DocsCompiler} compiler
 */
async function readDocs(folder, groups, releases, compiler) {
  const validate = await docsValidator(folder, "flag-docs.schema.json");
  /** @type {import("./yaml-file.mjs").YamlFile[]} */
  const files = [];
  /** @type {Record<string, any>} */
  const docs = {};
  /** @type {Map<string, string>} */
  const groupOf = new Map();
  for (const { id } of groups) {
    const file = await readYamlFile(folder, `flags/${id}.yaml`);
    file.check(validate);
    files.push(file);
    for (const [key, doc] of Object.entries(/** @type {Record<string, any>} */ (file.value))) {
      if (docs[key])
        throw file.error(
          [key],
          `${key} is documented a second time; it is in flags/${groupOf.get(key)}.yaml too.`,
        );
      const having = releases.filter(({ flags }) => flags.some((flag) => keyOf(flag) === key));
      docs[key] = compiler.compile(
        key,
        doc,
        having.map(({ name }) => name),
        file,
      );
      groupOf.set(key, id);
    }
  }
  return { docs, groupOf, files };
}

/**
 * Environment variables: facts and documentation of each, in one entry.
 * @param {string} folder @param {Record<string, any>} facts by name @param {DocsCompiler} compiler
 */
async function readEnvironment(folder, facts, compiler) {
  const file = await readYamlFile(folder, "environment.yaml");
  /** @type {Record<string, any>} */
  const docs = file.value;
  file.check(await docsValidator(folder, "environment-docs.schema.json"));
  const problems = [
    ...Object.keys(facts)
      .filter((name) => !docs[name])
      .map((name) => `${name} has no documentation: write it in schemas/environment.yaml.`),
    ...Object.keys(docs)
      .filter((name) => !facts[name])
      .map(
        (name) =>
          `${file.place([name])}: ${name} is documented, but schemas/environment.json does not know it.`,
      ),
  ];
  if (problems.length > 0) throw new SourceError(problems.join("\n"));
  return Object.fromEntries(
    Object.keys(facts)
      .sort()
      .map((name) => [
        name,
        { ...facts[name], ...compiler.compile(name, docs[name], facts[name].releases, file) },
      ]),
  );
}

/**
 * Finds flags, choices and words without documentation.
 * @param {ReleaseSource[]} releases
 * @param {Record<string, any>} docs
 */
function undocumented(releases, docs) {
  const problems = new Set();
  for (const { name: release, flags, words } of releases) {
    for (const { name, choices } of flags) {
      const doc = docs[name.slice(2)];
      if (!doc) problems.add(`${name} has no documentation: write it in schemas/flags/.`);
      const known = [...(choices ?? []), ...(words[name] ?? [])].filter((word) => word !== null);
      for (const word of known) {
        /** @type {{ releases?: string[] }[]} */
        const facts = doc?.en.values?.[word] ?? [];
        if (doc && !facts.some(({ releases }) => releases === undefined || releases.includes(release)))
          problems.add(`${name}: the value ${word} has no documentation for ${release}.`);
      }
    }
  }
  return problems;
}

/**
 * Finds documentation of flags that no release has.
 * @param {ReleaseSource[]} releases
 * @param {readonly import("./yaml-file.mjs").YamlFile[]} files of `flags/`
 * @param {import("./yaml-file.mjs").YamlFile} ranking
 */
function unknownNames(releases, files, ranking) {
  const known = new Set(releases.flatMap(({ flags }) => flags.map(({ name }) => name.slice(2))));
  const problems = [];
  for (const file of files) {
    for (const [key, doc] of Object.entries(/** @type {Record<string, any>} */ (file.value))) {
      if (!known.has(key)) problems.push(`${file.place([key])}: ${key} is documented but no release has it.`);
      for (const [index, other] of (doc.see ?? []).entries())
        if (!known.has(other))
          problems.push(`${file.place([key, "see", index])}: see names the unknown flag ${other}.`);
    }
  }
  for (const [index, { flag }] of ranking.value.entries())
    if (!known.has(flag)) problems.push(`${ranking.place([index, "flag"])}: there is no flag ${flag}.`);
  return problems;
}
