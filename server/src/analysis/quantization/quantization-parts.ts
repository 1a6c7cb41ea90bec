/** Reads a file of `--quant_cfg` or `--vit_quant_cfg`, the YAML that says which weights run with which method. */
import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import { BeyondBounds } from "../../launch/bounds";
import { type Span, spanFrom } from "../../launch/launch";
import { sourceOf, spanOf } from "../../notations/yaml-text/nodes";
import { readPlain } from "../../notations/yaml-text/scalars";
import { type YamlDocument, YamlStream } from "../../notations/yaml-text/stream";
import { type MapEntry, type MapNode, YamlTree } from "../../notations/yaml-text/tree";

/** A value of the file. */
export interface Part {
  /** What YAML makes of it. */
  readonly kind: "text" | "integer" | "null" | "other" | "list" | "mapping";
  /** Of a scalar: the characters that LightLLM gets. */
  readonly text: string;
  readonly span: Span;
  /** Of a list. */
  readonly items: readonly Part[];
  /** Of a mapping: the last of equal keys. */
  readonly entries: readonly { readonly key: string; readonly keySpan: Span; readonly value: Part }[];
}

/** The value of the file: undefined if it is not YAML, or has templates or several documents. */
export function readQuantizationFile(text: string): Part | undefined {
  try {
    const [found, ...others] = new YamlStream<Part | undefined>().read(text, rootOf);
    return others.length === 0 ? found : undefined;
  } catch (error) {
    if (error instanceof BeyondBounds) return undefined;
    throw error;
  }
}

/** Limit for the parts of a file, so that aliases of aliases end. */
const MOST_PARTS = 20_000;

function rootOf(document: YamlDocument): Part | undefined {
  const tree = new YamlTree(document);
  const { unknown, errors, text, written, start, end } = document;
  if (unknown.length > 0 || errors.length > 0 || tree.faults.length > 0 || text !== written) return undefined;
  if (!tree.root) return { kind: "null", text: "", span: spanFrom(start, end), items: [], entries: [] };
  let left = MOST_PARTS;
  const partOf = (node: ParsedNode | null, otherwise: Span): Part | undefined => {
    if (left-- <= 0) return undefined;
    const found = tree.resolve(node);
    const span = node ? spanOf(node, document) : otherwise;
    const plain = { text: "", span, items: [], entries: [] };
    if (!found) return { ...plain, kind: "null" };
    if (isSeq(found)) {
      const items = found.items.map((item) => partOf(item as ParsedNode, span));
      return items.includes(undefined) ? undefined : { ...plain, kind: "list", items: items as Part[] };
    }
    if (isMap(found)) {
      const entries = tree.entries(found as MapNode).map((entry) => pairOf(entry));
      return entries.some(({ value }) => !value)
        ? undefined
        : { ...plain, kind: "mapping", entries: entries as Part["entries"] };
    }
    return isScalar(found) ? scalarPart(found as ParsedNode & { readonly source?: string }, span) : undefined;
  };
  const pairOf = ({ key, written: own }: MapEntry) => {
    const keySpan = spanOf(key, document);
    return { key: String(key.source ?? ""), keySpan, value: partOf(own, spanFrom(keySpan.end, keySpan.end)) };
  };
  const scalarPart = (node: ParsedNode & { readonly source?: string }, span: Span): Part => {
    const plain = { text: String(node.source ?? ""), span, items: [], entries: [] };
    const isQuoted = /^["'|>]/.test(sourceOf(spanOf(node, document), document));
    if (isQuoted) return { ...plain, kind: "text" };
    const read = readPlain(plain.text);
    if (read.kind === "string") return { ...plain, kind: "text" };
    if (read.kind === "integer") return { ...plain, kind: "integer", text: read.word };
    return { ...plain, kind: read.kind === "null" ? "null" : "other" };
  };
  return partOf(tree.root, spanFrom(start, end));
}
