/** A launch as read by one release: the start of a migration. */
import type { Catalogue, Release } from "../../catalogue/types";
import type { Launch } from "../../launch/launch";
import { type Assignment, parseArguments } from "../argparse";
import type { EffectiveValues } from "../effective-values";
import { environmentValues, writtenValues } from "../launch-values";
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
export function depart(
  launch: Launch,
  release: Release,
  catalogue: Catalogue,
  surroundings: Surroundings,
): Departure {
  const parsed = parseArguments(launch, release);
  const written = writtenValues(parsed, { launch, release, catalogue });
  const environment = environmentValues(launch);
  const closed = { values: written.values, open: false };
  const { values } = startupOf({ written: closed, release, catalogue, surroundings, environment });
  return { launch, release, catalogue, assignments: parsed.assignments, values, open: written.open };
}
