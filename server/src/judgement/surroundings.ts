/** Facts from a launch's surroundings: files that its flags name. */

import type { Gpu } from "../fit/gpu";
import type { FilesAround, PointedFile } from "../launch/pointed-file";
import { rememberedFor } from "../launch/remembered";
import type { NamedPort } from "../launch/site";
import type { Value } from "../python/values";
import { type ModelFiles, type ModelFolder, UNKNOWN_MODEL } from "./model/folder";

export type { FilesAround, PointedFile };

/** Who names the GPUs of a launch: an option, a comment, the text around it, a setting, or the project's configuration. */
export type GpuFrom = "option" | "comment" | "site" | "setting" | "project";

/** The GPUs of a launch. */
export interface KnownGpu {
  readonly written: string;
  readonly from: GpuFrom;
  readonly gpu: Gpu;
  /** Bytes that are known to be held on it outside torch before the weights. */
  readonly held?: number | undefined;
}

/** Requests about a launch's surroundings; every answer may be unknown. */
export interface Surroundings {
  /** The model's folder, by the value of `--model_dir`. */
  model(folder: Value): ModelFolder;
  /** Whether it is certainly impossible to create a folder at a path. */
  cannotBeMade(path: Value): boolean;
  /** A short text in the workspace; undefined if it lies elsewhere or cannot be read. Absent where nothing is read. */
  file?(path: Value): PointedFile | undefined;
  /**
   * Whether a file does not exist: `missing` where the launch runs on this machine, `absent` if only the workspace, in
   * which the file would be, is known.
   */
  presence?(path: Value): "missing" | "absent" | "unknown";
  /** The files around one, by its address, that may say something about its containers; the same objects while they are equal. */
  around?(own: string): FilesAround;
  /** The name or address of the launch's own file; absent if nothing beside it counts. */
  readonly own?: string;
  /** Ports of the launch's container that those texts name. */
  readonly portsBeside?: readonly NamedPort[];
  /** The GPUs that the launch runs on; absent if they are not known. */
  readonly gpu?: KnownGpu;
}

/** Nothing can be read: an untrusted workspace, a browser, an unsaved file. */
export const NO_SURROUNDINGS: Surroundings = {
  model: () => UNKNOWN_MODEL,
  cannotBeMade: impossible,
};

const withModels = new WeakMap<Surroundings, Map<string, Surroundings>>();

/**
 * The same surroundings for a launch whose model is a public one that the user named: the facts of that model count
 * where the folder cannot be read. The same object for the same name, because results are cached by it.
 *
 * @param config the text of the model's config.json.
 */
export function withPublicModel(surroundings: Surroundings, name: string, config: string): Surroundings {
  const known = withModels.get(surroundings) ?? new Map<string, Surroundings>();
  withModels.set(surroundings, known);
  const before = known.get(name);
  if (before) return before;
  const files: ModelFiles = { config, publicName: name };
  const named: Surroundings = {
    ...surroundings,
    model(folder) {
      const found = surroundings.model(folder);
      return found.kind === "folder" && found.files.config !== undefined ? found : { kind: "folder", files };
    },
  };
  known.set(name, named);
  return named;
}

const withGpus = new WeakMap<Surroundings, Map<string, Surroundings>>();

/** The same surroundings for a launch on these GPUs. The same object for the same GPUs. */
export function withGpuOf(surroundings: Surroundings, gpu: KnownGpu): Surroundings {
  const known = withGpus.get(surroundings) ?? new Map<string, Surroundings>();
  withGpus.set(surroundings, known);
  const key = `${gpu.from} ${gpu.written} ${gpu.held}`;
  const found = known.get(key) ?? { ...surroundings, gpu };
  known.set(key, found);
  return found;
}

const withPorts = new WeakMap<Surroundings, Map<string, Surroundings>>();

/** The same surroundings for a launch whose container's ports other texts name. The same object for the same ports of the same texts. */
export function withPortsBeside(surroundings: Surroundings, portsBeside: readonly NamedPort[]): Surroundings {
  if (portsBeside.length === 0) return surroundings;
  const known = withPorts.get(surroundings) ?? new Map<string, Surroundings>();
  withPorts.set(surroundings, known);
  const key = JSON.stringify(portsBeside.map(({ file, ...port }) => [port, file?.path]));
  const before = known.get(key);
  const isSame = before?.portsBeside?.every(({ file }, at) => file?.text === portsBeside[at]?.file?.text);
  if (before && isSame) return before;
  const named: Surroundings = { ...surroundings, portsBeside };
  known.set(key, named);
  return named;
}

/** The surroundings without a GPU, for what does not depend on its memory. */
export const withoutGpu = rememberedFor(({ gpu: _, ...others }: Surroundings): Surroundings => others);

/** Nothing can be created below `/proc`, and an empty path is invalid. */
export function impossible(path: Value): boolean {
  return typeof path === "string" && (path === "" || path.startsWith("/proc/"));
}

/** What else is around the launches of an example. */
export interface ExampleFiles {
  /** Has the form of `ModelWeights`. */
  readonly weights?: object | undefined;
  /** By path: a text, a value that is written as JSON, or null for a file that does not exist. */
  readonly files?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Surroundings in which every model folder has only this config.json, unless `files` has the one of the folder: for
 * examples and tests.
 */
export function withConfig(config: string | undefined, { weights, files }: ExampleFiles = {}): Surroundings {
  const folderWith = (text: string | undefined): ModelFolder => ({
    kind: "folder",
    files: { config: text, weights: weights as ModelFiles["weights"] },
  });
  const folder = folderWith(config);
  return {
    ...NO_SURROUNDINGS,
    model(path) {
      const own = files?.[`${path}/config.json`];
      if (own !== undefined) return folderWith(JSON.stringify(own));
      return config === undefined ? UNKNOWN_MODEL : folder;
    },
    file(path) {
      const found = typeof path === "string" ? files?.[path] : undefined;
      if (typeof path !== "string" || found === undefined || found === null) return undefined;
      return { path, text: typeof found === "string" ? found : JSON.stringify(found) };
    },
    presence: (path) => (typeof path === "string" && files?.[path] === null ? "missing" : "unknown"),
  };
}
