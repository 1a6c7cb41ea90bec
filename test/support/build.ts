/** Builds the bundles that the tests of the real process start, unless `npm test` has just built them. */
import { execFileSync } from "node:child_process";
import { root } from "./paths";

export default function setup(): void {
  if (process.env.LIGHTLLM_CONFIG_BUILT) return;
  execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "inherit" });
}
