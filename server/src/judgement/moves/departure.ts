/** A launch as read by one release: the start of a migration. */
import type { Catalogue, Release } from "../../catalogue/types";
import type { Launch } from "../../launch/launch";
import { type Assignment, parseArguments } from "../argparse";
import type { EffectiveValues } from "../effective-values";
import { environmentValues, writtenValues } from "../launch-values";
import { onceForLaunch } from "../once-for-launch";
import { startupOf } from "../startup";
import type { Surroundings } from "../surroundings";

/** A launch as read by one release. */
export interface Departure {
  readonly launch: Launch;
  readonly release: Release;
  readonly catalogue: Catalogue;
  readonly assignments: readonly Assignment[];
  /** Effective values; flags that unknown words may set (`"$@"`) count as not given. */
  readonly values: EffectiveValues;
  /** Whether there may be such words. */
  readonly open: boolean;
}

/** Reads a launch like a release. */
export const depart = onceForLaunch(departAnew);

function departAnew(
  launch: Launch,
  release: Release,
  catalogue: Catalogue,
  surroundings: Surroundings,
): Departure {
  const parsed = parseArguments(launch, release);
  const written = writtenValues(parsed, { launch, release, catalogue });
  const environment = environmentValues(launch);
  const values = new Map([...written.values, ...wordsOfOthers(parsed.assignments, release, catalogue)]);
  const closed = { values, open: false };
  const startup = startupOf({ written: closed, release, catalogue, surroundings, environment });
  const { assignments } = parsed;
  return { launch, release, catalogue, assignments, values: startup.values, open: written.open };
}

/** Words that only other releases accept, such as the run mode of a later one: they are known on the way all the same. */
function wordsOfOthers(
  assignments: readonly Assignment[],
  { byName }: Release,
  { releases }: Catalogue,
): [key: string, word: string][] {
  return assignments.flatMap(({ flag: { name, key }, words }): [string, string][] => {
    const [text] = words.length === 1 ? words.map((word) => word.text) : [];
    const known = byName.get(name)?.choices;
    if (text === undefined || !known || known.includes(text)) return [];
    const isElsewhere = releases.some((one) => one.byName.get(name)?.choices?.includes(text));
    return isElsewhere ? [[key, text]] : [];
  });
}
