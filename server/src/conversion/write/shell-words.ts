/** Portable words as a shell writes them, each so that it arrives as it is. */

import { escapeFor } from "../../notations/embedded";
import { quoteWord } from "../../notations/shell/quote";
import {
  knownText,
  type PortableArgument,
  type PortablePart,
  type PortableVariable,
  type PortableWord,
  wordsOf,
} from "../portable";

/** How the file around the shell text takes it. */
export interface ShellDialect {
  /** Text of the shell as the file needs it: Compose wants every dollar twice. */
  escape(text: string): string;
  /** A variable of the environment. */
  variable(name: string): string;
}

/** A script of its own. */
export const SCRIPT: ShellDialect = { escape: (text) => text, variable: (name) => `\${${name}}` };

/** The word with as few quotes as it needs. */
export function shellWord(word: PortableWord, dialect: ShellDialect = SCRIPT): string {
  const known = knownText(word);
  if (known !== undefined) return dialect.escape(quoteWord(known));
  const { parts, splits } = word;
  if (splits) {
    const written = parts.map((part) =>
      part.kind === "text" ? quoteText(part.text, dialect) : open(part, dialect),
    );
    return keepsWords(parts) ? `"${written.join("")}"` : written.join("");
  }
  const inside = parts.map((part) =>
    part.kind === "text" ? dialect.escape(escapeFor(part.text, ["shell-double"])) : open(part, dialect),
  );
  return `"${inside.join("")}"`;
}

/** What may become several words stands without quotes, except that `"$@"` keeps each of its words whole only in them. */
function keepsWords([only, other]: readonly PortablePart[]): boolean {
  return !other && only?.kind === "shell" && /^\$\{?@\}?$|^\$\{\w+\[@\]\}$/.test(only.source);
}

function quoteText(text: string, dialect: ShellDialect): string {
  return dialect.escape(quoteWord(text));
}

function open(part: Exclude<PortablePart, { kind: "text" }>, dialect: ShellDialect): string {
  return part.kind === "variable" ? dialect.variable(part.name) : dialect.escape(part.source);
}

/** `NAME=value`, as it stands in front of a command and behind `export`. */
export function assignment({ name, value }: PortableVariable, dialect: ShellDialect = SCRIPT): string {
  const isEmpty = knownText(value) === "";
  return `${name}=${isEmpty ? "" : shellWord(value, dialect)}`;
}

/** The words of an argument, the flag first. */
export function shellArgument(argument: PortableArgument, dialect: ShellDialect = SCRIPT): string {
  return wordsOf(argument)
    .map((word) => shellWord(word, dialect))
    .join(" ");
}
