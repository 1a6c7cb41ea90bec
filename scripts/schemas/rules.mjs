// @ts-check
/** Compiles the part of `schemas/rules/` that is data: what a rule looks for, says and offers. */
import { SourceError } from "./source-error.mjs";

/**
 * @typedef {{ if: string | boolean, releases?: string, modes?: string[] }} Case
 * @typedef {{ title?: string, if?: string, set?: Record<string, unknown>, add?: string[], remove?: string[] }} Cure
 * @typedef {{ effect: string, stage: string, confidence?: string, flags: (string | { flag: string, if: string })[], each?: string[], releases?: string,
 *   modes?: string[], if?: string, cases?: Case[], say: string | { if?: string, say: string }[], cures?: Cure[] }} RuleSource
 */

/**
 * The rules over values, in the order of their ids.
 * @param {ReadonlyMap<string, { title: string, rule?: RuleSource }>} rules
 * @param {readonly string[]} releases old to new
 */
export function compileRules(rules, releases) {
  return [...rules].flatMap(([id, { title, rule }]) =>
    rule ? [compileRule(id, title, rule, releases)] : [],
  );
}

/** @param {string} id @param {string} title @param {RuleSource} rule @param {readonly string[]} releases */
function compileRule(id, title, rule, releases) {
  const { effect, stage, confidence, flags, each, say, cures = [] } = rule;
  const cases = rule.cases ?? (rule.if === undefined ? undefined : [{ if: rule.if }]);
  return {
    id,
    title,
    effect,
    stage,
    ...(confidence && { confidence }),
    flags,
    ...(each && { each }),
    ...(cases && {
      cases: cases.map((one) => {
        const modes = one.modes ?? rule.modes;
        return {
          releases: releasesIn(one.releases ?? rule.releases ?? "..", releases, id),
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

/** What YAML reads as a boolean, as Python writes it. @param {unknown} value */
function asPython(value) {
  return typeof value === "boolean" ? (value ? "True" : "False") : String(value);
}

/** @param {string} text */
function trimmed(text) {
  return text.replace(/\s+/g, " ").trim();
}

/**
 * The releases of a range: `v1.0.1..v1.1.0`, `v1.2.0..`, `..v1.1.0`, `..` for all, or one name.
 * @param {string} range @param {readonly string[]} releases @param {string} id
 */
export function releasesIn(range, releases, id) {
  const [from = "", to = from] = range.includes("..") ? range.split("..") : [range];
  const first = from === "" ? 0 : releases.indexOf(from);
  const last = to === "" ? releases.length - 1 : releases.indexOf(to);
  if (first < 0 || last < first)
    throw new SourceError(`schemas/rules/${id}.yaml: there are no releases ${range}.`);
  return releases.slice(first, last + 1);
}
