/** Documents that are YAML of some kind; their content determines the notation. */
import type { Recognition } from "../launch/notation-traits";

export const YAML_FILES = {
  languages: ["yaml", "dockercompose", "helm"],
  otherLanguages: ["kubernetes"],
  path: /\.(?:ya?ml|tpl)$/i,
} as const satisfies Recognition;
