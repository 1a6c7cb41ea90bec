/** Reads YAML sequences and scalars that contain commands. */

import { isAlias, isScalar, type ParsedNode, Scalar, type YAMLSeq } from "yaml";
import type { CommandWord } from "../../launch/command-line";
import { type Span, spanFrom } from "../../launch/launch";
import { lineEndAt } from "../../launch/lines";
import type { Origin } from "../../launch/origin";
import { doubleQuoted } from "../../launch/visible-text";
import type { Embedded } from "../embedded";
import { itemOf, type ListItem, unknownWords } from "../list/items";
import { isMarkedAsArguments } from "../list/marked";
import type { CommandList } from "../list/read-command";
import { type ReferenceStyle, referenceAt } from "../references";
import { type DecodedText, decodeScalar, scalarQuoting } from "../yaml-text/decode";
import { sourceOf, spanOf } from "../yaml-text/nodes";
import { shellText } from "../yaml-text/shell-text";
import { otherBranches, type TemplateLine } from "../yaml-text/template-lines";
import type { MapEntry, YamlTree } from "../yaml-text/tree";
import { kindOfScalar } from "./untyped-scalar";

/** A text with the escapes and references of its notation resolved. */
export interface Expanded {
  readonly decoded: DecodedText;
  /** The offsets in the file of the references in `decoded` that are filled in before a shell reads it. */
  readonly filled?: ReadonlySet<number>;
  /** The word, if references were substituted. */
  readonly text?: string;
  /** The place of each of its characters, if it differs from that of the text. */
  readonly offsets?: readonly number[];
  /** Offset of the first part that is known only when the launch runs. */
  readonly unknownFrom?: number | undefined;
  /** The origins of substituted values. */
  readonly origins?: readonly Origin[];
}

/** A YAML file with the settings for reading commands. */
export interface YamlSource {
  /** The whole file. */
  readonly text: string;
  readonly tree: YamlTree;
  readonly lines: readonly TemplateLine[];
  readonly expand: (decoded: DecodedText) => Expanded;
  /** The syntax of references that stay unknown. */
  readonly references: ReferenceStyle;
  /** Whether `null` in a list is refused, and not an empty text. */
  readonly refusesNothing?: boolean;
}

type Sequence = YAMLSeq.Parsed;

/** Whether a comment above an entry's key marks its value as LightLLM's arguments. */
export function isMarked(entry: MapEntry | undefined, { text, tree }: YamlSource): boolean {
  return entry !== undefined && isMarkedAsArguments(text, tree.document.start + entry.key.range[0]);
}

/** A sequence as a list of elements. Lines of templates between them become unknown words. */
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

/** A scalar as a shell command; empty if it is not one. */
export function yamlShell(node: Scalar.Parsed, source: YamlSource): Embedded {
  const { lines, expand } = source;
  const { document } = source.tree;
  const { decoded, holes } = shellText(decodeScalar(node, document), document, lines);
  const { decoded: expanded, filled } = expand(decoded);
  const { text, offsets } = expanded;
  const written = text.includes("\n") ? source.text.slice(offsets[0], offsets.at(-1)) : "";
  return {
    text,
    offsets,
    quoting: scalarQuoting(node),
    ...(holes && { holes }),
    ...(filled && { filled }),
    ...(written.includes("\r\n") && { lineEnd: "\r\n" as const }),
  };
}

/** The word of a scalar; undefined while it is empty. */
export function yamlWord(node: ParsedNode, source: YamlSource): CommandWord | undefined {
  return yamlItem(node, false, source)[0]?.word;
}

/** An element; empty while it has no text. */
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
  const kind = template === undefined ? kindOfScalar(scalar) : undefined;
  const isJudged = kind !== undefined && (kind !== "nothing" || source.refusesNothing === true);
  const asText = kind === "nothing" || isAlias(node) ? undefined : doubleQuoted(written);
  const splits = inFlow && /^\{\{.*\}\}$/s.test(written) && !isAlias(node);
  const item = itemOf({
    embedded: yamlShell(scalar, source),
    span,
    source: written,
    text: expanded.text ?? expanded.decoded.text,
    unknownFrom: Number.isFinite(unknownFrom) ? unknownFrom : undefined,
    splits,
    origins: expanded.origins,
    references: source.references,
  });
  return [isJudged ? { ...item, notText: { kind, span, source: written, asText } } : item];
}

function unknownItem(span: Span, source: string): ListItem {
  const embedded = { text: "", offsets: span.start, quoting: [] };
  return itemOf({ embedded, span, source, text: "", unknownFrom: 0 });
}

/** Offset of the first template in a decoded text. */
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

/** The brackets of a flow sequence; of a block sequence, its lines with the white space after its last dash. */
function listSpan(sequence: Sequence, { text, tree: { document } }: YamlSource): Span {
  const span = spanOf(sequence, document);
  return sequence.flow ? span : spanFrom(span.start, lineEndAt(text, span.end));
}

/** A scalar without escapes and with only the shell's references: text after a variable is unknown. */
export function expandNothing(decoded: DecodedText): Expanded {
  return { decoded, unknownFrom: referenceAt(decoded.text) };
}
