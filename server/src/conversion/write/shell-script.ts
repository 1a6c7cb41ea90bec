/** A script that starts its only launch, or the one that its first argument names. */
import { say } from "../../messages";
import { type PortableLaunch, type PortableWord, variablesOf } from "../portable";
import { execLines } from "./command";
import { allComments, commentLines, headLines, joinedCommentLines, withComments } from "./comment-lines";
import { assignment, isOfShells } from "./shell-words";
import { uniqueNames } from "./unique-names";
import type { WriteOptions } from "./write-options";

const START = ["#!/usr/bin/env bash"];

/** The text of the script. */
export function writeShellScript(launches: readonly PortableLaunch[], { python }: WriteOptions): string {
  const [only] = launches;
  if (launches.length === 1 && only) {
    const head = headLines(only);
    const lines = [
      ...START,
      ...head,
      ...(head.length > 0 ? [""] : []),
      options(launches),
      "",
      ...body(only, python),
    ];
    return `${lines.join("\n")}\n`;
  }
  const names = uniqueNames(launches);
  const cases = launches.flatMap((launch, at) => {
    // The first argument is the name.
    const shift = takesWords(launch) ? ["shift"] : [];
    const lines = [...headLines(launch), ...shift, ...body(launch, python)];
    return [
      `  ${casePattern(names[at])})`,
      ...lines.map((line) => (line === "" ? "" : `    ${line}`)),
      "    ;;",
    ];
  });
  const known = names.join(", ");
  const lines = [
    ...START,
    ...commentLines([say("conversion.starts-one-of", { names: known })]),
    options(launches),
    "",
    'case "${1:-}" in',
    ...cases,
    "  *)",
    `    echo "${say("conversion.usage", { script: "$0", names: known })}" >&2`,
    "    exit 2",
    "    ;;",
    "esac",
  ];
  return `${lines.join("\n")}\n`;
}

/** A name as a pattern of `case`. `esac` is quoted, because it would end the `case`. */
function casePattern(name = ""): string {
  return name === "esac" ? '"esac"' : name;
}

/** The environment, and the command with one flag per line. */
function body(launch: PortableLaunch, python: string): string[] {
  const { below } = launch;
  const exports = variablesOf(launch).flatMap((variable) => {
    // A variable with a special meaning in the shell is set after `exec`, where it cannot have a comment.
    if (isOfShells(variable)) return joinedCommentLines(allComments(variable.comments));
    const { above, ...trailing } = variable.comments;
    const line = withComments(`export ${assignment(variable)}`, { above: [], ...trailing });
    return [...joinedCommentLines(above), ...line];
  });
  return [
    ...exports,
    ...(exports.length > 0 ? [""] : []),
    ...execLines(launch, python),
    ...(below.length > 0 ? ["", ...commentLines(below)] : []),
  ];
}

/**
 * Emits `set -u` unless an unset variable is legitimate: in a value that is extended, and in words that may be empty.
 */
function options(launches: readonly PortableLaunch[]): string {
  const mayMiss = launches.some(
    ({ environment, arguments: given }) =>
      environment.some(({ name, value }) => mentions(value, name)) ||
      given.some(({ values }) => values.some(({ splits }) => splits)),
  );
  return mayMiss ? "set -e" : "set -eu";
}

function mentions({ parts }: PortableWord, name: string): boolean {
  return parts.length > 1 && parts.some((part) => part.kind === "variable" && part.name === name);
}

/** Whether the launch uses arguments of the script. */
function takesWords({ arguments: given }: PortableLaunch): boolean {
  const parts = given.flatMap(({ values }) => values).flatMap((word) => word.parts);
  return parts.some((part) => part.kind === "shell" && /^\$(?:[@*]|\{\d+\})$/.test(part.source));
}
