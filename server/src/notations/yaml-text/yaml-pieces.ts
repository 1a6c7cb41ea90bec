/** The keys and values of a YAML stream. */
import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { Outline, Piece } from "../outline";
import { spanOf } from "./nodes";
import { type YamlDocument, YamlStream } from "./stream";

/** Keeps the documents of the last two texts, most of which do not change. */
const stream = new YamlStream<Outline>();

/** The keys and values of all documents, each with the keys above it. @throws BeyondBounds */
export function yamlOutline(text: string): Outline {
  const all = stream.read(text, outlineOf);
  return {
    pieces: all.flatMap(({ pieces }) => pieces),
    faults: all.reduce((sum, { faults }) => sum + faults, 0),
  };
}

function outlineOf(document: YamlDocument): Outline {
  const { root, errors, unfinished, unclosed, misplaced } = document;
  const pieces: Piece[] = [];
  const add = (node: ParsedNode, says: string) => pieces.push({ span: spanOf(node, document), says });
  const visit = (node: ParsedNode | null, path: string): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const own = `${path}/${isScalar(key) ? key.source : "?"}`;
        if (isScalar(key)) add(key as ParsedNode, own);
        visit(value, own);
      }
    } else if (isSeq(node)) {
      for (const item of node.items) visit(item as ParsedNode, `${path}/-`);
    } else if (isScalar(node)) add(node, `${path}=${node.tag ?? ""} ${node.source ?? node.value}`);
    else if (isAlias(node)) add(node, `${path}=*${node.source}`);
  };
  visit(root, "");
  return { pieces, faults: errors.length + unfinished.length + unclosed.length + misplaced.length };
}
