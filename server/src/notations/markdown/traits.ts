import type { NotationTraits } from "../../launch/notation-traits";

export const markdownTraits = {
  id: "markdown",
  purpose: "documentation",
  comments: ["#", "<!--"],
  runsHere: true,
  hasPlaceholders: true,
  hasHeadComment: false,
  isIndented: true,
  languageId: "markdown",
  ending: ".md",
  fence: "markdown",
  recognised: [{ languages: ["markdown"], path: /\.(?:md|markdown|mdx)$/i }],
} as const satisfies NotationTraits;
