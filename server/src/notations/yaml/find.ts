/** Reads the launches of a YAML config: each document of the stream is one. */
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
import type {
  Argument,
  EnvironmentVariable,
  Launch,
  LaunchFile,
  Span,
  TextProblem,
  ValueShape,
  Word,
} from "../../launch/launch";
import { type ParseCache, parseStream, type YamlDocument } from "./documents";
import { notText, shapeProblem, syntaxProblems, tooLarge, unfinishedLine } from "./problems";
import { readPlain } from "./scalars";

/** Beyond this many characters a file is no launch config, and reading it would only hold the editor up. */
export const MAX_CHARACTERS = 2_000_000;

/** The launches of a text. Never throws: what cannot be read becomes a problem. */
export function findLaunches(text: string, cache: ParseCache = new Map()): LaunchFile {
  const launches: Launch[] = [];
  const problems: TextProblem[] = [];
  const unreadable = text.length > MAX_CHARACTERS ? tooLarge(text) : notText(text);
  if (unreadable) return { notation: "yaml", text, launches, problems: [unreadable] };
  let documents: YamlDocument[];
  try {
    documents = parseStream(text, cache);
  } catch (error) {
    cache.clear();
    return { notation: "yaml", text, launches, problems: [shapeProblem.tooDeep(text, error)] };
  }
  for (const document of documents) {
    problems.push(...syntaxProblems(document));
    const launch = new Reader(document, problems).read();
    if (launch) launches.push(launch);
  }
  return { notation: "yaml", text, launches, problems };
}

/** Reads one document; holds where anchors were set so far, since an alias means the last one before it. */
class Reader {
  private readonly anchors = new Map<string, ParsedNode>();
  private readonly merged = new Map<YAMLMap, Argument[]>();

  constructor(
    private readonly document: YamlDocument,
    private readonly problems: TextProblem[],
  ) {}

  read(): Launch | undefined {
    const { tree, unfinished } = this.document;
    const root = tree.contents as ParsedNode | null;
    const loose = unfinished.map((span) => this.unfinishedKey(span));
    if (root === null) return loose.length > 0 ? this.launch(loose, []) : undefined;
    if (isScalar(root) && typeof root.source === "string") {
      // A single word is the first key being typed, or a document without content.
      if (root.source === "") return loose.length > 0 ? this.launch(loose, []) : undefined;
      if (/^[\w-]+$/.test(root.source) && root.type === Scalar.PLAIN) {
        const span = { start: root.range[0], end: root.range[1] };
        this.problems.push(unfinishedLine(this.document, span));
        return this.launch([...loose, this.unfinishedKey(span)], []);
      }
    }
    if (!isMap(root)) {
      this.problems.push(shapeProblem.notAMapping(this.spanOf(root)));
      return undefined;
    }
    const environment: EnvironmentVariable[] = [];
    const own = this.readMap(root as YAMLMap<ParsedNode, ParsedNode | null>, environment);
    return this.launch([...loose, ...own], environment);
  }

  private launch(found: readonly Argument[], environment: readonly EnvironmentVariable[]): Launch {
    const { start, end } = this.document;
    const inOrder = [...found].sort((a, b) => a.flagSpan.start - b.flagSpan.start);
    return { notation: "yaml", span: { start, end }, arguments: this.dropShadowed(inOrder), environment };
  }

  /** PyYAML keeps the last of equal keys, and a key of the mapping itself before a merged one. */
  private dropShadowed(all: readonly Argument[]): Argument[] {
    const last = new Map<string, Argument>();
    for (const argument of all) {
      const before = last.get(argument.flag);
      if (!before || before.inherited || !argument.inherited) last.set(argument.flag, argument);
    }
    return all.map((argument) => {
      const winner = last.get(argument.flag);
      return winner === argument ? argument : { ...argument, counts: false };
    });
  }

  private readMap(
    map: YAMLMap<ParsedNode, ParsedNode | null>,
    environment: EnvironmentVariable[],
  ): Argument[] {
    const found: Argument[] = [];
    for (const pair of map.items) {
      this.remember(pair.key);
      const key = pair.key;
      if (!isScalar(key) || typeof key.source !== "string") {
        this.remember(pair.value);
        this.problems.push(shapeProblem.keyIsNoName(this.spanOf(key)));
        continue;
      }
      const name = key.source;
      if (name === "<<" && key.type === Scalar.PLAIN) {
        found.push(...this.mergedArguments(pair.value));
        continue;
      }
      this.remember(pair.value);
      if (name.startsWith("x-")) continue;
      if (name === "env") {
        this.readEnvironment(pair, environment);
        continue;
      }
      if (name === "" && pair.value === null) continue;
      found.push(this.readArgument(pair, key, name));
    }
    return found;
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
      this.problems.push(shapeProblem.noAnchor((node as Alias).source, this.spanOf(node)));
    return target ?? null;
  }

  /** What `<<` brings in: the arguments of a mapping, or of several in a list, of which the first wins. */
  private mergedArguments(value: ParsedNode | null): Argument[] {
    const sources = isSeq(value) ? (value.items as ParsedNode[]) : [value];
    const byFlag = new Map<string, Argument>();
    for (const source of sources) {
      const map = this.resolve(source);
      if (!isMap(map)) {
        if (map !== null) this.problems.push(shapeProblem.mergeOfNoMapping(this.spanOf(map)));
        continue;
      }
      let brought = this.merged.get(map as YAMLMap);
      if (!brought) {
        this.merged.set(map as YAMLMap, []);
        brought = this.readMap(map as YAMLMap<ParsedNode, ParsedNode | null>, []).map((argument) => ({
          ...argument,
          inherited: true,
        }));
        this.merged.set(map as YAMLMap, brought);
      }
      for (const argument of brought) if (!byFlag.has(argument.flag)) byFlag.set(argument.flag, argument);
    }
    return [...byFlag.values()];
  }

  private readArgument(
    pair: Pair<ParsedNode, ParsedNode | null>,
    key: Scalar.Parsed,
    name: string,
  ): Argument {
    const flagSpan = this.spanOf(key);
    const base = { flag: `--${name}`, written: name, flagSpan, counts: true, inherited: false };
    const written = pair.value as ParsedNode | null | undefined;
    if (written === null || written === undefined) {
      const end = flagSpan.end;
      const value = { valueSpan: { start: end, end }, valueSource: "", span: flagSpan };
      return { ...base, shape: "unfinished", words: [], ...value };
    }
    const valueSpan = this.spanOf(written);
    const value = {
      valueSpan,
      valueSource: this.sourceOf(valueSpan),
      span: { start: flagSpan.start, end: Math.max(valueSpan.end, flagSpan.end) },
    };
    return { ...base, ...this.readValue(written, valueSpan, key), ...value };
  }

  private readValue(
    written: ParsedNode,
    valueSpan: Span,
    key: Scalar.Parsed,
  ): { shape: ValueShape; words: Word[] } {
    const node = this.resolve(written);
    if (node === null) return { shape: "absent", words: [] };
    if (isScalar(node)) {
      const read = readNode(node as Scalar.Parsed);
      if (read.kind === "null") return { shape: "absent", words: [] };
      if (read.kind === "boolean") {
        if (!read.value) return { shape: "absent", words: [] };
        return { shape: "bare", words: [] };
      }
      return { shape: "word", words: [word(read, valueSpan, this.sourceOf(valueSpan))] };
    }
    if (isSeq(node)) {
      const words: Word[] = [];
      for (const item of node.items as ParsedNode[]) {
        const read = this.itemWord(item, isAlias(written) ? valueSpan : undefined);
        if (read) words.push(read);
      }
      return { shape: "list", words };
    }
    if (!this.isSecondColon(valueSpan)) {
      this.problems.push(shapeProblem.mappingAsValue(String(key.source), this.spanOf(key)));
    }
    return { shape: "absent", words: [] };
  }

  /** `host: a: b` is a syntax error and said as such; that it reads like a mapping is not worth a second message. */
  private isSecondColon({ start, end }: Span): boolean {
    const from = start - this.document.start;
    const to = end - this.document.start;
    return this.document.errors.some(
      ({ code, pos }) => code === "BLOCK_AS_IMPLICIT_KEY" && pos[0] >= from && pos[0] <= to,
    );
  }

  /** An item of a list: its word, as Python's `str()` writes it. */
  private itemWord(item: ParsedNode, at: Span | undefined): Word | undefined {
    const span = at ?? this.spanOf(item);
    const node = this.resolve(item);
    if (node === null) return undefined;
    if (!isScalar(node)) {
      this.problems.push(shapeProblem.nestedItem(span));
      return { text: undefined, span, source: this.sourceOf(span) };
    }
    const read = readNode(node as Scalar.Parsed);
    const source = this.sourceOf(span);
    if (read.kind === "null") return source ? { text: "None", span, source } : undefined;
    if (read.kind === "boolean") return { text: read.value ? "True" : "False", span, source };
    return word(read, span, source);
  }

  private readEnvironment(
    pair: Pair<ParsedNode, ParsedNode | null>,
    environment: EnvironmentVariable[],
  ): void {
    const node = this.resolve(pair.value);
    if (node === null || (isScalar(node) && readNode(node as Scalar.Parsed).kind === "null")) return;
    if (!isMap(node)) {
      this.problems.push(shapeProblem.envIsNoMapping(this.spanOf(node)));
      return;
    }
    for (const { key, value } of node.items as Pair<ParsedNode, ParsedNode | null>[]) {
      if (!isScalar(key) || typeof key.source !== "string" || key.source === "<<") continue;
      const read = value ? this.itemWord(value, undefined) : undefined;
      if (read) environment.push({ name: key.source, nameSpan: this.spanOf(key), value: read });
    }
  }

  private unfinishedKey(span: Span): Argument {
    const at = { start: span.start + this.document.start, end: span.end + this.document.start };
    const name = this.sourceOf(at);
    return {
      flag: `--${name}`,
      written: name,
      flagSpan: at,
      shape: "unfinished",
      words: [],
      valueSpan: { start: at.end, end: at.end },
      valueSource: "",
      span: at,
      counts: true,
      inherited: false,
    };
  }

  /** Where a node is written, without the white space behind it that YAML counts to a block. */
  private spanOf(node: ParsedNode): Span {
    const [start, end] = node.range;
    const blank = this.document.text.slice(start, end).search(/\s+$/);
    return {
      start: this.document.start + start,
      end: this.document.start + (blank < 0 ? end : start + blank),
    };
  }

  private sourceOf({ start, end }: Span): string {
    return this.document.text.slice(start - this.document.start, end - this.document.start);
  }
}

/** A scalar as PyYAML constructs it; quotes, block styles and `!!str` make it a string. */
function readNode(node: Scalar.Parsed): ReturnType<typeof readPlain> {
  const tag = node.tag as string | undefined;
  if (node.type !== Scalar.PLAIN || tag?.endsWith(":str"))
    return { kind: "string", word: String(node.value ?? node.source) };
  return readPlain(node.source);
}

type ReadWord = Extract<ReturnType<typeof readPlain>, { word: string }>;

function word(read: ReadWord, span: Span, source: string): Word {
  const plain = read.kind !== "string" && read.word !== source && !source.startsWith("*");
  const rereadAs = read.kind === "date" ? "date" : "number";
  return { text: read.word, span, source, ...(plain && { rereadAs }) };
}
