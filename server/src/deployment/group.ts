/** Finds the launches that belong together among documents. */
import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { deploymentDirectiveOf, isSwitchedOff, NO_DEPLOYMENT } from "../launch/directives";
import type { Deployment, DeploymentReason, LaunchGroup, Member } from "./deployment";
import { judgeDeployment } from "./judge-deployment";
import { areLinked, areRanks, isNode, linkedGroups, nodeCount, roleOf, usesConfigServer } from "./links";
import { groupsByTies } from "./ties";
import { isStartedOften, startedTogether } from "./together";
import { withoutVariants } from "./variants";

/** The deployments that the configuration names: for each the URIs of its files. */
export type NamedDeployments = Readonly<Record<string, readonly string[]>>;

/** The deployments among documents, judged. A launch is in one at most, and a launch alone is none. */
export function deploymentsAmong(
  documents: readonly LaunchDocument[],
  named: NamedDeployments = {},
): readonly Deployment[] {
  return groupsAmong(documents, named).map(judgeOnce);
}

/** The latest deployment that begins with a launch. */
const judged = new WeakMap<JudgedLaunch, Deployment>();

/** Judges a group again only if a launch or document of it is another: an edit concerns few of many deployments. */
function judgeOnce(group: LaunchGroup): Deployment {
  const [first] = group.members;
  const before = first && judged.get(first.launch);
  if (before && isSameGroup(before, group)) return before;
  const deployment = judgeDeployment(group);
  if (first) judged.set(first.launch, deployment);
  return deployment;
}

function isSameGroup(a: LaunchGroup, b: LaunchGroup): boolean {
  if (a.name !== b.name || a.reason !== b.reason || a.members.length !== b.members.length) return false;
  return a.members.every(({ document, launch }, index) => {
    const other = b.members[index];
    return document === other?.document && launch === other.launch;
  });
}

/** The same without findings: those with a name, then the others in the order of the documents. */
export function groupsAmong(
  documents: readonly LaunchDocument[],
  named: NamedDeployments = {},
): readonly LaunchGroup[] {
  const byName = new Map<string, Member[]>();
  const byConfiguration = new Map<string, Member[]>();
  const byFolder = new Map<string, (readonly Member[])[]>();
  const nameOfFile = new Map(
    Object.entries(named).flatMap(([name, uris]) => uris.map((uri) => [uri, name] as const)),
  );
  for (const document of documents) {
    if (isSwitchedOff(document.directives)) continue;
    const { uri } = document.document;
    const configured = nameOfFile.get(uri);
    const loose: Member[] = [];
    for (const [index, launch] of document.launches.entries()) {
      if (launch.launch.isMention) continue;
      const member = { document, launch, index };
      const name = givenName(member);
      if (name === NO_DEPLOYMENT) continue;
      if (name !== undefined) addTo(byName, name, member);
      else if (configured !== undefined) addTo(byConfiguration, configured, member);
      else loose.push(member);
    }
    addTo(byFolder, folderOf(uri), ...partsOnce(document, loose));
  }
  const given = (reason: DeploymentReason, all: ReadonlyMap<string, readonly Member[]>) =>
    [...all].map(([name, members]): LaunchGroup => ({ name, reason, members }));
  return [
    ...given("comment", byName),
    ...given("configuration", byConfiguration),
    ...[...byFolder.values()].flatMap(groupsOfFolder),
  ].filter(({ members: [first, ...others] }) => others.length > 0 || (first && isOfSeveralNodes(first)));
}

/** Whether one text starts all nodes of a server. */
function isOfSeveralNodes(member: Member): boolean {
  return nodeCount(member) !== undefined && isStartedOften(member);
}

/** The name of a launch's deployment as its text gives it. */
function givenName({
  document: { file, directives },
  launch: { launch },
  index,
}: Member): string | undefined {
  return launch.deployment || deploymentDirectiveOf(file, index, directives)?.name || undefined;
}

const partsOf = new WeakMap<LaunchDocument, readonly (readonly Member[])[]>();

/** The parts of a document, whose launches do not change; computed again if a configuration names some of them. */
function partsOnce(document: LaunchDocument, loose: readonly Member[]): readonly (readonly Member[])[] {
  const before = partsOf.get(document);
  const launches = new Set(before?.flat().map(({ launch }) => launch));
  if (before && launches.size === loose.length && loose.every(({ launch }) => launches.has(launch)))
    return before;
  const parts = partsOfFile(document, loose);
  partsOf.set(document, parts);
  return parts;
}

/**
 * The launches of a file in groups of those that it starts together: all of a config or of a container file; in a script
 * those that run at once or name each other; on a page those that name each other.
 */
function partsOfFile({ file }: LaunchDocument, loose: readonly Member[]): readonly (readonly Member[])[] {
  const { purpose } = file.notation;
  if (purpose === "config" || purpose === "container") return loose.length > 0 ? [loose] : [];
  const isPage = purpose === "documentation";
  return [
    ...linkedGroups(
      loose,
      isPage
        ? areLinked
        : (a, b) => startedTogether(a, b) || (mayBeLinked(a) && mayBeLinked(b) && areLinked(a, b)),
    ),
  ];
}

/** Whether a launch can be linked to others at all. */
function mayBeLinked(member: Member): boolean {
  return (
    isNode(member) ||
    roleOf(member) === "pd_master" ||
    usesConfigServer(member) ||
    nodeCount(member) !== undefined
  );
}

/** The groups of the files of a folder; those that name each other are one. */
function groupsOfFolder(parts: readonly (readonly Member[])[]): LaunchGroup[] {
  const partOf = new Map(parts.flatMap((part) => part.map((member) => [member, part] as const)));
  const linkable = [...partOf.keys()].filter(mayBeLinked);
  const linked = groupsByTies(linkable, (member) => partOf.get(member));
  const joined = linked.map((group) => [...new Set(group.flatMap((one) => [...(partOf.get(one) ?? [])]))]);
  const inJoined = new Set(joined.flat());
  const rest = parts.filter((part) => !part.some((member) => inJoined.has(member)));
  return [...joined, ...rest].flatMap((members) => {
    const [first] = members;
    if (!first) return [];
    const files = new Set(members.map(({ document }) => document));
    const { purpose } = first.document.file.notation;
    const isWhole = files.size === 1 && (purpose === "config" || purpose === "container");
    const groups = isWhole ? [members] : withoutVariants(members);
    return groups.flatMap((group): LaunchGroup[] => {
      const [head] = group;
      return head ? [{ ...namedBy(head, group), members: group }] : [];
    });
  });
}

function namedBy(first: Member, group: readonly Member[]): Pick<LaunchGroup, "name" | "reason"> {
  const { uri } = first.document.document;
  if (group.length === 1) return { name: lastPart(uri), reason: "ranks" };
  if (group.every(({ document }) => document === first.document))
    return { name: lastPart(uri), reason: "file" };
  const isOneServer = group.every((member) => member === first || areRanks(first, member));
  const folder = lastPart(folderOf(uri));
  // A path without a name of its folder: a file of the current folder.
  const name = /^\.*$/.test(folder) ? lastPart(uri) : folder;
  return { name, reason: isOneServer ? "ranks" : "addresses" };
}

function addTo<T>(groups: Map<string, T[]>, name: string, ...members: readonly T[]): void {
  const own = groups.get(name);
  if (own) own.push(...members);
  else groups.set(name, [...members]);
}

/** The folder of a URI or path; empty for a file of the current folder. */
function folderOf(uri: string): string {
  const folder = uri.slice(0, Math.max(0, uri.lastIndexOf("/"), uri.lastIndexOf("\\")));
  return folder === "." ? "" : folder;
}

function lastPart(uri: string): string {
  const last = uri.split(/[\\/]/).at(-1) ?? uri;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
