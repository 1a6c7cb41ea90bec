/** The language ids of documents that can hold a launch. */

/** LightLLM launch configs: every line is ours. */
export const CONFIG_LANGUAGE = "lightllm-yaml";

/** Documents in which we speak only inside a launch. */
export const LAUNCH_LANGUAGES = [
  "shellscript",
  "dockerfile",
  "dockercompose",
  "yaml",
  "helm",
  "markdown",
  "restructuredtext",
  "python",
] as const;

/** All of them, as they are named to the editor. */
export const ALL_LANGUAGES = [CONFIG_LANGUAGE, ...LAUNCH_LANGUAGES].map((language) => ({ language }));

/** What every launch in such a document names. */
export const LAUNCH_WORD = "lightllm";
