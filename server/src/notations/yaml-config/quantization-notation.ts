/** The files of `--quant_cfg` and `--vit_quant_cfg`: YAML like a config, but without launches. */
import { claimsFile, claimsQuantization } from "../../launch/directive-comment";
import type { Notation } from "../notation";
import { YAML_FILES } from "../yaml-files";
import { unprintable } from "./problems";
import { yamlTraits } from "./traits";

/** Reads a text as a quantization file, whose content is judged by a release. */
export function quantizationNotation(yaml: Notation): Notation {
  return {
    ...yaml,
    find: (text) => ({
      notation: yamlTraits,
      text,
      launches: [],
      problems: unprintable(text),
      isQuantization: true,
    }),
    newCache: () => undefined,
    cursorAt: () => undefined,
  };
}

/**
 * Whether a document is a quantization file: a comment says so, or its keys do. In a file for launches only the comment
 * and a list of mappings in `mix_bits` count: `quant_type` is a flag, and `mix_bits` with a word may be a mistake for one.
 * A comment that claims the file for launches goes before keys.
 */
export function isQuantizationFile(languageId: string, path: string, text: string): boolean {
  const [config] = yamlTraits.recognised;
  const isConfig = languageId === yamlTraits.languageId || config.path.test(path);
  const isYaml =
    isConfig || YAML_FILES.languages.some((one) => one === languageId) || YAML_FILES.path.test(path);
  if (!isYaml || text.length > LONGEST) return false;
  if (claimsQuantization(text)) return true;
  if (claimsFile(text)) return false;
  const keys = [...text.matchAll(/^(?:"([\w-]+)"|'([\w-]+)'|([\w-]+))[ \t]*:/gm)].map(
    (match) => match[1] ?? match[2] ?? match[3],
  );
  const others = keys.filter((key) => key !== "quant_type" && key !== "mix_bits");
  if (others.length > 0 || keys.length === 0) return false;
  if (isConfig) return LISTS_MAPPINGS.test(text);
  return keys.includes("mix_bits") || /^["']?quant_type["']?[ \t]*:[ \t]*\S/m.test(text);
}

/** The key `mix_bits` with a list of mappings or an empty one, which no flag of a launch could have as its value. */
const LISTS_MAPPINGS =
  /^["']?mix_bits["']?[ \t]*:(?:[ \t]*\[\s*[{\]]|(?:[ \t]*(?:#.*)?\r?\n)+[ \t]*-[ \t]+["']?\w+["']?[ \t]*:)/m;

/** Limit in characters: people write these files by hand. */
const LONGEST = 100_000;
