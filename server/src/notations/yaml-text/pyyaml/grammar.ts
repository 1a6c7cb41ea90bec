/** The grammar of a YAML document over the tokens of PyYAML's scanner. */
import { type RefusalKind, StopReading } from "./refusal";
import type { Token, TokenKind, Tokens } from "./tokens";

/** What is before and after the text of a document in its stream. */
export interface AroundDocument {
  readonly before: Marker;
  readonly after: Marker;
  /** The handles of tags that `%TAG` lines before it set, each with its prefix. */
  readonly handles: Readonly<Record<string, string>>;
}

/** The start or the end of a file, or a line that separates documents. */
export type Marker = "" | "---" | "...";

type State = () => void;

/** @throws StopReading where PyYAML stops. */
export function checkGrammar(tokens: Tokens, surroundings: AroundDocument): void {
  new Grammar(tokens, surroundings).document();
}

/** Collections are a stack of states and not recursion, so that depth cannot overflow. */
class Grammar {
  private at = 0;
  private readonly states: State[] = [];

  constructor(
    private readonly source: Tokens,
    private readonly around: AroundDocument,
  ) {}

  document(): void {
    const { before, after } = this.around;
    const isEmpty = this.is("directive", "end") && !(before === "" && after === "..." && this.is("end"));
    if (!isEmpty) {
      if (before === "...") this.refuse("document-start");
      this.states.push(this.blockNode);
      for (let state = this.states.pop(); state; state = this.states.pop()) state();
    }
    this.directives();
    if (!this.is("end")) this.refuse(isEmpty ? "document-start" : "after-end");
  }

  private directives(): void {
    const first = this.token;
    const seen = new Set<string>();
    while (this.is("directive")) {
      const { directive, start, end } = this.token;
      const name = directive?.handle ?? (directive?.version === undefined ? undefined : "%YAML");
      if ((directive?.version ?? 1) !== 1 || (name !== undefined && seen.has(name)))
        throw new StopReading("directive", start, end);
      if (name !== undefined) seen.add(name);
      this.at++;
    }
    if (first.kind === "directive" && this.around.after !== "---")
      throw new StopReading("document-start", first.start, first.end);
  }

  private get token(): Token {
    const token = this.source.tokens[this.at];
    if (token) return token;
    const { kind, start, end } = this.source.refusal ?? { kind: "value-missing", start: 0, end: 0 };
    throw new StopReading(kind, start, end);
  }

  private is(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.token.kind);
  }

  private take(kind: TokenKind): boolean {
    const found = this.is(kind);
    if (found) this.at++;
    return found;
  }

  private expect(kind: TokenKind, otherwise: RefusalKind): void {
    if (!this.take(kind)) this.refuse(otherwise);
  }

  private refuse(kind: RefusalKind): never {
    const { start, end } = this.token;
    throw new StopReading(kind, start, end);
  }

  /** A node follows, unless one of these tokens says that its value is empty. */
  private unless(empty: readonly TokenKind[], node: State): void {
    if (!this.is(...empty)) this.states.push(node);
  }

  private readonly blockNode: State = () => this.node({ inBlock: true, indentless: false });
  private readonly valueNode: State = () => this.node({ inBlock: true, indentless: true });
  private readonly flowNode: State = () => this.node({ inBlock: false, indentless: false });

  private node({ inBlock, indentless }: { readonly inBlock: boolean; readonly indentless: boolean }): void {
    const { states } = this;
    if (this.take("alias")) return;
    const hasProperties = this.properties();
    if (indentless && this.is("-")) states.push(this.indentlessItem);
    else if (this.take("scalar")) return;
    else if (this.take("[")) states.push(() => this.flowItem(true));
    else if (this.take("{")) states.push(() => this.flowPair(true));
    else if (inBlock && this.take("[block")) states.push(this.blockItem);
    else if (inBlock && this.take("{block")) states.push(this.blockKey);
    else if (!hasProperties) this.refuse("value-missing");
  }

  /** An anchor and a tag, in any order. */
  private properties(): boolean {
    if (this.take("anchor")) {
      this.tag();
      return true;
    }
    return this.tag() && (this.take("anchor") || true);
  }

  private tag(): boolean {
    if (!this.is("tag")) return false;
    const { handle = "!" } = this.token;
    if (handle !== "!" && handle !== "!!" && !(handle in this.around.handles)) this.refuse("tag-name");
    this.at++;
    return true;
  }

  private readonly blockItem: State = () => {
    if (!this.take("-")) return this.expect("block-end", "indentation");
    this.states.push(this.blockItem);
    this.unless(["-", "block-end"], this.blockNode);
  };

  private readonly indentlessItem: State = () => {
    if (!this.take("-")) return;
    this.states.push(this.indentlessItem);
    this.unless(["-", "key", "value", "block-end"], this.blockNode);
  };

  private readonly blockKey: State = () => {
    if (!this.take("key")) return this.expect("block-end", "indentation");
    this.states.push(this.blockValue);
    this.unless(["key", "value", "block-end"], this.valueNode);
  };

  private readonly blockValue: State = () => {
    this.states.push(this.blockKey);
    if (this.take("value")) this.unless(["key", "value", "block-end"], this.valueNode);
  };

  private readonly nextFlowItem: State = () => this.flowItem(false);
  private readonly nextFlowPair: State = () => this.flowPair(false);

  private flowItem(first: boolean): void {
    if (this.take("]")) return;
    if (!first) this.expect(",", "comma-missing");
    if (this.take("key")) {
      this.states.push(this.nextFlowItem, () => this.flowValue("]"));
      this.unless(["value", ",", "]"], this.flowNode);
    } else if (!this.take("]")) this.states.push(this.nextFlowItem, this.flowNode);
  }

  private flowPair(first: boolean): void {
    if (this.take("}")) return;
    if (!first) this.expect(",", "comma-missing");
    if (this.take("key")) {
      this.states.push(this.nextFlowPair, () => this.flowValue("}"));
      this.unless(["value", ",", "}"], this.flowNode);
    } else if (!this.take("}")) this.states.push(this.nextFlowPair, this.flowNode);
  }

  private flowValue(closing: "]" | "}"): void {
    if (this.take("value")) this.unless([",", closing], this.flowNode);
  }
}
