/** Facts from a launch's surroundings: files that its flags name. */

import { UNKNOWN, type Value } from "../python/values";
import { type ModelFolder, UNKNOWN_MODEL } from "./model/folder";

/** A file of the workspace that a flag names. */
export interface PointedFile {
  /** Absolute. */
  readonly path: string;
  /** Absent where no editor asks. */
  readonly uri?: string;
  readonly text: string;
}

/** Requests about a launch's surroundings; every answer may be unknown. */
export interface Surroundings {
  /** The model's folder, by the value of `--model_dir`. */
  model(folder: Value): ModelFolder;
  /** Whether it is impossible to create a folder at a path: true, or unknown. */
  cannotBeMade(path: Value): Value;
  /** A short text in the workspace; undefined if it lies elsewhere or cannot be read. Absent where nothing is read. */
  file?(path: Value): PointedFile | undefined;
}

/** Nothing can be read: an untrusted workspace, a browser, an unsaved file. */
export const NO_SURROUNDINGS: Surroundings = {
  model: () => UNKNOWN_MODEL,
  cannotBeMade: impossible,
};

/** Nothing can be created below `/proc`, and an empty path is invalid. */
export function impossible(path: Value): Value {
  return typeof path === "string" && (path === "" || path.startsWith("/proc/")) ? true : UNKNOWN;
}

/** Surroundings in which every model folder has only this config.json: for examples and tests. */
export function withConfig(config: string): Surroundings {
  return { ...NO_SURROUNDINGS, model: () => ({ kind: "folder", files: { config } }) };
}
