/** Kubernetes manifests and Helm templates of them: the `command` and `args` of containers. */
import { containerNotation } from "../containers/container";
import type { Notation } from "../notation";
import type { ParseCache } from "../yaml-text/documents";
import { findInKubernetes } from "./find";

export const kubernetes: Notation = containerNotation<ParseCache>(
  "kubernetes",
  findInKubernetes,
  () => new Map(),
);

/** Whether a YAML text is a manifest: an object with an API version and a kind. */
export function isKubernetes(text: string): boolean {
  return /^\uFEFF?["']?apiVersion["']?[ \t]*:/m.test(text) && /^\uFEFF?["']?kind["']?[ \t]*:/m.test(text);
}
