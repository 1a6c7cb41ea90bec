/** Resolves names to their values: caches each value, and limits the length of a chain of names. */
import type { PythonNode } from "./python-parser";

/** Limit for names that refer to other names, which may be circular. */
const LONGEST_CHAIN = 50;

/** Cache of the values of one file's names. */
export class Following {
  private readonly found = new Map<string, unknown>();
  private depth = 0;

  /**
   * The result of `read` for the value of a name; `undefined` if the value refers to itself or the chain is too long.
   *
   * @param as the kind of result: the same value may be read as a text and as a list.
   */
  value<T>(as: string, { from, to }: PythonNode, read: () => T | undefined): T | undefined {
    const key = `${as} ${from} ${to}`;
    if (this.found.has(key)) return this.found.get(key) as T | undefined;
    if (this.depth >= LONGEST_CHAIN) return undefined;
    this.found.set(key, undefined);
    this.depth++;
    const worth = read();
    this.depth--;
    this.found.set(key, worth);
    return worth;
  }
}
