/** What a project's configuration says. */
import type { RuleLevel, RuleLevels } from "../catalogue/rule-facts";
import type { NameFault } from "../judgement/name-faults";

/** A deployment by name, and the files that hold its launches. */
export interface NamedDeployment {
  readonly name: string;
  /** Glob patterns, relative to the folder of the configuration, with `/` between their parts. */
  readonly globs: readonly string[];
}

export const RULE_LEVELS = ["off", "hint", "warning", "error"] as const satisfies readonly RuleLevel[];

/** The languages that a configuration may name. */
export const CONFIGURED_LANGUAGES = ["en", "zh-cn"] as const;

export interface Configuration {
  /** The release that judges launches, if neither a comment nor the editor's setting names one. */
  readonly release?: string;
  readonly rules: RuleLevels;
  /** Glob patterns of the only files to check in folders; absent: all that may hold a launch. */
  readonly include?: readonly string[];
  /** Glob patterns of files and folders that are not checked. */
  readonly exclude: readonly string[];
  readonly deployments: readonly NamedDeployment[];
  readonly language?: (typeof CONFIGURED_LANGUAGES)[number];
  /** The GPUs that launches run on: `H100x8`, `80GiBx2`. */
  readonly gpu?: string;
}

export const NO_CONFIGURATION: Configuration = { rules: {}, exclude: [], deployments: [] };

/** The keys of a configuration, in the order of the documentation. */
export const CONFIGURATION_KEYS = [
  "release",
  "rules",
  "include",
  "exclude",
  "deployments",
  "language",
  "gpu",
] as const;

export type ConfigurationKey = (typeof CONFIGURATION_KEYS)[number];

/** A name of GPUs: a model or a memory size, and their number. */
export const GPUS = /^[A-Za-z0-9][\w.-]*x[1-9]\d*$/;

/** The words that a configuration may use. */
export interface KnownWords {
  /** The codes of all rules. */
  readonly codes: readonly string[];
  /** The names of all releases. */
  readonly releases: readonly string[];
  /** What is wrong with a name of GPUs; undefined if it is known. */
  gpuFault(written: string): NameFault | undefined;
}

/** A place in a configuration that cannot be used. */
export interface ConfigurationProblem {
  /** Counted from 1. */
  readonly line: number;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** The word that was probably meant. */
  readonly meant?: string;
}
