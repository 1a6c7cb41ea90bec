/** Rules about environment variables: an invalid name, a misspelt one, one that the judging release does not read. */

import { environmentVariable, isReadBy, readers } from "../../catalogue/environment-docs";
import type { Catalogue } from "../../catalogue/types";
import type { EnvironmentVariable } from "../../launch/launch";
import { isOpenName, isVariableName } from "../../launch/variable-name";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import type { PlainReport } from "../finding";
import { fold, isSlip, isSlipInWords, nearest, surelyMeant } from "../nearest";
import { type DetectorsIn, onEach } from "./detector";

const noNames = onEach("launch", function* (_, { launch }) {
  for (const variable of launch.environment)
    if (!isVariableName(variable.name) && isMeantAsName(variable)) yield noName(variable);
});

const misspeltNames = onEach("launch", function* (_, { launch, catalogue }) {
  for (const variable of launch.environment) {
    if (!isVariableName(variable.name) || environmentVariable(catalogue, variable.name)) continue;
    const meant = namesMeant(variable.name, catalogue);
    if (meant) yield misspelt(variable, meant, catalogue);
  }
});

const notRead = onEach("launch", function* (_, { launch, release, catalogue }) {
  for (const { name, nameSpan } of launch.environment) {
    const known = environmentVariable(catalogue, name);
    if (!known || isReadBy(known, release) || !known.kind.startsWith("read")) continue;
    yield {
      message: say("rule.variable-not-read", {
        release: release.name,
        name,
        readers: readers(known, catalogue),
      }),
      span: nameSpan,
      fixes: [],
    };
  }
});

/** False for a name that is still being typed or that contains a substitution. */
function isMeantAsName({ name, value }: EnvironmentVariable): boolean {
  return name === "" ? value.source !== "" : !isOpenName(name);
}

/** A name for a message. */
export function shownName(name: string): string {
  return `\`${shortened(name).replaceAll("`", "'")}\``;
}

function noName({ name, nameSpan }: EnvironmentVariable) {
  const what =
    name === "" ? say("rule.variable-without-name") : say("rule.variable-name", { name: shownName(name) });
  const how = /^\d\w*$/.test(name) ? say("rule.variable-digit") : say("rule.variable-letters");
  return {
    message: say("rule.variable-wrong", { what, how }),
    span: nameSpan,
    fixes: [],
  };
}

/** Maximum number of cached names; few texts have more. */
const MOST_NAMES = 1000;
const meantBefore = new WeakMap<Catalogue, Map<string, readonly string[] | undefined>>();

/** The variables that an unknown name may mean; undefined if the name is likely the user's own. */
function namesMeant(name: string, catalogue: Catalogue): readonly string[] | undefined {
  const known = meantBefore.get(catalogue) ?? new Map<string, readonly string[] | undefined>();
  meantBefore.set(catalogue, known);
  if (!known.has(name)) {
    const near = nearest(name, Object.keys(catalogue.environment()));
    const words = name.length > 6 ? wordsIn(catalogue) : undefined;
    const slip = words && near.find((other) => isSlip(name, other) && isSlipInWords(name, other, words));
    const ours = /^LIGHT_?LL?M[A-Z0-9_]*$/.test(name);
    if (known.size >= MOST_NAMES) known.clear();
    known.set(name, slip ? [slip] : ours ? near : undefined);
  }
  return known.get(name);
}

const wordsBefore = new WeakMap<Catalogue, ReadonlySet<string>>();

/** The parts of all names that LightLLM has. */
function wordsIn(catalogue: Catalogue): ReadonlySet<string> {
  let words = wordsBefore.get(catalogue);
  if (!words) {
    const flags = catalogue.releases.flatMap(({ byName }) => [...byName.keys()]);
    words = new Set(
      [...flags, ...Object.keys(catalogue.environment())].flatMap((one) => fold(one).split("_")),
    );
    wordsBefore.set(catalogue, words);
  }
  return words;
}

function misspelt(
  { name, nameSpan }: EnvironmentVariable,
  meant: readonly string[],
  catalogue: Catalogue,
): PlainReport {
  const sure = surelyMeant(name, Object.keys(catalogue.environment()));
  const hint = meant[0] === undefined ? "" : ` ${say("rule.did-you-mean", { names: `\`${meant[0]}\`` })}`;
  return {
    message: `${say("rule.variable-unknown", { name: shortened(name) })}${hint}`,
    span: nameSpan,
    fixes: [],
    textFixes: meant.map((to, index) => ({
      title: say("rule.change-variable", { name: to }),
      kind: to === sure ? "spelling" : "choice",
      preferred: index === 0,
      edits: [{ span: nameSpan, newText: to }],
      renames: true,
    })),
  };
}

export const rules = {
  "environment-variable-name": noNames,
  "unknown-environment-variable": misspeltNames,
  "environment-variable-not-read": notRead,
} satisfies DetectorsIn<"judgement/rules/variable-names.ts">;
