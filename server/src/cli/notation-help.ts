/** The list of notations in help texts, from the service. */
import { service } from "../service";

/** Maximum width of option lines, in columns. */
const WIDTH = 118;
const INDENT = " ".repeat(19);

/** The lines of the option `--notation`. @param what the input: `what FILE is`. @param also further text. */
export function notationOption(what: string): string[] {
  return wrapped(`  --notation NAME  ${what}: ${listed(Object.keys(service.notations))}`);
}

/** A wrapped sentence, with the file names of all notations in place of `FILES`. */
export function aboutFiles(sentence: string): string[] {
  const names = Object.values(service.notations).map(({ files }) => files);
  const last = names.at(-1);
  return wrapped(sentence.replace("FILES", `${listed(names.slice(0, -1))} and ${last}`), "");
}

function listed(names: readonly string[]): string {
  return names.join(", ");
}

function wrapped(text: string, indent = INDENT): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    if (line !== "" && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = indent + word;
    } else line += line === "" ? word : ` ${word}`;
  }
  return [...lines, line];
}
