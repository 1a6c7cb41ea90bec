// @ts-check
// Says at once that the npm registry cannot be reached, instead of after minutes of attempts. It runs on a fresh clone,
// so nothing of node_modules is imported.
import { spawnSync } from "node:child_process";

/** A machine with a slow connection answers in this time; one without a connection fails at once. */
const LONGEST_MS = 15_000;

/** @throws Error with one sentence if the registry that npm uses does not answer. */
export function refuseUnreachableRegistry() {
  const shell = process.platform === "win32";
  const words = [
    "view",
    "npm",
    "version",
    "--fetch-retries=0",
    `--fetch-timeout=${LONGEST_MS}`,
    "--loglevel=silent",
  ];
  const answer = spawnSync("npm", words, { stdio: "ignore", shell, timeout: 2 * LONGEST_MS });
  if (answer.status === 0) return;
  const { stdout } = spawnSync("npm", ["config", "get", "registry"], { encoding: "utf8", shell });
  throw new Error(
    `The npm registry ${stdout?.trim() || ""} cannot be reached from this machine, and something has to be downloaded ` +
      'from it: connect to the network, or name a mirror with "npm config set registry URL", and start again.',
  );
}
