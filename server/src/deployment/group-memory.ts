/**
 * The groups of the files of a folder. Only what an edit may concern is grouped again: launches are compared if they
 * have a common tie, and groups without a tie to a changed file stay as they are.
 */
import { completingSets } from "./completing";
import type { LaunchGroup, Member } from "./deployment";
import { areLinked, mayBeLinked } from "./links";
import { tiesOf } from "./ties";

/** Launches of one document that it starts together. */
export type FilePart = readonly Member[];

/** Parts that are linked, directly or through others, with their groups. */
interface Cluster {
  readonly parts: readonly FilePart[];
  readonly members: readonly Member[];
  readonly groups: readonly LaunchGroup[];
}

/** The groups of linked parts; of parts that make one deployment only together, if `isOneWhole`. */
type Grouping = (parts: readonly FilePart[], isOneWhole: boolean) => readonly LaunchGroup[];

/** The keys of a part: two parts may be linked only if they have one in common. */
const keysOf = new WeakMap<FilePart, readonly string[]>();

function keysIn(part: FilePart): readonly string[] {
  let keys = keysOf.get(part);
  if (!keys) {
    const ties = part.filter(mayBeLinked).map(tiesOf);
    // A caller and a server meet at the same port.
    keys = [...new Set(ties.flatMap(({ shared, calls, serves }) => [...shared, ...calls, ...serves]))];
    keysOf.set(part, keys);
  }
  return keys;
}

/** Clusters that are one deployment, with its group. */
interface Whole {
  readonly clusters: readonly Cluster[];
  readonly groups: readonly LaunchGroup[];
}

/** The clusters of one folder as they were found last. */
class FolderMemory {
  private readonly clusterOf = new Map<FilePart, Cluster>();
  private readonly withKey = new Map<string, Set<FilePart>>();
  /** The groups of clusters that are one whole, by the first of them. */
  private readonly wholes = new WeakMap<Cluster, Whole>();

  groupsOf(parts: readonly FilePart[], grouped: Grouping): LaunchGroup[] {
    const order = new Map(parts.map((part, index) => [part, index]));
    const added = parts.filter((part) => !this.clusterOf.has(part));
    const removed = [...this.clusterOf.keys()].filter((part) => !order.has(part));
    const open = new Set(added);
    const reopen = (cluster: Cluster | undefined) => {
      for (const part of cluster?.parts ?? []) if (order.has(part)) open.add(part);
    };
    for (const part of removed) reopen(this.clusterOf.get(part));
    for (const part of removed) this.forget(part);
    for (const part of added) for (const other of this.near(part)) reopen(this.clusterOf.get(other));
    for (const part of added) this.remember(part);
    const again = [...open].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    for (const own of this.linked(again, order)) {
      const cluster = { parts: own, members: own.flat(), groups: grouped(own, false) };
      for (const part of own) this.clusterOf.set(part, cluster);
    }
    const clusters = [...new Set(parts.flatMap((part) => this.clusterOf.get(part) ?? []))];
    const wholes = completingSets(clusters, ({ members }) => members);
    const joined = new Map(wholes.flatMap((own) => own.map((cluster) => [cluster, own] as const)));
    return clusters.flatMap((cluster) => {
      const own = joined.get(cluster);
      if (!own) return cluster.groups;
      return own[0] === cluster ? this.groupsOfWhole(cluster, own, grouped) : [];
    });
  }

  private groupsOfWhole(first: Cluster, clusters: readonly Cluster[], grouped: Grouping) {
    const before = this.wholes.get(first);
    const isSame =
      before?.clusters.length === clusters.length &&
      clusters.every((cluster, index) => cluster === before.clusters[index]);
    if (before && isSame) return before.groups;
    const groups = grouped(
      clusters.flatMap(({ parts }) => parts),
      true,
    );
    this.wholes.set(first, { clusters, groups });
    return groups;
  }

  /** The parts with a common key. */
  private near(part: FilePart): Set<FilePart> {
    return new Set(keysIn(part).flatMap((key) => [...(this.withKey.get(key) ?? [])]));
  }

  private remember(part: FilePart): void {
    for (const key of keysIn(part)) {
      const own = this.withKey.get(key);
      if (own) own.add(part);
      else this.withKey.set(key, new Set([part]));
    }
  }

  private forget(part: FilePart): void {
    this.clusterOf.delete(part);
    for (const key of keysIn(part)) {
      const own = this.withKey.get(key);
      own?.delete(part);
      if (own?.size === 0) this.withKey.delete(key);
    }
  }

  /** Parts in groups of those that are linked, directly or through others. */
  private linked(
    parts: readonly FilePart[],
    order: ReadonlyMap<FilePart, number>,
  ): readonly (readonly FilePart[])[] {
    const left = new Set(parts);
    const groups: FilePart[][] = [];
    for (const part of parts) {
      if (!left.delete(part)) continue;
      const group = [part];
      for (const one of group) {
        for (const other of this.near(one)) {
          if (!left.has(other) || !areLinkedParts(one, other)) continue;
          left.delete(other);
          group.push(other);
        }
      }
      groups.push(group.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)));
    }
    return groups;
  }
}

function areLinkedParts(a: FilePart, b: FilePart): boolean {
  return a.some((one) => mayBeLinked(one) && b.some((other) => mayBeLinked(other) && areLinked(one, other)));
}

/** What was found last, by folder. */
export class GroupMemory {
  private readonly folders = new Map<string, FolderMemory>();

  /** The groups of the parts of a folder, in their order. */
  groupsOf(folder: string, parts: readonly FilePart[], grouped: Grouping): LaunchGroup[] {
    const memory = this.folders.get(folder) ?? new FolderMemory();
    this.folders.set(folder, memory);
    return memory.groupsOf(parts, grouped);
  }

  /** Forgets the folders without launches. */
  keepOnly(folders: ReadonlyMap<string, unknown>): void {
    for (const folder of this.folders.keys()) if (!folders.has(folder)) this.folders.delete(folder);
  }
}
