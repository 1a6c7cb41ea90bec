/** Compose files: the `entrypoint` and `command` of services. */
import { containerNotation } from "../containers/container-notation";
import { variablePlaceInYaml } from "../containers/yaml-variable-place";
import type { FoundLaunches } from "../list/read-command";
import type { Notation } from "../notation";
import { YamlStream } from "../yaml-text/stream";
import { yamlOutline } from "../yaml-text/yaml-pieces";
import { findInCompose, mayBeOfUse } from "./find";
import { composeTraits } from "./traits";

export const compose: Notation = containerNotation(composeTraits, {
  find: findInCompose,
  newCache: () => new YamlStream<FoundLaunches>(),
  isYaml: true,
  outline: yamlOutline,
  mayBeOfUse,
  // Compose interprets every dollar; `$$` is a literal one.
  escaped: (written) => written.replaceAll("$", "$$$$"),
  variablePlace: variablePlaceInYaml({
    line: /^([ \t]*(?:-[ \t]+)?)(["']?)(\w*)$/,
    path: /^environment (?:\S+ services|(?:\S+ )?x-\S+)$/,
    withValue: true,
  }),
});
