/** The containers of Kubernetes manifests, in objects of any kind. */
import { isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLSeq } from "yaml";
import { type Allowance, LONGEST_WORD } from "../../launch/bounds";
import { type EnvironmentVariable, type Pin, spanFrom, type Word } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import { doubleQuoted } from "../../launch/visible-text";
import { kindOfScalar } from "../containers/untyped-scalar";
import { imageWord, pinOfScalar } from "../containers/yaml-image";
import type { Expanded, YamlSource } from "../containers/yaml-list";
import type { NotText } from "../list/not-text";
import { partsFrom, referenceAt } from "../references";
import { templatesIn } from "../templates";
import { type DecodedText, decodeScalar } from "../yaml-text/decode";
import { sourceOf, spanOf, variableNameOf } from "../yaml-text/nodes";
import type { MapEntry, MapNode } from "../yaml-text/tree";
import { placeInYaml } from "../yaml-text/variable-place";

export interface Container {
  readonly map: MapNode;
  readonly name: string | undefined;
  readonly command: MapEntry | undefined;
  readonly args: MapEntry | undefined;
  /** The script of an Argo template. */
  readonly script: MapEntry | undefined;
  /** The version of LightLLM in the image's name. */
  readonly pin: Pin | undefined;
  readonly image: Word | undefined;
  readonly environment: readonly EnvironmentVariable[];
  /** Values of variables that are no text, which Kubernetes refuses. */
  readonly notTexts: readonly NotText[];
}

/** All mappings that look like a container: a command, and an image or a name. */
export function containersOf(source: YamlSource, allowance: Allowance): Container[] {
  const { tree } = source;
  return tree.maps.flatMap((map): Container[] => {
    const command = tree.entry(map, "command");
    const args = tree.entry(map, "args");
    const script = tree.entry(map, "source");
    if (!command && !args && !script) return [];
    if (!tree.entry(map, "image") && !tree.entry(map, "name")) return [];
    const environment = environmentOf(tree.entry(map, "env"), source, allowance);
    const imageNode = tree.entry(map, "image")?.value;
    const pin = pinOfScalar(imageNode, source);
    const image = imageWord(imageNode, source);
    const name = tree.text(map, "name");
    const written = isScalar(script?.value) ? script : undefined;
    const notTexts = notTextsIn(tree.entry(map, "env"), source);
    return [{ map, name, command, args, script: written, pin, image, environment, notTexts }];
  });
}

/** `env:` of a container: names with values; values from elsewhere are unknown. */
function environmentOf(
  entry: MapEntry | undefined,
  source: YamlSource,
  allowance: Allowance,
): EnvironmentVariable[] {
  const env = entry?.value;
  if (!entry || !isSeq(env)) return [];
  const { tree } = source;
  const before: EnvironmentVariable[] = [];
  const values: Values = new Map();
  for (const item of env.items) {
    const map = tree.resolve(item);
    if (!isMap(map)) continue;
    const named = tree.entry(map as MapNode, "name");
    const given = tree.entry(map as MapNode, "value");
    const name = named?.value;
    if (!named || !isScalar(name)) continue;
    const nameSpan = spanOf(name as Scalar.Parsed, tree.document);
    const apart = entry.apart || map !== item || named.apart || given?.apart;
    const around = { key: entry.key, collection: env as YAMLSeq.Parsed, document: tree.document };
    const place = apart ? undefined : placeInYaml("named", spanOf(map, tree.document), around);
    const variable = variableNameOf(name as Scalar.Parsed, tree.document);
    const value = valueWord(given?.value, nameSpan.end, source, putIn(values, allowance));
    const made = { name: variable, nameSpan, value, ...(place && { place }) };
    before.push(made);
    values.set(variable, made);
  }
  return before;
}

/** Values of `env:` that are numbers or booleans. */
function notTextsIn(entry: MapEntry | undefined, { tree }: YamlSource): NotText[] {
  const env = entry?.value;
  if (!isSeq(env)) return [];
  const { document } = tree;
  return env.items.flatMap((item): NotText[] => {
    const map = tree.resolve(item);
    const value = isMap(map) ? tree.entry(map as MapNode, "value") : undefined;
    const node = value?.value;
    if (!value || !isScalar(node)) return [];
    const span = spanOf(node as Scalar.Parsed, document);
    const kind = kindOfScalar(node as Scalar.Parsed);
    const isTemplate = document.unknown.some(({ start, end }) => start < span.end && span.start < end);
    if (!kind || kind === "nothing" || isTemplate) return [];
    const source = sourceOf(span, document);
    return [{ kind, span, source, asText: value.apart ? undefined : doubleQuoted(source) }];
  });
}

function valueWord(
  node: ParsedNode | null | undefined,
  otherwise: number,
  source: YamlSource,
  { expand, references }: Pick<YamlSource, "expand" | "references">,
): Word {
  const { document } = source.tree;
  if (!isScalar(node)) return { text: undefined, span: spanFrom(otherwise, otherwise), source: "" };
  const span = spanOf(node as Scalar.Parsed, document);
  const decoded = decodeScalar(node as Scalar.Parsed, document);
  const { text = decoded.text, unknownFrom, origins = [] } = expand(decoded);
  const templated = document.unknown.some(({ start, end }) => start < span.end && span.start < end);
  const known = !templated && unknownFrom === undefined;
  const written = sourceOf(span, document);
  if (known) return { text, span, source: written, ...(origins.length > 0 && { origins }) };
  const parts = templatesIn(written) ?? partsFrom(text, unknownFrom ?? 0, references);
  return { text: undefined, span, source: written, parts };
}

const REFERENCE = /\$\$|\$\(([A-Za-z_][\w.-]*)\)/g;

/** Variables of a container by name. */
type Values = Map<string, EnvironmentVariable>;

/**
 * Substitutes the container's own variables for `$(NAME)`; `$$` is a literal dollar, also for a shell in the container.
 */
export function referencesTo(
  environment: readonly EnvironmentVariable[],
  allowance: Allowance,
): Pick<YamlSource, "expand" | "references"> {
  return putIn(new Map(environment.map((one) => [one.name, one])), allowance);
}

function putIn(values: Values, allowance: Allowance): Pick<YamlSource, "expand" | "references"> {
  const assigned = (name: string) => {
    const variable = values.get(name);
    return variable && (variable.place?.span ?? variable.nameSpan);
  };
  const expand = (decoded: DecodedText): Expanded => {
    const origins: Origin[] = [];
    let text = "";
    let forShell = "";
    const offsets: number[] = [];
    let unknownFrom: number | undefined;
    let at = 0;
    const keep = (part: string, from: number) => {
      forShell += part;
      offsets.push(...decoded.offsets.slice(from, from + part.length));
    };
    const copy = (end: number) => {
      const part = decoded.text.slice(at, end);
      keep(part, at);
      const variable = referenceAt(part);
      if (variable !== undefined) unknownFrom ??= text.length + variable;
      text += part;
    };
    for (const match of decoded.text.matchAll(REFERENCE)) {
      copy(match.index);
      // The second dollar is the one that stays.
      if (match[1] === undefined) keep("$", match.index + 1);
      else keep(match[0], match.index);
      at = match.index + match[0].length;
      const [source, name] = match;
      // What follows an unknown part stays as written, for `referencesIn`.
      const dollar = unknownFrom === undefined ? "$" : "$$";
      const known = name === undefined ? dollar : values.get(name)?.value.text;
      const isShort = known !== undefined && text.length + known.length <= LONGEST_WORD;
      const value = isShort && allowance.allows(known.length) ? known : undefined;
      if (value === undefined) unknownFrom ??= text.length;
      else if (name !== undefined) origins.push(variableAt(name, source, match.index));
      text += value ?? match[0];
    }
    copy(decoded.text.length);
    const end = decoded.offsets.at(-1) ?? 0;
    return { decoded: { text: forShell, offsets: [...offsets, end] }, text, unknownFrom, origins };

    function variableAt(name: string, source: string, index: number): Origin {
      const place = assigned(name);
      const [from = 0, to = from] = [decoded.offsets[index], decoded.offsets[index + source.length]];
      return { from: "variable", name, source, span: spanFrom(from, to), ...(place && { assigned: place }) };
    }
  };
  return { expand, references: { doubledDollars: "everywhere", parentheses: "variable", assigned } };
}
