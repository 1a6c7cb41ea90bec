/** What a launch's surroundings tell: files that its flags point to. */

import { UNKNOWN, type Value } from "../python/values";
import { type ModelFolder, UNKNOWN_MODEL } from "./model/folder";

/** What may be asked of a launch's surroundings; all of it may be unknown. */
export interface Surroundings {
  /** The model's folder, by the value of `--model_dir`. */
  model(folder: Value): ModelFolder;
  /** Whether a folder cannot be made at a path: true, or unknown. */
  cannotBeMade(path: Value): Value;
}

/** Nothing can be read: an untrusted workspace, a browser, a file that has not been saved. */
export const NO_SURROUNDINGS: Surroundings = {
  model: () => UNKNOWN_MODEL,
  cannotBeMade: impossible,
};

/** Below `/proc` nothing can be made, and an empty path names nothing. */
export function impossible(path: Value): Value {
  return typeof path === "string" && (path === "" || path.startsWith("/proc/")) ? true : UNKNOWN;
}

/** Surroundings in which every model folder holds this config.json and nothing else: for examples and tests. */
export function withConfig(config: string): Surroundings {
  return { ...NO_SURROUNDINGS, model: () => ({ kind: "folder", files: { config } }) };
}
