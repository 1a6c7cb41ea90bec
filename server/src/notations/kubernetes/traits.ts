import type { NotationTraits } from "../../launch/notation-traits";
import { mayHoldLaunch } from "../program";
import { YAML_FILES } from "../yaml-files";

const VERSION = /^\uFEFF?["']?apiVersion["']?[ \t]*:/m;
const KIND = /^\uFEFF?["']?kind["']?[ \t]*:/m;

export const kubernetesTraits = {
  id: "kubernetes",
  purpose: "container",
  comments: ["#"],
  runsHere: false,
  hasPlaceholders: false,
  hasHeadComment: false,
  isIndented: true,
  languageId: "yaml",
  ending: ".kubernetes.yaml",
  fence: "yaml",
  recognised: [
    { ...YAML_FILES, holds: (text) => mayHoldLaunch(text) && VERSION.test(text) && KIND.test(text) },
  ],
} as const satisfies NotationTraits;
