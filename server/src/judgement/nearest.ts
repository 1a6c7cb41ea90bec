/** "Did you mean": the known names nearest to a mistyped one. */
import { distance } from "fastest-levenshtein";

/**
 * At most `limit` of `names`, nearest first by edit distance; case and the choice between `-` and `_` cost nothing.
 * A name that shares too little with what was typed is not offered: of every five characters at least three agree.
 * Nor is one that means the contrary.
 */
export function nearest(typed: string, names: Iterable<string>, limit = 3): string[] {
  const wanted = fold(typed);
  const scored: { name: string; cost: number }[] = [];
  for (const name of names) {
    const folded = fold(name);
    const longer = Math.max(folded.length, wanted.length);
    const allowed = Math.max(1, Math.floor(longer * 0.4));
    if (Math.abs(folded.length - wanted.length) > allowed || areContrary(wanted, folded)) continue;
    const cost = isSwap(wanted, folded) ? 1 : distance(wanted, folded);
    if (cost <= allowed && differsLittle(wanted, folded)) scored.push({ name, cost });
  }
  scored.sort((a, b) => a.cost - b.cost || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  const best = scored[0]?.cost ?? 0;
  return scored
    .filter(({ cost }) => cost <= best + 2)
    .slice(0, limit)
    .map(({ name }) => name);
}

/** Two letters changed places: one slip, though plain edit distance counts two. */
function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2) && at < a.length;
}

/** Names like `enable_cudagraph` and `disable_cudagraph`: near in letters, and as far apart as can be in meaning. */
function areContrary(a: string, b: string): boolean {
  return /^enable_/.test(a) ? /^disable_/.test(b) : /^disable_/.test(a) && /^enable_/.test(b);
}

/** Whether one name is the other with a slip of the finger: at most two letters differ, and of a few letters none. */
export function isSlip(typed: string, name: string): boolean {
  const [wanted, folded] = [fold(typed), fold(name)];
  return distance(wanted, folded) <= (folded.length > 3 ? 2 : 0);
}

/** Names like `enable_fa3` and `enable_rl` share their first word and nothing else: what tells them apart decides. */
function differsLittle(a: string, b: string): boolean {
  let shared = 0;
  for (let at = 0; at < a.length && a[at] === b[at]; at++) if (a[at] === "_") shared = at + 1;
  const [restA, restB] = [a.slice(shared), b.slice(shared)];
  return distance(restA, restB) <= Math.max(2, Math.floor(Math.max(restA.length, restB.length) / 2));
}

/** A name as people confuse it: lower case, `_` for `-`, no leading dashes. */
export function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/^[-\u2010-\u2015\u2212]+/, "")
    .replace(/[-\u2010-\u2015\u2212 ]/g, "_");
}
