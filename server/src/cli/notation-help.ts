/** The lists of notations and formats in help texts, from the service. */

import { type FormatId, type NotationId, service } from "../service";
import { say } from "./cli-texts";

/** Maximum width of option lines, in columns. */
const WIDTH = 118;
const INDENT = " ".repeat(19);

/** The lines of the option `--notation`, for a subcommand with one or several input files. */
export function notationOption(input: "file" | "files"): string {
  return wrapped(say(`help.notation-${input}`, { names: listed(Object.keys(service.notations)) }));
}

/** The formats of `render`, without those that the help describes. */
export function otherFormats(described: readonly FormatId[]): string {
  const others = (Object.keys(service.formats) as FormatId[]).filter((id) => !described.includes(id));
  return wrapped(listed(others), " ".repeat(21));
}

/** Description of `check`, with the names of the files of all notations. */
export function aboutFiles(): string {
  const names = (Object.keys(service.notations) as NotationId[]).map((id) => say(`notation.${id}`));
  const last = names.at(-1) ?? "";
  return wrapped(say("help.about-files", { names: listed(names.slice(0, -1)), last }), "");
}

function listed(names: readonly string[]): string {
  return names.join(", ");
}

function wrapped(text: string, indent = INDENT): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    if (line !== "" && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = indent + word;
    } else line += line === "" ? word : ` ${word}`;
  }
  return [...lines, line].join("\n");
}
