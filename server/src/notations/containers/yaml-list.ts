/** Reads YAML sequences and scalars that hold commands. */

import { isAlias, isScalar, type ParsedNode, Scalar, type YAMLSeq } from "yaml";
import type { CommandWord } from "../../launch/command-line";
import { type Span, spanFrom } from "../../launch/launch";
import { lineEndAt } from "../../launch/lines";
import type { Origin } from "../../launch/origin";
import type { Embedded } from "../embedded";
import { itemOf, type ListItem, unknownWords } from "../list/items";
import { isMarkedAsArguments } from "../list/marked";
import type { CommandList } from "../list/read-command";
import { type ReferenceStyle, referenceAt } from "../references";
import { type DecodedText, decodeScalar, quotingOf } from "../yaml-text/decode";
import { sourceOf, spanOf } from "../yaml-text/nodes";
import { otherBranches, type TemplateLine } from "../yaml-text/template-lines";
import type { Entry, YamlTree } from "../yaml-text/tree";
import { shellText } from "./shell-text";

/** A text with the escapes and references of its notation undone. */
export interface Expanded {
  readonly decoded: DecodedText;
  /** The word, where references were put in. */
  readonly text?: string;
  /** Where each of its characters is written, where those of the text are not enough to tell. */
  readonly offsets?: readonly number[];
  /** Where the first thing stands that is only known when the launch runs. */
  readonly unknownFrom?: number | undefined;
  /** What was put in. */
  readonly origins?: readonly Origin[];
}

/** A YAML file as commands are read from it. */
export interface YamlSource {
  /** The whole file. */
  readonly text: string;
  readonly tree: YamlTree;
  readonly lines: readonly TemplateLine[];
  readonly expand: (decoded: DecodedText) => Expanded;
  /** What the notation makes of the references that stay unknown. */
  readonly references: ReferenceStyle;
}

type Sequence = YAMLSeq.Parsed;

/** Whether a comment above an entry's key says that its value is LightLLM's arguments. */
export function isMarked(entry: Entry | undefined, { text, tree }: YamlSource): boolean {
  return entry !== undefined && isMarkedAsArguments(text, tree.document.start + entry.key.range[0]);
}

/** A sequence as a list of elements. Lines of templates among them stand for words that are not known. */
export function yamlList(sequence: Sequence, source: YamlSource, apart: boolean): CommandList {
  const { document } = source.tree;
  const [from, , to] = sequence.range;
  const around = spanFrom(from + document.start, to + document.start);
  const lines = source.lines.filter((line) => line.start >= around.start && line.end <= around.end);
  const others = otherBranches(lines);
  const items = (sequence.items as ParsedNode[]).flatMap((node) =>
    yamlItem(node, sequence.flow ?? false, source),
  );
  for (const line of lines) {
    if (line.role === "value") items.push(unknownWords(line, source.text.slice(line.start, line.end)));
  }
  const kept = items.filter(({ word: { span } }) => !others.some((other) => holds(other, span)));
  return {
    items: kept.sort((a, b) => a.word.span.start - b.word.span.start),
    style: sequence.flow ? "yaml-flow" : "yaml-block",
    span: listSpan(sequence, source),
    ...(apart && { apart }),
  };
}

function holds(outer: Span, { start }: Span): boolean {
  return outer.start <= start && start < outer.end;
}

/** A scalar as a command for a shell; an empty one where it is none. */
export function yamlShell(node: Scalar.Parsed, { tree: { document }, lines, expand }: YamlSource): Embedded {
  const { decoded, holes } = shellText(decodeScalar(node, document), document, lines);
  const { text, offsets } = expand(decoded).decoded;
  return { text, offsets, quoting: quotingOf(node), ...(holes && { holes }) };
}

/** The word of a scalar; undefined while it is empty. */
export function yamlWord(node: ParsedNode, source: YamlSource): CommandWord | undefined {
  return yamlItem(node, false, source)[0]?.word;
}

/** An element; undefined while it is empty. */
function yamlItem(node: ParsedNode, inFlow: boolean, source: YamlSource): ListItem[] {
  const { tree, expand } = source;
  const { document } = tree;
  const span = spanOf(node, document);
  const written = sourceOf(span, document);
  const target = tree.resolve(node);
  if (!isScalar(target)) return written === "" ? [] : [unknownItem(span, written)];
  const scalar = target as Scalar.Parsed;
  if (scalar.type === Scalar.PLAIN && scalar.source === "") return [];
  const decoded = decodeScalar(scalar, document);
  const expanded = expand(decoded);
  const template = templateAt(decoded, source);
  const unknownFrom = Math.min(
    expanded.unknownFrom ?? Number.POSITIVE_INFINITY,
    template ?? Number.POSITIVE_INFINITY,
  );
  const splits = inFlow && /^\{\{.*\}\}$/s.test(written) && !isAlias(node);
  return [
    itemOf({
      embedded: yamlShell(scalar, source),
      span,
      source: written,
      text: expanded.text ?? expanded.decoded.text,
      unknownFrom: Number.isFinite(unknownFrom) ? unknownFrom : undefined,
      splits,
      origins: expanded.origins,
      references: source.references,
    }),
  ];
}

function unknownItem(span: Span, source: string): ListItem {
  const embedded = { text: "", offsets: span.start, quoting: [] };
  return itemOf({ embedded, span, source, text: "", unknownFrom: 0 });
}

/** Where in a decoded text the first template stands. */
function templateAt({ text, offsets }: DecodedText, { tree, lines }: YamlSource): number | undefined {
  const [first = 0] = offsets;
  const last = offsets.at(-1) ?? first;
  const isNear = ({ start, end }: Span) => start <= last && end > first;
  const spans = [...tree.document.unknown.filter(isNear), ...lines.filter(isNear)];
  if (spans.length === 0) return undefined;
  for (let at = 0; at < text.length; at++) {
    const offset = offsets[at] ?? 0;
    if (spans.some(({ start, end }) => start <= offset && offset < end)) return at;
  }
  return undefined;
}

/** The brackets of a flow sequence; of one in lines also the white space behind its last dash. */
function listSpan(sequence: Sequence, { text, tree: { document } }: YamlSource): Span {
  const span = spanOf(sequence, document);
  return sequence.flow ? span : spanFrom(span.start, lineEndAt(text, span.end));
}

/** No escapes and no references but the shell's: what holds a variable is not known. */
export function expandNothing(decoded: DecodedText): Expanded {
  return { decoded, unknownFrom: referenceAt(decoded.text) };
}
