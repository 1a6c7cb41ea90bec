/** Which variables of a script are certain at a place: assigned before it, on every way to it. */
import type { Span } from "../../launch/launch";
import type { Piece } from "./pieces";

/** What a variable or an array element holds. */
export interface Value {
  readonly pieces: readonly Piece[];
  /** Where it is written, quotes included, in the shell text. */
  readonly span: Span;
}

/** An environment variable that was exported. */
export interface Exported {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Value;
}

/** Variables in the order of the text. A branch works on a copy; what it set is uncertain behind it. */
export class Scope {
  private readonly values = new Map<string, Value | "unknown">();
  private readonly arrays = new Map<string, readonly Value[] | "unknown">();
  private readonly exports = new Map<string, Exported>();

  /** What a variable holds; `"unknown"` where it was set but not for certain, nothing where it never was. */
  value(name: string): Value | "unknown" | undefined {
    return this.values.get(name);
  }

  array(name: string): readonly Value[] | undefined {
    const elements = this.arrays.get(name);
    return elements === "unknown" ? undefined : elements;
  }

  set(name: string, value: Value | "unknown"): void {
    this.values.set(name, value);
  }

  setArray(name: string, elements: readonly Value[] | "unknown"): void {
    this.arrays.set(name, elements);
  }

  append(name: string, elements: readonly Value[]): void {
    const before = this.arrays.get(name) ?? [];
    this.arrays.set(name, before === "unknown" ? "unknown" : [...before, ...elements]);
  }

  export(exported: Exported): void {
    this.exports.set(exported.name, exported);
  }

  exported(): readonly Exported[] {
    return [...this.exports.values()];
  }

  /** Runs what may or may not happen: certain inside, uncertain afterwards. */
  branch(run: (inner: Scope) => void): void {
    const inner = this.copy();
    run(inner);
    for (const [name, value] of inner.values)
      if (this.values.get(name) !== value) this.values.set(name, "unknown");
    for (const [name, value] of inner.arrays)
      if (this.arrays.get(name) !== value) this.arrays.set(name, "unknown");
  }

  copy(): Scope {
    const copy = new Scope();
    for (const [name, value] of this.values) copy.values.set(name, value);
    for (const [name, value] of this.arrays) copy.arrays.set(name, value);
    for (const [name, value] of this.exports) copy.exports.set(name, value);
    return copy;
  }

  /** After a file was sourced, anything may have changed. */
  forget(): void {
    for (const name of this.values.keys()) this.values.set(name, "unknown");
    for (const name of this.arrays.keys()) this.arrays.set(name, "unknown");
  }
}
