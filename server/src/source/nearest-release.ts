/** Finds the bundled release that a parser resembles most, and combines both into one release. */
import type { Catalogue, Flag, FlagFacts, Release } from "../catalogue/types";
import { flagKey, type Option } from "./option";

/** Suffix of the version of a LightLLM that is not a release, as in PEP 440's local versions. */
const LOCAL = "+local";

/** Number of releases read from source in this process. */
let readings = 0;

/** The release with these flags; the bundled release itself if nothing differs. */
export function releaseWith(options: readonly Option[], catalogue: Catalogue) {
  const own = new Map(options.map((option) => [flagKey(nameOf(option)), option]));
  const [nearest, differences] = nearestOf(own, catalogue);
  if (differences === 0) return { release: nearest, differences };
  const flags = options.map((option) => flagOf(option, nearest, catalogue));
  const byName = new Map(
    flags.flatMap((flag) => [flag.name, ...flag.aliases].map((name) => [name, flag] as const)),
  );
  const { date, tagged } = nearest;
  const name = `${nearest.name}${LOCAL}`;
  const release: Release = {
    id: `${name}.${++readings}`,
    name,
    rulesOf: nearest.name,
    date,
    tagged,
    flags,
    byName,
  };
  return { release, differences };
}

/** The main name of a flag: its first long one. */
function nameOf({ names }: Option): string {
  return names.find((name) => name.startsWith("--")) ?? names[0] ?? "";
}

function nearestOf(own: ReadonlyMap<string, Option>, catalogue: Catalogue): [Release, number] {
  let best: [Release, number] = [catalogue.newest, Number.POSITIVE_INFINITY];
  // From new to old: of two equally near releases, the newer one is kept.
  for (const release of catalogue.releases.toReversed()) {
    const differences = differencesOf(own, release);
    const [known, fewest] = best;
    if (differences < fewest || (differences === fewest && release.tagged && !known.tagged))
      best = [release, differences];
  }
  return best;
}

/** Number of flags that only one side has or that differ. */
function differencesOf(own: ReadonlyMap<string, Option>, release: Release): number {
  let same = 0;
  for (const flag of release.flags) {
    const option = own.get(flag.key);
    if (option && fingerprint(flag, [flag.name, ...flag.aliases]) === fingerprint(option.facts, option.names))
      same++;
  }
  return own.size + release.flags.length - 2 * same - changed(own, release, same);
}

/** A flag that both sides have and that differs counts once. */
function changed(own: ReadonlyMap<string, Option>, release: Release, same: number): number {
  return release.flags.filter(({ key }) => own.has(key)).length - same;
}

function fingerprint(
  { kind, arity, repeat, default: initial, choices }: Omit<FlagFacts, "status">,
  names: readonly string[],
): string {
  return JSON.stringify([kind, arity, repeat, initial, choices && [...choices].sort(), [...names].sort()]);
}

function flagOf(option: Option, nearest: Release, catalogue: Catalogue): Flag {
  const name = nameOf(option);
  const key = flagKey(name);
  const known = sameFlag(key, nearest, catalogue);
  const aliases = option.names.filter((one) => one !== name);
  const facts = { ...option.facts, name, key, aliases };
  if (!known)
    return { ...facts, group: "", words: [], status: "active", ...(option.help && { help: option.help }) };
  // If only running the code can tell the default, that of the nearest release is the best guess.
  const lent = option.unknown.includes("default") ? { default: known.default } : {};
  const sameForm = known.kind === facts.kind && facts.choices === null;
  return { ...facts, ...lent, group: known.group, words: sameForm ? known.words : [], status: known.status };
}

/** The same flag of the nearest release, else of the release next to it. */
function sameFlag(key: string, nearest: Release, catalogue: Catalogue): Flag | undefined {
  const { releases } = catalogue;
  const at = releases.indexOf(nearest);
  return [...releases]
    .sort((a, b) => Math.abs(releases.indexOf(a) - at) - Math.abs(releases.indexOf(b) - at))
    .map((release) => release.flags.find((flag) => flag.key === key))
    .find((flag) => flag !== undefined);
}
