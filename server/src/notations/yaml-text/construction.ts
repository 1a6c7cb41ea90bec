/** What PyYAML's `safe_load` refuses in a document whose syntax is right: tags, values, keys. */
import { isAlias, isCollection, isMap, isPair, isScalar, isSeq, type ParsedNode, Scalar } from "yaml";
import { readPlain, readTagged } from "./scalars";
import type { Links, MapNode } from "./tree";

/** A node of which PyYAML makes no value. */
export interface ConstructionFault {
  readonly kind:
    | "unknown-tag"
    | "tag-elsewhere"
    | "value-of-tag"
    | "number"
    | "date"
    | "reserved-word"
    | "key";
  readonly node: ParsedNode;
  /** The tag as PyYAML's documentation writes it, `!!int`; empty without one. */
  readonly tag: string;
}

const STANDARD = "tag:yaml.org,2002:";
const OF_SCALARS: ReadonlySet<string> = new Set([
  "str",
  "null",
  "bool",
  "int",
  "float",
  "timestamp",
  "binary",
]);
const OF_LISTS: ReadonlySet<string> = new Set(["seq", "omap", "pairs"]);
const OF_MAPPINGS: ReadonlySet<string> = new Set(["map", "set"]);

/** All faults, in text order. */
export function constructionFaults(root: unknown, { targets }: Pick<Links, "targets">): ConstructionFault[] {
  const found: ConstructionFault[] = [];
  const rest: { readonly node: unknown; readonly isKey: boolean }[] = [{ node: root, isKey: false }];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { node, isKey } = next;
    if (isPair(node)) {
      rest.push({ node: node.value, isKey: false }, { node: node.key, isKey: true });
      const key = isAlias(node.key) ? targets.get(node.key) : node.key;
      if (isCollection(key)) found.push({ kind: "key", node: node.key as ParsedNode, tag: "" });
    } else if (isScalar(node) || isCollection(node)) {
      const fault = faultOf(node as ParsedNode, isKey);
      if (fault) found.push(fault);
      if (isCollection(node))
        for (let at = node.items.length - 1; at >= 0; at--) rest.push({ node: node.items[at], isKey: false });
    }
  }
  return found;
}

function faultOf(node: ParsedNode, isKey: boolean): ConstructionFault | undefined {
  const tag = !node.tag || node.tag === "!" ? "" : node.tag;
  const name = tag.startsWith(STANDARD) ? tag.slice(STANDARD.length) : undefined;
  const fault = (kind: ConstructionFault["kind"]) => ({
    kind,
    node,
    tag: name === undefined ? tag : `!!${name}`,
  });
  if (tag === "") return isScalar(node) ? implicitFault(node as Scalar.Parsed, isKey, fault) : undefined;
  if (name === undefined || !isKnown(name)) return fault("unknown-tag");
  if (!fits(name, node)) return fault("tag-elsewhere");
  const isRefused = isScalar(node) && readTagged(name, String(node.source ?? "")).kind === "refused";
  return isRefused && name !== "binary" ? fault("value-of-tag") : undefined;
}

/** A plain scalar that looks like a value of a type, and is none. */
function implicitFault(
  node: Scalar.Parsed,
  isKey: boolean,
  fault: (kind: ConstructionFault["kind"]) => ConstructionFault,
): ConstructionFault | undefined {
  if (node.type !== Scalar.PLAIN || typeof node.source !== "string") return undefined;
  if (node.source === "=" || node.source === "<<") return isKey ? undefined : fault("reserved-word");
  const read = readPlain(node.source);
  return read.kind === "refused" ? fault(read.type === "date" ? "date" : "number") : undefined;
}

function isKnown(name: string): boolean {
  return OF_SCALARS.has(name) || OF_LISTS.has(name) || OF_MAPPINGS.has(name);
}

function fits(name: string, node: ParsedNode): boolean {
  if (isMap(node)) return OF_MAPPINGS.has(name);
  if (!isSeq(node)) return OF_SCALARS.has(name);
  return OF_LISTS.has(name) && (name === "seq" || node.items.every(isSingle));
}

/** An item of `!!omap` or `!!pairs`. */
function isSingle(item: unknown): boolean {
  return isPair(item) || (isMap(item) && (item as MapNode).items.length === 1);
}
