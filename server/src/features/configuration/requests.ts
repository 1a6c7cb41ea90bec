/** All requests about a project's configuration. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { CodeAction, CompletionItem, Diagnostic, Hover, Range } from "vscode-languageserver-types";
import { shippedCatalogue } from "../../catalogue";
import {
  type ConfigurationReading,
  readConfiguration,
  readRuleLevels,
} from "../../configuration/read-configuration";
import type { JsonSchema } from "../../schema/flags";
import { configurationSchema } from "./configuration-schema";
import {
  completeConfiguration,
  configurationActions,
  diagnoseConfiguration,
  hoverConfiguration,
} from "./configuration-text";
import { knownWords } from "./known-words";
import { type NamingSettings, type SettingProblem, settingProblems } from "./setting-problems";

export interface ConfigurationRequests {
  /**
   * Reads a project's `.lightllm-config.yaml`, or the part of a `package.json` or `pyproject.toml` that is the same;
   * undefined if there is none.
   */
  read(text: string, path?: string): ConfigurationReading | undefined;
  /** Reads the editor's setting `lightllm.rules`. */
  readRules(setting: unknown): ReturnType<typeof readRuleLevels>;
  /** What the editor's settings name that nothing is known of. */
  settingProblems(settings: NamingSettings): SettingProblem[];
  /** The published JSON Schema (draft-07) of `.lightllm-config.yaml`. */
  schema(): JsonSchema;
  /** What an editor shows in a `.lightllm-config.yaml`. */
  diagnose(document: TextDocument): Diagnostic[];
  complete(document: TextDocument, offset: number): CompletionItem[];
  hover(document: TextDocument, offset: number): Hover | undefined;
  actions(document: TextDocument, range: Range): CodeAction[];
}

export const configurationRequests: ConfigurationRequests = {
  read: (text, path) => readConfiguration(text, knownWords(shippedCatalogue()), path),
  readRules: (setting) => readRuleLevels(setting, knownWords(shippedCatalogue())),
  settingProblems: (settings) => settingProblems(settings, shippedCatalogue()),
  schema: () => configurationSchema(shippedCatalogue()),
  diagnose: (document) => diagnoseConfiguration(document, shippedCatalogue()),
  complete: (document, offset) => completeConfiguration(document, offset, shippedCatalogue()),
  hover: (document, offset) => hoverConfiguration(document, offset, shippedCatalogue()),
  actions: (document, range) => configurationActions(document, range, shippedCatalogue()),
};
