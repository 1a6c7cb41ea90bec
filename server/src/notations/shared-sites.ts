/** Marks the launches of a file that run in the same container or job, or take their GPUs from the same variable. */
import type { Launch, LaunchFile } from "../launch/launch";
import { emptySite, type LaunchSite } from "../launch/site";

/** The file, with each launch that shares its site marked. */
export function withSharedSites(file: LaunchFile): LaunchFile {
  if (file.launches.length < 2) return file;
  const keys = file.launches.map(keysOf);
  const counts = new Map<string, number>();
  for (const key of keys.flat()) counts.set(key, (counts.get(key) ?? 0) + 1);
  const isShared = keys.map((own) => own.some((key) => (counts.get(key) ?? 0) > 1));
  if (!isShared.includes(true)) return file;
  return { ...file, launches: file.launches.map((launch, at) => (isShared[at] ? sharing(launch) : launch)) };
}

/** What a launch may have in common with others: its container, its job, the variable that lists its GPUs. */
function keysOf({ invocation, environment }: Launch): string[] {
  const { site } = invocation ?? {};
  const variable = environment.findLast(({ name }) => name === "CUDA_VISIBLE_DEVICES");
  return [
    ...(site ? [`${site.kind} ${site.start}`] : []),
    ...(variable ? [`variable ${variable.nameSpan.start}`] : []),
  ];
}

/** The marked launch, so that an unchanged launch stays the same object. */
const marked = new WeakMap<Launch, Launch>();

function sharing(launch: Launch): Launch {
  const { invocation } = launch;
  if (!invocation) return launch;
  const before = marked.get(launch);
  if (before) return before;
  const site: LaunchSite = { ...(invocation.site ?? emptySite("job", 0)), isShared: true };
  const shared = { ...launch, invocation: { ...invocation, site } };
  marked.set(launch, shared);
  return shared;
}
