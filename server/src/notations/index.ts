/** Every notation, and which one reads a document. */
import { claimsFile } from "../launch/directive-comment";
import type { NotationId } from "../launch/launch";
import { bounded } from "./bounded";
import { compose, isCompose } from "./compose";
import { dockerfile } from "./dockerfile";
import { isKubernetes, kubernetes } from "./kubernetes";
import { markdown } from "./markdown";
import type { Notation } from "./notation";
import { mayHoldLaunch } from "./program";
import { python } from "./python";
import { restructuredtext } from "./restructuredtext";
import { shell } from "./shell";
import { yaml } from "./yaml-config";

export { readBounded, unreadable } from "./bounded";
export { directiveCursor } from "./directive-cursor";
export { launchAround } from "./launch-around";
export type { Cursor, Notation, OwnKey } from "./notation";

/** Every notation by its id. */
export const NOTATIONS: Readonly<Record<NotationId, Notation>> = {
  yaml: bounded(yaml),
  shell: bounded(shell),
  dockerfile: bounded(dockerfile),
  compose: bounded(compose),
  kubernetes: bounded(kubernetes),
  markdown: bounded(markdown),
  restructuredtext: bounded(restructuredtext),
  python: bounded(python),
};

/** The notations that are recognised by a document's language or name, first match first. */
const BY_NAME: readonly {
  readonly notation: Notation;
  readonly languages: readonly string[];
  readonly name: RegExp;
}[] = [
  {
    notation: NOTATIONS.yaml,
    languages: ["lightllm-yaml"],
    name: /(?:^|[\\/])(?:lightllm|[^\\/]+\.lightllm)\.ya?ml$/i,
  },
  {
    notation: NOTATIONS.shell,
    languages: ["shellscript", "sh", "bash", "zsh"],
    name: /\.(?:sh|bash|zsh|ksh|sbatch|slurm)$/i,
  },
  {
    notation: NOTATIONS.dockerfile,
    languages: ["dockerfile"],
    name: /(?:^|[\\/])(?:Dockerfile|Containerfile)(?:\.[^\\/]*)?$|\.(?:dockerfile|containerfile)$/i,
  },
  { notation: NOTATIONS.markdown, languages: ["markdown"], name: /\.(?:md|markdown|mdx)$/i },
  { notation: NOTATIONS.restructuredtext, languages: ["restructuredtext"], name: /\.rst$/i },
  { notation: NOTATIONS.python, languages: ["python"], name: /\.py$/i },
];

/** The notations of programs that say in their first line what runs them. */
const BY_FIRST_LINE: readonly { readonly notation: Notation; readonly line: RegExp }[] = [
  { notation: NOTATIONS.shell, line: /^\uFEFF?#!.*[/ \t](?:ba|da|z|k|a)?sh(?:[ \t\r\n]|$)/ },
  { notation: NOTATIONS.python, line: /^\uFEFF?#!.*[/ \t]python[\d.]*(?:[ \t\r\n]|$)/ },
];

const YAML_LANGUAGES = ["yaml", "dockercompose", "helm", "kubernetes"];

/**
 * The notation of a document: by its language id or, where an editor has no language id of ours, by its name; YAML of
 * any other name by what it holds, a program by its first line. `undefined`: it cannot hold a launch, and we stay silent.
 */
export function notationOf(languageId: string, uri: string, text: string): Notation | undefined {
  for (const { notation, languages, name } of BY_NAME) {
    if (languages.includes(languageId) || name.test(uri)) return notation;
  }
  if (!YAML_LANGUAGES.includes(languageId) && !/\.(?:ya?ml|tpl)$/i.test(uri))
    return BY_FIRST_LINE.find(({ line }) => line.test(text))?.notation;
  if (claimsFile(text)) return NOTATIONS.yaml;
  if (!mayHoldLaunch(text)) return undefined;
  if (isCompose(text)) return NOTATIONS.compose;
  return isKubernetes(text) ? NOTATIONS.kubernetes : undefined;
}
