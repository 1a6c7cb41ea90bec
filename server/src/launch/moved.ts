/** Parts of a text that an edit has moved, with unchanged content. */

import type { Span } from "./launch";

/** Property names of launches and problems that are offsets into the text. */
const OFFSETS = new Set(["start", "end", "elsewhere", "previousEnd", "nextStart"]);

/** A copy of a result with all places moved by a number of UTF-16 units; negative values move back. */
export function moved<T>(read: T, by: number): T {
  return by === 0 ? read : (copy(read, by, new Map()) as T);
}

/**
 * Copies of launches, or of other results with a span, moved by a number of UTF-16 units. Each of their parts is copied
 * when it is first read: after an edit, most launches of a text are asked for little but their span.
 *
 * @param read not the result of this function: else each edit would add a copy of a copy.
 */
export function movedOnRequest<T extends { readonly span: Span }>(
  read: readonly T[],
  by: number,
): readonly T[] {
  const copies = new Map<object, unknown>();
  return read.map((one) => {
    const record: Record<string, unknown> = { ...one };
    for (const key in record) {
      const part = record[key];
      if (key === "span" || typeof part !== "object" || part === null)
        record[key] = OFFSETS.has(key) ? (part as number) + by : copy(part, by, copies);
      else if (key !== "notation") copyOnRequest(record, key, () => copy(part, by, copies));
    }
    return record as T;
  });
}

function copyOnRequest(record: object, key: string, get: () => unknown): void {
  const found = (value: unknown) => ({ value, enumerable: true, configurable: true, writable: true });
  Object.defineProperty(record, key, {
    get() {
      const value = get();
      Object.defineProperty(record, key, found(value));
      return value;
    },
    enumerable: true,
    configurable: true,
  });
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
