/** Results that are computed once: fixes are tested on many texts with the same names. */

/** Maximum number of results of one kind; more than the names of any text that is judged. */
const MOST_RESULTS = 20_000;

/**
 * A function of an owner, such as a release, and a text that computes each result once. When there are too many results
 * for an owner, all of them are forgotten.
 */
export function remembered<Owner extends object, Result>(
  compute: (text: string, owner: Owner) => Result,
): (text: string, owner: Owner) => Result {
  const known = new WeakMap<Owner, Map<string, Result>>();
  return (text, owner) => {
    let results = known.get(owner);
    if (!results) {
      results = new Map();
      known.set(owner, results);
    }
    const before = results.get(text);
    if (before !== undefined || results.has(text)) return before as Result;
    const result = compute(text, owner);
    if (results.size >= MOST_RESULTS) results.clear();
    results.set(text, result);
    return result;
  };
}

/** A function of an owner that computes its result once. */
export function rememberedFor<Owner extends object, Result>(
  compute: (owner: Owner) => Result,
): (owner: Owner) => Result {
  const each = remembered<Owner, Result>((_, owner) => compute(owner));
  return (owner) => each("", owner);
}
