/** `x-arguments`: words of the command line that have no key, in shell syntax: `"$@"`, `$EXTRA_ARGS`. */
import { isScalar, type ParsedNode, type Scalar } from "yaml";
import { NOT_CHECKED } from "../../launch/bounds";
import { argumentsOf } from "../../launch/command-line";
import type { Argument, TextProblem } from "../../launch/launch";
import type { Embedded } from "../embedded";
import { findInShell } from "../shell/find";
import { decodeScalar, scalarQuoting } from "../yaml-text/decode";
import { sourceOf, spanOf } from "../yaml-text/nodes";
import type { YamlDocument } from "../yaml-text/stream";
import { yamlTraits } from "./traits";

/** The key; it begins with `x-`, so that other readers ignore it. */
export const MORE_ARGUMENTS = "x-arguments";

/** Whether a key is this one; further ones are numbered, `x-arguments-2`, because keys are unique. */
export function holdsMoreArguments(key: string): boolean {
  return /^x-arguments(?:-\d+)?$/.test(key);
}

/** The arguments in the value of the key; empty if it is not text. Fixes do not change them. */
export function moreArguments(
  value: ParsedNode | null,
  document: YamlDocument,
): { readonly arguments: readonly Argument[]; readonly problems: readonly TextProblem[] } {
  if (!isScalar(value) || typeof value.source !== "string") return { arguments: [], problems: [] };
  const scalar = value as Scalar.Parsed;
  const words: Embedded = { ...decodeScalar(scalar, document), quoting: scalarQuoting(scalar) };
  const { launches, problems } = findInShell(words, yamlTraits, { holds: "after-program" });
  const isRead = !problems.some(({ code }) => code === NOT_CHECKED);
  const given = isRead ? (launches[0]?.arguments ?? []) : anything(scalar, document);
  return { arguments: given.map(asWord), problems };
}

/** An argument that is not a key of the mapping; a second one does not replace the first. */
function asWord(argument: Argument): Argument {
  return { ...argument, written: argument.flag, inherited: true };
}

/** An unknown number of unknown words. */
function anything(scalar: Scalar.Parsed, document: YamlDocument): Argument[] {
  const span = spanOf(scalar, document);
  const source = sourceOf(span, document);
  const part = { kind: "open", from: "expression", language: "shell", source, span } as const;
  return argumentsOf([{ text: undefined, span, source, splits: true, parts: [part] }]);
}
