import { claimsFile } from "../../launch/directive-comment";
import type { NotationTraits } from "../../launch/notation-traits";
import { YAML_FILES } from "../yaml-files";

export const yamlTraits = {
  id: "yaml",
  purpose: "config",
  comments: ["#"],
  runsHere: true,
  hasPlaceholders: false,
  hasHeadComment: false,
  isIndented: true,
  languageId: "lightllm-yaml",
  ending: ".lightllm.yaml",
  fence: "yaml",
  recognised: [
    { languages: ["lightllm-yaml"], path: /(?:^|[\\/])(?:lightllm|[^\\/]+\.lightllm)\.ya?ml$/i },
    { ...YAML_FILES, holds: claimsFile },
  ],
} as const satisfies NotationTraits;
