/** The variables that are certain at a place of a script: assigned before it on every path. */
import { type Allowance, LONGEST_WORD } from "../../launch/bounds";
import { type EnvironmentVariable, type Span, spanFrom } from "../../launch/launch";
import type { GivenVariables } from "./given";
import { type Alternatives, endOf, flattened, grown, grownValue, SOME, withMore } from "./growth";
import type { WordPiece } from "./word-piece";

/** ShellValue of a variable or array element. */
export interface ShellValue {
  readonly pieces: readonly WordPiece[];
  /** Its place in the shell text, quotes included. */
  readonly span: Span;
  /** Place in the file where the variable is set. */
  readonly assigned?: Span;
  /** Whether a command of the script sets it. */
  readonly byScript?: boolean;
}

/** Place where a variable is set. */
export type AssignedPlace = Pick<ShellValue, "assigned" | "byScript">;

/** Places where the commands of a text set variables, in text order; certain or not. */
export type Assignments = ReadonlyMap<string, readonly Span[]>;

/** Maximum number of known elements of an array; a launch has far fewer words. */
const MOST_ELEMENTS = 10_000;

/** The length of a value with all its parts; an empty part counts too. */
export function sizeOf({ pieces }: ShellValue): number {
  return pieces.reduce((size, { text, elements = [], possible }) => {
    return size + text.length + 1 + sizeOfAll(elements) + sizeOfAll(possible?.values.flat() ?? []);
  }, 0);
}

/** The total length of an array's elements. */
export function sizeOfAll(elements: readonly ShellValue[]): number {
  return elements.reduce((size, element) => size + sizeOf(element), 0);
}

/** Commands that may run, and their name in the script. */
export interface Branch {
  run(inner: ShellScope): void;
  readonly called?: string | undefined;
}

/**
 * Variables in text order. A branch adds a layer over the earlier variables, so that entering it costs the same for any
 * number of variables; variables that it sets are uncertain afterwards.
 */
export class ShellScope {
  private readonly values = new Map<string, ShellValue | "unknown">();
  private readonly arrays = new Map<string, readonly ShellValue[] | "unknown">();
  /** What uncertain variables and arrays may be. */
  private readonly possible = new Map<string, Alternatives>();
  /** `"marked"` if a value that the variable gets later will be exported; undefined if it is no longer. */
  private readonly exports = new Map<string, EnvironmentVariable | "marked" | undefined>();
  /** Whether every variable that is set is exported, as after `set -a`. */
  private exportsAll: boolean | undefined;
  private exportList: readonly EnvironmentVariable[] | undefined;
  private forgotten = false;
  private readonly below: ShellScope | undefined;
  private given: GivenVariables | undefined;
  private assignments: (() => Assignments) | undefined;
  /** Budget for the values of all variables of the text. */
  readonly allowance: Allowance;

  /** @param around the enclosing scope, or for the outermost one the budget. */
  constructor(
    around: ShellScope | Allowance,
    /** Whether the text is another one, so that the places of outer values do not apply. */
    private readonly otherText = false,
    /** Name of the commands here: a function's name, or the pattern of a `case`. */
    private readonly called?: string,
  ) {
    this.below = around instanceof ShellScope ? around : undefined;
    this.allowance = around instanceof ShellScope ? around.allowance : around;
  }

  /** The outermost scope of a text. */
  static of(allowance: Allowance, given?: GivenVariables): ShellScope {
    const scope = new ShellScope(allowance);
    scope.given = given;
    return scope;
  }

  /** What the file sets around the text. */
  get givenAround(): GivenVariables | undefined {
    return this.given ?? this.below?.givenAround;
  }

  /** Provides the places where the commands of the text set variables, for uncertain values. */
  setIn(assignments: () => Assignments): this {
    this.assignments = assignments;
    return this;
  }

  /** The place where an uncertain variable is set: by the last command before an offset, else by the first after it. */
  assignment(name: string, before: number): AssignedPlace {
    const places = this.assignments?.().get(name);
    const assigned = places?.findLast(({ start }) => start < before) ?? places?.[0];
    if (assigned) return { assigned, byScript: true };
    if (this.below) return this.below.assignment(name, before);
    const place = this.given?.place(name);
    return place ? { assigned: place } : {};
  }

  /** The innermost name of the commands here. */
  get name(): string | undefined {
    return this.called ?? this.below?.name;
  }

  /** The value of a variable; `"unknown"` if it is set but uncertain, undefined if it is never set. */
  value(name: string): ShellValue | "unknown" | undefined {
    const own = this.values.get(name);
    if (own !== undefined) return own;
    const before = this.below ? this.below.value(name) : this.given?.value(name);
    if (before === undefined || before === "unknown") return before;
    if (this.forgotten) return "unknown";
    return this.otherText ? withoutPlaces(before) : before;
  }

  /** The elements of an array; undefined if they are uncertain. */
  array(name: string): readonly ShellValue[] | undefined {
    const elements = this.elements(name);
    return elements === "unknown" ? undefined : elements;
  }

  private elements(name: string): readonly ShellValue[] | "unknown" | undefined {
    const own = this.arrays.get(name);
    if (own !== undefined) return own;
    const before = this.below?.elements(name);
    if (before === undefined || before === "unknown") return before;
    if (this.forgotten) return "unknown";
    return this.otherText ? before.map(withoutPlaces) : before;
  }

  set(name: string, value: ShellValue | "unknown"): void {
    this.values.set(name, value);
    this.possible.delete(name);
    if (value === "unknown") this.exportUnknown(name);
  }

  setArray(name: string, elements: readonly ShellValue[] | "unknown"): void {
    this.arrays.set(name, elements.length > MOST_ELEMENTS ? "unknown" : elements);
    this.possible.delete(name);
  }

  /** The values that an uncertain variable or array may have, as far as they are known. */
  alternatives(name: string): Alternatives {
    const own = this.possible.get(name);
    if (own) return own;
    if (this.forgotten || this.otherText || this.values.has(name) || this.arrays.has(name)) return [];
    return this.below?.alternatives(name) ?? [];
  }

  private whatMayBe(name: string): Alternatives {
    const [value, elements] = [this.value(name), this.array(name)];
    const known = [...(value && value !== "unknown" ? [[value]] : []), ...(elements ? [elements] : [])];
    return known.length > 0 ? known : this.alternatives(name);
  }

  append(name: string, elements: readonly ShellValue[]): void {
    const before = this.elements(name) ?? [];
    const isKnown = before !== "unknown" && before.length + elements.length <= MOST_ELEMENTS;
    this.arrays.set(name, isKnown ? [...before, ...elements] : "unknown");
  }

  /** Appends to a variable's value. */
  extend(name: string, own: ShellValue): void {
    const before = this.value(name);
    if (before === "unknown") return;
    const isShort = !before || sizeOf(before) + sizeOf(own) <= LONGEST_WORD;
    const pieces = before ? [...before.pieces, ...own.pieces] : own.pieces;
    this.set(name, isShort ? { ...own, pieces } : "unknown");
  }

  export(exported: EnvironmentVariable): void {
    this.setExport(exported.name, exported);
  }

  /** `export NAME` without a value. */
  markExported(name: string): void {
    if (!this.isExported(name)) this.setExport(name, "marked");
  }

  /** `unset NAME`, `export -n NAME`. */
  endExport(name: string): void {
    if (this.isExported(name)) this.setExport(name, undefined);
  }

  /** `set -a`, `set +a`. */
  exportAll(all: boolean): void {
    this.exportsAll = all;
  }

  /** Whether the next value of a variable is exported. */
  isExported(name: string): boolean {
    return this.doesExportAll() || this.exportOf(name) !== undefined;
  }

  private doesExportAll(): boolean {
    return this.exportsAll ?? this.below?.doesExportAll() ?? false;
  }

  private exportOf(name: string): EnvironmentVariable | "marked" | undefined {
    return this.exports.has(name) ? this.exports.get(name) : this.below?.exportOf(name);
  }

  private setExport(name: string, exported: EnvironmentVariable | "marked" | undefined): void {
    this.exports.set(name, exported);
    this.exportList = undefined;
  }

  /** An exported variable got a value that is not known. */
  private exportUnknown(name: string): void {
    const before = this.exportOf(name);
    if (!before || before === "marked") return;
    const { place: _, ...rest } = before;
    this.setExport(name, { ...rest, value: { text: undefined, span: before.value.span, source: "" } });
  }

  /** The exported variables so far; the same list until one is added. */
  exported(): readonly EnvironmentVariable[] {
    const before = this.below?.exported() ?? [];
    if (this.exports.size === 0) return before;
    this.exportList ??= [
      ...before.filter(({ name }) => !this.exports.has(name)),
      ...[...this.exports.values()].filter((one) => typeof one === "object"),
    ];
    return this.exportList;
  }

  /** Runs commands that may run or not: certain inside, uncertain afterwards. */
  branch(run: (inner: ShellScope) => void, called?: string): void {
    this.branches([{ run, called }]);
  }

  /** Runs alternatives: variables that one sets are unknown to the others. */
  branches(runs: readonly Branch[]): void {
    const inners = runs.map(({ run, called }) => {
      const inner = new ShellScope(this, false, called);
      run(inner);
      return inner;
    });
    const arrays = new Map<string, readonly ShellValue[] | "unknown">();
    for (const name of new Set(inners.flatMap((inner) => [...inner.arrays.keys()]))) {
      const after = inners.filter((inner) => inner.arrays.has(name)).map((inner) => inner.elements(name));
      arrays.set(name, grown(this.elements(name), after));
    }
    const values = new Map<string, ShellValue | "unknown">();
    for (const name of new Set(inners.flatMap((inner) => [...inner.values.keys()]))) {
      const after = inners.filter((inner) => inner.values.has(name)).map((inner) => inner.value(name));
      values.set(name, grownValue(name, this.value(name), after));
    }
    const alternatives = new Map<string, Alternatives>();
    for (const [name, after] of [...arrays, ...values]) {
      if (after !== "unknown") continue;
      const possible = [this, ...inners].flatMap((scope) => scope.whatMayBe(name));
      alternatives.set(name, flattened(possible));
    }
    for (const [name, elements] of arrays) this.arrays.set(name, elements);
    for (const [name, value] of values) {
      this.values.set(name, value);
      this.exportUnknown(name);
    }
    for (const [name, possible] of alternatives) this.possible.set(name, possible);
    if (inners.some((inner) => inner.forgotten)) this.forget();
  }

  /** A scope with the certain values of this one that does not change this one. */
  copy(): ShellScope {
    return new ShellScope(this);
  }

  /** A scope for a text inside this one: it has the same values, without places. */
  elsewhere(): ShellScope {
    return new ShellScope(this, true);
  }

  /**
   * Before a loop that only appends to a variable: the number of appended values is unknown.
   *
   * @param words whether the appended text begins with white space.
   */
  growOne(name: string, words: boolean): void {
    const value = this.value(name);
    if (value !== undefined)
      this.values.set(
        name,
        value === "unknown" ? value : withMore(name, value, words ? endOf(value) : undefined),
      );
    const elements = this.elements(name);
    if (elements !== undefined) this.setArray(name, elements === "unknown" ? elements : [...elements, SOME]);
  }

  /** After a variable was set to an unknown value. */
  forgetOne(name: string): void {
    this.set(name, "unknown");
    if (this.elements(name) !== undefined) this.arrays.set(name, "unknown");
  }

  /** After a file was sourced, every variable may have changed. */
  forget(): void {
    this.forgotten = true;
    this.possible.clear();
    for (const name of this.values.keys()) this.values.set(name, "unknown");
    for (const name of this.arrays.keys()) this.arrays.set(name, "unknown");
  }
}

/** A value of another text, without places. */
function withoutPlaces({ pieces, ...value }: ShellValue): ShellValue {
  return {
    ...value,
    pieces: pieces.map(({ home, possible, ...piece }) => ({
      ...piece,
      places: [],
      ...(piece.elements && { elements: piece.elements.map(withoutPlaces) }),
    })),
    span: spanFrom(0, 0),
  };
}
