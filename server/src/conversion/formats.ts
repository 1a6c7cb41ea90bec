/** What launches can be converted to. */
import type { NotationId } from "../launch/launch";
import type { PortableLaunch } from "./portable";
import { writeCommands } from "./write/command";
import { writeCompose } from "./write/compose";
import { writeDockerfile } from "./write/dockerfile";
import { writeKubernetes } from "./write/kubernetes";
import type { WriteOptions } from "./write/options";
import { writePythonLists } from "./write/python-list";
import { writeShellScript } from "./write/shell-script";
import { writeYamlConfig } from "./write/yaml-config";

export interface Format {
  /** The text of a file with these launches. */
  write(launches: readonly PortableLaunch[], options: WriteOptions): string;
  /** The notation that reads it again. */
  readonly notation: NotationId;
  /** The language that an editor shows it in. */
  readonly languageId: string;
}

/** Every format by its name. */
export const FORMATS = {
  command: { write: writeCommands, notation: "shell", languageId: "shellscript" },
  shell: { write: writeShellScript, notation: "shell", languageId: "shellscript" },
  compose: { write: writeCompose, notation: "compose", languageId: "yaml" },
  kubernetes: { write: writeKubernetes, notation: "kubernetes", languageId: "yaml" },
  dockerfile: { write: writeDockerfile, notation: "dockerfile", languageId: "dockerfile" },
  python: { write: writePythonLists, notation: "python", languageId: "python" },
  yaml: { write: writeYamlConfig, notation: "yaml", languageId: "lightllm-yaml" },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatId = keyof typeof FORMATS;

/** Whether there is a format of that name. */
export function isFormat(name: string): name is FormatId {
  return Object.hasOwn(FORMATS, name);
}
