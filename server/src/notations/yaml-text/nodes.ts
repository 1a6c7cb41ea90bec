/** Single YAML nodes: their places, and their words on the command line. */
import { isScalar, type ParsedNode, Scalar } from "yaml";
import { type Span, spanFrom, type Word } from "../../launch/launch";
import { makesWordsInQuotes, referencesIn } from "../references";
import { templatesIn } from "../templates";
import { readPlain, readTagged, type Scalar as ScalarValue } from "./scalars";
import type { YamlDocument } from "./stream";

/** A scalar as PyYAML constructs it; quotes and block styles make it a string, unless it has a tag. */
export function readScalar(node: Scalar.Parsed): ScalarValue {
  if (node.tag && node.tag !== "!")
    return readTagged(node.tag.replace(/^tag:yaml\.org,2002:/, ""), String(node.source ?? ""));
  if (node.type !== Scalar.PLAIN) return { kind: "string", word: String(node.value ?? node.source) };
  return readPlain(node.source);
}

/** The place of a node, without the white space that YAML counts to the end of a block. */
export function spanOf(node: ParsedNode, { start: base, text }: YamlDocument): Span {
  const [start] = node.range;
  let [, end] = node.range;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return spanFrom(base + start, base + end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** The text of a span as the user wrote it. */
export function sourceOf({ start, end }: Span, { start: base, written }: YamlDocument): string {
  return written.slice(start - base, end - base);
}

/** The name of an environment variable in a scalar; with templates as written. */
export function variableNameOf(node: Scalar.Parsed, document: YamlDocument): string {
  const span = spanOf(node, document);
  const isTemplate = document.unknown.some((one) => overlap(one, span));
  return isTemplate ? sourceOf(span, document) : String(node.source ?? "");
}

/** Whoever starts the launch reads the config, and has a shell. */
const IN_CONFIG = { doubledDollars: "before-references", parentheses: "command" } as const;

/** The word of a scalar in the form of Python's `str()`; unknown if it has a reference or template. */
export function scalarWord(node: ParsedNode, span: Span, document: YamlDocument): Word {
  const source = sourceOf(span, document);
  const unknown: Word = { text: undefined, span, source };
  if (!isScalar(node)) return unknown;
  if (document.unknown.some((one) => overlap(one, span))) {
    const parts = templatesIn(source);
    return { ...unknown, ...(parts && { parts }) };
  }
  const read = readScalar(node as Scalar.Parsed);
  if (read.kind === "refused") return unknown;
  if (read.kind === "string" && read.word.includes("$")) {
    const parts = referencesIn(read.word, IN_CONFIG);
    const [only] = parts;
    if (parts.length === 1 && only?.kind === "text") return { text: only.text, span, source };
    const splits = parts.some((part) => part.kind === "open" && makesWordsInQuotes(part.source));
    return { ...unknown, ...(splits && { splits }), parts };
  }
  if (read.kind === "null") return { text: "None", span, source };
  if (read.kind === "boolean") return { text: read.value ? "True" : "False", span, source };
  const reread = read.kind !== "string" && read.word !== source && !source.startsWith("*");
  const rereadAs = read.kind === "date" ? "date" : "number";
  return { text: read.word, span, source, ...(reread && { rereadAs }) };
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
