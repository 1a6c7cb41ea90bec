/** The documents that can hold a launch. */
import { ALL_LANGUAGES, CONFIG_LANGUAGES } from "../../server/src/lsp/protocol";

/** LightLLM launch configs: every line is ours. */
export const [CONFIG_LANGUAGE = ""] = CONFIG_LANGUAGES;

/** All of them, as they are named to the editor. */
export const DOCUMENTS = ALL_LANGUAGES.map((language) => ({ language }));

/** What every launch in a document that is not a config names. */
export const LAUNCH_WORD = "lightllm";
