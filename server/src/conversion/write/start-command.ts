/**
 * The command that starts LightLLM: `python -m lightllm.server.api_server`, as in its documentation for every release.
 */

import type { PortableLaunch } from "../portable";

/** The words after the interpreter. */
export const MODULE_WORDS = ["-m", "lightllm.server.api_server"] as const;

/** LightLLM's own image, from the documentation's installation page. */
const IMAGE = "ghcr.io/modeltc/lightllm";

/** The image of a release. */
export function lightllmImage(tag = "main"): string {
  return `${IMAGE}:${tag}`;
}

/** The launch without its release, if the tag of its image names the same release. */
export function besideImage(launch: PortableLaunch, tag: string | undefined): PortableLaunch {
  if (launch.release === undefined || launch.release !== tag) return launch;
  const { release: _, ...rest } = launch;
  return rest;
}
