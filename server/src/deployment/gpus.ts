/** The GPUs that a launch takes. */
import type { EnvironmentVariable } from "../launch/launch";
import type { GivenGpus } from "../launch/site";
import type { Member } from "./deployment";
import { factsOf } from "./launch-facts";

const VISIBLE = "CUDA_VISIBLE_DEVICES";
const CONTAINER_LIST = "NVIDIA_VISIBLE_DEVICES";
/** No machine has more GPUs. */
const MOST_GPUS = 64n;

/** The variable that says which GPUs a launch sees, if the text sets it. */
export function visibleGpus({ launch }: Member): EnvironmentVariable | undefined {
  return launch.launch.environment.findLast(({ name }) => name === VISIBLE);
}

/** What gives the container of a launch its GPUs, if it is the only one that does. */
export function givenGpus({ launch }: Member): GivenGpus | undefined {
  const { invocation } = launch.launch;
  const [only, other] = invocation?.place.kind === "container" ? (invocation.site?.gpus ?? []) : [];
  return other ? undefined : only;
}

/** Whether a launch certainly runs no model, as a PD master. */
export function takesNoGpu(member: Member): boolean {
  return factsOf(member).evaluate(member.document.catalogue.container().gpus) === null;
}

/** The number of GPUs that the model of a launch takes on its machine; undefined if it is not known, or takes none. */
export function gpuCount(member: Member): number | undefined {
  const count = factsOf(member).evaluate(member.document.catalogue.container().gpus);
  return typeof count === "bigint" && count > 0n && count <= MOST_GPUS ? Number(count) : undefined;
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
  const all = gpusAround(member);
  if (all === "unknown") return undefined;
  const visible = visibleGpus(member);
  // A container of which the text gives no GPUs may get them from a setting of the machine.
  const isContainer = member.launch.launch.invocation?.place.kind === "container";
  const isFirst = isContainer ? hasAllGpus(member) : others === "same-environment";
  const ids = visible
    ? numbersIn(visible.value.text)
    : all !== "all"
      ? all
      : isFirst
        ? [...Array(count).keys()]
        : undefined;
  if (!ids || ids.length < count) return undefined;
  const taken = ids.slice(0, count);
  if (!visible || all === "all") return taken;
  const onMachine = taken.map((id) => all[id]);
  return onMachine.every((id) => id !== undefined) ? onMachine : undefined;
}

/** Whether a container certainly has all GPUs of its machine, in the machine's order. */
function hasAllGpus({ launch }: Member): boolean {
  const { invocation, environment } = launch.launch;
  if (invocation?.place.kind !== "container" || invocation.site?.gpuIds !== "all") return false;
  return !invocation.site.hasUnknownVariables && !environment.some(({ name }) => name === CONTAINER_LIST);
}

/** The GPUs of the container by their numbers on the machine; all of them if it has none around it. */
function gpusAround({ launch }: Member): readonly number[] | "all" | "unknown" {
  const { invocation, environment } = launch.launch;
  if (invocation?.place.kind === "pod") return "unknown";
  if (invocation?.place.kind !== "container") return "all";
  const { gpuIds } = invocation.site ?? {};
  const listed = environment.findLast(({ name }) => name === CONTAINER_LIST);
  if (listed) return gpuIds === undefined ? (numbersIn(listed.value.text) ?? "unknown") : "unknown";
  if (gpuIds === undefined || gpuIds === "all") return "all";
  return gpuIds === "unknown" ? "unknown" : (numbersIn(gpuIds.join(",")) ?? "unknown");
}

/** A list of numbers of GPUs; undefined if it has another form. */
function numbersIn(text: string | undefined): readonly number[] | undefined {
  return text !== undefined && /^\s*\d+(?:\s*,\s*\d+)*\s*$/.test(text)
    ? text.split(",").map(Number)
    : undefined;
}
