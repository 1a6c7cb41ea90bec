// @ts-check
/** The report of `npm run release:import`: what it has done, and the work that is left. */
import { differences } from "./differences.mjs";

/**
 * @param {{ release: ReleaseSource, earlier: ReleaseSource, short: readonly string[],
 *   helps: ReadonlyMap<string, string>, stubs: readonly string[],
 *   marks: readonly { file: string, work: readonly string[] }[], rules: { holds: readonly string[], ends: readonly string[] } }} made
 * @typedef {import("./committed-form.mjs").ReleaseSource} ReleaseSource
 */
export function reportText({ release, earlier, short, helps, stubs, marks, rules }) {
  const { name, date, flags } = release;
  const { added, gone, changed } = differences(earlier.flags, flags);
  const files = marks.flatMap(({ file, work }) => work.map((what) => `schemas/${file}: ${what}`));
  return [
    `${name} (${date}) has ${flags.length} flags. Against ${earlier.name}:`,
    list(
      "New, with LightLLM's own help",
      added.map((flag) => [flag, helps.get(flag)].filter(Boolean).join(": ")),
    ),
    list("Gone", gone),
    list("Changed", changed),
    ...optional("Left out, because the catalogue has only names with two dashes", short),
    ...optional("To do; until then the build fails", [...stubs, ...files]),
    `${rules.holds.length} rules over values apply to ${name} by their ranges; check whether all of them still should.`,
    ...optional(`Rules whose ranges end with ${earlier.name}; check whether they still apply`, rules.ends),
    "Then: npm run schemas",
    "",
  ].join("\n\n");
}

/** @param {string} title @param {readonly string[]} items */
function list(title, items) {
  if (items.length === 0) return `${title}: none`;
  return [`${title}: ${items.length}`, ...items.map((item) => `  ${item}`)].join("\n");
}

/** @param {string} title @param {readonly string[]} items */
function optional(title, items) {
  return items.length > 0 ? [list(title, items)] : [];
}
