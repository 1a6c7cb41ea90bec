/**
 * Reads documents of the simplest YAML, which most configs are: one key, item or comment on each line, values in one
 * line. The result is that of the YAML package, without its lexer, parser and composer, which take many times longer.
 * Any other document is left to the package.
 */
import { isNode, isPair, type ParsedNode, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { DEEPEST } from "../../launch/bounds";
import { linePair, lineScalar } from "./internals";
import type { AroundDocument } from "./pyyaml";
import type { Links, MapNode } from "./tree";

/** A document of simple lines. PyYAML reads it, and it has no aliases, tags or merge keys. */
export interface SimpleDocument {
  readonly root: ParsedNode;
  readonly links: Links;
}

/** Neither a line end nor a tab, and nothing that only one of PyYAML and the package takes for a line end. */
const ANY = String.raw`[ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe]`;
const KEY = String.raw`[A-Za-z_][\w./-]{0,99}`;
/** A plain scalar of one line that no indicator begins or ends. */
const FIRST = String.raw`(?:[\w./$~+=(;<\\^]|-(?=[\w./-]))`;
const INNER = String.raw`[\w./$~+=();<>\\^@%,?!*&'"|#-]*`;
const PLAIN = String.raw`${FIRST}${INNER}(?:(?::(?=[\w./$~-])| +(?=[\w./$~+=();<>\\^@%,!*&'"|-]))${INNER})*`;
const DOUBLE = String.raw`"(?:(?!["\\])${ANY})*"`;
const SINGLE = `'(?:(?!')${ANY})*'`;
/** An item of a flow list. */
const ITEM = String.raw`(?:${FIRST}[\w./$~+=();<>\\^@%!*&|-]*|${DOUBLE}|${SINGLE})`;
const FLOW = String.raw`\[ *(?:${ITEM} *(?:, *${ITEM} *)*)?\]`;
const VALUE = `(?:${FLOW}|${DOUBLE}|${SINGLE}|${PLAIN})`;

/** A line: its indentation, the dash of an item, a key, a value. */
const LINE = new RegExp(
  String.raw`( *)(?:(- +)?(?:(${KEY}):(?: +(${VALUE})(?= |\r|\n|$))?|(${VALUE})(?= |\r|\n|$)))? *(?:(?<![^ \n])#(?:\t|${ANY})*)?(?:\r?\n|$)`,
  "y",
);
const ITEMS = new RegExp(ITEM, "g");

/** The nodes of a document; `undefined` if it has other lines, or lines that are not complete yet. */
export function readSimpleLines(text: string, { before, after }: AroundDocument): SimpleDocument | undefined {
  if (before === "..." || after === "...") return undefined;
  const builder = new Builder();
  for (let at = 0; at < text.length; at = LINE.lastIndex) {
    LINE.lastIndex = at;
    const match = LINE.exec(text);
    if (!match) return undefined;
    const [whole, { length: indent } = "", dash = "", key, value, item] = match;
    if (key === undefined && item === undefined) {
      if (whole[indent] === "#" && !builder.comment(indent)) return undefined;
      continue;
    }
    // A mapping beside the marker of the document is left to the package.
    if ((at === 0 && before === "---") || (dash === "" && key === undefined)) return undefined;
    const line = { start: at + indent, indent, dash, key, value: value ?? item, end: at + whole.length };
    if (!builder.add(line, text)) return undefined;
  }
  return builder.done();
}

interface SimpleLine {
  /** Offset of its dash or key. */
  readonly start: number;
  readonly indent: number;
  readonly dash: string;
  readonly key: string | undefined;
  readonly value: string | undefined;
  /** Offset of the next line. */
  readonly end: number;
}

/** A collection whose lines are being read. */
interface Level {
  readonly node: MapNode | YAMLSeq.Parsed;
  readonly isMap: boolean;
  readonly indent: number;
  /** The last key, while it has no value. */
  pending: ParsedNode | undefined;
}

class Builder {
  private readonly maps: MapNode[] = [];
  private readonly levels: Level[] = [];
  private root: ParsedNode | undefined;
  /** The largest indentation of the comments since the last line with content. */
  private commentIndent = -1;

  /** Adds a comment; returns false if the package counts it to the value above. */
  comment(indent: number): boolean {
    this.commentIndent = Math.max(this.commentIndent, indent);
    const top = this.levels.at(-1);
    return !top || top.pending !== undefined || indent <= top.indent;
  }

  /** Adds a line; returns false if it needs the package. */
  add(line: SimpleLine, text: string): boolean {
    const { indent, dash, key } = line;
    const list = dash === "" ? undefined : this.listAt(indent, line.start);
    if (dash !== "" && !list) return false;
    this.commentIndent = dash === "" ? this.commentIndent : -1;
    if (key !== undefined) return this.addKey(key, line, text, list);
    list?.node.items.push(valueAt(text, line) as never);
    return true;
  }

  done(): SimpleDocument | undefined {
    while (this.levels.length > 0) if (!this.close()) return undefined;
    const { root, maps } = this;
    return root && { root, links: { targets: new Map(), maps, faults: [] } };
  }

  private addKey(key: string, line: SimpleLine, text: string, list: Level | undefined): boolean {
    const { start, dash, value } = line;
    const map = this.mapAt(line.indent + dash.length, start + dash.length, list);
    if (!map || map.pending) return false;
    this.commentIndent = -1;
    const keyStart = start + dash.length;
    const keyEnd = keyStart + key.length;
    const node = lineScalar(key, Scalar.PLAIN, [keyStart, keyEnd, keyEnd]);
    if (value === undefined) map.pending = node;
    else map.node.items.push(linePair(node, valueAt(text, line)) as never);
    return true;
  }

  /** The list whose items have this indentation; a new one if a key above has no value yet. */
  private listAt(indent: number, start: number): Level | undefined {
    for (let top = this.levels.at(-1); top && top.indent > indent; top = this.levels.at(-1))
      if (!this.close()) return undefined;
    const top = this.levels.at(-1);
    if (top && !top.isMap) return top.indent === indent ? top : undefined;
    return this.open(new YAMLSeq() as YAMLSeq.Parsed, false, indent, start);
  }

  /** The mapping whose keys have this indentation; a new one as an item of `list`, or if a key above has no value yet. */
  private mapAt(indent: number, start: number, list: Level | undefined): Level | undefined {
    const isOver = (top: Level) => top.indent > indent || (top.indent === indent && !top.isMap);
    for (let top = this.levels.at(-1); top && top !== list && isOver(top); top = this.levels.at(-1))
      if (!this.close()) return undefined;
    const top = this.levels.at(-1);
    if (top?.isMap && top.indent === indent) return top;
    if (top && !top.isMap && top !== list) return undefined;
    return this.open(new YAMLMap() as MapNode, true, indent, start);
  }

  /** Begins a collection in the place that waits for a value. */
  private open(node: Level["node"], isMap: boolean, indent: number, start: number): Level | undefined {
    const top = this.levels.at(-1);
    if (this.levels.length >= DEEPEST) return undefined;
    if (!top) {
      if (this.root) return undefined;
      this.root = node;
    } else if (!top.isMap) top.node.items.push(node as never);
    else {
      if (!top.pending) return undefined;
      top.node.items.push(linePair(top.pending, node) as never);
      top.pending = undefined;
    }
    node.range = [start, start, start];
    if (isMap) this.maps.push(node as MapNode);
    const level = { node, isMap, indent, pending: undefined };
    this.levels.push(level);
    return level;
  }

  /** Ends the innermost collection; returns false if the package decides where. */
  private close(): boolean {
    const level = this.levels.pop();
    if (!level || level.pending || (this.commentIndent >= level.indent && level.indent > 0)) return false;
    const { node } = level;
    const last = node.items.at(-1);
    const value = isPair(last) ? last.value : last;
    const end = isNode(value) ? value.range?.[2] : undefined;
    if (end === undefined) return false;
    node.range = [node.range[0], end, end];
    return true;
  }
}

/** The value of a line. */
function valueAt(text: string, { start, dash, key, value = "", end }: SimpleLine): ParsedNode {
  const from = text.indexOf(value, start + dash.length + (key === undefined ? 0 : key.length + 1));
  if (!value.startsWith("[")) return scalarOf(value, from, end);
  const list = new YAMLSeq() as YAMLSeq.Parsed;
  list.flow = true;
  list.range = [from, from + value.length, end];
  for (const { 0: item, index } of value.matchAll(ITEMS)) {
    const at = from + index;
    list.items.push(scalarOf(item, at, at + item.length) as never);
  }
  return list;
}

function scalarOf(source: string, start: number, end: number): ParsedNode {
  const type =
    source[0] === '"' ? Scalar.QUOTE_DOUBLE : source[0] === "'" ? Scalar.QUOTE_SINGLE : Scalar.PLAIN;
  const value = type === Scalar.PLAIN ? source : source.slice(1, -1);
  return lineScalar(value, type, [start, start + source.length, end]);
}
