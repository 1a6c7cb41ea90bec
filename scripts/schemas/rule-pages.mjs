// @ts-check
/** Makes docs/rules/ from schemas/rules/. */

/** @param {string} _root @returns {Promise<[string, string][]>} path and text of each page */
export async function rulePages(_root) {
  return [];
}
