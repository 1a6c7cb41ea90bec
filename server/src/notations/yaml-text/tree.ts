/** A YAML document with its aliases and merge keys resolved like in PyYAML. */
import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type ParsedNode,
  Scalar,
  type YAMLMap,
} from "yaml";
import { DEEPEST, tooDeep } from "../../launch/bounds";
import type { YamlDocument } from "./stream";

export type MapNode = YAMLMap.Parsed;

/** A key of a mapping, its own or a merged one. */
export interface MapEntry {
  readonly key: Scalar.Parsed;
  /** The value as written, possibly an alias; `null` if there is none. */
  readonly written: ParsedNode | null;
  /** The value with its alias resolved; `null` if there is none, or if the alias has no anchor. */
  readonly value: ParsedNode | null;
  /** Whether it comes from a merge key. */
  readonly merged: boolean;
  /** Whether the value is written elsewhere in the file, and comes from a merge key or alias. */
  readonly apart: boolean;
}

/** Anchors and merge keys that PyYAML rejects. */
export interface ReferenceFault {
  readonly kind: "no-anchor" | "second-anchor" | "merge-of-no-mapping";
  readonly node: ParsedNode;
  /** The name of the anchor. */
  readonly name: string;
}

/** Whether a key is `<<`, which merges; in quotes or with a tag it is an ordinary key. */
function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.source === "<<" && key.type === Scalar.PLAIN && (!key.tag || key.tag === "!");
}

/** A document and the targets of its aliases. */
export class YamlTree {
  constructor(readonly document: YamlDocument) {}

  /** All mappings of the document, in text order. */
  get maps(): readonly MapNode[] {
    return this.document.links.maps;
  }

  get faults(): readonly ReferenceFault[] {
    return this.document.links.faults;
  }

  get root(): ParsedNode | null {
    return this.document.root;
  }

  /** The target of an alias: the last anchor with its name before it. */
  resolve(node: unknown): ParsedNode | null {
    if (!node) return null;
    return isAlias(node) ? (this.document.links.targets.get(node) ?? null) : (node as ParsedNode);
  }

  /** The value of a key; a mapping's own keys take precedence over merged ones, and the last of equal keys is used. */
  entry(map: MapNode, name: string): MapEntry | undefined {
    return this.find(map, name, new Set());
  }

  /** All keys with their values, the last of equal ones; merged ones after the mapping's own. */
  entries(map: MapNode): MapEntry[] {
    const byName = new Map<string, MapEntry>();
    this.collect(map, byName, new Set());
    return [...byName.values()];
  }

  /** The mapping's own keys in order, equal ones included. */
  own(map: MapNode): MapEntry[] {
    const pairs = map.items.filter(({ key }) => isScalar(key) && !isMergeKey(key));
    return pairs.map((pair) => this.toEntry(pair, false));
  }

  /** The keys from merge keys, even if the mapping has its own with the same name. */
  merged(map: MapNode): MapEntry[] {
    const byName = new Map<string, MapEntry>();
    const seen = new Set([map]);
    for (const source of this.mergedInto(map)) if (!seen.has(source)) this.collect(source, byName, seen);
    return [...byName.values()].map((entry) => ({ ...entry, merged: true, apart: true }));
  }

  map(map: MapNode, name: string): MapNode | undefined {
    const value = this.entry(map, name)?.value;
    return isMap(value) ? (value as MapNode) : undefined;
  }

  /** The text of a key's scalar, as the parser reads it. */
  text(map: MapNode, name: string): string | undefined {
    const value = this.entry(map, name)?.value;
    return isScalar(value) && typeof value.source === "string" ? value.source : undefined;
  }

  private find(map: MapNode, name: string, seen: Set<MapNode>, depth = 0): MapEntry | undefined {
    this.visit(map, seen, depth);
    const own = map.items.findLast(({ key }) => isScalar(key) && key.source === name);
    if (own) return this.toEntry(own, depth > 0);
    for (const source of this.mergedInto(map)) {
      const found = seen.has(source) ? undefined : this.find(source, name, seen, depth + 1);
      if (found) return found;
    }
    return undefined;
  }

  private collect(map: MapNode, byName: Map<string, MapEntry>, seen: Set<MapNode>, depth = 0): void {
    this.visit(map, seen, depth);
    const own = new Map<string, MapEntry>();
    for (const pair of map.items) {
      if (!isScalar(pair.key) || isMergeKey(pair.key)) continue;
      own.set(String(pair.key.source), this.toEntry(pair, depth > 0));
    }
    for (const [name, entry] of own) if (!byName.has(name)) byName.set(name, entry);
    for (const source of this.mergedInto(map))
      if (!seen.has(source)) this.collect(source, byName, seen, depth + 1);
  }

  /** Visits each mapping once. @throws BeyondBounds if too many merge each other. */
  private visit(map: MapNode, seen: Set<MapNode>, depth: number): void {
    if (depth > DEEPEST) throw tooDeep(this.document.start + map.range[0]);
    seen.add(map);
  }

  private toEntry({ key, value }: MapNode["items"][number], merged: boolean): MapEntry {
    return {
      key: key as Scalar.Parsed,
      written: value,
      value: this.resolve(value),
      merged,
      apart: merged || isAlias(value),
    };
  }

  /** The mappings that merge keys refer to, by precedence: the last of several merge keys, the first of a list. */
  private mergedInto(map: MapNode): MapNode[] {
    return mergeSources(map)
      .map((one) => this.resolve(one))
      .filter((one): one is MapNode => isMap(one));
  }
}

function mergeSources({ items }: MapNode): ParsedNode[] {
  const merges = items.filter(({ key }) => isMergeKey(key)).reverse();
  return merges.flatMap(({ key, value }) => (isSeq(value) ? (value.items as ParsedNode[]) : [value ?? key]));
}

/** The anchors, aliases and mappings of a parsed document, independent of its place in the file. */
export interface Links {
  /** The target of each alias. */
  readonly targets: ReadonlyMap<unknown, ParsedNode>;
  readonly maps: readonly MapNode[];
  /** In text order; those of merge keys after the others. */
  readonly faults: readonly ReferenceFault[];
}

/** Visits a document once, in text order. */
export function linksIn(root: unknown): Links {
  const targets = new Map<unknown, ParsedNode>();
  const maps: MapNode[] = [];
  const faults: ReferenceFault[] = [];
  const anchors = new Map<string, ParsedNode>();
  const rest: unknown[] = [root];
  while (rest.length > 0) {
    const node = rest.pop();
    if (isPair(node)) rest.push(node.value, node.key);
    else if (isAlias(node)) {
      const { source: name } = node;
      const target = anchors.get(name);
      if (target) targets.set(node, target);
      else faults.push({ kind: "no-anchor", node: node as ParsedNode, name });
    } else if (isCollection(node) || isScalar(node)) {
      const { anchor: name } = node;
      if (name && anchors.has(name)) faults.push({ kind: "second-anchor", node: node as ParsedNode, name });
      if (name) anchors.set(name, node as ParsedNode);
      if (isMap(node)) maps.push(node as MapNode);
      if (isCollection(node)) for (let at = node.items.length - 1; at >= 0; at--) rest.push(node.items[at]);
    }
  }
  for (const map of maps) {
    for (const node of mergeSources(map)) {
      const target = isAlias(node) ? targets.get(node) : node;
      if (target && !isMap(target)) faults.push({ kind: "merge-of-no-mapping", node: target, name: "" });
    }
  }
  return { targets, maps, faults };
}
