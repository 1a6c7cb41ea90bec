/** Dockerfiles: `CMD`, `ENTRYPOINT` and `RUN`. */
import { containerNotation } from "../list/container";
import type { Notation } from "../notation";
import { findInDockerfile } from "./find";

export const dockerfile: Notation = containerNotation("dockerfile", findInDockerfile, () => undefined);
