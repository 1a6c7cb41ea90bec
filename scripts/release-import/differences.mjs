// @ts-check
/** The differences between a release and the previous one. */

/** @typedef {{ name: string, aliases: string[], kind: string, arity: string, repeat: string, default: unknown, choices: unknown[] | null }} Facts */

const COMPARED = /** @type {const} */ (["kind", "arity", "repeat", "default", "choices", "aliases"]);

/**
 * One sentence for each flag that is new, removed or changed.
 * @param {readonly Facts[]} before @param {readonly Facts[]} after
 */
export function differences(before, after) {
  const known = new Map(before.map((flag) => [flag.name, flag]));
  const kept = new Set(after.map(({ name }) => name));
  return {
    added: after.filter(({ name }) => !known.has(name)).map(({ name }) => name),
    gone: before.filter(({ name }) => !kept.has(name)).map(({ name }) => name),
    changed: after.flatMap((flag) => {
      const earlier = known.get(flag.name);
      const parts = earlier ? COMPARED.flatMap((part) => change(part, earlier[part], flag[part])) : [];
      return parts.length > 0 ? [`${flag.name}: ${parts.join("; ")}`] : [];
    }),
  };
}

/** @param {string} part @param {unknown} before @param {unknown} after @returns {string[]} */
function change(part, before, after) {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!Array.isArray(before) || !Array.isArray(after))
    return [`${part} ${JSON.stringify(before)} → ${JSON.stringify(after)}`];
  const added = after.filter((item) => !before.includes(item)).map((item) => `+${item}`);
  const gone = before.filter((item) => !after.includes(item)).map((item) => `-${item}`);
  return [`${part} ${[...added, ...gone].join(" ") || "in another order"}`];
}
