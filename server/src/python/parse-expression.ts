/**
 * Parser for the Python expressions that the catalogue uses: literals, lists and comprehensions, names,
 * `and`/`or`/`not`, comparisons and chains of them, arithmetic, `a if b else c`, subscripts, slices and calls.
 */

/** Syntax tree of a Python expression. */
export type Node =
  | { readonly kind: "constant"; readonly value: null | boolean | bigint | number | string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "attribute"; readonly object: "env" | "config" | "code"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Node[] }
  | {
      readonly kind: "comprehension";
      readonly item: Node;
      readonly name: string;
      readonly list: Node;
      readonly test?: Node;
    }
  | { readonly kind: "not"; readonly value: Node }
  | { readonly kind: "logic"; readonly operator: "and" | "or"; readonly left: Node; readonly right: Node }
  | { readonly kind: "comparison"; readonly first: Node; readonly links: readonly Link[] }
  | { readonly kind: "arithmetic"; readonly operator: string; readonly left: Node; readonly right: Node }
  | { readonly kind: "negative"; readonly value: Node }
  | { readonly kind: "choice"; readonly condition: Node; readonly value: Node; readonly otherwise: Node }
  | { readonly kind: "item"; readonly value: Node; readonly at: Node }
  | { readonly kind: "slice"; readonly value: Node; readonly from: Node; readonly to: Node }
  | { readonly kind: "call"; readonly name: string; readonly values: readonly Node[] }
  | { readonly kind: "method"; readonly value: Node; readonly name: string; readonly argument: Node };

/** One link of a chain of comparisons: `< b` in `a < b`. */
export interface Link {
  readonly operator: Comparison;
  readonly right: Node;
}

export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in" | "is" | "is not";

/** The expression uses syntax that this parser does not support. */
export class ExpressionError extends Error {}

const SPACE = /\s*/y;
const FLOAT = /\d+\.\d*(?:[eE][+-]?\d+)?|\.\d+|\d+[eE][+-]?\d+/y;
const INTEGER = /\d+/y;
const TEXT = /"(?:[^"\\]|\\.)*"/y;
const WORD = /[A-Za-z_]\w*/y;
const SIGN = /\/\/|[=!<>]=|[-+*/%<>()[\],.:]/y;
const COMPARISONS: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);

const PRODUCTS: ReadonlySet<string> = new Set(["*", "/", "//", "%"]);
const KEYWORDS = new Set(["and", "or", "not", "in", "is", "if", "else", "for"]);
const CONSTANTS = new Map<string, null | boolean>([
  ["None", null],
  ["True", true],
  ["False", false],
]);
const NOTHING: Node = { kind: "constant", value: null };

type Kind = "float" | "integer" | "text" | "word" | "sign" | "end";

/** Parses an expression. @throws ExpressionError that names the place. */
export function parseExpression(source: string): Node {
  return new Reader(source).whole();
}

class Reader {
  private kind: Kind = "end";
  private token = "";
  private at = 0;

  constructor(private readonly source: string) {
    this.advance();
  }

  whole(): Node {
    const tree = this.conditional();
    if (this.kind !== "end") this.fail("an operator or the end");
    return tree;
  }

  /** Moves to the next token and returns the current one. */
  private advance(): string {
    const before = this.token;
    this.skip(SPACE);
    if (this.at >= this.source.length) {
      this.kind = "end";
      this.token = "";
      return before;
    }
    const start = this.at;
    if (this.skip(WORD)) this.kind = "word";
    else if (this.skip(FLOAT)) this.kind = "float";
    else if (this.skip(SIGN)) this.kind = "sign";
    else if (this.skip(INTEGER)) this.kind = "integer";
    else if (this.skip(TEXT)) this.kind = "text";
    else this.fail("a Python token");
    this.token = this.source.slice(start, this.at);
    return before;
  }

  /** Moves to the end of what a pattern matches here; returns false if it does not match. */
  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const matches = pattern.test(this.source);
    if (matches) this.at = pattern.lastIndex;
    return matches;
  }

  private is(token: string): boolean {
    return this.token === token && this.kind !== "text";
  }

  private take(token: string): boolean {
    const here = this.is(token);
    if (here) this.advance();
    return here;
  }

  private expect(token: string): void {
    if (!this.take(token)) this.fail(`\`${token}\``);
  }

  private fail(wanted: string): never {
    const place = this.at - this.token.length;
    throw new ExpressionError(
      `\`${this.source}\` cannot be read: ${wanted} is missing at character ${place + 1}.`,
    );
  }

  private conditional(): Node {
    const value = this.or();
    if (!this.take("if")) return value;
    const condition = this.or();
    this.expect("else");
    return { kind: "choice", condition, value, otherwise: this.conditional() };
  }

  private or(): Node {
    let left = this.and();
    while (this.take("or")) left = { kind: "logic", operator: "or", left, right: this.and() };
    return left;
  }

  private and(): Node {
    let left = this.negation();
    while (this.take("and")) left = { kind: "logic", operator: "and", left, right: this.negation() };
    return left;
  }

  private negation(): Node {
    return this.take("not") ? { kind: "not", value: this.negation() } : this.comparison();
  }

  private comparison(): Node {
    const first = this.sum();
    const links: Link[] = [];
    for (let operator = this.comparator(); operator; operator = this.comparator())
      links.push({ operator, right: this.sum() });
    return links.length > 0 ? { kind: "comparison", first, links } : first;
  }

  private comparator(): Comparison | undefined {
    if (this.kind === "sign" && COMPARISONS.has(this.token)) return this.advance() as Comparison;
    if (this.take("in")) return "in";
    if (this.take("is")) return this.take("not") ? "is not" : "is";
    if (!this.take("not")) return undefined;
    this.expect("in");
    return "not in";
  }

  private sum(): Node {
    let left = this.product();
    while (this.kind === "sign" && (this.token === "+" || this.token === "-"))
      left = { kind: "arithmetic", operator: this.advance(), left, right: this.product() };
    return left;
  }

  private product(): Node {
    let left = this.factor();
    while (this.kind === "sign" && PRODUCTS.has(this.token))
      left = { kind: "arithmetic", operator: this.advance(), left, right: this.factor() };
    return left;
  }

  private factor(): Node {
    return this.take("-") ? { kind: "negative", value: this.factor() } : this.postfix();
  }

  private postfix(): Node {
    let value = this.atom();
    for (;;) {
      if (this.take("[")) value = this.subscript(value);
      else if (this.take(".")) value = this.member(value);
      else return value;
    }
  }

  private subscript(value: Node): Node {
    const from = this.is(":") ? NOTHING : this.conditional();
    const whole = !this.take(":");
    const to = whole || this.is("]") ? NOTHING : this.conditional();
    this.expect("]");
    return whole ? { kind: "item", value, at: from } : { kind: "slice", value, from, to };
  }

  private member(value: Node): Node {
    const name = this.advance();
    if (value.kind === "name" && (value.name === "env" || value.name === "config" || value.name === "code"))
      return { kind: "attribute", object: value.name, name };
    this.expect("(");
    const argument = this.conditional();
    this.expect(")");
    return { kind: "method", value, name, argument };
  }

  private atom(): Node {
    const { kind } = this;
    if (kind === "float") return { kind: "constant", value: Number(this.advance()) };
    if (kind === "integer") return { kind: "constant", value: BigInt(this.advance()) };
    if (kind === "text") return { kind: "constant", value: JSON.parse(this.advance()) as string };
    if (this.take("(")) {
      const inner = this.conditional();
      this.expect(")");
      return inner;
    }
    if (this.take("[")) return this.itemsUntil("]");
    if (kind !== "word" || KEYWORDS.has(this.token)) this.fail("a value");
    const word = this.advance();
    const constant = CONSTANTS.get(word);
    if (constant !== undefined) return { kind: "constant", value: constant };
    if (!this.take("(")) return { kind: "name", name: word };
    const values = this.itemsUntil(")");
    return { kind: "call", name: word, values: values.kind === "list" ? values.items : [values] };
  }

  /** The items of a list or a call, or the one comprehension in it. */
  private itemsUntil(end: string): Extract<Node, { kind: "list" | "comprehension" }> {
    const items: Node[] = [];
    while (!this.take(end)) {
      const item = this.conditional();
      if (items.length === 0 && this.take("for")) return this.comprehension(item, end);
      items.push(item);
      if (this.take(",")) continue;
      this.expect(end);
      break;
    }
    return { kind: "list", items };
  }

  private comprehension(item: Node, end: string): Extract<Node, { kind: "comprehension" }> {
    const name = this.advance();
    this.expect("in");
    const list = this.or();
    const test = this.take("if") ? this.or() : undefined;
    this.expect(end);
    return { kind: "comprehension", item, name, list, ...(test && { test }) };
  }
}

/** The direct child expressions of a node. */
export function subexpressions(node: Node): readonly Node[] {
  switch (node.kind) {
    case "list":
      return node.items;
    case "comprehension":
      return [node.item, node.list, ...(node.test ? [node.test] : [])];
    case "not":
    case "negative":
      return [node.value];
    case "logic":
    case "arithmetic":
      return [node.left, node.right];
    case "comparison":
      return [node.first, ...node.links.map(({ right }) => right)];
    case "choice":
      return [node.condition, node.value, node.otherwise];
    case "item":
      return [node.value, node.at];
    case "slice":
      return [node.value, node.from, node.to];
    case "call":
      return node.values;
    case "method":
      return [node.value, node.argument];
    default:
      return [];
  }
}
