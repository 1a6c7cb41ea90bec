// @ts-check
/** Reads `schemas/deployment/<release>.yaml`: what the launches of a deployment share in each release. */
import { readMergedFacts } from "./merged-facts.mjs";
import { asPython } from "./rules.mjs";

/** @typedef {import("../../server/src/catalogue/types").DeploymentFacts} DeploymentFacts */
/** @typedef {{ flag: string, if: string | boolean, value?: string }} WrittenPort */
/** @typedef {{ ports: Record<string, WrittenPort> }} WrittenFacts */

/**
 * @param {string} folder the folder `schemas`
 * @param {readonly string[]} releases
 * @returns {Promise<{ deployments: DeploymentFacts[], deploymentOf: Record<string, number>,
 *   files: import("./yaml-file.mjs").YamlFile[] }>} by release an index of `deployments`
 */
export async function readDeployments(folder, releases) {
  const { all, indexOf, files } =
    /** @type {Awaited<ReturnType<typeof readMergedFacts<WrittenFacts>>>} */
    (await readMergedFacts(folder, "deployment", "deployments", releases));
  const deployments = all.map(({ ports, ...facts }) => ({
    ...facts,
    ports: Object.values(ports).map((port) => ({ ...port, if: asPython(port.if) })),
  }));
  return { deployments, deploymentOf: indexOf, files };
}
