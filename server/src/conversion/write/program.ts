/** How LightLLM is started: `python -m lightllm.server.api_server`, as its documentation does in every release. */

import type { PortableLaunch } from "../portable";

/** Behind the interpreter. */
export const MODULE_WORDS = ["-m", "lightllm.server.api_server"] as const;

/** LightLLM's own image, from the documentation's installation page. */
const IMAGE = "ghcr.io/modeltc/lightllm";

/** The image of a release. */
export function imageOf(tag = "main"): string {
  return `${IMAGE}:${tag}`;
}

/** The launch without the release it names, where the image beside it says the same. */
export function besideImage(launch: PortableLaunch, tag: string | undefined): PortableLaunch {
  if (launch.release === undefined || launch.release !== tag) return launch;
  const { release: _, ...rest } = launch;
  return rest;
}
