// @ts-check
/** Compiles `schemas/rules/`: the facts of each rule, and for a rule over values its conditions, messages and fixes. */
/**
 * @typedef {{ if: string | boolean, releases?: string, modes?: string[] }} Case
 * @typedef {{ title?: string, if?: string, set?: Record<string, unknown>, add?: string[], remove?: string[] }} Cure
 * @typedef {{ effect: string, severity: string, tags?: string[] }} Outcome
 * @typedef {Outcome & { title: string, stage: string, confidence?: string, needs?: string,
 *   variants?: Record<string, Outcome>, "detected-by"?: string, "instead-of"?: string[], rule?: RuleSource }} RuleEntry
 * @typedef {{ flags: (string | { flag: string, if: string })[], each?: string[], releases?: string,
 *   modes?: string[], if?: string, cases?: Case[], say: string | { if?: string, say: string }[], cures?: Cure[] }} RuleSource
 */

/**
 * The rules in the order of their codes.
 * @param {ReadonlyMap<string, RuleEntry>} rules
 * @param {readonly string[]} releases old to new
 */
export function compileRules(rules, releases) {
  return Object.fromEntries(
    [...rules].map(([id, entry]) => {
      const { title, effect, stage, severity, confidence, tags, needs, variants, rule } = entry;
      const insteadOf = entry["instead-of"];
      return [
        id,
        {
          id,
          title,
          effect,
          stage,
          severity,
          ...(confidence && { confidence }),
          ...(tags && { tags }),
          ...(needs && { needs }),
          ...(variants && { variants }),
          ...(insteadOf && { insteadOf }),
          ...(rule && compileRule(rule, releases)),
        },
      ];
    }),
  );
}

/** @param {RuleSource} rule @param {readonly string[]} releases */
function compileRule(rule, releases) {
  const { flags, each, say, cures = [] } = rule;
  const cases = rule.cases ?? (rule.if === undefined ? undefined : [{ if: rule.if }]);
  return {
    flags,
    ...(each && { each }),
    ...(cases && {
      cases: cases.map((one) => {
        const modes = one.modes ?? rule.modes;
        return {
          releases: releasesIn(one.releases ?? rule.releases ?? "..", releases),
          ...(modes && { modes }),
          if: asPython(one.if),
        };
      }),
    }),
    messages:
      typeof say === "string"
        ? [{ say: trimmed(say) }]
        : say.map((one) => ({ ...one, say: trimmed(one.say) })),
    cures: cures.map(({ set, ...cure }) => ({
      ...cure,
      ...(set && {
        set: Object.fromEntries(Object.entries(set).map(([flag, value]) => [flag, asPython(value)])),
      }),
    })),
  };
}

/** Converts a YAML boolean to Python. @param {unknown} value */
export function asPython(value) {
  return typeof value === "boolean" ? (value ? "True" : "False") : String(value);
}

/** @param {string} text */
function trimmed(text) {
  return text.replace(/\s+/g, " ").trim();
}

/**
 * Rejects ranges with releases that do not exist.
 * @param {import("./yaml-file.mjs").YamlFile} file of a rule
 * @param {readonly string[]} releases old to new
 */
export function checkRanges(file, releases) {
  /** @type {RuleSource | undefined} */
  const rule = file.value.rule;
  const ranges = [
    { keys: ["rule", "releases"], range: rule?.releases },
    ...(rule?.cases ?? []).map((one, index) => ({
      keys: ["rule", "cases", index, "releases"],
      range: one.releases,
    })),
  ];
  for (const { keys, range } of ranges) {
    if (range !== undefined && releasesIn(range, releases).length === 0)
      throw file.error(keys, `there are no releases ${range}. Known: ${releases.join(", ")}.`);
  }
}

/**
 * The releases of a range: `v1.0.1..v1.1.0`, `v1.2.0..`, `..v1.1.0`, `..` for all, or one name; none if it names no release.
 * @param {string} range @param {readonly string[]} releases
 */
export function releasesIn(range, releases) {
  const [from = "", to = from] = range.includes("..") ? range.split("..") : [range];
  const first = from === "" ? 0 : releases.indexOf(from);
  const last = to === "" ? releases.length - 1 : releases.indexOf(to);
  return first < 0 ? [] : releases.slice(first, last + 1);
}
