/** The contents of the folder in `--model_dir`, as far as they are known. */
import { say } from "../../messages";
import { JsonError, readJson } from "../../python/json";
import { PythonError, UNKNOWN, type Unknown, type Value } from "../../python/values";
import type { ModelWeights } from "./weights";

/** The files of a model folder that LightLLM's start-up reads; absent if the folder does not have them. */
export interface ModelFiles {
  readonly config?: string | undefined;
  readonly generationConfig?: string | undefined;
  /** Whether there is a tokenizer, whose end-of-text token is used for some models. */
  readonly hasTokenizer?: boolean | undefined;
  /** Its weight files; absent if they are not known. */
  readonly weights?: ModelWeights | undefined;
  /**
   * The snapshot of an entry of the Hugging Face cache, as a path inside the folder; the folder has no model files of
   * its own.
   */
  readonly snapshot?: { readonly path: string; readonly files: ModelFiles } | undefined;
  /** The public model that the user named for the folder: its config.json is all that is known. */
  readonly publicName?: string | undefined;
}

/** State of a path: a folder with its files, not a folder, or not readable. */
export type ModelFolder =
  | { readonly kind: "folder"; readonly files: ModelFiles }
  | { readonly kind: "no folder" }
  | { readonly kind: "unknown" };

/** LightLLM's start-up fails because of what the folder has, or lacks. */
export class ModelFolderError extends PythonError {
  /** @param isPath whether another path solves it: the folder or its config.json is missing. */
  constructor(
    message: string,
    readonly isPath: boolean,
  ) {
    super(message);
  }
}

/** A model whose folder cannot be read: nothing that depends on it is judged. */
export const UNKNOWN_MODEL: ModelFolder = { kind: "unknown" };

/** A launch without a model folder. */
export const NO_MODEL: ModelFolder = { kind: "no folder" };

const read = new Map<string, Value | JsonError>();
/** Maximum number of cached config files; a model's config has a few thousand characters. */
const MOST_TEXTS = 64;

/** The value of a model's config.json. @throws PythonError if LightLLM could not read it either. */
export function configOf(folder: ModelFolder): Value | Unknown {
  if (folder.kind === "unknown") return UNKNOWN;
  if (folder.kind === "no folder") throw new ModelFolderError(say("rule.model-no-folder"), true);
  const { snapshot } = folder.files;
  if (snapshot) throw new ModelFolderError(say("files.cache-entry", { path: `\`${snapshot.path}\`` }), true);
  if (folder.files.config === undefined) throw new ModelFolderError(say("rule.model-no-config"), true);
  return jsonValue(folder.files.config);
}

/** The value of a model's config.json; `None` if it is not known, or LightLLM could not read it. */
export function quietConfig(folder: ModelFolder): Value {
  try {
    return folder.kind === "folder" ? configOf(folder) : null;
  } catch (error) {
    if (error instanceof PythonError) return null;
    throw error;
  }
}

/** The value of a JSON text; cached. @throws PythonError if Python could not read it. */
export function jsonValue(text: string): Value {
  let value = read.get(text);
  if (value === undefined) {
    try {
      value = readJson(text);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      value = error;
    }
    if (read.size >= MOST_TEXTS) read.clear();
    read.set(text, value);
  }
  if (value instanceof JsonError) throw new ModelFolderError(say("rule.model-no-json"), false);
  return value;
}
