/** A YAML document with its aliases and merge keys followed. */
import {
  type Alias,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { DEEPEST, tooDeep } from "../../launch/bounds";
import type { YamlDocument } from "./stream";

export type MapNode = YAMLMap.Parsed;

/** A key of a mapping, its own or one that a merge key brings in. */
export interface Entry {
  readonly key: Scalar.Parsed;
  /** Aliases followed; `null` where nothing is written. */
  readonly value: ParsedNode | null;
  /** Whether the value is written elsewhere in the file. */
  readonly apart: boolean;
}

/** A document and the targets of its aliases. */
export class YamlTree {
  private readonly targets = new Map<unknown, ParsedNode>();
  /** Every mapping that is written in the document, in the order of the text. */
  readonly maps: readonly MapNode[];

  constructor(readonly document: YamlDocument) {
    this.maps = this.walk();
  }

  get root(): ParsedNode | null {
    return this.document.tree.contents as ParsedNode | null;
  }

  /** What an alias stands for: the last anchor of its name before it. */
  resolve(node: unknown): ParsedNode | null {
    if (!node) return null;
    return isAlias(node) ? (this.targets.get(node) ?? null) : (node as ParsedNode);
  }

  /** The value of a key, the mapping's own before a merged one; of equal keys the last counts. */
  entry(map: MapNode, name: string): Entry | undefined {
    return this.find(map, name, new Set(), 0);
  }

  /** All keys with their values, merged ones behind the mapping's own. */
  entries(map: MapNode): Entry[] {
    const byName = new Map<string, Entry>();
    this.collect(map, byName, new Set(), 0);
    return [...byName.values()];
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

  private find(map: MapNode, name: string, seen: Set<MapNode>, depth: number): Entry | undefined {
    this.visit(map, seen, depth);
    const own = map.items.findLast(({ key }) => isScalar(key) && key.source === name);
    if (own) return this.toEntry(own, depth > 0);
    for (const source of this.mergedInto(map)) {
      const found = seen.has(source) ? undefined : this.find(source, name, seen, depth + 1);
      if (found) return { ...found, apart: true };
    }
    return undefined;
  }

  private collect(map: MapNode, byName: Map<string, Entry>, seen: Set<MapNode>, depth: number): void {
    this.visit(map, seen, depth);
    const own = new Map<string, Entry>();
    for (const pair of map.items) {
      if (!isScalar(pair.key) || pair.key.source === "<<") continue;
      own.set(String(pair.key.source), this.toEntry(pair, depth > 0));
    }
    for (const [name, entry] of own) if (!byName.has(name)) byName.set(name, entry);
    for (const source of this.mergedInto(map))
      if (!seen.has(source)) this.collect(source, byName, seen, depth + 1);
  }

  /** Each mapping is looked at once. @throws BeyondBounds where too many merge each other. */
  private visit(map: MapNode, seen: Set<MapNode>, depth: number): void {
    if (depth > DEEPEST) throw tooDeep(this.document.start + map.range[0]);
    seen.add(map);
  }

  private toEntry({ key, value }: MapNode["items"][number], apart: boolean): Entry {
    return { key: key as Scalar.Parsed, value: this.resolve(value), apart: apart || isAlias(value) };
  }

  private mergedInto(map: MapNode): MapNode[] {
    const merges = map.items.filter(({ key }) => isScalar(key) && key.source === "<<");
    return merges
      .flatMap(({ value }) => (isSeq(value) ? (value.items as unknown[]) : [value]))
      .map((one) => this.resolve(one))
      .filter((one): one is MapNode => isMap(one));
  }

  /** Goes through the document once, in the order of the text. */
  private walk(): MapNode[] {
    const maps: MapNode[] = [];
    const anchors = new Map<string, ParsedNode>();
    const rest: unknown[] = [this.root];
    while (rest.length > 0) {
      const node = rest.pop();
      if (isPair(node)) rest.push(node.value, node.key);
      else if (isAlias(node)) {
        const target = anchors.get((node as Alias).source);
        if (target) this.targets.set(node, target);
      } else if (isCollection(node) || isScalar(node)) {
        if (node.anchor) anchors.set(node.anchor, node as ParsedNode);
        if (isMap(node)) maps.push(node as MapNode);
        if (isCollection(node)) for (let at = node.items.length - 1; at >= 0; at--) rest.push(node.items[at]);
      }
    }
    return maps;
  }
}
