/** The traits of every notation. */
import { composeTraits } from "./compose/traits";
import { dockerfileTraits } from "./dockerfile/traits";
import { kubernetesTraits } from "./kubernetes/traits";
import { markdownTraits } from "./markdown/traits";
import { pythonTraits } from "./python/traits";
import { restructuredTextTraits } from "./restructuredtext/traits";
import { shellTraits } from "./shell/traits";
import { systemdTraits } from "./systemd/traits";
import { yamlTraits } from "./yaml-config/traits";

/** By id, in the order of the help texts, which is also the order in which documents are recognized. */
export const TRAITS = {
  yaml: yamlTraits,
  shell: shellTraits,
  dockerfile: dockerfileTraits,
  compose: composeTraits,
  kubernetes: kubernetesTraits,
  markdown: markdownTraits,
  restructuredtext: restructuredTextTraits,
  python: pythonTraits,
  systemd: systemdTraits,
} as const;

export type NotationId = keyof typeof TRAITS;
