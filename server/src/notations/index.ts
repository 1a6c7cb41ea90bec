/** Every notation, and which one reads a document. */
import { claimsFile } from "../launch/directives";
import type { NotationId } from "../launch/launch";
import type { Notation } from "./notation";
import { shell } from "./shell";
import { yaml } from "./yaml";

export { launchAround } from "./launch-around";
export type { Cursor, Notation } from "./notation";

export const NOTATIONS: Readonly<Partial<Record<NotationId, Notation>>> = { yaml, shell };

const SHELL_NAME = /\.(?:sh|bash|zsh|ksh|sbatch|slurm)$/i;
const SHELL_IDS = new Set(["shellscript", "sh", "bash", "zsh"]);
const CONFIG_NAME = /(?:^|[\\/])(?:lightllm|[^\\/]+\.lightllm)\.ya?ml$/i;

/**
 * The notation of a document: by its language id, by its name where an editor has no language id of ours, or by
 * `# lightllm: config` on the first line of any YAML file. `undefined`: not ours, and we stay silent.
 */
export function notationOf(languageId: string, uri: string, text: string): Notation | undefined {
  if (languageId === "lightllm-yaml" || CONFIG_NAME.test(uri)) return yaml;
  if (SHELL_IDS.has(languageId) || SHELL_NAME.test(uri)) return shell;
  const isYaml = languageId === "yaml" || /\.ya?ml$/i.test(uri);
  return isYaml && claimsFile(text) ? yaml : undefined;
}
