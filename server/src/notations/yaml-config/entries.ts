/** The keys of a YAML config: a flag with its value, the environment with its variables. */
import { isAlias, isMap, isScalar, isSeq, type ParsedNode, Scalar, type YAMLMap } from "yaml";
import {
  type Argument,
  type EnvironmentVariable,
  type Span,
  spanFrom,
  type TextProblem,
  type ValueShape,
  type Word,
} from "../../launch/launch";
import { typographicQuotes } from "../typographic";
import { readScalar, scalarWord, sourceOf, spanOf, variableNameOf } from "../yaml-text/nodes";
import type { YamlDocument } from "../yaml-text/stream";
import type { MapEntry, MapNode, YamlTree } from "../yaml-text/tree";
import { pairSpan, placeInYaml } from "../yaml-text/variable-place";
import { shapeProblem, wideSpaces } from "./problems";
import { isIndentedByTab, unfinishedArgument } from "./unfinished";

/** A document that is being read, with its problems so far. */
export interface ConfigDocument {
  readonly document: YamlDocument;
  readonly tree: YamlTree;
  readonly problems: TextProblem[];
  /** Offsets of the values of lines with a second colon, which the parser rejects. */
  readonly secondColons: ReadonlySet<number>;
}

/** A key with its value; `undefined` if the value is a mapping, which no flag takes. */
export function readArgument(entry: MapEntry, config: ConfigDocument): Argument | undefined {
  const { document } = config;
  const { key, written } = entry;
  const flagSpan = spanOf(key, document);
  const name = String(key.source);
  const wide = wideSpaces(key, document);
  config.problems.push(...wide);
  if (!written || wide.length > 0 || isIndentedByTab(flagSpan.start, document))
    return unfinishedArgument(name, flagSpan);
  const valueSpan = spanOf(written, document);
  const value = readValue(entry, valueSpan, config);
  if (!value) return undefined;
  if (!entry.apart) config.problems.push(...typographicQuotes(value.words));
  return {
    flag: `--${name}`,
    written: name,
    flagSpan,
    shape: value.shape,
    words: value.words,
    valueSpan,
    valueSource: sourceOf(valueSpan, document),
    span: spanFrom(flagSpan.start, Math.max(valueSpan.end, flagSpan.end)),
    counts: true,
    inherited: false,
  };
}

function readValue(
  { key, written, value }: MapEntry,
  span: Span,
  config: ConfigDocument,
): { readonly shape: ValueShape; readonly words: readonly Word[] } | undefined {
  const { document, problems } = config;
  if (value === null) return { shape: "absent", words: [] };
  if (isSeq(value)) {
    const at = isAlias(written) ? span : undefined;
    const items = value.items as ParsedNode[];
    return { shape: "list", words: items.flatMap((item) => itemWord(item, config, at)) };
  }
  if (!isScalar(value)) {
    // `host: a: b` is already reported as a syntax error, so its mapping gets no second message.
    if (!config.secondColons.has(span.start)) {
      const isAnchored = Boolean(value.anchor);
      problems.push(shapeProblem.mappingAsValue(String(key.source), spanOf(key, document), isAnchored));
    }
    return undefined;
  }
  const read = readScalar(value as Scalar.Parsed);
  if (read.kind === "null") return { shape: "absent", words: [] };
  if (read.kind === "boolean") return { shape: read.value ? "bare" : "absent", words: [] };
  return { shape: "word", words: [scalarWord(value, span, document)] };
}

/** An item of a list; empty while it has no text. */
function itemWord(item: ParsedNode, { document, tree, problems }: ConfigDocument, at?: Span): Word[] {
  const span = at ?? spanOf(item, document);
  const node = tree.resolve(item);
  if (node === null || (isScalar(node) && node.source === "" && node.type === Scalar.PLAIN)) return [];
  if (!isScalar(node)) problems.push(shapeProblem.nestedItem(span));
  return [scalarWord(node, span, document)];
}

/** The variables of `env`; those that can be edited have a place. */
export function readEnvironment(env: MapEntry, config: ConfigDocument): EnvironmentVariable[] {
  const { document, tree, problems } = config;
  const node = env.value;
  if (node === null || isNull(node)) return [];
  if (!isMap(node)) {
    problems.push(shapeProblem.envIsNoMapping(spanOf(node, document)));
    return [];
  }
  const map = node as MapNode;
  for (const { key } of map.items)
    if (!isScalar(key) || typeof key.source !== "string")
      problems.push(shapeProblem.variableIsNoName(spanOf(key, document)));
  const around = { key: env.key, collection: map as YAMLMap.Parsed, document };
  return tree.entries(map).flatMap(({ key, written, value, apart }): EnvironmentVariable[] => {
    // `null` omits a variable, like a flag.
    const [word] = written && !isNull(value) ? itemWord(written, config) : [];
    if (!written || !word) return [];
    const isOwn = !env.apart && !apart;
    const place = isOwn ? placeInYaml("entry", pairSpan(key, written, document), around) : undefined;
    const name = variableNameOf(key, document);
    return [{ name, nameSpan: spanOf(key, document), value: word, ...(place && { place }) }];
  });
}

function isNull(node: ParsedNode | null): boolean {
  return isScalar(node) && readScalar(node as Scalar.Parsed).kind === "null";
}
