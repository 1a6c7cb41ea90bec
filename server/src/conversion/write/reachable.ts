/** What a container file publishes, and notes where a launch names something that only its machine has. */
import { say } from "../../messages";
import type { PortableLaunch } from "../portable";

/** The port to publish, and comments about it. */
export interface PublishedPort {
  /** Absent if there is none, or if the server listens on a loopback: then nothing would answer. */
  readonly port?: number;
  readonly notes: readonly string[];
}

/**
 * The published port of a launch; a note that its comments already have is not repeated.
 *
 * @param ownNetwork whether the container has a network of its own.
 */
export function publishedPort(launch: PortableLaunch, ownNetwork = true): PublishedPort {
  const { head, below } = launch;
  const { port, note } = ownNetwork ? portOf(launch) : {};
  const notes = [...(note === undefined ? [] : [note]), ...machineNotes(launch, ownNetwork)];
  const known = [...head, ...below];
  return {
    ...(port !== undefined && { port }),
    notes: notes.filter((one) => !known.includes(one)),
  };
}

function portOf({ needs }: PortableLaunch): { readonly port?: number; readonly note?: string } {
  const { port, address } = needs ?? {};
  if (port === undefined) return {};
  if (!address) return { port };
  const { host, isLoopback } = address;
  return isLoopback
    ? { note: say("conversion.port-not-published", { port: String(port), host }) }
    : { port, note: say("conversion.host-of-machine", { host }) };
}

/** Paths and network devices that a container may not have. */
function machineNotes({ needs }: PortableLaunch, ownNetwork: boolean): string[] {
  if (!needs) return [];
  const { paths, relativePaths, networkDevices } = needs.machine;
  const files = [...paths, ...relativePaths];
  return [
    ...(files.length > 0 ? [say("conversion.paths-of-machine", { list: files.join(", ") })] : []),
    ...(ownNetwork && networkDevices.length > 0
      ? [say("conversion.networks-of-machine", { list: networkDevices.join(", ") })]
      : []),
  ];
}

/** A note about paths that a service would look for in the root folder. */
export function serviceNotes({ needs, head, below }: PortableLaunch): string[] {
  const list = needs?.machine.relativePaths.join(", ") ?? "";
  const note = say("conversion.relative-in-service", { list });
  return list === "" || [...head, ...below].includes(note) ? [] : [note];
}
