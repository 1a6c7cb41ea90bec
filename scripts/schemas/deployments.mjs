// @ts-check
/** Reads `schemas/deployment/<release>.yaml`: what the launches of a deployment share in each release. */
import { readMergedFacts } from "./merged-facts.mjs";
import { asPython } from "./rules.mjs";

/**
 * @typedef {import("../../server/src/catalogue/types").DeploymentFacts} DeploymentFacts
 * @typedef {true | { if?: string | boolean, path?: true, fromModel?: true }} WrittenAgreement
 * @typedef {{ ports?: Record<string, { flag: string, if: string | boolean, value?: string }>,
 *   taken?: Record<string, { if: string | boolean, from: number, step?: number, count: string | number }>,
 *   agree?: Record<string, Record<string, WrittenAgreement>> }} WrittenFacts
 */

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
  return { deployments: all.map(compiled), deploymentOf: indexOf, files };
}

/** @param {WrittenFacts} facts @returns {DeploymentFacts} */
function compiled({ ports = {}, taken = {}, agree = {} }) {
  return {
    ports: Object.values(ports).map((port) => ({ ...port, if: asPython(port.if) })),
    taken: Object.values(taken).map((port) => ({
      ...port,
      if: asPython(port.if),
      count: String(port.count),
    })),
    agree: Object.fromEntries(
      Object.entries(agree).map(([who, flags]) => [
        who,
        Object.entries(flags).map(([flag, how]) => {
          const { if: when, path, fromModel } = how === true ? {} : how;
          return {
            flag,
            ...(when !== undefined && { if: asPython(when) }),
            ...(path && { path }),
            ...(fromModel && { fromModel }),
          };
        }),
      ]),
    ),
  };
}
