/** Tests conditions on the values of a launch with other values for a moment, without copying all of them each time. */
import type { Expression } from "../python/expression";
import { UNKNOWN, type Value } from "../python/values";
import type { Effective, EffectiveValues } from "./effective-values";

/** What differs from the launch. */
interface Assumption {
  /** A flag that is written, with its value. */
  readonly written?: readonly [key: string, value: Value];
  /** Names that may have any value. */
  readonly unknown?: Iterable<string>;
}

/** The values of a launch, to try others. */
export class AssumedValues {
  private readonly written: Map<string, Value>;
  private readonly values: EffectiveValues;

  constructor(values: EffectiveValues) {
    const { input } = values;
    this.written = new Map(input.written.values);
    this.values = values.copy({ ...input, written: { ...input.written, values: this.written } });
  }

  /** Whether a condition passes a test under an assumption. */
  some(
    conditions: readonly Expression[],
    test: (condition: Expression, values: EffectiveValues) => boolean,
    { written, unknown = [] }: Assumption,
  ): boolean {
    const replaced: (readonly [name: string, before: Effective | undefined])[] = [];
    const put = (name: string, effective: Effective | undefined) =>
      replaced.push([name, this.values.replace(name, effective)]);
    const before = written && this.written.get(written[0]);
    if (written) {
      this.written.set(...written);
      put(written[0], undefined);
    }
    for (const name of unknown) put(name, { value: UNKNOWN, origin: "written" });
    try {
      return conditions.some((condition) => test(condition, this.values));
    } finally {
      for (const [name, effective] of replaced.reverse()) this.values.replace(name, effective);
      if (written && before === undefined) this.written.delete(written[0]);
      else if (written && before !== undefined) this.written.set(written[0], before);
    }
  }
}
