/** Reads a YAML document as a launch: its keys as flags, its merge keys, its environment. */
import { isMap, isScalar, isSeq, Scalar } from "yaml";
import {
  type Argument,
  type EnvironmentVariable,
  type Launch,
  type Span,
  spanFrom,
  type TextProblem,
  withProblems,
} from "../../launch/launch";
import { linesOf } from "../../launch/lines";
import { templatesIn } from "../templates";
import { constructionFaults } from "../yaml-text/construction";
import { spanOf } from "../yaml-text/nodes";
import type { YamlDocument } from "../yaml-text/stream";
import { type MapEntry, type MapNode, YamlTree } from "../yaml-text/tree";
import { type ConfigDocument, readArgument, readEnvironment } from "./entries";
import { anyArguments, holdsMoreArguments, moreArguments } from "./more-arguments";
import {
  constructionProblem,
  isUnknown,
  referenceProblem,
  shapeProblem,
  syntaxProblems,
  unfinishedLine,
} from "./problems";
import { yamlTraits } from "./traits";
import { firstLine, unfinishedKey } from "./unfinished";

/** A launch with its problems of syntax and structure; the problems alone if the document has no launch. */
export interface ReadDocument {
  readonly launch?: Launch;
  readonly problems: readonly TextProblem[];
}

/** @throws BeyondBounds if too many mappings merge each other. */
export function readDocument(document: YamlDocument): ReadDocument {
  const config = {
    document,
    tree: new YamlTree(document),
    problems: syntaxProblems(document),
    secondColons: secondColons(document),
  };
  const content = readRoot(config);
  const { problems } = config;
  if (!content) return { problems };
  return { launch: withProblems(launchOf(content, document), problems), problems: [] };
}

function secondColons({ start, errors }: YamlDocument): ReadonlySet<number> {
  const found = errors.filter(({ code }) => code === "BLOCK_AS_IMPLICIT_KEY");
  return new Set(found.map(({ pos }) => start + pos[0]));
}

/** The content of a mapping. */
interface Content {
  readonly name?: string | undefined;
  readonly deployment?: string | undefined;
  readonly found: readonly Argument[];
  readonly environment: readonly EnvironmentVariable[];
}

function readRoot(config: ConfigDocument): Content | undefined {
  const { document, tree, problems } = config;
  const { root } = tree;
  problems.push(...treeProblems(tree));
  const loose = document.unfinished.map((span) => unfinishedKey(span, document));
  if (root === null || (isScalar(root) && root.source === ""))
    return loose.length > 0 ? { found: loose, environment: [] } : undefined;
  if (isScalar(root) && root.type === Scalar.PLAIN && /^[\w-]+$/.test(root.source ?? "")) {
    // A single word is the first key while it is being typed.
    const span = spanFrom(root.range[0], root.range[1]);
    problems.push({ ...unfinishedLine(document, span), code: "yaml-shape" });
    return { found: [...loose, unfinishedKey(span, document)], environment: [] };
  }
  const wide = isScalar(root) && root.type === Scalar.PLAIN ? wideLines(root.range, document) : [];
  if (wide.length > 0) {
    problems.push(...wide.map((span) => unfinishedLine(document, span)));
    return { found: [...loose, ...wide.map((span) => unfinishedKey(span, document))], environment: [] };
  }
  if (!isMap(root)) {
    problems.push(shapeProblem.notAMapping(spanOf(root, document)));
    return undefined;
  }
  const map = root as MapNode;
  for (const { key } of map.items)
    if (!isScalar(key) || typeof key.source !== "string")
      problems.push(shapeProblem.keyIsNoName(spanOf(key, document)));
  const found = [...tree.own(map), ...tree.merged(map)].flatMap((entry) => readEntry(entry, config));
  const environment = tree.entry(map, "env");
  return {
    name: textOf("x-name", map, tree),
    deployment: textOf("x-deployment", map, tree),
    found: [...loose, ...found],
    environment: environment ? readEnvironment(environment, config) : [],
  };
}

/** The lines of a text in which all colons are full-width, so that it is one scalar to YAML. */
function wideLines([start, end]: readonly [number, number, number], { text }: YamlDocument): Span[] {
  const lines = linesOf(text.slice(start, end)).filter((line) => /^\s*[^\s#]/.test(line.text));
  if (!lines.every((line) => /^\s*[A-Za-z_][\w-]*\uff1a/.test(line.text))) return [];
  return lines.map((line) => {
    const from = start + line.start + line.text.search(/\S/);
    return spanFrom(from, start + line.start + line.text.trimEnd().length);
  });
}

/** The name of the launch or of its deployment; unknown if a template makes it. */
function textOf(key: string, map: MapNode, tree: YamlTree): string | undefined {
  const { document } = tree;
  const value = tree.entry(map, key)?.value;
  if (!value || isUnknown(spanOf(value, document), document)) return undefined;
  return tree.text(map, key) || undefined;
}

/** References and values that PyYAML refuses, anywhere in the document. */
function treeProblems({ document, root, faults }: YamlTree): TextProblem[] {
  const references = faults.map((fault) => referenceProblem(fault, document));
  const nodes = constructionFaults(root, document.links).map((fault) => constructionProblem(fault, document));
  return [...references, ...nodes].filter((one) => one !== undefined);
}

function launchOf({ name, deployment, found, environment }: Content, document: YamlDocument): Launch {
  const { start, end } = document;
  const inOrder = [...found].sort((a, b) => a.flagSpan.start - b.flagSpan.start);
  const isEmpty = environment.length === 0 && found.every(({ inherited }) => inherited);
  const head = isEmpty ? firstLine(document) : undefined;
  const places = document.unfinished.map((one) => one.start);
  const begin = start + Math.min(document.root?.range[0] ?? end, ...places);
  return {
    ...(name !== undefined && { name }),
    ...(deployment !== undefined && { deployment }),
    notation: yamlTraits,
    form: { kind: "mapping" },
    span: spanFrom(start, end),
    start: begin,
    ...(head && { head }),
    arguments: withoutShadowed(inOrder),
    environment,
  };
}

/** The arguments of a key: one for most, any number for `x-arguments`, none for `env` and other `x-` keys. */
function readEntry(entry: MapEntry, config: ConfigDocument): Argument[] {
  const { key, value, merged } = entry;
  const { document, problems } = config;
  const name = String(key.source ?? "");
  if (isUnknown(spanOf(key, document), document)) return templateKey(entry, config);
  if (holdsMoreArguments(name)) {
    const more = moreArguments(value, document);
    problems.push(...more.problems);
    return [...more.arguments];
  }
  if (name === "env" || name.startsWith("x-")) return [];
  if (name === "") {
    // An empty value is still being typed.
    if (value && !(isScalar(value) && value.source === ""))
      problems.push(shapeProblem.keyIsNoName(spanOf(value, document)));
    return [];
  }
  const argument = readArgument(entry, config);
  return argument ? [merged ? { ...argument, inherited: true } : argument] : [];
}

/** A key that a template makes: some flag with the value; anything if the value is a mapping, which may be `env`. */
function templateKey(entry: MapEntry, config: ConfigDocument): Argument[] {
  const { document } = config;
  const [any] = anyArguments(entry.key, document, "template");
  const { value, written } = entry;
  const argument =
    value === null || isScalar(value) || isSeq(value) ? readArgument(entry, config) : undefined;
  const [key] = any?.words ?? [];
  if (!any || !key || !argument || !written) return any ? [any] : [];
  if (argument.shape === "absent") return [];
  const { splits: _, ...word } = key;
  const parts = [{ kind: "text", text: "--" } as const, ...(templatesIn(key.source) ?? [])];
  return [{ ...any, words: [{ ...word, parts }, ...argument.words] }];
}

/**
 * PyYAML keeps the last of equal keys, and prefers a mapping's own key to a merged one. Words that are not keys are all
 * kept.
 */
function withoutShadowed(all: readonly Argument[]): Argument[] {
  const last = new Map<string, Argument>();
  const isKey = ({ flag, written }: Argument) => flag !== written;
  for (const argument of all.filter(isKey)) {
    const before = last.get(argument.flag);
    if (!before || before.inherited || !argument.inherited) last.set(argument.flag, argument);
  }
  return all.map((argument) =>
    !isKey(argument) || last.get(argument.flag) === argument ? argument : { ...argument, counts: false },
  );
}
