/** One release for the launches of a deployment that lie in several files: what all of them say about it counts. */
import { type ChosenRelease, misfits, sharedRelease } from "../analysis/chosen-release";
import { analyse, type LaunchDocument } from "../analysis/document";
import type { Release } from "../catalogue/types";
import { type LaunchGroup, type Member, membersIn } from "./deployment";

/** The documents whose launches are judged by another release because of the other files of their deployment. */
export function releasesBetween(groups: readonly LaunchGroup[]): ReadonlyMap<LaunchDocument, Release> {
  const releases = new Map<LaunchDocument, Release | undefined>();
  const inGroups = new Map<LaunchDocument, number>();
  for (const { members } of groups) {
    const documents = new Set(members.map(({ document }) => document));
    for (const { document } of members) inGroups.set(document, (inGroups.get(document) ?? 0) + 1);
    if (documents.size < 2) continue;
    const release = releaseOf(members);
    for (const document of documents) {
      const isSame = !releases.has(document) || releases.get(document) === release;
      releases.set(document, isSame ? release : undefined);
    }
  }
  const changed = new Map<LaunchDocument, Release>();
  for (const [document, release] of releases) {
    // A file with other launches than those of the deployment stays as it is.
    const all = membersIn(document).filter(({ launch: { launch } }) => !launch.isMention).length;
    if (!release || inGroups.get(document) !== all) continue;
    if (document.launches.some((one) => isOpen(one.chosen) && one.chosen.release !== release))
      changed.set(document, release);
  }
  return changed;
}

/** Whether only the words of a launch decide about its release. */
function isOpen({ reason }: ChosenRelease): boolean {
  return reason === "inferred" || reason === "newest";
}

/** The release that the text of a launch names. */
function isNamed({ reason }: ChosenRelease): boolean {
  return reason === "modeline" || reason === "image";
}

function releaseOf(members: readonly Member[]): Release | undefined {
  const open = members.filter(
    ({ document, launch }) => isOpen(launch.chosen) && document.file.notation.purpose !== "documentation",
  );
  const [first] = open;
  if (!first) return undefined;
  const named = new Set(
    members.filter(({ launch }) => isNamed(launch.chosen)).map(({ launch }) => launch.release),
  );
  if (named.size === 0) {
    const launches = open.map(({ launch }) => launch.launch);
    return sharedRelease(launches, first.document.catalogue)?.release ?? first.launch.release;
  }
  const [release] = named;
  if (!release || named.size > 1) return undefined;
  // A release that knows less of a launch than its own does is not what that one was written for.
  const knowsAll = open.every(
    ({ launch: { launch, release: own } }) => misfits(launch, release).length <= misfits(launch, own).length,
  );
  return knowsAll ? release : undefined;
}

const judgedAgain = new WeakMap<LaunchDocument, LaunchDocument>();

/** A document, judged by the release of its deployment where its own text does not name one. Cached. */
export function judgedWith(before: LaunchDocument, release: Release): LaunchDocument {
  const known = judgedAgain.get(before);
  if (known?.settings.ofDeployment === release) return known;
  const { document, notation, settings, catalogue, surroundings, cache, begun } = before;
  const analysed = analyse(document, notation, { ...settings, ofDeployment: release }, catalogue, {
    surroundings,
    cache,
  });
  const again = begun ? { ...analysed, begun } : analysed;
  judgedAgain.set(before, again);
  return again;
}
