/** Changes the names in a quantization file, the YAML of `--quant_cfg` and `--vit_quant_cfg`, to those of another release. */
import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { QuantizationNames } from "../../catalogue/move-facts";
import { applyEdits } from "../../edits/text-edits";
import { BeyondBounds } from "../../launch/bounds";
import type { Span } from "../../launch/launch";
import { spanOf } from "../../notations/yaml-text/nodes";
import { requoted } from "../../notations/yaml-text/scalars";
import { type YamlDocument, YamlStream } from "../../notations/yaml-text/stream";
import { type MapNode, YamlTree } from "../../notations/yaml-text/tree";

/** A quantization file with new names. */
export interface RenamedFile {
  readonly text: string;
  /** Each old name with its new one, once. */
  readonly renamed: ReadonlyMap<string, string>;
  /** What to tell of its layers, one sentence each. */
  readonly said: ReadonlySet<string>;
  /** All methods that it names then. */
  readonly methods: ReadonlySet<string>;
  /** The layers that it names, as they were and as they are then. */
  readonly layers: ReadonlyMap<string, string>;
}

/** A name in a quantization file: the key that names a layer, a layer, a method. */
interface Name {
  readonly kind: "keys" | "layers" | "methods";
  readonly word: string;
  readonly span: Span;
}

/**
 * A quantization file with the names of another release; undefined if it cannot be read with certainty.
 *
 * @param steps the new names for each pair of releases on the way, in order.
 */
export function renameInQuantizationFile(
  text: string,
  steps: readonly QuantizationNames[],
): RenamedFile | undefined {
  const before = namesIn(text);
  if (!before) return undefined;
  const after = before.map((name) => steps.reduce((word, step) => step[name.kind][word] ?? word, name.word));
  const edits = before.flatMap(({ word, span }, at) => {
    const renamed = after[at] ?? word;
    return renamed === word ? [] : [{ span, newText: requoted(text, span, renamed) }];
  });
  const changed = applyEdits(text, edits);
  const read = namesIn(changed);
  if (read?.map(({ word }) => word).join("\n") !== after.join("\n")) return undefined;
  const renamed = before.flatMap(({ word }, at): [string, string][] => {
    const to = after[at] ?? word;
    return to === word ? [] : [[word, to]];
  });
  const said = before.flatMap(({ kind, word }) => (kind === "layers" ? sentences(word, steps) : []));
  const methods = read.flatMap(({ kind, word }) => (kind === "methods" ? [word] : []));
  const layers = before.flatMap(({ kind, word }, at): [string, string][] =>
    kind === "layers" ? [[word, after[at] ?? word]] : [],
  );
  return {
    text: changed,
    renamed: new Map(renamed),
    said: new Set(said),
    methods: new Set(methods),
    layers: new Map(layers),
  };
}

/** What to tell of a layer on the way. */
function sentences(layer: string, steps: readonly QuantizationNames[]): string[] {
  let name = layer;
  return steps.flatMap(({ layers, say }) => {
    const sentence = say[name];
    name = layers[name] ?? name;
    return sentence === undefined ? [] : [sentence];
  });
}

/** The names in a file, in the order of LightLLM's reading; undefined if it is no quantization file. */
function namesIn(text: string): Name[] | undefined {
  try {
    const [found, ...others] = new YamlStream<Name[] | undefined>().read(text, namesOf);
    return others.length === 0 ? found : undefined;
  } catch (error) {
    if (error instanceof BeyondBounds) return undefined;
    throw error;
  }
}

/** The keys that name a layer, in all releases. */
const LAYER_KEYS = ["layer_name", "name"];

function namesOf(document: YamlDocument): Name[] | undefined {
  const tree = new YamlTree(document);
  const root = tree.resolve(tree.root);
  const { unknown, errors, text, written } = document;
  if (unknown.length > 0 || errors.length > 0 || tree.faults.length > 0 || text !== written) return undefined;
  if (!isMap(root) || tree.entry(root as MapNode, "quant_type") === undefined) return undefined;
  const names = new Map<ParsedNode, Name>();
  const add = (kind: Name["kind"], node: ParsedNode | null | undefined) => {
    if (isScalar(node) && typeof node.source === "string" && !names.has(node))
      names.set(node, { kind, word: String(node.value ?? node.source), span: spanOf(node, document) });
  };
  add("methods", tree.entry(root as MapNode, "quant_type")?.value);
  const layers = tree.entry(root as MapNode, "mix_bits")?.value;
  for (const item of isSeq(layers) ? layers.items : []) {
    const layer = tree.resolve(item);
    if (!isMap(layer)) continue;
    for (const { key, value } of tree.entries(layer as MapNode)) {
      if (LAYER_KEYS.includes(key.source)) {
        add("keys", key);
        add("layers", value);
      } else if (key.source === "quant_type") add("methods", value);
    }
  }
  return [...names.values()];
}
