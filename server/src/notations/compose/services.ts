/** The services of a Compose file, with the keys from merge keys and `extends`. */
import { isMap, isScalar, isSeq, type ParsedNode, Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { type EnvironmentVariable, type Pin, type Span, spanFrom, type Word } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import type { LaunchSite } from "../../launch/site";
import { imageWord, pinOfScalar } from "../containers/yaml-image";
import type { Expanded, YamlSource } from "../containers/yaml-list";
import { type ReferenceStyle, referencesIn } from "../references";
import { templatesIn } from "../templates";
import { type DecodedText, decodeScalar } from "../yaml-text/decode";
import { sourceOf, spanOf, variableNameOf } from "../yaml-text/nodes";
import type { MapEntry, MapNode, YamlTree } from "../yaml-text/tree";
import { pairSpan, placeInYaml } from "../yaml-text/variable-place";
import { serviceSite } from "./service-site";

export interface Service {
  readonly name: string;
  readonly image: Word | undefined;
  /** The version of LightLLM in the image's name. */
  readonly pin: Pin | undefined;
  readonly command: MapEntry | undefined;
  readonly entrypoint: MapEntry | undefined;
  readonly environment: readonly EnvironmentVariable[];
  readonly site: LaunchSite;
  /** How its image is built: one for each service of the chain that says so. */
  readonly build: readonly MapEntry[];
  readonly key: Scalar.Parsed;
  /** Whether it extends a service of another file. */
  readonly isPartial: boolean;
}

/** The services of a document; empty if it is not a Compose file. */
export function servicesOf(source: YamlSource): Service[] {
  const { tree } = source;
  const services = isMap(tree.root) ? tree.map(tree.root as MapNode, "services") : undefined;
  if (!services) return [];
  const entries = tree.entries(services);
  const byName = new Map(
    entries.flatMap(({ key, value }) =>
      isMap(value) ? [[String(key.source), value as MapNode] as const] : [],
    ),
  );
  return entries.flatMap(({ key, value }): Service[] => {
    if (!isMap(value)) return [];
    const service = value as MapNode;
    const entry = (name: string) => inherited(tree, byName, service, name);
    const image = entry("image")?.value;
    const chain = chainOf(tree, byName, service);
    const name = String(key.source);
    const keys = {
      map: service,
      key,
      entry,
      every: (one: string) => chain.services.flatMap((map) => tree.entry(map, one) ?? []),
      isPartial: chain.isPartial,
    };
    return [
      {
        name,
        image: imageWord(image, source),
        pin: pinOfScalar(image, source),
        command: entry("command"),
        entrypoint: entry("entrypoint"),
        environment: environmentOf(entry("environment"), source),
        site: serviceSite(keys, tree),
        build: keys.every("build"),
        key,
        isPartial: keys.isPartial,
      },
    ];
  });
}

/** Limit for services that extend each other, which may be circular. */
const DEEPEST = 8;

/** A key of the service, or of the service in the same file that it extends. */
function inherited(
  tree: YamlTree,
  services: ReadonlyMap<string, MapNode>,
  service: MapNode,
  name: string,
  depth = 0,
): MapEntry | undefined {
  const own = tree.entry(service, name);
  if (own || depth > DEEPEST) return own;
  const map = parentOf(tree, services, service);
  const found = map && inherited(tree, services, map, name, depth + 1);
  return found && { ...found, apart: true };
}

/** The service of the same file that a service extends. */
function parentOf(
  tree: YamlTree,
  services: ReadonlyMap<string, MapNode>,
  service: MapNode,
): MapNode | undefined {
  const extended = tree.entry(service, "extends")?.value;
  const parent = isMap(extended)
    ? tree.entry(extended as MapNode, "file")
      ? undefined
      : tree.text(extended as MapNode, "service")
    : isScalar(extended)
      ? String(extended.source)
      : undefined;
  return parent === undefined ? undefined : services.get(parent);
}

/** The service and all that it extends, and whether one of them is not in this file. */
function chainOf(
  tree: YamlTree,
  services: ReadonlyMap<string, MapNode>,
  service: MapNode,
): { readonly services: readonly MapNode[]; readonly isPartial: boolean } {
  const chain: MapNode[] = [];
  let next: MapNode | undefined = service;
  while (next && chain.length <= DEEPEST && !chain.includes(next)) {
    chain.push(next);
    next = parentOf(tree, services, next);
  }
  const last = chain.at(-1) ?? service;
  return { services: chain, isPartial: tree.entry(last, "extends") !== undefined };
}

/** `environment:` as a mapping or as a list of `NAME=value`. */
function environmentOf(entry: MapEntry | undefined, source: YamlSource): EnvironmentVariable[] {
  const value = entry?.value;
  const { document } = source.tree;
  const around = (isMap(value) || isSeq(value)) && entry && !entry.apart;
  const place = (kind: "entry" | "item", span: Span) => {
    const collection = value as YAMLMap.Parsed | YAMLSeq.Parsed;
    const found = around ? placeInYaml(kind, span, { key: entry.key, collection, document }) : undefined;
    return found && { place: found };
  };
  if (isMap(value)) {
    return source.tree.entries(value as MapNode).map(({ key, value: given, apart }) => ({
      name: variableNameOf(key, document),
      nameSpan: spanOf(key, document),
      value: variableWord(given, key, source),
      ...(!apart && place("entry", pairSpan(key, given, document))),
    }));
  }
  if (!isSeq(value)) return [];
  return (value.items as ParsedNode[]).flatMap((item) => {
    const node = source.tree.resolve(item);
    const variable = isScalar(node) ? listed(node as Scalar.Parsed, source) : undefined;
    return variable ? [{ ...variable, ...(node === item && place("item", spanOf(item, document))) }] : [];
  });
}

function variableWord(node: ParsedNode | null, key: Scalar.Parsed, source: YamlSource): Word {
  const { document } = source.tree;
  const span = spanOf(node ?? key, document);
  if (!isScalar(node)) return { text: undefined, span: spanFrom(span.end, span.end), source: "" };
  const scalar = node as Scalar.Parsed;
  const decoded = decodeScalar(scalar, document);
  const passed = scalar.type === Scalar.PLAIN && /^(?:~|null|)$/i.test(decoded.text);
  const written = sourceOf(span, document);
  if (passed) return { text: undefined, span, source: written };
  return { span, source: written, ...expandedValue(decoded, isUnknown(decoded, source), written) };
}

/** A value with its references substituted; its parts, if one is unknown or a template. */
function expandedValue(
  decoded: DecodedText,
  isTemplated: boolean,
  source: string,
): Pick<Word, "text" | "parts" | "origins"> {
  const { text = decoded.text, unknownFrom, origins = [] } = expandCompose(decoded);
  if (isTemplated || unknownFrom !== undefined)
    return { text: undefined, parts: templatesIn(source) ?? referencesIn(decoded.text, IN_COMPOSE) };
  return { text, ...(origins.length > 0 && { origins }) };
}

/** `NAME=value`; a name alone is passed on from outside. */
function listed(node: Scalar.Parsed, source: YamlSource): EnvironmentVariable | undefined {
  const decoded = decodeScalar(node, source.tree.document);
  const equals = decoded.text.indexOf("=");
  const [start = 0] = decoded.offsets;
  const place = (at: number) => decoded.offsets[at] ?? start;
  const nameEnd = equals < 0 ? decoded.text.length : equals;
  const nameSpan = spanFrom(start, place(nameEnd));
  const isTemplate = source.tree.document.unknown.some(
    (one) => one.start < nameSpan.end && nameSpan.start < one.end,
  );
  const name = isTemplate ? source.text.slice(nameSpan.start, nameSpan.end) : decoded.text.slice(0, nameEnd);
  if (name === "") return undefined;
  const valueStart = equals < 0 ? nameEnd : equals + 1;
  const span = spanFrom(place(valueStart), place(decoded.text.length));
  const value = { text: decoded.text.slice(valueStart), offsets: decoded.offsets.slice(valueStart) };
  const written = source.text.slice(span.start, span.end);
  const isPassed = equals < 0;
  const read = isPassed ? { text: undefined } : expandedValue(value, isUnknown(decoded, source), written);
  return { name, nameSpan, value: { span, source: written, ...read } };
}

function isUnknown({ offsets }: DecodedText, { tree }: YamlSource): boolean {
  const [start = 0] = offsets;
  const end = offsets.at(-1) ?? start;
  return tree.document.unknown.some((span) => span.start < end && start < span.end);
}

const REFERENCE = /\$\$|\$\{([A-Za-z_]\w*)(:?)-([^${}]*)\}|\$[{A-Za-z_]/g;

/** The references of a compose file. */
export const IN_COMPOSE: ReferenceStyle = { doubledDollars: "everywhere" };

/**
 * `$$` is a literal dollar. `${NAME:-default}` becomes its default; `$NAME` and `${NAME}` are substituted before the
 * container is created.
 */
export function expandCompose({ text, offsets }: DecodedText): Expanded {
  if (!text.includes("$")) return { decoded: { text, offsets } };
  let word = "";
  const wordPlaces: number[] = [];
  let unknownFrom: number | undefined;
  let forShell = "";
  const places: number[] = [];
  let at = 0;
  const copy = (end: number) => {
    word += text.slice(at, end);
    forShell += text.slice(at, end);
    for (const offset of offsets.slice(at, end)) {
      places.push(offset);
      wordPlaces.push(offset);
    }
    at = end;
  };
  const origins: Origin[] = [];
  const filled = new Set<number>();
  for (const { 0: written, 1: name = "", 2: colon, 3: otherwise, index } of text.matchAll(REFERENCE)) {
    copy(index);
    const isDollar = written === "$$";
    const [start] = offsets.slice(index, index + 1);
    if (!isDollar && start !== undefined) filled.add(start);
    // An empty default means that the variable may be set.
    if (!isDollar && !otherwise) {
      unknownFrom ??= word.length;
      continue;
    }
    // What follows an unknown part stays as written, for `referencesIn`.
    const dollar = unknownFrom === undefined ? "$" : "$$";
    word += isDollar ? dollar : otherwise;
    const stretch = spanFrom(offsets[index] ?? 0, offsets[index + written.length] ?? offsets.at(-1) ?? 0);
    if (otherwise !== undefined)
      origins.push({
        from: "default",
        name,
        source: written,
        span: stretch,
        otherwise,
        whenEmpty: colon === ":",
      });
    // A default ends directly before the closing brace of the reference.
    const from = isDollar ? index : index + written.length - 1 - (otherwise?.length ?? 0);
    const length = isDollar ? dollar.length : (otherwise?.length ?? 0);
    for (const offset of offsets.slice(from, from + length)) wordPlaces.push(offset);
    // A shell supports defaults as well, and finds them at their place.
    const kept = isDollar ? "$" : written;
    forShell += kept;
    for (const offset of offsets.slice(index, index + kept.length)) places.push(offset);
    at = index + written.length;
  }
  copy(text.length);
  places.push(offsets.at(-1) ?? 0);
  const end = offsets.at(-1) ?? 0;
  return {
    decoded: { text: forShell, offsets: places },
    text: word,
    offsets: [...wordPlaces, end],
    unknownFrom,
    origins,
    ...(filled.size > 0 && { filled }),
  };
}
