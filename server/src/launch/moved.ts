/** Parts of a text that stand elsewhere in it after an edit, and say what they said before. */

/** The names under which launches and faults keep offsets into the text. */
const OFFSETS = new Set(["start", "end", "elsewhere", "before", "behind"]);

/** A copy of what was read of a part of a text, with every place so many UTF-16 units further on; back if negative. */
export function moved<T>(read: T, by: number): T {
  return by === 0 ? read : (copy(read, by, new Map()) as T);
}

function copy(value: unknown, by: number, copies: Map<object, unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  const before = copies.get(value);
  if (before !== undefined) return before;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    copies.set(value, list);
    for (const one of value) list.push(copy(one, by, copies));
    return list;
  }
  const record: Record<string, unknown> = {};
  copies.set(value, record);
  for (const [key, one] of Object.entries(value)) {
    // The notation is one for all launches.
    if (key === "notation") record[key] = one;
    else record[key] = typeof one === "number" && OFFSETS.has(key) ? one + by : copy(one, by, copies);
  }
  return record;
}
