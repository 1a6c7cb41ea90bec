/**
 * Messages between client and server beyond the Language Server Protocol: types and names, and directive comments. The
 * client imports this file too.
 */

import type {
  Diagnostic,
  Position,
  Range,
  TextDocumentIdentifier,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-types";
import type { PurposeId } from "../beginning/purposes";
import type { BeginningFormat, BegunFile } from "../beginning/request";
import type { Conversion } from "../conversion/conversion";
import type { FormatId } from "../conversion/convert";
import type { WorkspaceReport } from "../features/deployment/workspace-report";
import type { ProblemCount } from "../features/diagnostics";
import type { EffectiveReport } from "../features/effective/effective-report";

export { CODE_ACTION_KINDS } from "../features/code-action-kinds";
export {
  CONVERSIONS,
  CONVERT_COMMAND,
  FIXED_ALL_COMMAND,
  type FixedAll,
  LAUNCH_COMMANDS,
} from "../features/command-ids";
export { TOKEN_TYPES } from "../features/moving/token-types";
export { claimsFile, directiveText } from "../launch/directive-comment";
/** Language ids of documents that can contain a launch. */
export * from "../notations/languages";

/** Client to server: the user now trusts the workspace. A notification without parameters. */
export const TRUST_GRANTED = "lightllm/trustGranted";

/** Client to server: the Python interpreter selected in the Python extension. A notification. */
export const PYTHON_CHOSEN = "lightllm/pythonChosen";
export interface PythonChosen {
  /** The interpreter, or the folder of its environment; `null` if none is selected. */
  readonly path: string | null;
}

/**
 * Server to client: the answers to `RELEASE` may have changed. A notification without parameters, to clients whose
 * initialization options have `showsRelease`.
 */
export const RELEASE_CHANGED = "lightllm/releaseChanged";

export interface PlaceParams {
  readonly textDocument: TextDocumentIdentifier;
  readonly position: Position;
}

/** Request: the release that judges the launch at a place, or the nearest launch of the file. */
export const RELEASE = "lightllm/release";
export interface ReleaseAnswer {
  /** `LightLLM v1.1.0 (inferred)` */
  readonly label: string;
  /** The reason in one or two sentences of plain text, with ties and doubts. */
  readonly detail: string;
  /** The reason in about thirty characters, for a status item, whose text is truncated: `knows all flags`. */
  readonly short: string;
  readonly release: string;
  /** The reason in the words of `check --format json`: `modeline`, `setting`, `source`, … */
  readonly reason: string;
  /** There is a doubt, or a source that cannot be read. */
  readonly warning: boolean;
  /** The launch of this answer. */
  readonly launch: Range;
  /** All releases to choose from: tagged ones newest first, then the snapshots of main. */
  readonly choices: readonly ReleaseChoice[];
}
export interface ReleaseChoice {
  readonly release: string;
  /** `2025-09-03 · knows all flags` */
  readonly description: string;
  /** The parts of this launch that the release does not know, in a sentence; absent if it knows all. */
  readonly detail?: string;
}

/**
 * Request: the edit that writes `# lightllm: release=…` above the launch at a place, or changes the existing comment.
 * Empty if the comment is already correct; `null` if there is no launch, or no place for a comment.
 */
export const RELEASE_EDIT = "lightllm/releaseEdit";
export interface ReleaseEditParams extends PlaceParams {
  /** `null` removes the comments that set the launch's release. */
  readonly release: string | null;
}
export type ReleaseEditAnswer = WorkspaceEdit | null;

/** Request: the migration of the launch at a place to another release. */
export const MIGRATE = "lightllm/migrate";
export interface MigrateParams extends PlaceParams {
  readonly to: string;
}
export interface MigrateAnswer {
  /** Its changes are annotated, so that the editor can show them first; `null` if nothing changes. */
  readonly edit: WorkspaceEdit | null;
  /** The changes and their reasons, one sentence of Markdown each. */
  readonly done: readonly string[];
  /** What cannot be migrated, what to check and what behaves differently, one sentence of Markdown each. */
  readonly notes: readonly string[];
}

/** Request: launches of a document in another notation; `null` if there are none. */
export const CONVERT = "lightllm/convert";
export interface ConvertParams {
  readonly textDocument: TextDocumentIdentifier;
  /** The launch there, or the nearest one; all launches of the document if absent. */
  readonly position?: Position;
  readonly to: FormatId;
  /** The result will be run on this machine, with the interpreter of the setting `lightllm.pythonPath`. */
  readonly runs?: boolean;
}
export type ConvertAnswer = Conversion | null;

/** Request: places of the errors and then the warnings of a launch; `null` if there is no launch. */
export const PROBLEMS = "lightllm/problems";
export type ProblemsAnswer = readonly Range[] | null;

/** Request: how many errors and warnings a document has; `null` if it is closed. */
export const PROBLEM_COUNT = "lightllm/problemCount";
export interface ProblemCountParams {
  readonly textDocument: TextDocumentIdentifier;
}
export type ProblemCountAnswer = ProblemCount | null;

/** Request without parameters: what there is to choose from for a new configuration. */
export const BEGIN_CHOICES = "lightllm/beginChoices";
export interface BeginChoicesAnswer {
  readonly purposes: readonly { readonly id: PurposeId; readonly label: string }[];
  /** Names of the public models. */
  readonly models: readonly string[];
  /** Names of the GPUs whose memory is known. */
  readonly gpus: readonly string[];
  /** Tagged ones newest first, then the snapshots of main. */
  readonly releases: readonly string[];
  readonly formats: readonly BeginningFormat[];
}

/** Request: the files of a new configuration; writes nothing. */
export const BEGIN = "lightllm/begin";
export interface BeginParams {
  readonly purpose: PurposeId;
  /** A folder, or the name of a public model. */
  readonly model: string;
  /** `H100x8` */
  readonly gpu: string;
  readonly release: string;
  readonly format: BeginningFormat;
}
/** The files, or why there are none: a sentence of plain text. */
export type BeginAnswer =
  | { readonly kind: "files"; readonly files: readonly BegunFile[] }
  | { readonly kind: "refused"; readonly why: string };
/**
 * Request: the effective configuration of the launch at a place, or of the nearest one, in the groups of its flags;
 * `null` if the file has no launch.
 */
export const EFFECTIVE = "lightllm/effective";
export interface EffectiveParams extends PlaceParams {
  /** As if this release judged the launch. */
  readonly release?: string;
  /** As if these edits were made to the text. */
  readonly edits?: readonly TextEdit[];
}
export type EffectiveAnswer = EffectiveReport | null;

/** Request: the launches of files of the workspace, by deployment; with their diagnostics if asked. */
export const DEPLOYMENTS = "lightllm/deployments";
export interface DeploymentsParams {
  /** The files that may hold launches, and their texts. */
  readonly files: readonly FileWithText[];
  readonly diagnostics?: boolean;
}
export interface FileWithText {
  readonly uri: string;
  readonly text: string;
}
export interface DeploymentsAnswer extends WorkspaceReport {
  /** Of each file with a launch, if they were asked for. */
  readonly diagnostics: readonly { readonly uri: string; readonly items: readonly Diagnostic[] }[];
}

/** Files that may hold launches, and the configuration: a deployment may be spread over them. */
export const LAUNCH_FILES = [
  "**/*.{sh,bash,zsh,ksh,sbatch,slurm,py,service,yaml,yml,tpl}",
  "**/{Dockerfile,Containerfile}*",
];
