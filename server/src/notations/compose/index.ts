/** Compose files: the `entrypoint` and `command` of services. */
import { containerNotation } from "../containers/container";
import { variablePlaceInYaml } from "../containers/yaml-variable-place";
import type { Notation } from "../notation";
import type { ParseCache } from "../yaml-text/documents";
import { findInCompose } from "./find";
import { composeTraits } from "./traits";

export const compose: Notation = containerNotation<ParseCache>(composeTraits, {
  find: findInCompose,
  newCache: () => new Map(),
  isYaml: true,
  // Compose takes every dollar for its own; two of them are one.
  escaped: (written) => written.replaceAll("$", "$$$$"),
  variablePlace: variablePlaceInYaml({
    line: /^([ \t]*(?:-[ \t]+)?)(["']?)(\w*)$/,
    path: /^environment (?:\S+ services|(?:\S+ )?x-\S+)$/,
    withValue: true,
  }),
});
