/** Quotes portable words for a shell, so that each one arrives unchanged. */
import { inLines, inOctal, onOneLine } from "../../launch/visible-text";
import { escapeFor } from "../../notations/embedded";
import { quoteWord } from "../../notations/shell/quote";
import {
  argumentWords,
  knownText,
  type PortableArgument,
  type PortablePart,
  type PortableVariable,
  type PortableWord,
} from "../portable";

/** Differences between the files that contain shell text. */
export interface ShellDialect {
  /** Escapes shell text for the file: Compose needs every dollar twice. */
  escape(text: string): string;
  /** Reference to an environment variable. */
  variable(name: string): string;
  /** Whether words must not contain line breaks or tabs, because in a terminal they are keys. */
  readonly oneLine?: boolean;
}

/** A shell script. */
export const SCRIPT: ShellDialect = { escape: (text) => text, variable: (name) => `\${${name}}` };

/** A command that is typed into a terminal. */
export const TYPED: ShellDialect = { ...SCRIPT, oneLine: true };

/** The word with as few quotes as possible. */
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

/** Parts in double quotes, except for text that has another meaning there. */
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

/** False for invisible characters, and for text that a terminal's shell replaces by an earlier command. */
function staysInQuotes(text: string, dialect: ShellDialect): boolean {
  return !text.includes("!") && !isHiddenIn(text, dialect);
}

function isHiddenIn(text: string, { oneLine }: ShellDialect): boolean {
  return text.includes("\r") || (oneLine ? onOneLine(text) : inLines(text)) !== text;
}

/** A part that may become several words is unquoted, except that `"$@"` needs quotes to keep its words whole. */
function keepsWords([only, other]: readonly PortablePart[]): boolean {
  return !other && only?.kind === "shell" && /^\$\{?@\}?$|^\$\{\w+\[@\]\}$/.test(only.source);
}

/** Text as a word, or as a part of one; invisible characters become bytes. */
function quoted(text: string, dialect: ShellDialect): string {
  if (isHiddenIn(text, dialect)) return inBytes(text);
  // Some shells read `=name` as the path of a program.
  return text.startsWith("=") ? `'${escapeFor(text, ["shell-single"])}'` : quoteWord(text);
}

/**
 * `$'…'` on one line. Quotes and exclamation marks are escaped, because a terminal's shell interprets them before it
 * reads the quotes.
 */
function inBytes(text: string): string {
  return `$'${inOctal(text, "'!")}'`;
}

function open(part: Exclude<PortablePart, { kind: "text" }>, dialect: ShellDialect): string {
  return part.kind === "variable" ? dialect.variable(part.name) : dialect.escape(part.source);
}

/** `NAME=value`, as used before a command, after `export`, and after `env`. */
export function assignment({ name, value }: PortableVariable, dialect: ShellDialect = SCRIPT): string {
  const isEmpty = knownText(value) === "";
  return `${name}=${isEmpty ? "" : shellWord(value, dialect)}`;
}

/**
 * Variables with a special meaning in a shell: it evaluates assigned values, and so would run a `$(…)` in quotes
 * (`RANDOM`, `HISTCMD`, `OPTIND` in Bash), rejects the assignment, or changes its behaviour.
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

/** Whether a variable has a special meaning in a shell; then `env` sets it, without the shell. */
export function isOfShells({ name }: Pick<PortableVariable, "name">): boolean {
  return OF_SHELLS.has(name) || /^(?:BASH|COMP_|KSH|ZSH_)/.test(name);
}

/** The words of an argument, the flag first. */
export function shellArgument(argument: PortableArgument, dialect: ShellDialect = SCRIPT): string {
  return argumentWords(argument)
    .map((word) => shellWord(word, dialect))
    .join(" ");
}
