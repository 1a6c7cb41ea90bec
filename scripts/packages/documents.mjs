// @ts-check
/** The documents of a package: Markdown whose links and pictures work wherever it is shown. */
import { parser } from "@lezer/markdown";

/**
 * @typedef {object} Link
 * @property {boolean} isPicture
 * @property {string} url
 * @property {string} label the text between the brackets
 * @property {number} from
 * @property {number} to
 */

/** The links and pictures of a Markdown text, in its order. @param {string} text @returns {Link[]} */
export function linksOf(text) {
  /** @type {Link[]} */
  const links = [];
  parser.parse(text).iterate({
    enter({ name, node, from, to }) {
      const url = name === "Link" || name === "Image" ? node.getChild("URL") : null;
      const end = node.getChildren("LinkMark")[1];
      if (!url || !end) return;
      const isPicture = name === "Image";
      const label = text.slice(from + (isPicture ? 2 : 1), end.from);
      links.push({ isPicture, url: text.slice(url.from, url.to), label, from, to });
    },
  });
  return links;
}

/**
 * A document with new targets for its relative links. `target` returns the new address of a path; without one, a link
 * becomes plain text, and a picture is removed.
 * @param {string} text
 * @param {(path: string, isPicture: boolean) => string | undefined} target
 */
export function withLinks(text, target) {
  let result = text;
  for (const { isPicture, url, label, from, to } of linksOf(text).reverse()) {
    if (/^(?:[a-z]+:|#)/.test(url)) continue;
    const address = target(url, isPicture);
    const link = isPicture ? `![${label}](${address})` : `[${label}](${address})`;
    result = result.slice(0, from) + (address ? link : isPicture ? "" : label) + result.slice(to);
  }
  return result;
}
