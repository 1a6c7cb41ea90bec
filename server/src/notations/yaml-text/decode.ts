/** Decodes YAML scalars with the place of each character, so that a launch inside one can be edited. */
import { Scalar } from "yaml";
import { type Quoting, spanFrom } from "../../launch/launch";
import { decodeBlock } from "./block";
import { decodeDouble, decodePlain, decodeSingle } from "./flow-scalars";
import type { YamlDocument } from "./stream";

/** A text and the offset of each of its characters, with one more for its end. */
export interface DecodedText {
  readonly text: string;
  readonly offsets: readonly number[];
}

const QUOTINGS: Readonly<Partial<Record<Scalar.Type, Quoting>>> = {
  QUOTE_DOUBLE: "yaml-double",
  QUOTE_SINGLE: "yaml-single",
};

/** The quoting of a scalar's style. */
export function scalarQuoting({ type }: Scalar.Parsed): readonly Quoting[] {
  const quoting = type && QUOTINGS[type];
  return quoting ? [quoting] : [];
}

/** Decodes a scalar like YAML: folds lines, decodes escapes, removes indentation. Offsets refer to the file. */
export function decodeScalar(
  node: Scalar.Parsed,
  document: Pick<YamlDocument, "start" | "text">,
): DecodedText {
  const { text, offsets } = decodeSource(node, document.text);
  return { text, offsets: offsets.map((offset) => offset + document.start) };
}

function decodeSource(node: Scalar.Parsed, source: string): DecodedText {
  const span = spanFrom(node.range[0], node.range[1]);
  switch (node.type) {
    case Scalar.QUOTE_DOUBLE:
      return decodeDouble(source, span);
    case Scalar.QUOTE_SINGLE:
      return decodeSingle(source, span);
    case Scalar.BLOCK_LITERAL:
    case Scalar.BLOCK_FOLDED:
      return decodeBlock(source, span, String(node.source ?? ""));
    default:
      return decodePlain(source, span);
  }
}
