/** Finds the commands of a script that can be read without one another: those that change nothing for later commands. */
import { lineStartAt, nextLineAt } from "../../launch/lines";
import { decidesReading, partFrom, type TextPart } from "../parts";
import { maskPlaceholders } from "./placeholders";
import { type Command, parseShell, type ShellNode } from "./shell-parser";

/** Commands that change the shell, or end it. */
const CHANGES_SHELL =
  /^(?:export|declare|local|readonly|typeset|source|\.|let|read|unset|mapfile|readarray|:|eval|set|shift|alias|unalias|trap|exec|exit|return|break|continue|cd|pushd|popd)$/;
/** Text that may set variables, begin a here-document, or install what later commands use. */
const MAY_SET = /[(`]|<<|\$\{[^}]*=|\b(?:install|git|pip|uv|cd|pushd)\b/;
/** A line without a command. */
const NO_COMMAND = /^[ \t]*(?:#(?!!|SBATCH).*)?\r?$/;
/** A line above that continues in this one, or in a comment. */
const CONTINUED = /\\\r?\n$/;
const END = /^[ \t]*[&;]?/;
const FUNCTION = /\bfunction[ \t]+([\w.-]+)|([\w.-]+)[ \t]*\([ \t]*\)/g;
const USE = /\$\{?[#!]?([A-Za-z_]\w*)/g;

/** The parts of a script: each is a command with the comments above it. */
export function partsOfScript(written: string): readonly TextPart[] {
  const { text } = maskPlaceholders(written);
  const script = parseShell(text);
  if (!script || (script.errors?.length ?? 0) > 0) return [];
  const functions = new Set([...text.matchAll(FUNCTION)].map(([, named, called]) => named ?? called));
  const used = new Set([...text.matchAll(USE)].map(([, name]) => name));
  const parts: TextPart[] = [];
  let end = 0;
  for (const [at, { pos, end: last, command }] of script.commands.entries()) {
    const first = lineStartAt(text, pos);
    const next = nextLineAt(text, last);
    const isAlone =
      first >= end &&
      !CONTINUED.test(text.slice(0, first).slice(-3)) &&
      next <= (script.commands[at + 1]?.pos ?? text.length) &&
      text.slice(first, pos).trim() === "" &&
      NO_COMMAND.test(text.slice(last, next).replace(END, "").replace("\n", ""));
    const start = isAlone ? withComments(text, first, end) : first;
    end = Math.max(end, next);
    if (!isAlone || MAY_SET.test(text.slice(pos, last)) || decidesReading(text.slice(start, first))) continue;
    const commands = commandsOf(command);
    const sets = commands?.flatMap(({ prefix }) =>
      prefix.map((one) => (one.type === "Assignment" ? one.name : "")),
    );
    if (!commands || sets?.some((name) => used.has(name))) continue;
    const isPlain = commands.every(({ name, redirects }) => {
      const { value = "", text: own } = name ?? {};
      if (value === "" || value !== own || functions.has(value) || CHANGES_SHELL.test(value)) return false;
      return redirects.every(({ type }) => type === "Redirect");
    });
    // A later command may name a variable that is set for a program.
    if (isPlain) parts.push(partFrom(start, next, sets?.join(" ")));
  }
  return parts;
}

/** The start of the lines without commands directly above a line, after an offset. */
function withComments(text: string, line: number, after: number): number {
  let start = line;
  while (start > after) {
    const before = lineStartAt(text, start - 1);
    if (before < after || !NO_COMMAND.test(text.slice(before, start - 1))) break;
    start = before;
  }
  return start;
}

/** The commands of a statement that is a command or a pipeline. */
function commandsOf(node: ShellNode): readonly Command[] | undefined {
  if (node.type === "Command") return [node];
  if (node.type !== "Pipeline") return undefined;
  return node.commands.every((one) => one.type === "Command") ? (node.commands as Command[]) : undefined;
}
