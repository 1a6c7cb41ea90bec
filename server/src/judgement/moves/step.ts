/** A step of a migration: what is done to a launch, and what is told of it. */
import type { Argument, EnvironmentVariable, LaunchChange, VariableChange } from "../../launch/launch";

/** One thing that is done to a launch, or that cannot be done. */
export interface Step {
  /** The flag with its dashes, or the variable; absent where it concerns the launch as a whole. */
  readonly about?: string;
  readonly argument?: Argument;
  readonly variable?: EnvironmentVariable;
  /** Why, as the rest of a sentence. */
  readonly say: string;
  /** What is told of it when it is done, where the usual sentence would not do. */
  readonly told?: string;
  /** The flags that it writes, as the launch's notation does. */
  readonly writes: readonly string[];
  readonly changes: readonly LaunchChange[];
  readonly variableChanges: readonly VariableChange[];
  /** What is lost on the way, as a sentence of its own. */
  readonly lost?: string;
}

/** What takes one flag's place is written where that stands, so that a comment beside it stays; nothing where it stands nowhere, or twice. */
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
