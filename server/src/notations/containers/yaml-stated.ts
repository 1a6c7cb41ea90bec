/** Known scalars of a container file with the place of each character: ports, sizes, numbers. */
import { isMap, isScalar, isSeq, type ParsedNode, type Scalar } from "yaml";
import { spanFrom } from "../../launch/launch";
import type { Mount } from "../../launch/site";
import type { StatedText } from "../site-values";
import { decodeScalar } from "../yaml-text/decode";
import { spanOf } from "../yaml-text/nodes";
import type { MapEntry, MapNode, YamlTree } from "../yaml-text/tree";

/** A scalar as text; undefined if it has a template or a reference, or is none. @param tail only this part must be known. */
export function statedScalar(
  node: ParsedNode | null | undefined,
  { document }: YamlTree,
  tail?: RegExp,
): StatedText | undefined {
  if (!isScalar(node) || (node.source ?? "") === "") return undefined;
  const scalar = node as Scalar.Parsed;
  const span = spanOf(scalar, document);
  if (document.unknown.some((one) => one.start < span.end && span.start < one.end)) return undefined;
  const { text, offsets } = decodeScalar(scalar, document);
  const from = tail?.exec(text)?.index ?? 0;
  if (text.slice(from).includes("$")) return undefined;
  const at = (index: number) => offsets[from + index] ?? offsets.at(-1) ?? span.end;
  return {
    text: text.slice(from),
    spanOf: (start, end) => spanFrom(at(start), end > start ? at(end - 1) + 1 : at(start)),
    isLiteral: (start, end) => end > start && at(end - 1) + 1 - at(start) === end - start,
  };
}

/** The items of a sequence, aliases resolved; undefined if it is none, or if a template may add some. */
export function yamlItems(entry: MapEntry | undefined, tree: YamlTree): readonly ParsedNode[] | undefined {
  const value = entry?.value;
  if (!isSeq(value)) return undefined;
  const { document } = tree;
  const span = spanOf(value as ParsedNode, document);
  if (document.unknown.some((one) => span.start <= one.start && one.end <= span.end && isAlone(one, tree)))
    return undefined;
  return (value.items as ParsedNode[]).flatMap((item) => tree.resolve(item) ?? []);
}

/** Whether a template fills its line: it may stand for any number of lines. */
function isAlone({ start, end }: { start: number; end: number }, { document }: YamlTree): boolean {
  const { written, start: base } = document;
  const from = written.lastIndexOf("\n", start - base - 1) + 1;
  const to = written.indexOf("\n", end - base);
  const line = written.slice(from, to < 0 ? written.length : to);
  return /^\s*(?:-\s+)?\{\{.*\}\}\s*$|^\s*\{%.*%\}\s*$/s.test(line) && !/^\s*\{\{-?\s*\/\*/.test(line);
}

/** The mapping of a node. */
export function mapOf(node: ParsedNode | null | undefined): MapNode | undefined {
  return isMap(node) ? (node as MapNode) : undefined;
}

/** The known text of a key. */
export function statedAt(map: MapNode, name: string, tree: YamlTree): StatedText | undefined {
  return statedScalar(tree.entry(map, name)?.value, tree);
}

/** The mounts of a list, and whether all are known. @param read undefined for one that is not known. */
export function mountsIn<Item>(
  items: readonly Item[] | undefined,
  read: (item: Item) => Mount | undefined,
): { readonly mounts: readonly Mount[]; readonly hasAllMounts: boolean } {
  const all = (items ?? []).map(read);
  const mounts = all.filter((one) => one !== undefined);
  return { mounts, hasAllMounts: items !== undefined && mounts.length === all.length };
}
