import type { NotationTraits } from "../../launch/notation-traits";

const RUN_BY_PYTHON = /^\uFEFF?#!.*[/ \t]python[\d.]*(?:[ \t\r\n]|$)/;

export const pythonTraits = {
  id: "python",
  purpose: "program",
  comments: ["#"],
  runsHere: true,
  // Docstrings of a module show commands.
  hasPlaceholders: true,
  hasHeadComment: false,
  isIndented: true,
  languageId: "python",
  ending: ".py",
  fence: "python",
  recognised: [{ languages: ["python"], path: /\.py$/i }, { holds: (text) => RUN_BY_PYTHON.test(text) }],
} as const satisfies NotationTraits;
