/**
 * The tokens of a YAML document as PyYAML's scanner makes them. It differs from the YAML standard in many places: tabs do
 * not separate, the lines of a quoted scalar need no indentation, a key ends on its line.
 */

import {
  skipAnchor,
  skipBlock,
  skipDirective,
  skipPlain,
  skipQuoted,
  skipTag,
  type YamlDirective,
} from "./lexemes";
import { StopReading, type SyntaxRefusal } from "./refusal";
import { Characters, END, isBlank, isBreak } from "./text-cursor";

export type TokenKind =
  | "end"
  | "directive"
  | "[block"
  | "{block"
  | "block-end"
  | "["
  | "]"
  | "{"
  | "}"
  | ","
  | "-"
  | "key"
  | "value"
  | "alias"
  | "anchor"
  | "tag"
  | "scalar";

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  readonly directive?: YamlDirective;
  /** The handle of a tag. */
  readonly handle?: string;
}

/** A place where a key may have begun, which a later `:` decides. */
interface PossibleKey {
  readonly token: number;
  readonly at: number;
  readonly line: number;
  readonly column: number;
  /** Whether nothing else can stand here. */
  readonly required: boolean;
}

/** PyYAML looks for the colon of a key no further than this. */
const LONGEST_KEY = 1024;

/** All tokens of a document; if the scanner stops, those before, and why. */
export interface Tokens {
  readonly tokens: readonly Token[];
  readonly refusal?: SyntaxRefusal;
}

/** @param column where the document begins in its first line: after `---`. */
export function tokensOf(text: string, column: number): Tokens {
  const scanner = new Scanner(text, column);
  try {
    while (!scanner.isDone) scanner.next();
  } catch (error) {
    if (!(error instanceof StopReading)) throw error;
    const { kind, start, end } = error;
    return { tokens: scanner.tokens, refusal: { kind, start, end } };
  }
  return { tokens: scanner.tokens };
}

class Scanner {
  readonly tokens: Token[] = [];
  isDone = false;
  private readonly source: Characters;
  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private mayBeKey: boolean;
  private readonly possible: (PossibleKey | undefined)[] = [];

  constructor(text: string, column: number) {
    this.source = new Characters(text, column);
    this.mayBeKey = column === 0;
  }

  next(): void {
    const { source } = this;
    this.skipToToken();
    this.dropStaleKeys();
    this.unwind(source.column);
    const char = source.peek();
    const isAlone = this.flowLevel > 0 || isBlank(source.peek(1));
    if (char === END) this.finish();
    else if (char === "%" && source.column === 0) this.directive();
    else if (char === "[" || char === "{") this.open(char);
    else if (char === "]" || char === "}") this.close(char);
    else if (char === ",") this.indicator(",", true);
    else if (char === "-" && isBlank(source.peek(1))) this.item();
    else if (char === "?" && isAlone) this.explicitKey();
    else if (char === ":" && isAlone) this.value();
    else if (char === "*") this.scalar("alias", () => skipAnchor(source));
    else if (char === "&") this.scalar("anchor", () => skipAnchor(source));
    else if (char === "!") this.tag();
    else if ((char === "|" || char === ">") && this.flowLevel === 0) this.block();
    else if (char === "'" || char === '"') this.scalar("scalar", () => skipQuoted(source));
    else if (!"\t-?:,[]{}#&*!|>'\"%@`".includes(char) || "-?:".includes(char)) this.plain();
    else throw new StopReading(char === "\t" ? "tab" : "reserved-character", source.at);
  }

  private skipToToken(): void {
    do this.source.skipComment();
    while (this.lineBreak());
  }

  private lineBreak(): boolean {
    const found = this.source.lineBreak();
    if (found && this.flowLevel === 0) this.mayBeKey = true;
    return found;
  }

  private dropStaleKeys(): void {
    const { source, possible } = this;
    for (let level = 0; level < possible.length; level++) {
      const key = possible[level];
      if (key && (key.line !== source.line || source.at - key.at > LONGEST_KEY)) this.dropKey(level);
    }
  }

  /** @throws StopReading if only a key is allowed there. */
  private dropKey(level = this.flowLevel): void {
    const key = this.possible[level];
    if (key?.required) throw new StopReading("key-without-colon", key.at, this.endOfLine(key.at));
    this.possible[level] = undefined;
  }

  private endOfLine(from: number): number {
    const { text } = this.source;
    let end = from;
    while (end < text.length && !isBreak(text[end] ?? END)) end++;
    return end;
  }

  private keepKey(): void {
    if (!this.mayBeKey) return;
    const { source, flowLevel, tokens } = this;
    this.dropKey();
    const { at, line, column } = source;
    const required = flowLevel === 0 && this.indent === column;
    this.possible[flowLevel] = { token: tokens.length, at, line, column, required };
  }

  private unwind(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.indent = this.indents.pop() ?? -1;
      this.add("block-end", this.source.at);
    }
  }

  private indentTo(column: number): boolean {
    if (this.indent >= column) return false;
    this.indents.push(this.indent);
    this.indent = column;
    return true;
  }

  private add(kind: TokenKind, start: number, more: Partial<Token> = {}): void {
    this.tokens.push({ kind, start, end: this.source.at, ...more });
  }

  private finish(): void {
    this.unwind(-1);
    this.dropKey();
    this.add("end", this.source.at);
    this.isDone = true;
  }

  private directive(): void {
    const start = this.source.at;
    this.unwind(-1);
    this.dropKey();
    this.mayBeKey = false;
    this.add("directive", start, { directive: skipDirective(this.source) });
  }

  private open(char: "[" | "{"): void {
    this.keepKey();
    this.flowLevel++;
    this.possible.length = Math.max(this.possible.length, this.flowLevel + 1);
    this.mayBeKey = true;
    this.step(char);
  }

  private close(char: "]" | "}"): void {
    this.dropKey();
    this.flowLevel = Math.max(this.flowLevel - 1, 0);
    this.mayBeKey = false;
    this.step(char);
  }

  /** One character that is a token. */
  private step(kind: TokenKind): void {
    const start = this.source.at;
    this.source.forward();
    this.add(kind, start);
  }

  private indicator(kind: TokenKind, mayBeKey: boolean): void {
    this.mayBeKey = mayBeKey;
    this.dropKey();
    this.step(kind);
  }

  private item(): void {
    this.beginBlock("[block", "item-not-here");
    this.indicator("-", true);
  }

  private explicitKey(): void {
    this.beginBlock("{block", "key-not-here");
    this.indicator("key", this.flowLevel === 0);
  }

  private beginBlock(kind: "[block" | "{block", otherwise: "item-not-here" | "key-not-here"): void {
    if (this.flowLevel > 0) return;
    const { at, column } = this.source;
    if (!this.mayBeKey) throw new StopReading(otherwise, at);
    if (this.indentTo(column)) this.add(kind, at);
  }

  private value(): void {
    const { possible, flowLevel, tokens } = this;
    const key = possible[flowLevel];
    if (!key) {
      this.beginBlock("{block", "key-not-here");
      this.indicator("value", flowLevel === 0);
      return;
    }
    possible[flowLevel] = undefined;
    const { token, at, column } = key;
    const begins = flowLevel === 0 && this.indentTo(column);
    const added: readonly TokenKind[] = begins ? ["{block", "key"] : ["key"];
    tokens.splice(token, 0, ...added.map((kind) => ({ kind, start: at, end: at })));
    this.mayBeKey = false;
    this.step("value");
  }

  private scalar(kind: "alias" | "anchor" | "scalar", skip: () => void): void {
    this.keepKey();
    this.mayBeKey = false;
    const start = this.source.at;
    skip();
    this.add(kind, start);
  }

  private tag(): void {
    this.keepKey();
    this.mayBeKey = false;
    const start = this.source.at;
    const handle = skipTag(this.source);
    this.add("tag", start, handle === undefined ? {} : { handle });
  }

  private plain(): void {
    this.keepKey();
    const start = this.source.at;
    this.mayBeKey = skipPlain(this.source, this.indent + 1, this.flowLevel > 0);
    this.add("scalar", start);
  }

  private block(): void {
    this.mayBeKey = true;
    this.dropKey();
    const start = this.source.at;
    skipBlock(this.source, this.indent);
    this.add("scalar", start);
  }
}
