/** The port that a container file publishes, and notes where nothing would reach the server. */
import { say } from "../../messages";
import type { PortableLaunch } from "../portable";

/** The port to publish, and comments about it. */
export interface PublishedPort {
  /** Absent if there is none, or if the server listens on a loopback: then nothing would answer. */
  readonly port?: number;
  readonly notes: readonly string[];
}

/** The published port of a launch; a note that its comments already have is not repeated. */
export function publishedPort({ needs, head, below }: PortableLaunch): PublishedPort {
  const { port, address } = needs ?? {};
  if (port === undefined) return { notes: [] };
  if (!address) return { port, notes: [] };
  const { host, isLoopback } = address;
  const note = isLoopback
    ? say("conversion.port-not-published", { port: String(port), host })
    : say("conversion.host-of-machine", { host });
  const notes = [...head, ...below].includes(note) ? [] : [note];
  return isLoopback ? { notes } : { port, notes };
}
