// @ts-check
/**
 * Adds placeholders for the new flags of a release to the texts of `schemas/flags/`; everything else stays unchanged.
 */
import { isMap, isScalar, parseDocument, stringify } from "yaml";
import { placeholderMark } from "../schemas/placeholders.mjs";

/** @typedef {{ name: string, aliases: string[], choices: (string | number | null)[] | null }} ReadFlag */

/**
 * The texts with the placeholders, and a list of the placeholders.
 * @param {Map<string, string>} texts by group, the text of its file
 * @param {readonly ReadFlag[]} flags of the new release, in the parser's order
 * @param {string} release
 */
export function withStubs(texts, flags, release) {
  const changed = new Map(texts);
  /** @type {string[]} */
  const added = [];
  const groupOf = new Map(
    [...texts].flatMap(([group, text]) => keysOf(text).map((key) => /** @type {const} */ ([key, group]))),
  );
  // A new flag belongs to the group of the flag before it in the parser.
  let group = [...texts.keys()][0] ?? "";
  for (const { name, choices } of flags) {
    const key = name.slice(2);
    const words = (choices ?? []).filter((choice) => choice !== null).map(String);
    const known = groupOf.get(key);
    group = known ?? group;
    const text = changed.get(group) ?? "";
    if (known === undefined) {
      changed.set(group, `${text.trimEnd()}\n${flagStub(key, words, release)}`);
      added.push(`schemas/flags/${group}.yaml: ${key}`);
      continue;
    }
    const missing = words.filter((word) => !hasValue(text, key, word));
    if (missing.length > 0) changed.set(group, withValues(text, key, missing, release));
    for (const word of missing) added.push(`schemas/flags/${group}.yaml: ${key}: the value ${word}`);
  }
  return { texts: changed, added };
}

/** @param {string} text @returns {string[]} */
function keysOf(text) {
  const { contents } = parseDocument(text);
  return isMap(contents) ? contents.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : [];
}

/** @param {string} text @param {string} key @param {string} word */
function hasValue(text, key, word) {
  const values = parseDocument(text).toJS()[key]?.en?.values;
  return values !== undefined && Object.hasOwn(values, word);
}

/** @param {string} key @param {readonly string[]} words @param {string} release */
function flagStub(key, words, release) {
  const mark = placeholderMark(release);
  return [
    `${key}:`,
    `  source: ${mark} name the lines of LightLLM's code that decide it.`,
    "  en:",
    `    summary: ${mark} say in one sentence what it does.`,
    "    details:",
    `      - say: ${mark} say what it means in practice.`,
    `        source: ${mark} name the lines, or advice.`,
    ...(words.length > 0 ? ["    values:", ...valueStubs(words, release)] : []),
    "",
  ].join("\n");
}

/** @param {readonly string[]} words @param {string} release */
function valueStubs(words, release) {
  return words.flatMap((word) => [
    `      ${stringify(word).trim()}:`,
    `        say: ${placeholderMark(release)} say what this value means.`,
    `        source: ${placeholderMark(release)} name the lines.`,
  ]);
}

/**
 * The text with placeholders after the values of a flag that has documentation. @param {string} text @param {string}
 * key @param {readonly string[]} words @param {string} release
 */
function withValues(text, key, words, release) {
  const document = parseDocument(text);
  const values = document.getIn([key, "en", "values"], true);
  const before = isMap(values) ? values : document.getIn([key, "en"], true);
  const end = isMap(before) ? (before.range?.[1] ?? text.length) : text.length;
  const lines = [...(isMap(values) ? [] : ["    values:"]), ...valueStubs(words, release)];
  return `${text.slice(0, end).trimEnd()}\n${lines.join("\n")}\n${text.slice(end).replace(/^\n+/, "")}`;
}
