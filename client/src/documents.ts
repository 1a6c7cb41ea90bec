/** The documents that can contain a launch. */
import { ALL_LANGUAGES, CONFIG_LANGUAGES } from "../../server/src/lsp/protocol";

/** The language of launch configs. */
export const [CONFIG_LANGUAGE = ""] = CONFIG_LANGUAGES;

/** Document selector for all languages. */
export const DOCUMENTS = ALL_LANGUAGES.map((language) => ({ language }));

/** A word that every launch outside a config contains. */
export const LAUNCH_WORD = "lightllm";
