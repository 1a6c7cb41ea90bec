/** A step of a migration: its changes and its report. */
import type { Argument, EnvironmentVariable } from "../../launch/launch";
import type { LaunchChange, VariableChange } from "../../launch/launch-change";

/** A change to a launch, or a reason why it is impossible. */
export interface Step {
  /** The flag with dashes, or the variable; absent if the step concerns the whole launch. */
  readonly about?: string;
  readonly argument?: Argument;
  readonly variable?: EnvironmentVariable;
  /** The reason, as the rest of a sentence. */
  readonly say: string;
  /** The report of the step, if the usual sentence does not fit. */
  readonly told?: string;
  /** The flags that it writes, in the launch's notation. */
  readonly writes: readonly string[];
  readonly changes: readonly LaunchChange[];
  readonly variableChanges: readonly VariableChange[];
  /** What is lost, as a separate sentence. */
  readonly lost?: string;
  /** The environment variables, with their values, that `lost` asks the user to set. */
  readonly needs?: Readonly<Record<string, string>>;
}

/**
 * Writes the replacement of a flag at the flag's own place, so that its comment stays; undefined if it is not written
 * exactly once.
 */
export function inPlace(
  added: readonly LaunchChange[],
  removed: readonly LaunchChange[],
): readonly LaunchChange[] | undefined {
  const [first, ...rest] = added;
  const [out] = removed;
  if (removed.length !== 1 || out?.kind !== "remove" || first?.kind !== "add" || !first.after)
    return undefined;
  const { argument } = out;
  if (argument !== first.after || argument.shape === "absent") return undefined;
  const { flag: to, words } = first;
  const changes: LaunchChange[] = [{ kind: "rename", argument, to }];
  if (words.length > 0) changes.push({ kind: "set", argument, words });
  else if (argument.shape !== "bare") changes.push({ kind: "switch", argument, on: true });
  return [...changes, ...rest];
}
