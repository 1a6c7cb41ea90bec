/** Dockerfiles: `CMD`, `ENTRYPOINT` and `RUN`. */
import { containerNotation } from "../containers/container-notation";
import type { Notation } from "../notation";
import { findInDockerfile } from "./find";
import { dockerfileTraits } from "./traits";
import { variablePlace } from "./variable-place";

export const dockerfile: Notation = containerNotation(dockerfileTraits, {
  find: findInDockerfile,
  newCache: () => undefined,
  isYaml: false,
  variablePlace,
});
