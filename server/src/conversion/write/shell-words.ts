/** Portable words as a shell writes them, each so that it arrives as it is. */
import { inLines, inOctal, onOneLine } from "../../launch/visible-text";
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
  /** Whether a word must not hold a line break or a tab: in a terminal they are keys. */
  readonly oneLine?: boolean;
}

/** A script of its own. */
export const SCRIPT: ShellDialect = { escape: (text) => text, variable: (name) => `\${${name}}` };

/** A command that may be typed into a terminal. */
export const TYPED: ShellDialect = { ...SCRIPT, oneLine: true };

/** The word with as few quotes as it needs. */
export function shellWord(word: PortableWord, dialect: ShellDialect = SCRIPT): string {
  const known = knownText(word);
  if (known !== undefined) return dialect.escape(quoted(known, dialect));
  const { parts, splits } = word;
  if (splits && !keepsWords(parts)) {
    const written = parts.map((part) =>
      part.kind === "text" ? dialect.escape(quoted(part.text, dialect)) : open(part, dialect),
    );
    return written.join("");
  }
  return inQuotes(parts, dialect);
}

/** Parts between double quotes, but for text that means something else in them. */
function inQuotes(parts: readonly PortablePart[], dialect: ShellDialect): string {
  let written = "";
  let inside = "";
  const close = () => {
    if (inside !== "") written += `"${inside}"`;
    inside = "";
  };
  for (const part of parts) {
    if (part.kind !== "text") inside += open(part, dialect);
    else if (staysInQuotes(part.text, dialect))
      inside += dialect.escape(escapeFor(part.text, ["shell-double"]));
    else {
      close();
      written += dialect.escape(quoted(part.text, dialect));
    }
  }
  close();
  return written === "" ? '""' : written;
}

/** Not what is hidden, nor what a terminal's shell replaces by an earlier command. */
function staysInQuotes(text: string, dialect: ShellDialect): boolean {
  return !text.includes("!") && !isHiddenIn(text, dialect);
}

function isHiddenIn(text: string, { oneLine }: ShellDialect): boolean {
  return text.includes("\r") || (oneLine ? onOneLine(text) : inLines(text)) !== text;
}

/** What may become several words stands without quotes, except that `"$@"` keeps each of its words whole only in them. */
function keepsWords([only, other]: readonly PortablePart[]): boolean {
  return !other && only?.kind === "shell" && /^\$\{?@\}?$|^\$\{\w+\[@\]\}$/.test(only.source);
}

/** Text as a word, or as a part of one; what is hidden is named by its bytes. */
function quoted(text: string, dialect: ShellDialect): string {
  if (isHiddenIn(text, dialect)) return inBytes(text);
  // Some shells take `=name` for the path of a program.
  return text.startsWith("=") ? `'${escapeFor(text, ["shell-single"])}'` : quoteWord(text);
}

/** `$'…'`, on one line. A quote and an exclamation mark mean something to a terminal's shell before it reads the quotes. */
function inBytes(text: string): string {
  return `$'${inOctal(text, "'!")}'`;
}

function open(part: Exclude<PortablePart, { kind: "text" }>, dialect: ShellDialect): string {
  return part.kind === "variable" ? dialect.variable(part.name) : dialect.escape(part.source);
}

/** `NAME=value`, as it stands in front of a command, behind `export`, and behind `env`. */
export function assignment({ name, value }: PortableVariable, dialect: ShellDialect = SCRIPT): string {
  const isEmpty = knownText(value) === "";
  return `${name}=${isEmpty ? "" : shellWord(value, dialect)}`;
}

/**
 * Names that a shell keeps for itself: it reckons what is assigned to them, and so runs a `$(…)` that stands in quotes
 * (`RANDOM`, `HISTCMD`, `OPTIND` in Bash), refuses to assign, or does something else from then on.
 */
const OF_SHELLS = new Set(
  (
    "_ ARGC BAUD CDPATH COLUMNS COPROC CPUTYPE DIRSTACK DIRSTACKSIZE EGID ENV EPOCHREALTIME EPOCHSECONDS ERRNO EUID FCEDIT " +
    "FIGNORE FPATH FUNCNAME FUNCNEST GID GLOBIGNORE GROUPS HISTCHARS HISTCMD HISTCONTROL HISTFILE HISTFILESIZE HISTIGNORE " +
    "HISTSIZE HISTTIMEFORMAT HOSTTYPE IFS IGNOREEOF INPUTRC KEYTIMEOUT LINENO LINES LISTMAX LOGCHECK MACHTYPE MAIL " +
    "MAILCHECK MAILPATH MANPATH MODULE_PATH NULLCMD OPTARG OPTERR OPTIND OSTYPE PERIOD POSIXLY_CORRECT PPID PROMPT " +
    "PROMPT_COMMAND PS0 PS1 PS2 PS3 PS4 PSVAR RANDOM READNULLCMD REPLY RPROMPT RPS1 RPS2 SAVEHIST SECONDS SHELLOPTS SHLVL " +
    "SPROMPT SRANDOM TIMEFMT TIMEFORMAT TMOUT TRY_BLOCK_ERROR TRY_BLOCK_INTERRUPT UID USERNAME WATCH WATCHFMT ZDOTDIR " +
    "aliases argv builtins cdpath commands dirstack fignore fpath functions histchars history jobdirs jobstates jobtexts " +
    "mailpath manpath module_path modules nameddirs options parameters path pipestatus prompt psvar signals status userdirs " +
    "usergroups watch zsh_eval_context"
  ).split(" "),
);

/** Whether a shell has a use of its own for a variable: `env` sets it then, which no shell has a part in. */
export function isOfShells({ name }: Pick<PortableVariable, "name">): boolean {
  return OF_SHELLS.has(name) || /^(?:BASH|COMP_|KSH|ZSH_)/.test(name);
}

/** The words of an argument, the flag first. */
export function shellArgument(argument: PortableArgument, dialect: ShellDialect = SCRIPT): string {
  return wordsOf(argument)
    .map((word) => shellWord(word, dialect))
    .join(" ");
}
