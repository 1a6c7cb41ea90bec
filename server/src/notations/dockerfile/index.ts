/** Dockerfiles: `CMD`, `ENTRYPOINT` and `RUN`. */
import { containerNotation } from "../containers/container";
import type { Notation } from "../notation";
import { findInDockerfile } from "./find";

export const dockerfile: Notation = containerNotation("dockerfile", findInDockerfile, () => undefined);
