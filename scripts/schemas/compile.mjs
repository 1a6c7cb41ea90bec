// @ts-check
/** Compiles the catalogue's source into the files of the server. */
import { RULE_FOLDERS, ruleRegistry, ruleTypes } from "./rule-code.mjs";
import { compileRules } from "./rules.mjs";

/**
 * The facts of all releases, without repetition, and the documentation.
 * @param {Awaited<ReturnType<typeof import("./sources.mjs").readSources>>} sources
 */
export function compile({
  groups,
  ranking,
  releases,
  docs,
  groupOf,
  environment,
  startup,
  models,
  deployments,
  rules,
  container,
  fit,
  moves,
  behaviour,
  otherEngines,
  publicModels,
  beginnings,
  quantization,
  synonyms,
}) {
  /** @type {{ name: string, aliases: string[], group: string, facts: any[] }[]} */
  const flags = [];
  /** @type {Map<string, number>} */
  const indexOf = new Map();
  const compiledReleases = releases.map(({ name, date, tagged, words, flags: known }) => ({
    name,
    date,
    tagged,
    words,
    order: known.map(({ name: flag, aliases, ...facts }) => {
      // A flag whose aliases have changed is listed once for each set of them.
      const names = JSON.stringify([flag, aliases]);
      const index =
        indexOf.get(names) ??
        flags.push({ name: flag, aliases, group: groupOf.get(flag.slice(2)) ?? "", facts: [] }) - 1;
      indexOf.set(names, index);
      const entry = flags[index];
      const text = JSON.stringify(facts);
      const same = entry?.facts.findIndex((other) => JSON.stringify(other) === text) ?? -1;
      return [index, same >= 0 ? same : (entry?.facts.push(facts) ?? 0) - 1];
    }),
  }));
  const order = new Map(groups.map(({ id }, index) => [id, index]));
  const inGroupOrder = Object.keys(docs).sort(
    (a, b) => (order.get(groupOf.get(a) ?? "") ?? 0) - (order.get(groupOf.get(b) ?? "") ?? 0),
  );
  return {
    facts: {
      groups,
      ranking: [...ranking, ...inGroupOrder.filter((key) => !ranking.includes(key))],
      releases: compiledReleases,
      synonyms,
      flags,
    },
    docs,
    environment,
    fit,
    moves,
    behaviour,
    otherEngines,
    publicModels,
    beginnings,
    ruleTypes: ruleTypes(rules),
    ruleRegistries: RULE_FOLDERS.map((folder) => ({ folder, text: ruleRegistry(rules, folder) })),
    rules: {
      steps: startup.steps,
      startup: startup.startup,
      ...models,
      ...deployments,
      quantization,
      rules: compileRules(
        rules,
        releases.map(({ name }) => name),
      ),
      container,
    },
  };
}
