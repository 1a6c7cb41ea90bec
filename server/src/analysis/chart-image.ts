/** The version that a Helm chart's own values give to the image of a launch in its templates. */
import { isMap, isScalar, type Node, parseDocument } from "yaml";
import { NO_SURROUNDINGS, type PointedFile, type Surroundings } from "../judgement/surroundings";
import { type Launch, type Pin, type PinPlace, spanFrom, type WordPart } from "../launch/launch";
import { rememberedFor } from "../launch/remembered";
import { pinOfImage } from "../notations/pins";

/** A piece of an image's name, and its place if a file of the chart has it. */
interface Piece {
  readonly text: string;
  readonly file?: PointedFile;
  readonly start?: number;
}

/** The files of a chart that its templates read. */
interface Chart {
  readonly chart: PointedFile;
  readonly values: PointedFile | undefined;
}

/** Where a chart is, seen from a folder of its `templates`. */
const ABOVE = ["..", "../..", "../../.."];
/** Stands for what is not known; no image's name has it. */
const UNKNOWN = "\0";

/** The version of LightLLM that the values of a chart name for the image of a launch; undefined if they do not. */
export function pinOfChart({ invocation }: Launch, surroundings = NO_SURROUNDINGS): Pin | undefined {
  const place = invocation?.place;
  const word = place?.kind === "pod" ? place.image : undefined;
  if (!word?.parts?.some(isTemplate)) return undefined;
  const chart = chartAround(surroundings);
  if (!chart) return undefined;
  const pieces = word.parts.flatMap((part): readonly Piece[] =>
    part.kind === "text" ? [part] : (valueFor(expressionOf(part.source), chart) ?? [{ text: UNKNOWN }]),
  );
  const text = pieces.map((piece) => piece.text).join("");
  const pin = pinOfImage({ text, spanOf: spanFrom });
  if (!pin) return undefined;
  const elsewhere = placeIn(pieces, pin.span.start, pin.span.end);
  return { ...pin, span: word.span, ...(elsewhere && { elsewhere }) };
}

function isTemplate(part: WordPart): boolean {
  return part.kind === "open" && part.source.startsWith("{{");
}

function chartAround({ file }: Surroundings): Chart | undefined {
  for (const folder of ABOVE) {
    const chart = file?.(`${folder}/Chart.yaml`);
    if (chart) return { chart, values: file?.(`${folder}/values.yaml`) };
  }
  return undefined;
}

function expressionOf(template: string): string {
  return template.replace(/^\{\{-?\s*|\s*-?\}\}$/g, "");
}

const PATH = /^\$?\.(Values|Chart)((?:\.\w+)+)$/;
const TEXT = /^"([^"\\]*)"$/;
/** Functions that leave a version or a name as it is. */
const UNCHANGING = /^(?:quote|squote|toString|trim)$/;

/** The value of a template's expression; undefined if it is not known. */
function valueFor(expression: string, chart: Chart): readonly Piece[] | undefined {
  const [first = "", ...pipes] = expression.split("|").map((part) => part.trim());
  let value = operandOf(first, chart);
  for (const pipe of pipes) {
    const otherwise = /^default\s+(\S+)$/.exec(pipe)?.[1];
    if (otherwise !== undefined) value = value && orElse(value, operandOf(otherwise, chart));
    else if (!UNCHANGING.test(pipe)) return undefined;
  }
  return value;
}

function orElse(
  value: readonly Piece[],
  otherwise: readonly Piece[] | undefined,
): readonly Piece[] | undefined {
  return value.every(({ text }) => text === "") ? otherwise : value;
}

function operandOf(written: string, chart: Chart): readonly Piece[] | undefined {
  const bare = written.replace(/^\(\s*(.*?)\s*\)$/, "$1");
  const text = TEXT.exec(bare)?.[1];
  if (text !== undefined) return [{ text }];
  const [, otherwise, value] = /^default\s+(\S+)\s+(\S+)$/.exec(bare) ?? [];
  if (otherwise !== undefined && value !== undefined) {
    const own = operandOf(value, chart);
    return own && orElse(own, operandOf(otherwise, chart));
  }
  const [, format, words = ""] = /^printf\s+"((?:[^"%\\]|%s)*)"((?:\s+\S+)+)$/.exec(bare) ?? [];
  if (format !== undefined) return formatted(format, words.trim().split(/\s+/), chart);
  const [, from, keys = ""] = PATH.exec(bare) ?? [];
  if (from === undefined) return undefined;
  const path = keys.slice(1).split(".");
  if (from === "Values") return chart.values ? scalarAt(chart.values, path) : undefined;
  return keys === ".AppVersion" ? scalarAt(chart.chart, ["appVersion"]) : undefined;
}

/** What `printf` makes of words in places of `%s`. */
function formatted(format: string, words: readonly string[], chart: Chart): readonly Piece[] | undefined {
  const texts = format.split("%s");
  if (texts.length !== words.length + 1) return undefined;
  return texts.flatMap((text, index): readonly Piece[] => {
    const word = words[index - 1];
    const value = word === undefined ? [] : (operandOf(word, chart) ?? [{ text: UNKNOWN }]);
    return [...value, { text }];
  });
}

const documentOf = rememberedFor(({ text }: PointedFile) => {
  try {
    const document = parseDocument(text, { schema: "failsafe", logLevel: "silent" });
    return document.errors.length > 0 ? undefined : document;
  } catch {
    // Nested too deeply.
    return undefined;
  }
});

/** The scalar at a path of a file; empty if there is none, undefined if the file or the scalar cannot be read. */
function scalarAt(file: PointedFile, path: readonly string[]): readonly Piece[] | undefined {
  const document = documentOf(file);
  if (!document) return undefined;
  let node: Node | null | undefined = document.contents;
  for (const key of path) {
    // An alias or a merged mapping may bring anything.
    if (!isMap<unknown, Node | null>(node) || node.has("<<")) return undefined;
    if (!node.has(key)) return [];
    node = node.get(key, true);
  }
  if (!isScalar(node) || !node.range) return undefined;
  const [start, end] = node.range;
  const source = file.text.slice(start, end);
  if (source === "" || source === "~" || source === "null") return [];
  const [, quote, inner = ""] = /^(["']?)(.*)\1$/.exec(source) ?? [];
  if (quote === undefined || /["'\\\s]/.test(inner)) return undefined;
  return [{ text: inner, file, start: start + quote.length }];
}

/** The place of a part of pieces, if one file has it but for a `v` before it. */
function placeIn(pieces: readonly Piece[], start: number, end: number): PinPlace | undefined {
  let at = 0;
  for (const { text, file, start: inFile = 0 } of pieces) {
    const [from, to] = [Math.max(at, start), Math.min(at + text.length, end)];
    if (file && to === end && from <= start + 1 && from < to) {
      const written = text.slice(from - at, to - at);
      const isWhole = from === start || pieces.map((piece) => piece.text).join("")[start] === "v";
      const span = spanFrom(inFile + from - at, inFile + to - at);
      return isWhole ? { ...file, span, written } : undefined;
    }
    at += text.length;
  }
  return undefined;
}
