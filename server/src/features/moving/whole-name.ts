/** Finds a name as a whole word. */

/** Matches a name, whatever signs it has, that no letter, digit, underscore or one of `others` precedes or continues. */
export function wholeName(name: string, others = ""): RegExp {
  const literal = name.replace(/[.*+?^$()|[\]{}\\/]/g, "\\$&");
  return new RegExp(`(?<![A-Za-z0-9_${others}])${literal}(?![A-Za-z0-9_])`, "g");
}
