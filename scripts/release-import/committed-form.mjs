// @ts-check
/** The form of committed releases and environment variables: one line for each flag and variable. */

/** @typedef {{ name: string, date: string, tagged: boolean, words: Record<string, string[]>, flags: any[] }} ReleaseSource */

/** The text of `schemas/releases/<name>.json`. @param {ReleaseSource} release */
export function releaseText({ name, date, tagged, words, flags }) {
  const lines = [
    "{",
    `  "name": ${JSON.stringify(name)},`,
    `  "date": ${JSON.stringify(date)},`,
    `  "tagged": ${tagged},`,
    ...block(
      '"words": {',
      Object.entries(words).map(([flag, known]) => `${JSON.stringify(flag)}: ${inline(known)}`),
      "},",
    ),
    ...block(
      '"flags": [',
      flags.map((flag) => inline(flag)),
      "]",
    ),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/** @param {string} open @param {string[]} items @param {string} close */
function block(open, items, close) {
  return [
    `  ${open}`,
    ...items.map((item, index) => `    ${item}${index < items.length - 1 ? "," : ""}`),
    `  ${close}`,
  ];
}

/** The text of `schemas/environment.json`. @param {Record<string, Record<string, unknown>>} variables */
export function environmentText(variables) {
  const lines = Object.entries(variables).map(
    ([name, facts]) => `  ${JSON.stringify(name)}: ${inline(facts, " ")}`,
  );
  return `{\n${lines.join(",\n")}\n}\n`;
}

/**
 * JSON on one line, with spaces after commas and colons. @param {unknown} value @param {string} pad inside of braces
 * @returns {string}
 */
function inline(value, pad = "") {
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, pad)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const items = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item, pad)}`);
  return `{${pad}${items.join(", ")}${pad}}`;
}
