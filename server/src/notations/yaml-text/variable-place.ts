/** The place of a variable in YAML: in a mapping or list that is the value of `env:` or `environment:`. */
import type { ParsedNode, YAMLMap, YAMLSeq } from "yaml";
import { type Span, spanFrom, type VariableForm, type VariablePlace } from "../../launch/launch";
import { sourceOf, spanOf } from "./nodes";
import type { YamlDocument } from "./stream";

/** The mapping or list, and its key. */
export interface Surrounding {
  readonly key: ParsedNode;
  readonly collection: YAMLMap.Parsed | YAMLSeq.Parsed;
  readonly document: YamlDocument;
}

/** A line of a template engine. */
const TEMPLATE_LINE = /^[ \t]*(?:\{\{|\{%)/m;

/** The place of the variable with a span; undefined if a template may remove a part of it. */
export function placeInYaml(
  kind: Extract<VariableForm, { flow: boolean }>["kind"],
  span: Span,
  { key, collection, document }: Surrounding,
): VariablePlace | undefined {
  if (TEMPLATE_LINE.test(sourceOf(span, document))) return undefined;
  const place: VariablePlace = { form: { kind, flow: collection.flow ?? false }, span };
  if (collection.items.length > 1) return place;
  const own = spanOf(collection as ParsedNode, document);
  const pair = spanFrom(spanOf(key, document).start, own.end);
  if (TEMPLATE_LINE.test(sourceOf(pair, document))) return place;
  if (!collection.anchor) return { ...place, whole: pair };
  // A value with an anchor stays, but empty.
  return { ...place, whole: own, leaves: kind === "entry" ? "{}" : "[]" };
}

/** From a key to the end of its value. */
export function pairSpan(key: ParsedNode, value: ParsedNode | null, document: YamlDocument): Span {
  const { start, end } = spanOf(key, document);
  return spanFrom(start, value ? Math.max(end, spanOf(value, document).end) : end);
}
