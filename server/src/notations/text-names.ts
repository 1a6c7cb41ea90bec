/** Names that the text of a notation itself gives to something: anchors of YAML, variables of a shell. */
import type { Span } from "../launch/launch";

export interface TextName {
  readonly kind: "anchor" | "variable";
  readonly name: string;
  /** Where it is given; the first one is the one to go to. */
  readonly given: readonly Span[];
  readonly used: readonly Span[];
}

/** Collects the places of names, in text order. */
export class NameCollector {
  private readonly found: { kind: TextName["kind"]; name: string; given: Span[]; used: Span[] }[] = [];

  constructor(private readonly kind: TextName["kind"]) {}

  /** Starts a new name, although there may be an earlier one that is written the same. */
  begin(name: string, span: Span): void {
    this.found.push({ kind: this.kind, name, given: [span], used: [] });
  }

  given(name: string, span: Span): void {
    this.of(name).given.push(span);
  }

  used(name: string, span: Span): void {
    this.of(name).used.push(span);
  }

  /** The last name that is written so. */
  private of(name: string) {
    const found = this.found.findLast((one) => one.name === name);
    if (found) return found;
    const made = { kind: this.kind, name, given: [], used: [] };
    this.found.push(made);
    return made;
  }

  names(): readonly TextName[] {
    return this.found;
  }
}
