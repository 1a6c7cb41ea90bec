/** Compose files: the `entrypoint` and `command` of services. */
import { containerNotation } from "../containers/container";
import type { Notation } from "../notation";
import type { ParseCache } from "../yaml-text/documents";
import { findInCompose } from "./find";

export const compose: Notation = containerNotation<ParseCache>("compose", findInCompose, () => new Map());

/** Whether a YAML text is a Compose file: it has a mapping `services` at its top. */
export function isCompose(text: string): boolean {
  return /^\uFEFF?(?:services|"services"|'services')[ \t]*:[ \t]*(?:[&#!].*)?\r?$/m.test(text);
}
