/** What client and server tell each other beyond the Language Server Protocol: types, names, and the comments that steer us. The client shares them. */
import type { Position, Range, TextDocumentIdentifier, WorkspaceEdit } from "vscode-languageserver-types";
import type { Conversion } from "../conversion/conversion";
import type { FormatId } from "../conversion/convert";

export { CODE_ACTION_KINDS } from "../features/code-action-kinds";
export { CONVERSIONS, LAUNCH_COMMANDS } from "../features/launch-commands";
export { claimsFile, directiveText } from "../launch/directive-comment";
/** The language ids of documents that can hold a launch. */
export * from "../notations/languages";

/** Client to server: the user has come to trust the workspace. A notification without parameters. */
export const TRUST_GRANTED = "lightllm/trustGranted";

/** Client to server: the Python interpreter that the Python extension has chosen. A notification. */
export const PYTHON_CHOSEN = "lightllm/pythonChosen";
export interface PythonChosen {
  /** The interpreter, or the folder of its environment; `null` where none is chosen. */
  readonly path: string | null;
}

/**
 * Server to client: what `RELEASE` answers may have changed. A notification without parameters, to clients whose
 * initialization options have `showsRelease`.
 */
export const RELEASE_CHANGED = "lightllm/releaseChanged";

export interface PlaceParams {
  readonly textDocument: TextDocumentIdentifier;
  readonly position: Position;
}

/** Request: which release judges the launch at a place, the nearest launch of the file where there is none. */
export const RELEASE = "lightllm/release";
export interface ReleaseAnswer {
  /** `LightLLM v1.1.0 (inferred)` */
  readonly label: string;
  /** Why, in a sentence or two of plain text; a tie or a doubt is told here. */
  readonly detail: string;
  /** The same in some thirty characters, for a status item, whose line is cut off: `knows all flags`. */
  readonly short: string;
  readonly release: string;
  /** Why, in the terms of `check --format json`: `modeline`, `setting`, `source`, … */
  readonly reason: string;
  /** There is something the user should know: a doubt, a source that cannot be read. */
  readonly warning: boolean;
  /** The launch that is spoken of. */
  readonly launch: Range;
  /** All releases to choose from, newest first, and behind them the snapshots of main. */
  readonly choices: readonly ReleaseChoice[];
}
export interface ReleaseChoice {
  readonly release: string;
  /** `2025-09-03 · knows all flags` */
  readonly description: string;
  /** What it does not know of this launch, in a sentence; absent where it knows all. */
  readonly detail?: string;
}

/**
 * Request: the edit that writes `# lightllm: release=…` above the launch at a place, or changes the one that is there. It
 * changes nothing where all is as asked for; `null` where there is no launch, or no place for a comment.
 */
export const RELEASE_EDIT = "lightllm/releaseEdit";
export interface ReleaseEditParams extends PlaceParams {
  /** `null` takes away the comments that name the launch's release. */
  readonly release: string | null;
}
export type ReleaseEditAnswer = WorkspaceEdit | null;

/** Request: what carries the launch at a place over to another release. */
export const MIGRATE = "lightllm/migrate";
export interface MigrateParams extends PlaceParams {
  readonly to: string;
}
export interface MigrateAnswer {
  /** Its changes are annotated, so that the editor can show them first; `null` where nothing is to be changed. */
  readonly edit: WorkspaceEdit | null;
  /** What cannot be carried over, and what to look at, one sentence each, plain text. */
  readonly notes: readonly string[];
}

/** Request: launches of a document in another notation; `null` where there is none. */
export const CONVERT = "lightllm/convert";
export interface ConvertParams {
  readonly textDocument: TextDocumentIdentifier;
  /** The launch there, or the nearest one; all of the document when absent. */
  readonly position?: Position;
  readonly to: FormatId;
  /** It is to be run on this machine: by the interpreter that the setting `lightllm.pythonPath` names. */
  readonly runs?: boolean;
}
export type ConvertAnswer = Conversion | null;

/** Request: where the errors and then the warnings of a launch are; `null` where there is no launch. */
export const PROBLEMS = "lightllm/problems";
export type ProblemsAnswer = readonly Range[] | null;
