/** Follows names to what they stand for: each value is worked out once, and a chain of names ends somewhere. */
import type { PythonNode } from "./parser";

/** A name that stands for a name that stands for a name… */
const LONGEST_CHAIN = 50;

/** What the values of one file's names have been found to be worth. */
export class Following {
  private readonly found = new Map<string, unknown>();
  private depth = 0;

  /**
   * What `read` makes of the value of a name; `undefined` where the value leads back to itself, or the chain is too long.
   *
   * @param as what is read: the same value may be worth something as a text and as a list.
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
