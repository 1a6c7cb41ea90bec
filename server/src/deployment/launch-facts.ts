/** What a launch shares with the other launches of a deployment: its run mode, its addresses, the ports it opens. */
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

  constructor(private readonly judged: JudgedLaunch) {}

  /** The effective value of a flag without dashes; unknown if LightLLM cannot read it. */
  value(name: string): Value {
    try {
      return this.judged.values.value(name);
    } catch (error) {
      if (error instanceof PythonError) return UNKNOWN;
      throw error;
    }
  }

  /** The words of a flag without dashes, if the launch gives it. */
  assignment(name: string): Assignment | undefined {
    if (!this.assigned) {
      const { launch, release } = this.judged;
      const { assignments } = parseArguments(launch, release);
      this.assigned = new Map(assignments.map((one) => [one.flag.key, one]));
    }
    return this.assigned.get(name);
  }

  /** Where a flag is written, else where a missing flag is reported. */
  placeOf(name: string): Span {
    return this.assignment(name)?.argument.span ?? headOf(this.judged.launch);
  }

  /** The ports that the launch certainly opens. */
  get ports(): readonly Port[] {
    this.opened ??= [...portsOf(this.judged, this)];
    return this.opened;
  }
}

function* portsOf({ values, release }: JudgedLaunch, facts: LaunchFacts): Generator<Port> {
  const { catalogue } = values.input;
  for (const { flag, if: when, value } of catalogue.deployment(release).ports) {
    if (!release.byName.has(`--${flag}`)) continue;
    const evaluated = (source: string): Value => {
      try {
        return expression(source).evaluate(values);
      } catch (error) {
        if (error instanceof PythonError) return UNKNOWN;
        throw error;
      }
    };
    if (truth(evaluated(when)) !== true) continue;
    const opened = evaluated(value ?? flag);
    for (const one of isList(opened) ? opened : [opened])
      if (typeof one === "bigint")
        yield { number: Number(one), flag: `--${flag}`, span: facts.placeOf(flag) };
  }
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
