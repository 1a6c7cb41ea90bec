/** The GPUs that a comment, the text around a launch, a setting or the project's configuration names for it. */
import type { Catalogue } from "../catalogue/types";
import { readGpu } from "../fit/gpu";
import { type GpuFrom, type Surroundings, withGpuOf } from "../judgement/surroundings";
import { type Directive, gpuDirectiveOf } from "../launch/directives";
import type { LaunchFile } from "../launch/launch";

/** What the user's settings say about GPUs. */
export interface GpuSettings {
  /** `--gpu`: goes before everything else. */
  readonly gpuOption?: string | undefined;
  /** `--held`: bytes that are held on each GPU outside torch before the weights. */
  readonly gpuHeld?: number | undefined;
  /** The setting `lightllm.gpu`. */
  readonly gpu?: string | undefined;
  /** The `gpu` of the project's configuration. */
  readonly gpuConfigured?: string | undefined;
}

/** GPUs as they are written, and who names them. */
export interface NamedGpu {
  readonly written: string;
  readonly from: GpuFrom;
  readonly held?: number | undefined;
}

/** The GPUs that count for a launch. */
export function gpuNameOf(
  file: LaunchFile,
  index: number,
  directives: readonly Directive[],
  { gpuOption, gpuHeld, gpu, gpuConfigured }: GpuSettings,
): NamedGpu | undefined {
  const site = file.launches[index]?.invocation?.site;
  const count = site?.gpus[0]?.count;
  const inSite = site?.gpuModel && (count ? `${site.gpuModel}x${count}` : site.gpuModel);
  const all: readonly (readonly [GpuFrom, string | undefined])[] = [
    ["option", gpuOption],
    ["comment", gpuDirectiveOf(file, index, directives)?.name],
    ["site", inSite],
    ["setting", gpu],
    ["project", gpuConfigured],
  ];
  const found = all.find(([, written]) => written);
  return found?.[1] ? { written: found[1], from: found[0], held: gpuHeld } : undefined;
}

/** The surroundings of a launch with the GPUs that are named for it. */
export function withNamedGpu(
  surroundings: Surroundings,
  named: NamedGpu | undefined,
  catalogue: Catalogue,
): Surroundings {
  const gpu = named && readGpu(named.written, catalogue.fit());
  return named && gpu ? withGpuOf(surroundings, { ...named, gpu }) : surroundings;
}
