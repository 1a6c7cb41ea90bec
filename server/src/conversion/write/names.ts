/** Names for launches where a file needs them: of services, containers, stages. */
import type { PortableLaunch } from "../portable";

const NAMELESS = "lightllm";

/** What launches are called that have no name; read back, it is none. */
export const UNNAMED = /^lightllm(?:-\d+)?$/;

/** A name for each launch, each different: what the file calls it as far as the rules for such names allow. */
export function namesOf(launches: readonly PortableLaunch[]): string[] {
  const taken = new Set<string>();
  return launches.map(({ name }) => {
    const wanted = plain(name ?? "") || NAMELESS;
    let free = wanted;
    for (let number = 2; taken.has(free); number++) free = `${wanted}-${number}`;
    taken.add(free);
    return free;
  });
}

/** Lower case, digits and dashes, as Kubernetes has it: a DNS label. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 63);
}
