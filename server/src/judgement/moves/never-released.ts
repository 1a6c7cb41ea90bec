/** Migrates flags and values that only LightLLM's main branch had, between releases. */

import type { NeverReleased } from "../../catalogue/move-facts";
import type { Catalogue, Release } from "../../catalogue/types";
import type { Argument } from "../../launch/launch";
import type { LaunchChange } from "../../launch/launch-change";
import { expression, valueOrUnknown } from "../../python/expression";
import { changeTitle } from "../rules/cures";
import { fillMessage } from "../rules/message";
import { fitting, wordsOfValue } from "../words-of-values";
import type { Departure } from "./departure";
import type { Step } from "./step";

/** Facts about an argument's flag, or a word of it, that is in no release. */
export function neverReleased(argument: Argument, catalogue: Catalogue): NeverReleased | undefined {
  return catalogue
    .moves()
    .neverReleased.find(
      ({ flag, value }) =>
        flag === argument.flag && (value === undefined || argument.words.some(({ text }) => text === value)),
    );
}

/** The steps that migrate such flags and values to a release; for one argument if it is given. */
export function neverReleasedSteps(from: Departure, to: Release, only?: Argument): Step[] {
  const steps: Step[] = [];
  for (const argument of only ? [only] : from.launch.arguments) {
    const move = argument.counts ? neverReleased(argument, from.catalogue) : undefined;
    // A LightLLM that was read from source may have it.
    const has = from.release.byName.get(argument.flag);
    const knows = has && (move?.value === undefined || has.choices?.includes(move.value));
    if (!move || knows) continue;
    const say = fillMessage(move.say, from.values, from.launch);
    const lost = move.lost && fillMessage(move.lost, from.values, from.launch);
    const changes = changesOf(move, argument, from, to);
    const { launch, catalogue } = from;
    const writes = changes.flatMap((change) => changeTitle(change, { launch, release: to, catalogue }));
    steps.push({
      about: argument.flag,
      argument,
      say,
      writes,
      changes,
      variableChanges: [],
      ...(lost && { lost }),
    });
  }
  return steps;
}

/** The changes that replace a flag of no release by a release's own flags. */
function changesOf(
  { rename, set = {} }: NeverReleased,
  argument: Argument,
  from: Departure,
  to: Release,
): LaunchChange[] {
  // The moves from the release that is left take it further, and know by it what the launch wanted.
  if (rename !== undefined && (to.byName.has(rename) || from.release.byName.has(rename)))
    return [{ kind: "rename", argument, to: rename }];
  const changes: LaunchChange[] = [];
  let stays = false;
  for (const [key, formula] of Object.entries(set)) {
    const flag = to.byName.get(`--${key}`);
    const words = flag && wordsOfValue(fitting(valueOrUnknown(expression(formula), from.values), flag));
    if (!flag || !words) continue;
    if (flag.name === argument.flag) {
      stays = true;
      changes.push({ kind: "set", argument, words });
    } else changes.push({ kind: "add", launch: from.launch, flag: flag.name, words, after: argument });
  }
  return stays ? changes : [...changes, { kind: "remove", argument }];
}
