/** Flags of other engines, such as vLLM, and what they are in LightLLM. The facts are in `schemas/other-engines/`. */

import type { EngineCase, EngineFlag } from "../catalogue/engine-facts";
import type { Catalogue, Flag, Release } from "../catalogue/types";
import type { Argument, Launch } from "../launch/launch";
import { remembered, rememberedFor } from "../launch/remembered";
import { fold, surelyMeant } from "./nearest";
import type { RuleContext } from "./rules/rule";

/** What a flag of another engine is in the judging release. */
export interface Counterpart {
  /** The engines that have the flag: `vLLM`. */
  readonly engines: readonly string[];
  /** The engines' name, without dashes, if the written one has a typing error. */
  readonly meant?: string;
  /** LightLLM's flags for the same purpose; none if it has nothing like it. */
  readonly flags: readonly Flag[];
  /** The words of each of these flags, if they differ from the written ones. */
  readonly words?: readonly (readonly string[])[];
  /** Whether the launch means the same with these flags and words. */
  readonly isCertain: boolean;
  /** Whether LightLLM does the same without the flag. */
  readonly isUsual: boolean;
  /** A difference to know, what differs, and what LightLLM has instead: each the end of a sentence. */
  readonly note?: string;
  readonly differs?: string;
  readonly none?: string;
}

/**
 * What an unknown flag is, if another engine has it. There are several answers if engines use the name differently, and
 * the launch does not show which engine is meant.
 */
export function counterparts(
  argument: Argument,
  { launch, release, catalogue }: RuleContext,
): readonly Counterpart[] {
  if (release.byName.has(`--${fold(argument.flag)}`)) return [];
  const { entries, meant } = entriesOf(argument.flag, catalogue);
  const answers = new Map<string, Counterpart>();
  for (const entry of entries.length > 1 ? ofLikelyEngine(entries, launch, catalogue) : entries) {
    const answer = { ...counterpartIn(entry, argument, release), ...(meant !== undefined && { meant }) };
    const key = JSON.stringify([answer.flags.map(({ key }) => key), answer.words, answer.isUsual]);
    const same = answers.get(key);
    answers.set(key, same ? { ...same, engines: [...same.engines, entry.engine] } : answer);
  }
  const all = [...answers.values()];
  const useful = all.filter(({ flags }) => flags.length > 0);
  return useful.length > 0 ? useful : all.slice(0, 1);
}

interface KnownNames {
  readonly entries: ReadonlyMap<string, readonly EngineFlag[]>;
  /** Those of the engines and of LightLLM. */
  readonly names: readonly string[];
}

/** The flags of engines with a name. */
interface NamedEntries {
  readonly entries: readonly EngineFlag[];
  /** The engines' own name, if the given one has a typing error. */
  readonly meant?: string;
}

const entriesOf = remembered((flag, catalogue: Catalogue): NamedEntries => {
  const known = namesIn(catalogue);
  const exact = known.entries.get(fold(flag));
  if (exact) return { entries: exact };
  const sure = surelyMeant(fold(flag), known.names) ?? "";
  const entries = known.entries.get(sure) ?? [];
  const meant = entries[0]?.names.find((name) => fold(name) === sure);
  return { entries, ...(meant !== undefined && { meant }) };
});

const namesIn = rememberedFor((catalogue: Catalogue): KnownNames => {
  const entries = new Map<string, readonly EngineFlag[]>();
  for (const entry of catalogue.otherEngines().flags)
    for (const name of entry.names.map(fold)) entries.set(name, [...(entries.get(name) ?? []), entry]);
  const own = catalogue.releases.flatMap(({ byName }) => [...byName.keys()].map(fold));
  return { entries, names: [...new Set([...entries.keys(), ...own])] };
});

/** The entries of the engines that have most flags of the launch. */
function ofLikelyEngine(
  entries: readonly EngineFlag[],
  { arguments: given }: Launch,
  catalogue: Catalogue,
): readonly EngineFlag[] {
  const all = given.flatMap(({ flag }) => entriesOf(flag, catalogue).entries);
  const counts = entries.map(({ engine }) => all.filter((other) => other.engine === engine).length);
  return entries.filter((_, at) => counts[at] === Math.max(...counts));
}

function counterpartIn({ engine, cases }: EngineFlag, argument: Argument, release: Release): Counterpart {
  const flagsOf = ({ is = [], splits = [] }: EngineCase) =>
    [...is, ...splits].map((key) => flagIn(release, key));
  const text = argument.words[0]?.text;
  const fits = (one: EngineCase) =>
    flagsOf(one).every((flag) => flag) &&
    (one.is || one.splits || one.none) &&
    !(one.only && text !== undefined && !Object.hasOwn(one.values ?? {}, text));
  const chosen = cases.find(fits) ?? {};
  const { values = {}, note, differs, usual } = chosen;
  const none = chosen.none ?? cases.find((one) => one.none)?.none;
  const flags = flagsOf(chosen).filter((flag) => flag !== undefined);
  const isUsual = usual === true || (text !== undefined && valueIn(values, text) === null);
  const words = isUsual ? undefined : wordsIn(chosen, flags, argument);
  const readsAll = argument.words.every((word) => word.text !== undefined);
  return {
    engines: [engine],
    flags: isUsual && usual ? [] : flags,
    ...(words && { words }),
    isCertain: isUsual || (!differs && (readsAll || !(chosen.values || chosen.suffixes))),
    isUsual,
    ...(note && { note }),
    ...(differs && { differs }),
    ...(flags.length === 0 && typeof none === "string" && { none }),
  };
}

/** A flag that the release has and uses. */
function flagIn(release: Release, key: string): Flag | undefined {
  const flag = release.byName.get(`--${key}`);
  return flag?.status === "active" ? flag : undefined;
}

function valueIn(
  values: NonNullable<EngineCase["values"]>,
  text: string,
): readonly string[] | null | undefined {
  return Object.hasOwn(values, text) ? values[text] : undefined;
}

/** The words of LightLLM's flags; undefined if they are the written ones. */
function wordsIn(
  { values = {}, splits, suffixes }: EngineCase,
  flags: readonly Flag[],
  { words }: Argument,
): string[][] | undefined {
  const [text] = words.map((word) => word.text);
  if (text === undefined) return undefined;
  if (splits) {
    const at = text.lastIndexOf(":");
    return at < 0 ? undefined : [[text.slice(0, at)], [text.slice(at + 1)]];
  }
  const mapped = valueIn(values, text) ?? (suffixes && numberWithSuffix(text));
  if (!mapped) return undefined;
  return flags.map((flag) => {
    const word = mapped.find((one) => takes(flag, one)) ?? mapped[0];
    return word === undefined ? [] : [word];
  });
}

function takes({ choices, words }: Flag, word: string): boolean {
  return choices ? choices.includes(word) : words.length === 0 || words.includes(word);
}

const FACTORS: Readonly<Record<string, number>> = { k: 1e3, K: 2 ** 10, m: 1e6, M: 2 ** 20 };

/** The number that vLLM reads in `8k` (8000) and `8K` (8192). */
function numberWithSuffix(text: string): string[] | undefined {
  const [, digits, suffix = ""] = /^(\d+(?:\.\d+)?)([kKmM])$/.exec(text) ?? [];
  const value = Number(digits) * (FACTORS[suffix] ?? Number.NaN);
  return Number.isInteger(value) ? [String(value)] : undefined;
}
