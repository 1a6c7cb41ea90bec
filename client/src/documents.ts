/** The documents that can contain a launch. */
import { ALL_LANGUAGES, CONFIG_LANGUAGES, FILE_PATTERNS } from "../../server/src/lsp/protocol";

/** The language of launch configs. */
export const [CONFIG_LANGUAGE = ""] = CONFIG_LANGUAGES;

/** Document selector for all languages, and for files that are known by their names. */
export const DOCUMENTS = [
  ...ALL_LANGUAGES.map((language) => ({ language })),
  ...FILE_PATTERNS.map((pattern) => ({ pattern })),
];

/** A word that every launch outside a config contains, and the name of a project's configuration. */
export const LAUNCH_WORD = "lightllm";

/** A key that a file of `quant_cfg` has. */
export const QUANTIZATION_KEY = /^["']?(?:quant_type|mix_bits)["']?[ \t]*:/m;
