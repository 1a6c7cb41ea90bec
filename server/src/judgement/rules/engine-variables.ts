/** The rule about environment variables of other engines, such as vLLM. The facts are in `schemas/other-engines/`. */

import type { EngineVariable, EngineVariables } from "../../catalogue/engine-facts";
import { environmentVariable, isReadBy } from "../../catalogue/environment-docs";
import type { EnvironmentVariable, Launch } from "../../launch/launch";
import { type Origin, originsOf } from "../../launch/origin";
import { say } from "../../messages";
import type { PlainReport } from "../finding";
import { type DetectorsIn, onEach } from "./detector";
import { inNotation } from "./message";
import { listed, type RuleContext, writtenName } from "./rule";

/** A single name that any program may have says nothing; several of one engine do. */
const FEWEST_NAMES = 2;

const variableOfAnotherEngine = onEach("launch", function* (_, context) {
  const { launch, catalogue } = context;
  if (launch.environment.length === 0) return;
  const used = usedIn(launch);
  for (const engine of catalogue.otherEngines().variables) {
    const own = launch.environment.filter(({ name }) => isOf(engine, name) && !used.has(name));
    const names = new Set(own.map(({ name }) => name));
    if (!engine.prefixes && names.size < FEWEST_NAMES) continue;
    for (const variable of own)
      if (!environmentVariable(catalogue, variable.name)) yield report(variable, engine, context);
  }
});

function isOf({ prefixes = [], except = [], names }: EngineVariables, name: string): boolean {
  if (except.includes(name)) return false;
  return Object.hasOwn(names, name) || prefixes.some((prefix) => name.startsWith(prefix));
}

/** The names whose values the words of the launch use. */
function usedIn({ arguments: given }: Launch): ReadonlySet<string> {
  const names = new Set<string>();
  const look = (origin: Origin) => {
    if ("name" in origin) names.add(origin.name);
    if (origin.from === "expression" && origin.of) names.add(origin.of.name);
    if ("value" in origin) for (const inner of origin.value ?? []) look(inner);
  };
  for (const { words, flagOrigins = [] } of given) {
    for (const origin of flagOrigins) look(origin);
    for (const word of words) {
      for (const origin of originsOf(word)) look(origin);
      for (const part of word.parts ?? []) if (part.kind === "open") look(part);
    }
  }
  return names;
}

function report(
  { name, nameSpan }: EnvironmentVariable,
  { engine, names }: EngineVariables,
  context: RuleContext,
): PlainReport {
  const { launch } = context;
  const known: EngineVariable = Object.hasOwn(names, name) ? (names[name] ?? {}) : {};
  const variable = variableIn(known, context);
  const flags = variable ? [] : flagsIn(known, context);
  const counterparts = variable ? [variable] : flags.map((flag) => writtenName(flag, launch));
  const is =
    counterparts.length > 0
      ? say("rule.engine-variable-is", { names: listed(counterparts.map((one) => `\`${one}\``)) })
      : undefined;
  const more = is ? known.note : known.none;
  const about = [
    say("rule.engine-variable", { name, engine }),
    is,
    more && sentence(inNotation(more, launch)),
  ];
  return {
    message: about.filter((one) => one).join(" "),
    span: nameSpan,
    fixes: [],
    textFixes: variable
      ? [
          {
            title: say("rule.change-variable", { name: variable }),
            kind: "choice",
            preferred: true,
            edits: [{ span: nameSpan, newText: variable }],
            renames: true,
          },
        ]
      : [],
  };
}

/** LightLLM's variable, if the release reads it and the launch does not set it. */
function variableIn({ is }: EngineVariable, { launch, release, catalogue }: RuleContext): string | undefined {
  const known = is === undefined ? undefined : environmentVariable(catalogue, is);
  if (is === undefined || !known || !isReadBy(known, release)) return undefined;
  return launch.environment.some(({ name }) => name === is) ? undefined : is;
}

function flagsIn({ flags = [] }: EngineVariable, { release }: RuleContext): string[] {
  const found = flags
    .map((key) => `--${key}`)
    .filter((flag) => release.byName.get(flag)?.status === "active");
  return found.length === flags.length ? found : [];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

export const rules = {
  "variable-of-another-engine": variableOfAnotherEngine,
} satisfies DetectorsIn<"judgement/rules/engine-variables.ts">;
