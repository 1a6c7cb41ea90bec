/** Names of the commands for launches that code lenses and code actions use. */
import type { Position } from "vscode-languageserver-types";

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
