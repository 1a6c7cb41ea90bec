/** "Did you mean": the known names nearest to a misspelt one. */
import { distance } from "fastest-levenshtein";
import { rememberedFor } from "../launch/remembered";

/**
 * Up to `limit` of `names`, nearest first by edit distance; case and `-` or `_` are ignored. At least three of five
 * characters must agree. Names with the opposite meaning are excluded.
 */
export function nearest(typed: string, names: readonly string[], limit = 3): string[] {
  const wanted = fold(typed);
  const scored: { name: string; cost: number }[] = [];
  for (const { name, folded } of foldedOf(names)) {
    const longer = Math.max(folded.length, wanted.length);
    const allowed = Math.max(1, Math.floor(longer * 0.4));
    if (Math.abs(folded.length - wanted.length) > allowed || areContrary(wanted, folded)) continue;
    const cost = costOf(wanted, folded);
    if (cost <= allowed && !isOtherShort(wanted, folded) && differsLittle(wanted, folded))
      scored.push({ name, cost });
  }
  scored.sort((a, b) => a.cost - b.cost || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  const best = scored[0]?.cost ?? 0;
  return scored
    .filter(({ cost }) => cost <= best + 2)
    .slice(0, limit)
    .map(({ name }) => name);
}

/** Whether two adjacent letters are swapped: one typing error, although edit distance counts two. */
function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2) && at < a.length;
}

/** Whether two short names have different letters: `sp` is not `tp`, although only one letter differs. */
function isOtherShort(a: string, b: string): boolean {
  return a.length === b.length && a.length < 3 && !isSwap(a, b);
}

/** Whether names such as `enable_cudagraph` and `disable_cudagraph` have opposite meanings. */
function areContrary(a: string, b: string): boolean {
  return /^enable_/.test(a) ? /^disable_/.test(b) : /^disable_/.test(a) && /^enable_/.test(b);
}

/** Whether the names differ only by a typing error: at most two letters, and none in a short name. */
export function isSlip(typed: string, name: string): boolean {
  const [wanted, folded] = [fold(typed), fold(name)];
  return distance(wanted, folded) <= (folded.length > 3 ? 2 : 0);
}

/**
 * Whether a name is a slip of another although people choose such names freely: no part may be another word, as `MIN` is
 * not `MAX`, `ep` not `dp` and `MODEL` not `MODE`.
 *
 * @param words words that mean something by themselves, in lower case.
 */
export function isSlipInWords(typed: string, name: string, words: ReadonlySet<string>): boolean {
  const [parts, others] = [fold(typed).split("_"), fold(name).split("_")];
  if (parts.length !== others.length)
    return parts.join("").length >= 8 && costOf(parts.join(""), others.join("")) <= 1;
  return parts.every((part, at) => {
    const other = others[at] ?? "";
    if (part === other) return true;
    if (`${part}s` === other || part === `${other}s`) return true;
    if (words.has(part) || part.length < 2) return false;
    if (isSwap(part, other)) return true;
    const cost = distance(part, other);
    return cost <= 1 ? part.length !== other.length || other.length >= 4 : cost === 2 && other.length >= 7;
  });
}

/** Edit distance, in which swapped letters are one error. */
function costOf(a: string, b: string): number {
  return isSwap(a, b) ? 1 : distance(a, b);
}

/**
 * The only name that is certainly meant: it differs by a typing error, and every other name differs more. Undefined if
 * digits differ (`int4kv` is not `int8kv`), if a part of the typed name is a word of other names (`..._host` is not
 * `..._port`), or if the typed name is too short.
 */
export function surelyMeant(typed: string, names: readonly string[]): string | undefined {
  const wanted = fold(typed);
  const [best, other] = twoNearest(wanted, names);
  if (!best || other?.cost === best.cost) return undefined;
  if (best.cost === 0) return best.name;
  const allowed = wanted.length < 4 ? 0 : wanted.length < 8 ? 1 : 2;
  if (best.cost > allowed || (other && other.cost <= best.cost + 1)) return undefined;
  const meant = best.folded;
  if (digitsOf(wanted) !== digitsOf(meant) || areContrary(wanted, meant)) return undefined;
  const vocabulary = vocabularyOf(names);
  const own = new Set(meant.split("_"));
  const odd = wanted.split("_").filter((part) => part !== "" && !own.has(part));
  return odd.some((part) => vocabulary.has(part)) || !partsAreSlips(wanted, meant) ? undefined : best.name;
}

/**
 * Whether each part that differs is a long word with a typing error; short words are too similar to others, such as
 * `min` and `max`, `tp` and `dp`.
 */
function partsAreSlips(typed: string, meant: string): boolean {
  const [parts, others] = [typed.split("_"), meant.split("_")];
  if (parts.length !== others.length) return parts.join("") === others.join("");
  return parts.every((part, at) => {
    const other = others[at] ?? "";
    if (part === other) return true;
    if (isSwap(part, other) || part.length !== other.length) return other.length >= 4 && part.length >= 3;
    return other.length >= 6 && distance(part, other) === 1;
  });
}

interface Scored {
  readonly name: string;
  readonly folded: string;
  readonly cost: number;
}

/** The two names that differ least, the first of equal ones first. */
function twoNearest(
  wanted: string,
  names: readonly string[],
): readonly [Scored | undefined, Scored | undefined] {
  let best: Scored | undefined;
  let second: Scored | undefined;
  for (const { name, folded } of foldedOf(names)) {
    const cost = slipCost(wanted, folded);
    if (!best || cost < best.cost) [best, second] = [{ name, folded, cost }, best];
    else if (!second || cost < second.cost) second = { name, folded, cost };
  }
  return [best, second];
}

const foldedOf = rememberedFor((names: readonly string[]) =>
  names.map((name) => ({ name, folded: fold(name) })),
);

const vocabularyOf = rememberedFor(
  (names: readonly string[]) => new Set(foldedOf(names).flatMap(({ folded }) => folded.split("_"))),
);

function slipCost(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return Number.POSITIVE_INFINITY;
  return costOf(a, b);
}

function digitsOf(name: string): string {
  return name.replace(/\D+/g, " ").trim();
}

/**
 * Whether the parts that differ are similar, or are only in one of the names: `enable_fa3` and `enable_rl` share their
 * first word, `processor_dir` and `trace_dir` their last, and mean something else.
 */
function differsLittle(a: string, b: string): boolean {
  const [partsA, partsB] = [a.split("_"), b.split("_")];
  while (partsA.length > 0 && partsA[0] === partsB[0]) {
    partsA.shift();
    partsB.shift();
  }
  while (partsA.length > 0 && partsA.at(-1) === partsB.at(-1)) {
    partsA.pop();
    partsB.pop();
  }
  const [restA, restB] = [partsA.join("_"), partsB.join("_")];
  if (restA.startsWith(restB) || restB.startsWith(restA)) return true;
  const longer = Math.max(restA.length, restB.length);
  return costOf(restA, restB) <= (longer < 4 ? 1 : Math.max(2, Math.floor(longer / 2)));
}

/** A name for comparison: lower case, `_` for `-`, without leading dashes. */
export function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/^[-\u2010-\u2015\u2212]+/, "")
    .replace(/[-\u2010-\u2015\u2212 ]/g, "_");
}
