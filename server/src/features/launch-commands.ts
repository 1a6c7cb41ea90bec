/** The commands that an editor runs for a launch, by the names that code lenses and code actions call them by. */
import type { Position } from "vscode-languageserver-types";

/** For one launch. */
export const LAUNCH_COMMANDS = {
  run: "lightllm.runInTerminal",
  copy: "lightllm.copyCommand",
  problems: "lightllm.showProblems",
} as const;

/** What a launch is converted to in an editor, and the command that does it. */
export const CONVERSIONS = [
  { format: "yaml", command: "lightllm.convertToYaml" },
  { format: "shell", command: "lightllm.convertToShell" },
  { format: "compose", command: "lightllm.convertToCompose" },
  { format: "kubernetes", command: "lightllm.convertToKubernetes" },
] as const;

/** The argument of each of these commands: somewhere in the launch. */
export interface LaunchPlace {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
}
