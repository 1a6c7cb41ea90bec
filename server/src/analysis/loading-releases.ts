/** Which releases load a model: those whose rules find nothing against its folder alone. */
import type { Catalogue, Release } from "../catalogue/types";
import { judge } from "../judgement/judge";
import { type Surroundings, withoutGpu } from "../judgement/surroundings";
import type { Argument, Launch } from "../launch/launch";

/**
 * The releases in which a launch with nothing but its model folder does not fail after the start. The other flags and the GPU are left out,
 * because the question is about the model: a large one fits on no single GPU.
 *
 * @param argument the `--model_dir` of the launch.
 */
export function loadingReleases(
  launch: Launch,
  argument: Argument,
  catalogue: Catalogue,
  surroundings: Surroundings,
): { readonly loads: readonly Release[]; readonly fails: readonly Release[] } {
  const { invocation: _, problems: __, ...plain } = launch;
  const bare: Launch = { ...plain, arguments: [argument], environment: [] };
  const loads: Release[] = [];
  const fails: Release[] = [];
  for (const release of catalogue.releases) {
    const { findings } = judge(bare, release, catalogue, withoutGpu(surroundings));
    const isWrong = findings.some(({ severity, effect }) => severity === "error" && effect === "fails-later");
    (isWrong ? fails : loads).push(release);
  }
  return { loads, fails };
}
