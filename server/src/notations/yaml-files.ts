/** Which documents are YAML of some kind. What they hold says which notation reads them. */
import type { Recognition } from "../launch/notation-traits";

export const YAML_FILES = {
  languages: ["yaml", "dockercompose", "helm"],
  otherLanguages: ["kubernetes"],
  path: /\.(?:ya?ml|tpl)$/i,
} as const satisfies Recognition;
