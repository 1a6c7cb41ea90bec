/** Builds the catalogue from the compiled data of `schemas/generated/`. */
import behaviourText from "../../../schemas/generated/behaviour.json?raw";
import docsText from "../../../schemas/generated/docs.json?raw";
import environmentText from "../../../schemas/generated/environment.json?raw";
import factsText from "../../../schemas/generated/facts.json?raw";
import fitText from "../../../schemas/generated/fit.json?raw";
import modelsText from "../../../schemas/generated/models.json?raw";
import movesText from "../../../schemas/generated/moves.json?raw";
import otherEnginesText from "../../../schemas/generated/other-engines.json?raw";
import rulesText from "../../../schemas/generated/rules.json?raw";
import type { OtherEngines } from "./engine-facts";
import type { FitFacts } from "./fit-facts";
import type { ModelCode, ModelFacts } from "./model-facts";
import type { BehaviourChange, Moves } from "./move-facts";
import type { CompiledRules, ProgramId, StartupPrograms, ValueRule } from "./rule-facts";
import type {
  Catalogue,
  CompiledFacts,
  DeploymentFacts,
  EnvironmentVariableDocs,
  Flag,
  FlagDocs,
  Release,
} from "./types";

let shipped: Catalogue | undefined;

/** The bundled catalogue; read on first use. */
export function shippedCatalogue(): Catalogue {
  shipped ??= buildCatalogue(
    JSON.parse(factsText),
    () => JSON.parse(docsText),
    () => JSON.parse(environmentText),
    () => JSON.parse(rulesText),
    () => JSON.parse(movesText),
    () => JSON.parse(otherEnginesText),
    () => JSON.parse(behaviourText),
    () => JSON.parse(modelsText),
    () => JSON.parse(fitText),
  );
  return shipped;
}

/** A catalogue over compiled facts; everything but the flags is parsed on first use. */
export function buildCatalogue(
  facts: CompiledFacts,
  readDocs: () => Readonly<Record<string, FlagDocs>>,
  readEnvironment: () => Readonly<Record<string, EnvironmentVariableDocs>>,
  readRules: () => CompiledRules,
  readMoves: () => Moves,
  readOtherEngines: () => OtherEngines,
  readBehaviour: () => Readonly<Record<string, readonly BehaviourChange[]>>,
  readPublicModels: () => Readonly<Record<string, string>>,
  readFit: () => FitFacts,
): Catalogue {
  const releases = facts.releases.map((release) => buildRelease(release, facts));
  const tagged = releases.filter((release) => release.tagged);
  const newest = tagged.at(-1) ?? releases.at(-1);
  if (!newest) throw new Error("The catalogue holds no release.");
  const byName = new Map(releases.map((release) => [release.name, release]));
  const ranks = new Map(facts.ranking.map((key, index) => [key, index]));
  let environment: Readonly<Record<string, EnvironmentVariableDocs>> | undefined;
  let docs: Readonly<Record<string, FlagDocs>> | undefined;
  let rules: CompiledRules | undefined;
  let valueRules: readonly ValueRule[] | undefined;
  let moves: Moves | undefined;
  let publicModels: Readonly<Record<string, string>> | undefined;
  let fit: FitFacts | undefined;
  let otherEngines: OtherEngines | undefined;
  const readRulesOnce = () => {
    rules ??= readRules();
    return rules;
  };
  return {
    releases,
    groups: facts.groups,
    newest,
    release: (name) => byName.get(name),
    docs(key) {
      docs ??= readDocs();
      return Object.hasOwn(docs, key) ? docs[key] : undefined;
    },
    startup: ({ rulesOf }) => programsOf(rulesOf, readRulesOnce()),
    modelFacts: ({ rulesOf }) => modelFactsOf(rulesOf, readRulesOnce()),
    modelCode: ({ rulesOf }) => modelCodeOf(rulesOf, readRulesOnce()),
    quantizationFile: ({ rulesOf }) => readRulesOnce().quantization[rulesOf] ?? { key: "name", weights: [] },
    deployment: ({ rulesOf }) => deploymentOf(rulesOf, readRulesOnce()),
    rules: () => readRulesOnce().rules,
    valueRules() {
      valueRules ??= Object.values(readRulesOnce().rules).filter((rule) => "messages" in rule);
      return valueRules;
    },
    container: () => readRulesOnce().container,
    behaviourSince: ({ rulesOf }) => readBehaviour()[rulesOf] ?? [],
    fit() {
      fit ??= readFit();
      return fit;
    },
    moves() {
      moves ??= readMoves();
      return moves;
    },
    publicModels() {
      publicModels ??= readPublicModels();
      return publicModels;
    },
    otherEngines() {
      otherEngines ??= readOtherEngines();
      return otherEngines;
    },
    environment() {
      environment ??= readEnvironment();
      return environment;
    },
    synonym(key, word) {
      const words = Object.hasOwn(facts.synonyms, key) ? facts.synonyms[key] : undefined;
      const lower = word.toLowerCase();
      return words && Object.hasOwn(words, lower) ? words[lower] : undefined;
    },
    rank: (key) => ranks.get(key) ?? facts.ranking.length,
  };
}

function programsOf(release: string, { startup, steps }: CompiledRules): StartupPrograms {
  const programs = Object.entries(startup[release] ?? {}).map(([id, indices]) => [
    id as ProgramId,
    indices.map((index) => steps[index]).filter((step) => step !== undefined),
  ]);
  return Object.fromEntries(programs);
}

function modelFactsOf(release: string, { modelFacts, modelFactsOf }: CompiledRules): ModelFacts {
  const facts = modelFacts[modelFactsOf[release] ?? -1];
  if (!facts) throw new Error(`The catalogue has no facts about models for ${release}.`);
  return facts;
}

function modelCodeOf(release: string, { modelCode, modelCodeOf }: CompiledRules): ModelCode {
  return modelCode[modelCodeOf[release] ?? -1] ?? {};
}

function deploymentOf(release: string, { deployments, deploymentOf }: CompiledRules): DeploymentFacts {
  return deployments[deploymentOf[release] ?? -1] ?? { ports: [], taken: [], agree: {} };
}

function buildRelease(release: CompiledFacts["releases"][number], facts: CompiledFacts): Release {
  const flags: Flag[] = [];
  const byName = new Map<string, Flag>();
  for (const [flagIndex, factsIndex] of release.order) {
    const entry = facts.flags[flagIndex];
    const known = entry?.facts[factsIndex];
    if (!entry || !known) throw new Error(`Compiled facts of ${release.name} point to nothing.`);
    const flag: Flag = {
      ...known,
      name: entry.name,
      key: entry.name.slice(2),
      aliases: entry.aliases,
      group: entry.group,
      words: release.words[entry.name] ?? [],
    };
    flags.push(flag);
    for (const name of [flag.name, ...flag.aliases]) byName.set(name, flag);
  }
  const { name, date, tagged } = release;
  return { id: name, name, rulesOf: name, date, tagged, flags, byName };
}
