/** The GPUs that a launch takes. */
import type { EnvironmentVariable } from "../launch/launch";
import type { Member } from "./deployment";
import { factsOf } from "./launch-facts";

const VISIBLE = "CUDA_VISIBLE_DEVICES";

/** The variable that says which GPUs a launch sees, if the text sets it. */
export function visibleGpus({ launch }: Member): EnvironmentVariable | undefined {
  return launch.launch.environment.findLast(({ name }) => name === VISIBLE);
}

/** The number of GPUs that the model of a launch takes on its machine; undefined if it is not known, or takes none. */
export function gpuCount(member: Member): number | undefined {
  const count = factsOf(member).evaluate(member.document.catalogue.container().gpus);
  return typeof count === "bigint" && count > 0n ? Number(count) : undefined;
}

/**
 * The GPUs that the model of a launch takes, by their numbers on the machine; undefined if they are not known. The model
 * takes the first of those that it sees.
 *
 * @param others whether what the text does not set is the same for all compared launches, and so the first GPUs.
 */
export function gpusOf(
  member: Member,
  others: "same-environment" | "any-environment",
): readonly number[] | undefined {
  const count = gpuCount(member);
  if (count === undefined) return undefined;
  const visible = visibleGpus(member);
  if (!visible) return others === "same-environment" ? [...Array(count).keys()] : undefined;
  const { text } = visible.value;
  if (text === undefined || !/^\s*\d+(?:\s*,\s*\d+)*\s*$/.test(text)) return undefined;
  const ids = text.split(",").map(Number);
  return ids.length < count ? undefined : ids.slice(0, count);
}
