/** Fixes of rules over values: changes of the launch, tested before they are offered. */

import type { CureFacts } from "../../catalogue/rule-facts";
import type { FixKind } from "../../launch/launch";
import type { LaunchChange } from "../../launch/launch-change";
import { shortened } from "../../launch/visible-text";
import { say, translated } from "../../messages";
import { expression } from "../../python/expression";
import { PythonError, show, truth, type Value } from "../../python/values";
import { type Assignment, readWord } from "../argparse";
import type { EffectiveValues } from "../effective-values";
import type { Fix } from "../finding";
import { fitting, wordsOfValue } from "../words-of-values";
import { quoted, type RuleContext, valueWords, writtenName } from "./rule";

/** A fix for this launch: its changes, and the values afterwards. */
export interface Cure {
  readonly title: string;
  readonly kind: FixKind;
  readonly changes: readonly LaunchChange[];
  /** Values after the fix; `undefined` for a removed flag. */
  readonly after: ReadonlyMap<string, Value | undefined>;
}

/** The changes of a fix for this launch; undefined if it does not apply. */
export function cureOf(
  facts: CureFacts,
  values: EffectiveValues,
  assignments: ReadonlyMap<string, Assignment>,
  context: RuleContext,
): Cure | undefined {
  const { launch, release } = context;
  try {
    if (facts.if !== undefined && truth(expression(facts.if).evaluate(values)) !== true) return undefined;
    const changes: LaunchChange[] = [];
    const titles: string[] = [];
    const after = new Map<string, Value | undefined>();
    const meant = (key: string) => (key === "flag" ? flagAtHand(values) : key);
    for (const [written, formula] of Object.entries(facts.set ?? {})) {
      const key = meant(written);
      const flag = release.byName.get(`--${key}`);
      const value = flag && fitting(expression(formula).evaluate(values), flag);
      const words = value === undefined ? undefined : wordsOfValue(value);
      if (!flag || value === undefined || !words) return undefined;
      changes.push(setChange(key, words, assignments, context));
      titles.push(setTitle(flagWith(key, words, context), assignments.get(key)));
      after.set(key, value);
    }
    for (const key of (facts.add ?? []).map(meant)) {
      if (assignments.has(key) || !release.byName.has(`--${key}`)) return undefined;
      changes.push({ kind: "add", launch, flag: `--${key}`, words: [] });
      titles.push(say("rule.add", { flag: writtenName(`--${key}`, launch) }));
      after.set(key, true);
    }
    const removed = (facts.remove ?? []).map(meant).filter((key) => assignments.has(key));
    if (facts.remove && removed.length === 0) return undefined;
    for (const key of removed) {
      changes.push(...removals(key, context));
      titles.push(removeTitle(key, assignments.get(key), context));
      after.set(key, undefined);
    }
    const title =
      facts.title &&
      translated(facts.title).replace(/`(--[a-z0-9_]+)`/g, (_, flag) => `\`${writtenName(flag, launch)}\``);
    const { kind = "choice" } = facts;
    const cure =
      title ?? titles.reduce((first, second) => (first ? say("rule.and", { first, second }) : second), "");
    return {
      title: capital(kind === "stand-in" ? say("rule.stand-in-for-yours", { cure }) : cure),
      kind,
      changes,
      after,
    };
  } catch (error) {
    if (error instanceof PythonError) return undefined;
    throw error;
  }
}

/** The cost of a new value: the old value. */
function setTitle(now: string, before: Assignment | undefined): string {
  if (!before) return say("rule.add", { flag: now });
  const { valueSource } = before.argument;
  return valueSource === ""
    ? say("rule.set", { flag: now })
    : say("rule.set-instead", { flag: now, value: quoted(valueSource) });
}

/** The cost of removing a flag: its value, and the value that LightLLM then uses. */
function removeTitle(key: string, before: Assignment | undefined, context: RuleContext): string {
  const source = before?.argument.words.length ? before.argument.valueSource : "";
  const words = source === "" ? writtenName(`--${key}`, context.launch) : flagWith(key, [source], context);
  const usual = source === "" ? undefined : valueWords(before?.flag.default ?? null);
  const flag = quoted(words);
  return usual
    ? say("rule.remove-default", { flag, value: usual.join(" ") })
    : say("rule.remove-flag", { flag });
}

/** The current flag of a rule with `each`. */
function flagAtHand(values: EffectiveValues): string {
  return show(values.value("flag")).replace(/^--/, "");
}

/** A fix for an editor. */
export function asFix({ title, kind, changes }: Cure, preferred: boolean): Fix {
  return { title, kind, preferred, changes };
}

function setChange(
  key: string,
  words: readonly string[],
  assignments: ReadonlyMap<string, Assignment>,
  { launch }: RuleContext,
): LaunchChange {
  const argument = assignments.get(key)?.argument;
  return argument ? { kind: "set", argument, words } : { kind: "add", launch, flag: `--${key}`, words };
}

/** Removes a flag at every place: a remaining one would be used again. */
export function removals(key: string, { launch, release }: RuleContext): LaunchChange[] {
  return launch.arguments
    .filter((argument) => {
      const reading = readWord(argument.flag, release);
      return argument.counts && reading.kind === "flag" && reading.flag.key === key;
    })
    .map((argument) => ({ kind: "remove", argument }));
}

/** A flag with its words in the launch's notation, for titles: `--tp 8`, `tp: 8`. */
export function flagWith(key: string, words: readonly string[], { launch }: RuleContext): string {
  const flag = writtenName(`--${key}`, launch);
  const value = shortened(
    words.length > 1 && launch.form.kind === "mapping" ? `[${words.join(", ")}]` : words.join(" "),
  );
  return launch.form.kind === "mapping" ? `${flag}: ${value}` : `${flag} ${value}`;
}

/** The text that a change writes, in the launch's notation; empty for a removal. */
export function changeTitle(change: LaunchChange, context: RuleContext): string[] {
  const { launch } = context;
  switch (change.kind) {
    case "add":
      if (change.words.length > 0) return [flagWith(change.flag.slice(2), change.words, context)];
      return [launch.form.kind === "mapping" ? `${writtenName(change.flag, launch)}: true` : change.flag];
    case "set":
      return [flagWith(change.argument.flag.slice(2), change.words, context)];
    case "rename":
      return [writtenName(change.to, launch)];
    default:
      return [];
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
