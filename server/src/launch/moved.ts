/** Parts of a text that an edit has moved, with unchanged content. */

/** Property names of launches and problems that are offsets into the text. */
const OFFSETS = new Set(["start", "end", "elsewhere", "previousEnd", "nextStart"]);

/** A copy of a result with all places moved by a number of UTF-16 units; negative values move back. */
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
  const record: Record<string, unknown> = { ...value };
  copies.set(value, record);
  for (const key in record) {
    const one = record[key];
    if (typeof one === "number") {
      if (OFFSETS.has(key)) record[key] = one + by;
      // All launches share one notation object.
    } else if (key !== "notation") record[key] = copy(one, by, copies);
  }
  return record;
}
