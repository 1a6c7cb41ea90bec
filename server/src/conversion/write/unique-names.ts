/** Unique names for launches in formats that need them: services, containers, stages. */
import type { PortableLaunch } from "../portable";

const NAMELESS = "lightllm";

/** Default names for launches without a name; the reader ignores them. */
export const UNNAMED = /^lightllm(?:-\d+)?$/;

/** A unique name for each launch: its name in the file, adapted to the rules for such names. */
export function uniqueNames(launches: readonly PortableLaunch[]): string[] {
  const taken = new Set<string>();
  return launches.map(({ name }) => {
    const wanted = plain(name ?? "") || NAMELESS;
    let free = wanted;
    for (let number = 2; taken.has(free); number++) free = `${wanted}-${number}`;
    taken.add(free);
    return free;
  });
}

/** A DNS label as Kubernetes requires: lower-case letters, digits and dashes. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 63);
}
