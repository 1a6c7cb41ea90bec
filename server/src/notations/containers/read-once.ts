/** Reads a document again only when its text or its place has changed, so that what was judged of it stays. */

import type { FoundLaunches } from "../list/read-command";
import type { YamlDocument } from "../yaml-text/documents";

interface Before {
  readonly start: number;
  readonly written: string;
  readonly found: FoundLaunches;
}

/** The launches of the parsed documents; those of a document that is no longer open are forgotten with it. */
const lastRead = new WeakMap<YamlDocument["tree"], Before>();

/** What `read` finds in a document, or found there last time. A parse belongs to the cache of one notation. */
export function readOnce(document: YamlDocument, read: () => FoundLaunches): FoundLaunches {
  const { tree, start, written } = document;
  const before = lastRead.get(tree);
  if (before?.start === start && before.written === written) return before.found;
  const found = read();
  lastRead.set(tree, { start, written, found });
  return found;
}
