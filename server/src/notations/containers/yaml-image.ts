/** The image of a service or a container in YAML. */
import { isScalar, type ParsedNode, type Scalar } from "yaml";
import type { Pin, Word } from "../../launch/launch";
import { pinOfImage, placedText } from "../pins";
import { decodeScalar } from "../yaml-text/decode";
import { type YamlSource, yamlWord } from "./yaml-list";

/** The version of LightLLM in an image's name; undefined if a template is a part of the name or tag. */
export function pinOfScalar(node: ParsedNode | null | undefined, source: YamlSource): Pin | undefined {
  if (!isScalar(node) || !node.source) return undefined;
  const { document } = source.tree;
  const written = decodeScalar(node as Scalar.Parsed, document);
  const { text = written.text, offsets = written.offsets } = source.expand(written);
  const pin = pinOfImage(placedText({ text, offsets, quoting: [] }));
  const start = offsets[text.lastIndexOf("/") + 1] ?? 0;
  const end = offsets.at(-1) ?? start;
  return document.unknown.some((one) => one.start < end && start < one.end) ? undefined : pin;
}

/** The name of an image as a word; undefined if there is none. */
export function imageWord(node: ParsedNode | null | undefined, source: YamlSource): Word | undefined {
  return isScalar(node) && node.source ? yamlWord(node as ParsedNode, source) : undefined;
}
