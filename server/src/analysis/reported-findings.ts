/** The findings of a document that no comment silences; selected and ordered once for all features. */
import { type Finding, inTextOrder } from "../judgement/finding";
import type { Launch } from "../launch/launch";
import type { LaunchDocument } from "./document";
import { isSilenced } from "./silenced-line";

interface FindingLists {
  /** In text order. */
  readonly inText: readonly Finding[];
  /** By launch, `undefined` for the file itself: notation problems first, then in LightLLM's order. */
  readonly byLaunch: ReadonlyMap<Launch | undefined, readonly Finding[]>;
  /** All findings, by what they say and where. */
  readonly alike: ReadonlyMap<string, readonly Finding[]>;
}

const cache = new WeakMap<LaunchDocument, FindingLists>();

/** All findings of a document that no comment silences, in text order. */
export function reportedFindings(launchDocument: LaunchDocument): readonly Finding[] {
  return listsOf(launchDocument).inText;
}

/** The findings of a launch, or without one those of the file: notation problems first, then in LightLLM's order. */
export function findingsAbout(launchDocument: LaunchDocument, launch?: Launch): readonly Finding[] {
  return listsOf(launchDocument).byLaunch.get(launch) ?? [];
}

/**
 * The findings that say the same at the same place, the given one included: launches and flags may share a value that is
 * written once. Only the first is reported.
 */
export function findingsAlike(launchDocument: LaunchDocument, finding: Finding): readonly Finding[] {
  return listsOf(launchDocument).alike.get(statementOf(finding)) ?? [finding];
}

function statementOf({ code, span, flag, message }: Finding): string {
  return JSON.stringify([code, span.start, span.end, flag, message]);
}

function listsOf(launchDocument: LaunchDocument): FindingLists {
  const before = cache.get(launchDocument);
  if (before) return before;
  const { launches, findings } = launchDocument;
  const all = [...findings, ...launches.flatMap((launch) => launch.findings)];
  const kept = all.filter(isReportedIn(launchDocument));
  const byLaunch = grouped(kept, ({ launch }) => launch);
  const reported = {
    inText: [...kept].sort(inTextOrder),
    byLaunch,
    alike: grouped(all, statementOf),
  };
  cache.set(launchDocument, reported);
  return reported;
}

function grouped<Key>(findings: readonly Finding[], keyOf: (finding: Finding) => Key): Map<Key, Finding[]> {
  const groups = new Map<Key, Finding[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return groups;
}

/** Whether to report a finding: no comment silences it, and it is the first of its kind at its place. */
function isReportedIn(launchDocument: LaunchDocument): (finding: Finding) => boolean {
  const said = new Set<string>();
  return ({ code, span }) => {
    // Launches share the `export` lines above them; a problem there is reported once.
    const place = `${code} ${span.start} ${span.end}`;
    if (said.has(place)) return false;
    said.add(place);
    return !isSilenced(launchDocument, code, span.start);
  };
}
