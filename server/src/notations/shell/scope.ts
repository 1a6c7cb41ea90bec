/** Which variables of a script are certain at a place: assigned before it, on every way to it. */
import { type Allowance, LONGEST_WORD } from "../../launch/bounds";
import { type EnvironmentVariable, type Span, spanFrom } from "../../launch/launch";
import type { GivenVariables } from "./given";
import { endOf, grown, grownValue, SOME, withMore } from "./growth";
import type { Piece } from "./pieces";

/** What a variable or an array element holds. */
export interface Value {
  readonly pieces: readonly Piece[];
  /** Where it is written, quotes included, in the shell text. */
  readonly span: Span;
  /** Where the variable is set, in the file. */
  readonly assigned?: Span;
  /** Whether a command of the script sets it. */
  readonly byScript?: boolean;
}

/** Where a variable is set. */
export type Assignment = Pick<Value, "assigned" | "byScript">;

/** Where the commands of a text set variables, in the order of the text; certain or not. */
export type Assignments = ReadonlyMap<string, readonly Span[]>;

/** Elements of an array that are kept apart; a launch has fewer words by far. */
const MOST_ELEMENTS = 10_000;

/** How long a value is with all that is in it; an empty part takes room too. */
export function sizeOf({ pieces }: Value): number {
  return pieces.reduce((size, { text, elements }) => size + text.length + 1 + sizeOfAll(elements ?? []), 0);
}

/** How long the elements of an array are together. */
export function sizeOfAll(elements: readonly Value[]): number {
  return elements.reduce((size, element) => size + sizeOf(element), 0);
}

/** What may run, and what the script calls it. */
export interface Branch {
  run(inner: Scope): void;
  readonly called?: string | undefined;
}

/**
 * Variables in the order of the text. A branch works on a layer over what was set before it, so that entering one costs
 * nothing however many variables there are; what it set is uncertain behind it.
 */
export class Scope {
  private readonly values = new Map<string, Value | "unknown">();
  private readonly arrays = new Map<string, readonly Value[] | "unknown">();
  private readonly exports = new Map<string, EnvironmentVariable>();
  private exportList: readonly EnvironmentVariable[] | undefined;
  private forgotten = false;
  private readonly below: Scope | undefined;
  private given: GivenVariables | undefined;
  private assignments: (() => Assignments) | undefined;
  /** How much the variables of the whole text may still become. */
  readonly allowance: Allowance;

  /** @param around the scope that this one is in, or for the outermost one what all of them may use up. */
  constructor(
    around: Scope | Allowance,
    /** Whether the text below is another one, in which the places of values mean nothing here. */
    private readonly otherText = false,
    /** What the script calls the commands here: a function's name, the pattern of a `case`. */
    private readonly called?: string,
  ) {
    this.below = around instanceof Scope ? around : undefined;
    this.allowance = around instanceof Scope ? around.allowance : around;
  }

  /** The outermost scope of a text. */
  static of(allowance: Allowance, given?: GivenVariables): Scope {
    const scope = new Scope(allowance);
    scope.given = given;
    return scope;
  }

  /** Says where the commands of the text set variables, for those whose value is not certain. */
  setIn(assignments: () => Assignments): this {
    this.assignments = assignments;
    return this;
  }

  /** Where a variable is set whose value is not certain: by the last command before a place, else by the first after it. */
  assignment(name: string, before: number): Assignment {
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

  /** What a variable holds; `"unknown"` where it was set but not for certain, nothing where it never was. */
  value(name: string): Value | "unknown" | undefined {
    const own = this.values.get(name);
    if (own !== undefined) return own;
    const before = this.below ? this.below.value(name) : this.given?.value(name);
    if (before === undefined || before === "unknown") return before;
    if (this.forgotten) return "unknown";
    return this.otherText ? withoutPlaces(before) : before;
  }

  /** The elements of an array; nothing where they are not certain. */
  array(name: string): readonly Value[] | undefined {
    const elements = this.elements(name);
    return elements === "unknown" ? undefined : elements;
  }

  private elements(name: string): readonly Value[] | "unknown" | undefined {
    const own = this.arrays.get(name);
    if (own !== undefined) return own;
    const before = this.below?.elements(name);
    if (before === undefined || before === "unknown") return before;
    if (this.forgotten) return "unknown";
    return this.otherText ? before.map(withoutPlaces) : before;
  }

  set(name: string, value: Value | "unknown"): void {
    this.values.set(name, value);
  }

  setArray(name: string, elements: readonly Value[] | "unknown"): void {
    this.arrays.set(name, elements.length > MOST_ELEMENTS ? "unknown" : elements);
  }

  append(name: string, elements: readonly Value[]): void {
    const before = this.elements(name) ?? [];
    const isKnown = before !== "unknown" && before.length + elements.length <= MOST_ELEMENTS;
    this.arrays.set(name, isKnown ? [...before, ...elements] : "unknown");
  }

  /** Adds to the end of a variable's value. */
  extend(name: string, own: Value): void {
    const before = this.value(name);
    if (before === "unknown") return;
    const isShort = !before || sizeOf(before) + sizeOf(own) <= LONGEST_WORD;
    const pieces = before ? [...before.pieces, ...own.pieces] : own.pieces;
    this.set(name, isShort ? { ...own, pieces } : "unknown");
  }

  export(exported: EnvironmentVariable): void {
    this.exports.set(exported.name, exported);
    this.exportList = undefined;
  }

  /** What is exported so far; the same list as long as nothing is added to it. */
  exported(): readonly EnvironmentVariable[] {
    const before = this.below?.exported() ?? [];
    if (this.exports.size === 0) return before;
    this.exportList ??= [...before.filter(({ name }) => !this.exports.has(name)), ...this.exports.values()];
    return this.exportList;
  }

  /** Runs what may or may not happen: certain inside, uncertain afterwards. */
  branch(run: (inner: Scope) => void, called?: string): void {
    this.branches([{ run, called }]);
  }

  /** Runs what happens instead of each other: none knows what another sets. */
  branches(runs: readonly Branch[]): void {
    const inners = runs.map(({ run, called }) => {
      const inner = new Scope(this, false, called);
      run(inner);
      return inner;
    });
    const arrays = new Map<string, readonly Value[] | "unknown">();
    for (const inner of inners) {
      for (const name of inner.arrays.keys()) {
        // Each of them adds to what was there before all of them.
        const after = grown(this.elements(name), inner.elements(name));
        arrays.set(name, arrays.get(name) === "unknown" ? "unknown" : after);
      }
    }
    const values = new Map<string, Value | "unknown">();
    for (const name of new Set(inners.flatMap((inner) => [...inner.values.keys()]))) {
      const after = inners.filter((inner) => inner.values.has(name)).map((inner) => inner.value(name));
      values.set(name, grownValue(name, this.value(name), after));
    }
    for (const [name, elements] of arrays) this.arrays.set(name, elements);
    for (const [name, value] of values) this.values.set(name, value);
    if (inners.some((inner) => inner.forgotten)) this.forget();
  }

  /** A scope that starts with what is certain here and changes nothing here. */
  copy(): Scope {
    return new Scope(this);
  }

  /** A scope for a text inside this one: it knows the same values, and that they are not written in it. */
  elsewhere(): Scope {
    return new Scope(this, true);
  }

  /**
   * Before a loop that only adds to the end of a variable: how much it has added is not known.
   *
   * @param words whether what it adds begins with white space.
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

  /** After something set a variable to nobody knows what. */
  forgetOne(name: string): void {
    this.values.set(name, "unknown");
    if (this.elements(name) !== undefined) this.arrays.set(name, "unknown");
  }

  /** After a file was sourced, anything may have changed. */
  forget(): void {
    this.forgotten = true;
    for (const name of this.values.keys()) this.values.set(name, "unknown");
    for (const name of this.arrays.keys()) this.arrays.set(name, "unknown");
  }
}

/** A value that stands in another text. */
function withoutPlaces({ pieces, ...value }: Value): Value {
  return {
    ...value,
    pieces: pieces.map(({ home, ...piece }) => ({
      ...piece,
      places: [],
      ...(piece.elements && { elements: piece.elements.map(withoutPlaces) }),
    })),
    span: spanFrom(0, 0),
  };
}
