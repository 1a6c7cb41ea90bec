/** Reads one YAML document as a launch: its keys as flags, its merge keys, its environment. */
import {
  type Alias,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  Scalar,
  type YAMLMap,
} from "yaml";
import { DEEPEST, NOT_CHECKED, tooDeep } from "../../launch/bounds";
import {
  type Argument,
  type EnvironmentVariable,
  type Launch,
  type Span,
  spanFrom,
  type TextProblem,
  type ValueShape,
  type Word,
  withProblems,
} from "../../launch/launch";
import { readScalar, sourceOf, spanOf, variableNameOf, wordOf } from "../yaml-text/nodes";
import type { YamlDocument } from "../yaml-text/stream";
import { pairSpan, placeInYaml } from "../yaml-text/variable-place";
import { holdsMoreArguments, moreArguments } from "./more-arguments";
import { shapeProblem, syntaxProblems, unfinishedLine } from "./problems";
import { yamlTraits } from "./traits";

/** A launch with what is wrong with its syntax and its shape; the problems alone if the document holds no launch. */
export interface ReadDocument {
  readonly launch?: Launch;
  readonly problems: readonly TextProblem[];
}

export function readDocument(document: YamlDocument): ReadDocument {
  const { launch, problems } = new Reader(document).read();
  const all = [...syntaxProblems(document), ...problems];
  return launch ? { launch: withProblems(launch, all), problems: [] } : { problems: all };
}

type MapNode = YAMLMap<ParsedNode, ParsedNode | null>;

/** What a mapping says, a merged one included. */
interface Content {
  readonly name?: string | undefined;
  readonly found: Argument[];
  readonly environment: EnvironmentVariable[];
}

/** Holds the anchors set so far, since an alias means the last one before it. */
class Reader {
  private readonly anchors = new Map<string, ParsedNode>();
  private readonly merged = new Map<ParsedNode, Content>();
  private readonly variables = new Map<ParsedNode, readonly EnvironmentVariable[]>();
  /** Where second colons stand, in order. */
  private colons: readonly number[] | undefined;
  /** How many mappings that merge each other are being read. */
  private depth = 0;
  private readonly problems: TextProblem[] = [];

  constructor(private readonly document: YamlDocument) {}

  read(): ReadDocument {
    const { document, problems } = this;
    const root = document.tree.contents as ParsedNode | null;
    const loose = document.unfinished.map((span) => this.unfinishedKey(span));
    if (root === null || (isScalar(root) && root.source === "")) {
      return loose.length > 0
        ? { launch: this.launch({ found: loose, environment: [] }), problems }
        : { problems };
    }
    if (isScalar(root) && root.type === Scalar.PLAIN && /^[\w-]+$/.test(root.source ?? "")) {
      // A single word is the first key being typed.
      const span = spanFrom(root.range[0], root.range[1]);
      problems.push(unfinishedLine(document, span));
      return {
        launch: this.launch({ found: [...loose, this.unfinishedKey(span)], environment: [] }),
        problems,
      };
    }
    if (!isMap(root)) {
      problems.push(shapeProblem.notAMapping(this.span(root)));
      return { problems };
    }
    const { found, environment } = this.readMap(root as MapNode);
    const name = nameIn(root as MapNode);
    return { launch: this.launch({ name, found: [...loose, ...found], environment }), problems };
  }

  private launch({ name, found, environment }: Content): Launch {
    const { start, end } = this.document;
    const inOrder = [...found].sort((a, b) => a.flagSpan.start - b.flagSpan.start);
    const isEmpty = environment.length === 0 && found.every(({ inherited }) => inherited);
    const head = isEmpty ? firstLine(this.document) : undefined;
    const places = this.document.unfinished.map((one) => one.start);
    const begin = start + Math.min(this.document.tree.contents?.range[0] ?? end, ...places);
    return {
      ...(name !== undefined && { name }),
      notation: yamlTraits,
      form: { kind: "mapping" },
      span: spanFrom(start, end),
      start: begin,
      ...(head && { head }),
      arguments: withoutShadowed(inOrder),
      environment,
    };
  }

  private readMap(map: MapNode): Content {
    const content: Content = { found: [], environment: [] };
    for (const pair of map.items) {
      this.remember(pair.key);
      const { key } = pair;
      if (!isScalar(key) || typeof key.source !== "string") {
        this.remember(pair.value);
        this.problems.push(shapeProblem.keyIsNoName(this.span(key)));
      } else if (key.source === "<<" && key.type === Scalar.PLAIN) {
        const { found, environment } = this.readMerged(pair.value);
        content.found.push(...found);
        content.environment.unshift(...environment);
      } else {
        this.remember(pair.value);
        this.readPair(pair, key as Scalar.Parsed, content);
      }
    }
    return content;
  }

  private readPair(
    pair: Pair<ParsedNode, ParsedNode | null>,
    key: Scalar.Parsed,
    { found, environment }: Content,
  ): void {
    const name = key.source;
    if (holdsMoreArguments(name)) {
      const more = moreArguments(pair.value, this.document);
      for (const argument of more.arguments) found.push(argument);
      this.problems.push(...more.problems.filter(({ code }) => code === NOT_CHECKED));
    }
    if (name.startsWith("x-")) return;
    if (name === "") {
      // One that is not written yet is no fault.
      if (pair.value && !(isScalar(pair.value) && pair.value.source === ""))
        this.problems.push(shapeProblem.keyIsNoName(this.span(pair.value)));
      return;
    }
    if (name === "env") environment.push(...this.readEnvironment(pair.value, key));
    else {
      const argument = this.readArgument(pair.value, key);
      if (argument) found.push(argument);
    }
  }

  /** Notes the anchors in a node, in the order of the text. */
  private remember(node: unknown): void {
    if (!node || isAlias(node)) return;
    if (isPair(node)) {
      this.remember(node.key);
      this.remember(node.value);
      return;
    }
    const parsed = node as ParsedNode & { anchor?: string };
    if (parsed.anchor) this.anchors.set(parsed.anchor, parsed);
    if (isMap(parsed) || isSeq(parsed)) for (const item of parsed.items) this.remember(item);
  }

  private resolve(node: ParsedNode | null): ParsedNode | null {
    if (!isAlias(node)) return node;
    const target = this.anchors.get((node as Alias).source);
    if (target === undefined)
      this.problems.push(shapeProblem.noAnchor((node as Alias).source, this.span(node)));
    return target ?? null;
  }

  /** What `<<` brings in: the keys of a mapping, or of several in a list, of which the first wins. */
  private readMerged(value: ParsedNode | null): Content {
    const sources = isSeq(value) ? (value.items as ParsedNode[]) : [value];
    const byFlag = new Map<string, Argument>();
    const byName = new Map<string, EnvironmentVariable>();
    for (const source of sources) {
      const map = this.resolve(source);
      if (!isMap(map)) {
        if (map !== null) this.problems.push(shapeProblem.mergeOfNoMapping(this.span(map)));
        continue;
      }
      const brought = this.mergedMap(map as MapNode & ParsedNode);
      for (const argument of brought.found)
        if (!byFlag.has(argument.flag)) byFlag.set(argument.flag, argument);
      for (const variable of brought.environment)
        if (!byName.has(variable.name)) byName.set(variable.name, variable);
    }
    return { found: [...byFlag.values()], environment: [...byName.values()] };
  }

  /** A mapping is read once however often it is merged, and one that merges itself brings nothing. */
  private mergedMap(map: MapNode & ParsedNode): Content {
    const known = this.merged.get(map);
    if (known) return known;
    this.merged.set(map, { found: [], environment: [] });
    const { found, environment } = this.deeper(map, () => this.readMap(map));
    const brought = {
      found: found.map((argument) => ({ ...argument, inherited: true })),
      environment: environment.map(({ name, nameSpan, value }) => ({ name, nameSpan, value })),
    };
    this.merged.set(map, brought);
    return brought;
  }

  /** Reads a mapping that another one merges. Throws `BeyondBounds` where too many merge each other. */
  private deeper<T>({ range }: ParsedNode, read: () => T): T {
    if (this.depth >= DEEPEST) throw tooDeep(this.document.start + range[0]);
    this.depth++;
    const result = read();
    this.depth--;
    return result;
  }

  /** A key with its value; nothing where the value is a mapping, which no flag takes. */
  private readArgument(written: ParsedNode | null | undefined, key: Scalar.Parsed): Argument | undefined {
    const flagSpan = this.span(key);
    const name = key.source;
    if (!written || this.isIndentedByTab(flagSpan)) return unfinishedArgument(name, flagSpan);
    const valueSpan = this.span(written);
    const value = this.readValue(written, valueSpan, key);
    if (!value) return undefined;
    return {
      flag: `--${name}`,
      written: name,
      flagSpan,
      shape: value.shape,
      words: value.words,
      valueSpan,
      valueSource: this.source(valueSpan),
      span: spanFrom(flagSpan.start, Math.max(valueSpan.end, flagSpan.end)),
      counts: true,
      inherited: false,
    };
  }

  private readValue(
    written: ParsedNode,
    span: Span,
    key: Scalar.Parsed,
  ): { readonly shape: ValueShape; readonly words: readonly Word[] } | undefined {
    const node = this.resolve(written);
    if (node === null) return { shape: "absent", words: [] };
    if (isSeq(node)) {
      const at = isAlias(written) ? span : undefined;
      return {
        shape: "list",
        words: (node.items as ParsedNode[]).flatMap((item) => this.itemWord(item, at)),
      };
    }
    if (!isScalar(node)) {
      if (!this.isSecondColon(span)) {
        this.problems.push(shapeProblem.mappingAsValue(key.source, this.span(key), Boolean(node.anchor)));
      }
      return undefined;
    }
    const read = readScalar(node as Scalar.Parsed);
    if (read.kind === "null") return { shape: "absent", words: [] };
    if (read.kind === "boolean") return { shape: read.value ? "bare" : "absent", words: [] };
    return { shape: "word", words: [wordOf(node, span, this.document)] };
  }

  /** An item of a list; nothing where none is written yet. */
  private itemWord(item: ParsedNode, at: Span | undefined): Word[] {
    const span = at ?? this.span(item);
    const node = this.resolve(item);
    if (node === null || (isScalar(node) && node.source === "" && (node as Scalar).type === Scalar.PLAIN))
      return [];
    if (!isScalar(node)) this.problems.push(shapeProblem.nestedItem(span));
    return [wordOf(node, span, this.document)];
  }

  /** The variables of a mapping; `env` is the key that it is written behind, where they can be edited. */
  private readEnvironment(value: ParsedNode | null, env?: ParsedNode): EnvironmentVariable[] {
    const node = this.resolve(value);
    if (node === null || (isScalar(node) && readScalar(node as Scalar.Parsed).kind === "null")) return [];
    if (!isMap(node)) {
      this.problems.push(shapeProblem.envIsNoMapping(this.span(node)));
      return [];
    }
    return (node.items as Pair<ParsedNode, ParsedNode | null>[]).flatMap(
      ({ key, value: of }): readonly EnvironmentVariable[] => {
        if (isScalar(key) && key.source === "<<") {
          const map = this.resolve(of);
          return isMap(map) ? this.mergedVariables(map as MapNode & ParsedNode) : [];
        }
        if (!isScalar(key) || typeof key.source !== "string") {
          this.problems.push(shapeProblem.variableIsNoName(this.span(key)));
          return [];
        }
        if (!of) return [];
        const [word] = this.itemWord(of, undefined);
        if (!word || this.isNull(of)) return [];
        const own = env && node === value && !isAlias(of) ? env : undefined;
        const around = own && {
          key: own,
          collection: node as MapNode & YAMLMap.Parsed,
          document: this.document,
        };
        const place = around && placeInYaml("entry", pairSpan(key, of, this.document), around);
        const name = variableNameOf(key as Scalar.Parsed, this.document);
        return [{ name, nameSpan: this.span(key), value: word, ...(place && { place }) }];
      },
    );
  }

  /** Read once however often they are merged; what merges itself brings nothing. */
  private mergedVariables(map: MapNode & ParsedNode): readonly EnvironmentVariable[] {
    const known = this.variables.get(map);
    if (known) return known;
    this.variables.set(map, []);
    const found = this.deeper(map, () => this.readEnvironment(map));
    // What is brought in along several ways is the same all the same.
    const brought = [...new Set(found)];
    this.variables.set(map, brought);
    return brought;
  }

  /** `null` leaves a variable alone, as it leaves a flag out. */
  private isNull(written: ParsedNode): boolean {
    const node = this.resolve(written);
    return isScalar(node) && readScalar(node as Scalar.Parsed).kind === "null";
  }

  private unfinishedKey(span: Span): Argument {
    const at = spanFrom(span.start + this.document.start, span.end + this.document.start);
    return unfinishedArgument(this.source(at), at);
  }

  /** `host: a: b` is a syntax error and said as such; that it reads like a mapping is not worth a second message. */
  private isSecondColon({ start, end }: Span): boolean {
    const base = this.document.start;
    this.colons ??= this.document.errors
      .filter(({ code }) => code === "BLOCK_AS_IMPLICIT_KEY")
      .map(({ pos }) => pos[0] + base)
      .sort((a, b) => a - b);
    let [from, to] = [0, this.colons.length];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if ((this.colons[middle] ?? 0) < start) from = middle + 1;
      else to = middle;
    }
    return (this.colons[from] ?? Number.POSITIVE_INFINITY) <= end;
  }

  /** YAML refuses a tab as indentation, and what such a line belongs to is anyone's guess. */
  private isIndentedByTab({ start }: Span): boolean {
    const { text } = this.document;
    for (let at = start - this.document.start - 1; at >= 0; at--) {
      const char = text[at];
      if (char === "\t") return true;
      if (char !== " ") return false;
    }
    return false;
  }

  private span(node: ParsedNode): Span {
    return spanOf(node, this.document);
  }

  private source(span: Span): string {
    return sourceOf(span, this.document);
  }
}

/** The first line of a document that is neither empty nor a comment. */
function firstLine({ start, text }: YamlDocument): Span | undefined {
  const front = /^(?:\uFEFF|[ \t]*(?:#[^\n]*)?\r?\n|%[^\n]*\n)*[ \t]*/.exec(text)?.[0].length ?? 0;
  const length = /^[^\r\n]*/.exec(text.slice(front))?.[0].trimEnd().length ?? 0;
  return length > 0 ? spanFrom(start + front, start + front + length) : undefined;
}

/** What `x-name` calls the launch. */
function nameIn({ items }: MapNode): string | undefined {
  const named = items.find(({ key }) => isScalar(key) && key.source === "x-name")?.value;
  return isScalar(named) && named.source ? String(named.source) : undefined;
}

/** A flag whose value is still to be typed. */
function unfinishedArgument(name: string, flagSpan: Span): Argument {
  return {
    flag: `--${name}`,
    written: name,
    flagSpan,
    shape: "unfinished",
    words: [],
    valueSpan: spanFrom(flagSpan.end, flagSpan.end),
    valueSource: "",
    span: flagSpan,
    counts: true,
    inherited: false,
  };
}

/** PyYAML keeps the last of equal keys, and a key of the mapping itself before a merged one. Words that are no keys all count. */
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
