/** Why a value is not known before the launch runs. */
import type { JudgedLaunch } from "../../analysis/judge-file";
import { isModelFact } from "../../judgement/model/facts";
import { writtenName } from "../../judgement/rules/rule";
import type { Launch, Word } from "../../launch/launch";
import { type Origin, originsOf } from "../../launch/origin";
import { say } from "../../messages";
import { expression } from "../../python/expression";
import { holdsUnknown } from "../../python/values";

/** Why the words of a value are not known, or that LightLLM refuses them. */
export function whyUnknown(words: readonly Word[]): string {
  const open = words.find(({ text }) => text === undefined);
  if (!open) return say("effective.refused");
  const reason = originsOf(open)
    .map(reasonOf)
    .find((one) => one !== undefined);
  return reason ?? say("effective.filled-in", { name: open.source });
}

/** The reason of one part of a word; undefined if its value is known. */
function reasonOf(origin: Origin): string | undefined {
  const { source: name } = origin;
  switch (origin.from) {
    case "variable": {
      const inner = origin.value?.map(reasonOf).find((one) => one !== undefined);
      if (inner !== undefined) return inner;
      return origin.assigned ? say("effective.computed", { name }) : say("effective.not-set", { name });
    }
    case "default":
      return origin.otherwise === undefined ? say("effective.not-set", { name }) : undefined;
    case "parameter":
      return say("effective.passed", { name });
    case "expression":
      return origin.language === "template" || origin.language === "placeholder"
        ? say("effective.filled-in", { name })
        : say("effective.computed", { name });
  }
}

/** The words of a launch that may contain more flags. */
export function openWords({ launch }: JudgedLaunch): string {
  const open = wordsOf(launch).filter(({ splits, text }) => splits === true || text === undefined);
  const names = new Set(open.map(({ source }) => source));
  return names.size > 0 ? [...names].join(", ") : say("effective.outside");
}

function wordsOf({ arguments: given }: Launch): readonly Word[] {
  return given.flatMap(({ words }) => words);
}

/** The unknown values, besides that of the flag itself, that expressions of the start-up read. */
export function dependsOn(
  key: string,
  sources: readonly (string | undefined)[],
  { values, launch }: JudgedLaunch,
): string {
  const names = new Set<string>();
  for (const source of sources) {
    if (source === undefined) continue;
    const { names: read, variables, readsConfig } = expression(source);
    for (const name of read) {
      const effective = values.effective(name);
      if (name === key) continue;
      if (effective && holdsUnknown(effective.value)) names.add(writtenName(`--${name}`, launch));
      else if (!effective && isModelFact(name)) names.add(say("effective.unread-model"));
    }
    if (readsConfig) names.add(say("effective.unread-model"));
    for (const name of variables) if (holdsUnknown(values.environment(name))) names.add(`$${name}`);
  }
  return say("effective.depends", { names: [...names].join(", ") || say("effective.outside") });
}
