/** Names of the commands for launches that code lenses and code actions use. */
import type { Position, TextEdit } from "vscode-languageserver-types";

/** For one launch. */
export const LAUNCH_COMMANDS = {
  run: "lightllm.runInTerminal",
  copy: "lightllm.copyCommand",
  problems: "lightllm.showProblems",
} as const;

/** Target formats in an editor, with their commands. */
export const CONVERSIONS = [
  { format: "yaml", command: "lightllm.convertToYaml" },
  { format: "shell", command: "lightllm.convertToShell" },
  { format: "compose", command: "lightllm.convertToCompose" },
  { format: "kubernetes", command: "lightllm.convertToKubernetes" },
  { format: "systemd", command: "lightllm.convertToSystemd" },
] as const;

/** Lets the user pick one of the formats. */
export const CONVERT_COMMAND = "lightllm.convert";

/** The argument of these commands: a place in the launch. */
export interface LaunchPlace {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}

/** Says what "fix all" did, and offers to take it back. */
export const FIXED_ALL_COMMAND = "lightllm.fixedAll";

/** The argument of this command. */
export interface FixedAll {
  readonly uri: string;
  /** What was fixed, in a sentence of plain text. */
  readonly fixed: string;
  /** The edits that take it back. */
  readonly undo: readonly UndoneEdit[];
  /** Whether nobody asked: the editor fixed while it saved. */
  readonly unasked: boolean;
}

/** An edit that takes another back. */
export interface UndoneEdit extends TextEdit {
  /** The text of its range; if another text is there, the edit no longer fits. */
  readonly there: string;
}
