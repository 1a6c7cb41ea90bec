/** What a launch shares with the other launches of a deployment: its values, and the ports it opens. */
import type { JudgedLaunch } from "../analysis/judge-file";
import { type Assignment, parseArguments } from "../judgement/argparse";
import { headOf, type Span } from "../launch/launch";
import { expression } from "../python/expression";
import { isList, PythonError, truth, UNKNOWN, type Value } from "../python/values";
import type { Member } from "./deployment";

/** A port that a launch opens on its machine. */
export interface Port {
  readonly number: number;
  /** The flag that says which, with dashes. */
  readonly flag: string;
  /** Where it is written; the launch's head if it is the default. */
  readonly span: Span;
}

/** Facts about one launch, computed when first asked for. */
export class LaunchFacts {
  private assigned: ReadonlyMap<string, Assignment> | undefined;
  private opened: readonly Port[] | undefined;
  private range: ReadonlySet<number> | undefined;
  private readonly values = new Map<string, Value>();
  private readonly isWritten = new Map<string, boolean>();

  constructor(private readonly judged: JudgedLaunch) {}

  /** The effective value of a flag without dashes; unknown if LightLLM cannot read it. */
  value(name: string): Value {
    let value = this.values.get(name);
    if (value === undefined) {
      value = orUnknown(() => this.judged.values.value(name));
      this.values.set(name, value);
    }
    return value;
  }

  /** The value of a Python expression; unknown if Python raises. */
  evaluate(source: string): Value {
    return orUnknown(() => expression(source).evaluate(this.judged.values));
  }

  /** Whether a Python expression is certainly true. */
  holds(source: string): boolean {
    return truth(this.evaluate(source)) === true;
  }

  /** Whether the launch certainly gives a flag without dashes. */
  isGiven(name: string): boolean {
    let given = this.isWritten.get(name);
    if (given === undefined) {
      given = this.judged.values.given(name) === true;
      this.isWritten.set(name, given);
    }
    return given;
  }

  /** The words of a flag without dashes, if the launch gives it. */
  assignment(name: string): Assignment | undefined {
    return this.assignments.get(name);
  }

  /** The flags with their words, each once. */
  get given(): readonly Assignment[] {
    return [...this.assignments.values()];
  }

  /** Where a flag is written, else where a missing flag is reported. */
  placeOf(name: string): Span {
    return this.assignment(name)?.argument.span ?? headOf(this.judged.launch);
  }

  /** The ports that the launch certainly opens. */
  get ports(): readonly Port[] {
    this.opened ??= this.facts.ports.flatMap(({ flag, if: when, value = flag }) => {
      if (!this.judged.release.byName.has(`--${flag}`) || !this.holds(when)) return [];
      const span = this.placeOf(flag);
      return numbersIn(this.evaluate(value)).map((number): Port => ({ number, flag: `--${flag}`, span }));
    });
    return this.opened;
  }

  /** The ports among which the launch takes free ones. */
  get taken(): ReadonlySet<number> {
    this.range ??= new Set(
      this.facts.taken
        .filter(({ if: when }) => this.holds(when))
        .flatMap(({ from, step = 1, count }) => {
          const [length = 0] = numbersIn(this.evaluate(count));
          return Array.from({ length: Math.min(Math.max(0, length), 65536) }, (_, at) => from + step * at);
        }),
    );
    return this.range;
  }

  /** What launches of its release share. */
  get facts() {
    const { values, release } = this.judged;
    return values.input.catalogue.deployment(release);
  }

  private get assignments(): ReadonlyMap<string, Assignment> {
    if (!this.assigned) {
      const { launch, release } = this.judged;
      const { assignments } = parseArguments(launch, release);
      this.assigned = new Map(assignments.map((one) => [one.flag.key, one]));
    }
    return this.assigned;
  }
}

function orUnknown(evaluate: () => Value): Value {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof PythonError) return UNKNOWN;
    throw error;
  }
}

function numbersIn(value: Value): number[] {
  return (isList(value) ? value : [value]).flatMap((one) => (typeof one === "bigint" ? [Number(one)] : []));
}

const known = new WeakMap<JudgedLaunch, LaunchFacts>();

/** The facts of a member; cached. */
export function factsOf({ launch }: Member): LaunchFacts {
  let facts = known.get(launch);
  if (!facts) {
    facts = new LaunchFacts(launch);
    known.set(launch, facts);
  }
  return facts;
}
