/** The `lightllm` section of the user's settings; missing values and values of the wrong type count as not set. */
import type { Settings } from "../service";

/** The settings of a document: those of the language service, and where to find LightLLM. */
export interface DocumentSettings extends Settings {
  /** A checkout of LightLLM, its package folder, site-packages, or the parser's file. */
  readonly sourcePath?: string | undefined;
  /** A Python interpreter, or the folder of its environment. */
  readonly pythonPath?: string | undefined;
  /** Whether to show code lenses above each launch. */
  readonly codeLens: boolean;
}

/** The language of the documentation for a locale of the client, such as `zh-cn`. */
export function documentationLanguage(locale: string | undefined): Settings["language"] {
  return locale?.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** @param language that of the documentation. */
export function readSettings(section: unknown, language: Settings["language"]): DocumentSettings {
  const values = (typeof section === "object" && section !== null ? section : {}) as Record<string, unknown>;
  return {
    setting: textOf(values.release),
    sourcePath: textOf(values.sourcePath),
    pythonPath: textOf(values.pythonPath),
    codeLens: values.codeLens !== false,
    language,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
