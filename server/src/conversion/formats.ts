/** The output formats of conversions. */
import type { NotationTraits } from "../launch/notation-traits";
import { TRAITS } from "../notations/traits";
import type { PortableLaunch } from "./portable";
import { writeCommands } from "./write/command";
import { writeCompose } from "./write/compose";
import { writeDockerfile } from "./write/dockerfile";
import { writeKubernetes } from "./write/kubernetes";
import { writePythonLists } from "./write/python-list";
import { writeShellScript } from "./write/shell-script";
import { writeSystemdUnit } from "./write/systemd-unit";
import type { WriteOptions } from "./write/write-options";
import { writeYamlConfig } from "./write/yaml-config";

export interface Format {
  /** Writes a file with these launches. */
  write(launches: readonly PortableLaunch[], options: WriteOptions): string;
  /** The notation of the written file. */
  readonly notation: NotationTraits;
  /** Whether to use the launch's own interpreter; in a container, that path may not exist. */
  readonly namesInterpreter: boolean;
  /** Whether the written file is executable. */
  readonly isProgram: boolean;
}

/** Formats by name. */
export const FORMATS = {
  command: { write: writeCommands, notation: TRAITS.shell, namesInterpreter: true, isProgram: false },
  shell: { write: writeShellScript, notation: TRAITS.shell, namesInterpreter: true, isProgram: true },
  compose: { write: writeCompose, notation: TRAITS.compose, namesInterpreter: false, isProgram: false },
  kubernetes: {
    write: writeKubernetes,
    notation: TRAITS.kubernetes,
    namesInterpreter: false,
    isProgram: false,
  },
  dockerfile: {
    write: writeDockerfile,
    notation: TRAITS.dockerfile,
    namesInterpreter: false,
    isProgram: false,
  },
  python: { write: writePythonLists, notation: TRAITS.python, namesInterpreter: false, isProgram: false },
  systemd: {
    write: writeSystemdUnit,
    notation: TRAITS.systemd,
    namesInterpreter: true,
    isProgram: false,
  },
  yaml: { write: writeYamlConfig, notation: TRAITS.yaml, namesInterpreter: false, isProgram: false },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatId = keyof typeof FORMATS;

/** Whether there is a format of that name. */
export function isFormat(name: string): name is FormatId {
  return Object.hasOwn(FORMATS, name);
}
