/** The `lightllm` section of the user's settings; missing values and values of the wrong type count as not set. */
import type { InlayHintOptions, RuleLevels, Settings } from "../service";

const LEVELS = ["off", "hint", "warning", "error"];

/** The settings of a document: those of the language service, and where to find LightLLM. */
export interface DocumentSettings extends Settings {
  /** A checkout of LightLLM, its package folder, site-packages, or the parser's file. */
  readonly sourcePath?: string | undefined;
  /** A Python interpreter, or the folder of its environment. */
  readonly pythonPath?: string | undefined;
  /** Whether to show code lenses above each launch. */
  readonly codeLens: boolean;
  /** The kinds of inlay hints that are shown. */
  readonly inlayHints: InlayHintOptions;
  /** The setting `lightllm.rules` as the client sent it. */
  readonly ruleSetting?: unknown;
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
    model: textOf(values.model),
    gpu: textOf(values.gpu),
    sourcePath: textOf(values.sourcePath),
    pythonPath: textOf(values.pythonPath),
    rules: rulesIn(values.rules),
    ruleSetting: values.rules,
    codeLens: values.codeLens !== false,
    inlayHints: hintKinds(partOf(values.inlayHints)),
    language,
  };
}

/** The levels of rules; what is no level, or no rule that exists, has no effect. */
function rulesIn(value: unknown): RuleLevels | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const levels = Object.entries(value).filter(([, level]) => LEVELS.some((one) => one === level));
  return levels.length > 0 ? Object.fromEntries(levels) : undefined;
}

function hintKinds({ derived, replaced, variables, fit }: Record<string, unknown>): InlayHintOptions {
  return {
    derived: derived !== false,
    replaced: replaced !== false,
    variables: variables !== false,
    fit: fit !== false,
  };
}

/** A part of the settings. */
function partOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
