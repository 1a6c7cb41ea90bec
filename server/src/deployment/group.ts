/** Finds the launches that belong together among documents. */
import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { deploymentDirectiveOf, isSwitchedOff, NO_DEPLOYMENT } from "../launch/directives";
import { headOf } from "../launch/launch";
import { allCopiesOf } from "./copies";
import {
  builtImageOf,
  type Deployment,
  type DeploymentReason,
  imagesOfOthers,
  type LaunchGroup,
  type Member,
  membersIn,
} from "./deployment";
import { type FilePart, GroupMemory } from "./group-memory";
import { judgeDeployment } from "./judge-deployment";
import { areLinked, areRanks, linkedGroups, mayBeLinked, nodeCount } from "./links";
import { judgedWith, releasesBetween } from "./shared-releases";
import { isStartedOften, startedTogether } from "./together";
import { withoutVariants } from "./variants";

/** The deployments that the configuration names: for each the URIs of its files. */
export type NamedDeployments = Readonly<Record<string, readonly string[]>>;

/** Deployments, with the documents as they are judged in them. */
export interface DeploymentsTogether {
  readonly deployments: readonly Deployment[];
  /** The documents that are judged by the release of their deployment, by how they were given. */
  readonly judged: ReadonlyMap<LaunchDocument, LaunchDocument>;
}

/** The deployments among documents, after those of a deployment in several files are judged by one release. */
export function deploymentsTogether(
  documents: readonly LaunchDocument[],
  options: GroupingOptions = {},
): DeploymentsTogether {
  const groups = groupsAmong(documents, options);
  const releases = releasesBetween(groups);
  if (releases.size === 0) return { deployments: groups.map(judgeOnce), judged: new Map() };
  const judged = new Map([...releases].map(([one, release]) => [one, judgedWith(one, release)] as const));
  const again = documents.map((one) => judged.get(one) ?? one);
  const { memoryOfJudged = new GroupMemory() } = options;
  return { deployments: deploymentsAmong(again, { ...options, memory: memoryOfJudged }), judged };
}

/** The deployments among documents, judged. A launch is in one at most, and a launch alone is none. */
export function deploymentsAmong(
  documents: readonly LaunchDocument[],
  options: GroupingOptions = {},
): readonly Deployment[] {
  return groupsAmong(documents, options).map(judgeOnce);
}

/** What else decides which launches belong together. */
export interface GroupingOptions {
  readonly named?: NamedDeployments | undefined;
  /** That of the call before, so that only the launches of changed documents are grouped and judged again. */
  readonly memory?: GroupMemory;
  /** The same, for the documents as they are judged in their deployments. */
  readonly memoryOfJudged?: GroupMemory;
  /** The folder of a document, where its URI may be written in several ways. */
  folderOf?(uri: string): string;
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
  { named = {}, memory = new GroupMemory(), folderOf = folderIn }: GroupingOptions = {},
): readonly LaunchGroup[] {
  const byName = new Map<string, Member[]>();
  const byConfiguration = new Map<string, Member[]>();
  const byFolder = new Map<string, FilePart[]>();
  const nameOfFile = new Map(
    Object.entries(named).flatMap(([name, uris]) => uris.map((uri) => [uri, name] as const)),
  );
  const images = imagesOfOthers(documents);
  for (const document of documents) {
    if (images.has(document)) continue;
    const configured = nameOfFile.get(document.document.uri);
    const { given, named: own, parts } = shareOf(document, configured !== undefined);
    for (const [name, member] of given) addTo(byName, name, member);
    if (configured !== undefined && own.length > 0) addTo(byConfiguration, configured, ...own);
    if (parts.length > 0) addTo(byFolder, folderOf(document.document.uri), ...parts);
  }
  memory.keepOnly(byFolder);
  const groups = (reason: DeploymentReason, all: ReadonlyMap<string, readonly Member[]>) =>
    [...all].map(([name, members]): LaunchGroup => ({ name, reason, members }));
  return [
    ...groups("comment", byName),
    ...groups("configuration", byConfiguration),
    ...[...byFolder].flatMap(([folder, parts]) => memory.groupsOf(folder, parts, groupsOfParts)),
  ].filter(({ members: [first, ...others] }) => others.length > 0 || (first && isOfSeveralNodes(first)));
}

/** What a document adds to the deployments among several. */
interface Share {
  /** The launches whose text names their deployment. */
  readonly given: readonly (readonly [name: string, member: Member])[];
  /** The others, if the configuration names the deployment of the file. */
  readonly named: readonly Member[];
  /** The others, if it does not: those of each part belong together. */
  readonly parts: readonly FilePart[];
}

const shares = new WeakMap<LaunchDocument, Map<boolean, Share>>();

/** The share of a document, which does not change. Cached. */
function shareOf(document: LaunchDocument, isConfigured: boolean): Share {
  const known = shares.get(document) ?? new Map<boolean, Share>();
  shares.set(document, known);
  const share = known.get(isConfigured) ?? findShare(document, isConfigured);
  known.set(isConfigured, share);
  return share;
}

function findShare(document: LaunchDocument, isConfigured: boolean): Share {
  const given: [string, Member][] = [];
  const loose: Member[] = [];
  if (isSwitchedOff(document.directives)) return { given, named: loose, parts: [] };
  for (const member of inTextOrder(membersIn(document))) {
    if (member.launch.launch.isMention) continue;
    const name = givenName(member);
    if (name === NO_DEPLOYMENT) continue;
    if (name === undefined) loose.push(member);
    else given.push([name, member]);
  }
  return isConfigured
    ? { given, named: loose, parts: [] }
    : { given, named: [], parts: partsOfFile(document, loose) };
}

function inTextOrder(members: readonly Member[]): readonly Member[] {
  const startOf = ({ launch }: Member) => headOf(launch.launch).start;
  return members.some(builtImageOf) ? [...members].sort((a, b) => startOf(a) - startOf(b)) : members;
}

/** Whether one text starts all nodes of a server. */
function isOfSeveralNodes(member: Member): boolean {
  return nodeCount(member) !== undefined && (isStartedOften(member) || allCopiesOf(member) !== undefined);
}

/** The name of a launch's deployment as its text gives it. */
function givenName({
  document: { file, directives },
  launch: { launch },
  index,
}: Member): string | undefined {
  const { launches } = file;
  // A comment above all launches counts for the images that the file builds too.
  const [first] = directives.flatMap((one) => (one.kind === "deployment" ? [one] : []));
  const starts = [
    ...launches.map(({ span }) => span.start),
    ...(file.builds ?? []).map(({ span }) => span.start),
  ];
  const ofAll = first && starts.every((start) => first.span.start < start) ? first.name : undefined;
  const own = index < launches.length ? deploymentDirectiveOf(file, index, directives)?.name : ofAll;
  return launch.deployment || own || undefined;
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

/** The groups of the linked parts of a folder. */
function groupsOfParts(parts: readonly FilePart[], isOneWhole: boolean): LaunchGroup[] {
  const members = parts.flat();
  const [first] = members;
  if (!first) return [];
  if (isOneWhole) return [{ ...namedBy(first, members), reason: "parts", members }];
  const files = new Set(members.map(({ document }) => document));
  const { purpose } = first.document.file.notation;
  const isWhole = files.size === 1 && (purpose === "config" || purpose === "container");
  const groups = isWhole ? [members] : withoutVariants(members);
  return groups.flatMap((group): LaunchGroup[] => {
    const [head] = group;
    return head ? [{ ...namedBy(head, group), members: group }] : [];
  });
}

function namedBy(first: Member, group: readonly Member[]): Pick<LaunchGroup, "name" | "reason"> {
  const { uri } = first.document.document;
  if (group.length === 1) return { name: lastPart(uri), reason: "ranks" };
  if (group.every(({ document }) => document === first.document))
    return { name: lastPart(uri), reason: "file" };
  const isOneServer = group.every((member) => member === first || areRanks(first, member));
  const folder = lastPart(folderIn(uri));
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
function folderIn(uri: string): string {
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
