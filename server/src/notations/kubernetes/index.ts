/** Kubernetes manifests and Helm templates: the `command` and `args` of containers. */
import { containerNotation } from "../containers/container-notation";
import { variablePlaceInYaml } from "../containers/yaml-variable-place";
import type { Notation } from "../notation";
import { partsOfStream, YamlStream } from "../yaml-text/stream";
import { yamlOutline } from "../yaml-text/yaml-pieces";
import { findInKubernetes, isAlone, type Manifest } from "./find";
import { portsBeside } from "./services-beside";
import { kubernetesTraits } from "./traits";

export const kubernetes: Notation = containerNotation(kubernetesTraits, {
  find: findInKubernetes,
  newCache: () => new YamlStream<Manifest>(),
  partsOf: (text) => partsOfStream(text, isAlone),
  portsBeside,
  isYaml: true,
  outline: yamlOutline,
  // Kubernetes interprets a dollar before a parenthesis; `$$` is a literal one.
  escaped: (written) => written.replace(/\$(?=[$(])/g, "$$$$"),
  variablePlace: variablePlaceInYaml({
    line: /^([ \t]*(?:-[ \t]+)?)(?:name|"name"|'name')[ \t]*:[ \t]+(["']?)(\w*)$/,
    path: /^env(?: |$)/,
    withValue: false,
  }),
});
