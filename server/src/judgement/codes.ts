/** The ids of all rules, whatever part of judgement they belong to. Each has a page in docs/rules/. */
import type { Catalogue } from "../catalogue/types";
import { ARGPARSE_RULES } from "./rules";

/** Rules of the notations and of the text. */
const OTHER_CODES = [
  "environment-variable-name",
  "environment-variable-not-read",
  "flag-without-effect",
  "list-element-with-space",
  "not-checked",
  "shell-backslash-space",
  "shell-comment-in-command",
  "shell-crlf",
  "shell-dangling-backslash",
  "shell-glued-backslash",
  "shell-missing-backslash",
  "shell-placeholder",
  "stand-in-value",
  "typographic-character",
  "unknown-directive",
  "unknown-environment-variable",
  "unknown-release",
  "unpassable-character",
  "yaml-duplicate-key",
  "yaml-false-for-value",
  "yaml-shape",
  "yaml-unreadable",
  "yaml-value-reread",
] as const;

/** The ids of all rules, sorted. */
export function ruleCodes(catalogue: Catalogue): readonly string[] {
  const codes = [
    ...ARGPARSE_RULES.map(({ code }) => code),
    ...OTHER_CODES,
    ...catalogue.rules().map(({ id }) => id),
  ];
  return [...new Set(codes)].sort();
}
