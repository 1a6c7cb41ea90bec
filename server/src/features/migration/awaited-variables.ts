/** Environment variables that a launch needs after a boundary and that the user has to set. */
import type { Step } from "../../judgement/moves/step";
import { type EnvironmentVariable, type Launch, spanFrom } from "../../launch/launch";

/** A variable that is not written anywhere, with what to say about it. */
interface Awaited {
  readonly variable: EnvironmentVariable;
  /** "Set the environment variable …", as a sentence. */
  readonly said: string;
}

/** Follows such variables over the later boundaries, where a release may not read them, or read another one. */
export class AwaitedVariables {
  private readonly byName = new Map<string, Awaited>();

  /** The launch as if the variables were set. */
  within(launch: Launch): Launch {
    const set = new Set(launch.environment.map(({ name }) => name));
    const missing = [...this.byName.values()].filter(({ variable }) => !set.has(variable.name));
    if (missing.length === 0) return launch;
    return { ...launch, environment: [...launch.environment, ...missing.map(({ variable }) => variable)] };
  }

  /**
   * Takes in the variables that a step asks for.
   *
   * @returns whether it asks for any, so that what it loses is said by `sentences`.
   */
  take({ needs, lost }: Step, launch: Launch): boolean {
    if (!needs || lost === undefined) return false;
    for (const [name, value] of Object.entries(needs))
      if (!launch.environment.some((one) => one.name === name && one.value.text === value))
        this.byName.set(name, { variable: unwritten(name, value), said: lost });
    return true;
  }

  /** The steps of a boundary, without changes of variables that are not written. */
  settle(steps: readonly Step[]): Step[] {
    return steps.map((step) => {
      const name = step.variable?.name ?? "";
      if (!step.variable || this.byName.get(name)?.variable !== step.variable) return step;
      this.byName.delete(name);
      return { ...step, variableChanges: [] };
    });
  }

  /** What to say about the variables that are still needed in the end. */
  sentences(): string[] {
    return [...new Set([...this.byName.values()].map(({ said }) => said))];
  }
}

function unwritten(name: string, value: string): EnvironmentVariable {
  const span = spanFrom(0, 0);
  return { name, nameSpan: span, value: { text: value, span, source: value } };
}
