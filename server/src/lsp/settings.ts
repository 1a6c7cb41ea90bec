/** The `lightllm` section of the user's settings; anything missing or of the wrong type counts as not set. */
import type { Settings } from "../service";

/** The settings of a document: what the language service takes, and where to look for LightLLM itself. */
export interface DocumentSettings extends Settings {
  /** A checkout of LightLLM, its package's folder, site-packages, or the file of its parser. */
  readonly sourcePath?: string | undefined;
  /** A Python interpreter, or the folder of its environment. */
  readonly pythonPath?: string | undefined;
  /** Whether there is a line above each launch that says what can be done with it. */
  readonly codeLens: boolean;
}

export function readSettings(section: unknown): DocumentSettings {
  const values = (typeof section === "object" && section !== null ? section : {}) as Record<string, unknown>;
  return {
    setting: textOf(values.release),
    sourcePath: textOf(values.sourcePath),
    pythonPath: textOf(values.pythonPath),
    codeLens: values.codeLens !== false,
    language: "en",
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
