/** Dockerfiles: `CMD`, `ENTRYPOINT` and `RUN`. */
import { containerNotation } from "../containers/container-notation";
import type { Notation } from "../notation";
import { variablePlace } from "./env-name";
import { findInDockerfile } from "./find";
import { imageLaunch } from "./image-launch";
import { outlineOfInstructions } from "./instructions";
import { dockerfileTraits } from "./traits";

export const dockerfile: Notation = containerNotation(dockerfileTraits, {
  find: findInDockerfile,
  newCache: () => undefined,
  isYaml: false,
  outline: outlineOfInstructions,
  imageLaunch,
  variablePlace,
});
