/** Builds the bundles that the tests of the real process start. */
import { execFileSync } from "node:child_process";
import { root } from "./paths";

export default function setup(): void {
  execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "inherit" });
}
