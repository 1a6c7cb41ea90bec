import type { NotationTraits } from "../../launch/notation-traits";

export const restructuredTextTraits = {
  id: "restructuredtext",
  purpose: "documentation",
  comments: ["#", ".."],
  runsHere: true,
  hasPlaceholders: true,
  hasHeadComment: false,
  isIndented: true,
  languageId: "restructuredtext",
  ending: ".rst",
  fence: "rst",
  recognised: [{ languages: ["restructuredtext"], path: /\.rst$/i }],
} as const satisfies NotationTraits;
