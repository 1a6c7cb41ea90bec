/** Rules about environment variables: an invalid name, a misspelt one, one that the judging release does not read. */

import { environmentVariable, isReadBy, readers } from "../../catalogue/environment-docs";
import type { Catalogue } from "../../catalogue/types";
import type { EnvironmentVariable } from "../../launch/launch";
import { remembered, rememberedFor } from "../../launch/remembered";
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

const variableNames = rememberedFor((catalogue: Catalogue) => Object.keys(catalogue.environment()));

/** The variables that an unknown name may mean; undefined if the name is likely the user's own. */
const namesMeant = remembered((name, catalogue: Catalogue): readonly string[] | undefined => {
  const near = nearest(name, variableNames(catalogue));
  const words = name.length > 6 ? wordsIn(catalogue) : undefined;
  const slip = words && near.find((other) => isSlip(name, other) && isSlipInWords(name, other, words));
  const ours = /^LIGHT_?LL?M[A-Z0-9_]*$/.test(name);
  return slip ? [slip] : ours ? near : undefined;
});

/** The parts of all names that LightLLM has. */
const wordsIn = rememberedFor((catalogue: Catalogue): ReadonlySet<string> => {
  const flags = catalogue.releases.flatMap(({ byName }) => [...byName.keys()]);
  return new Set([...flags, ...variableNames(catalogue)].flatMap((one) => fold(one).split("_")));
});

function misspelt(
  { name, nameSpan }: EnvironmentVariable,
  meant: readonly string[],
  catalogue: Catalogue,
): PlainReport {
  const sure = surelyMeant(name, variableNames(catalogue));
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
