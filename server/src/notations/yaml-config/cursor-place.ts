/** The kind of place at an indentation in a YAML config, from its lines. */
import { type Line, lineAt, lineBefore } from "../../launch/lines";

/** The kind of a line at an indentation. */
export type LinePlace =
  | {
      /** A flag of a launch or of an `x-` mapping; a variable of `env`. */
      readonly kind: "flags" | "environment";
      /** Whether the next lines have more indentation, so that they are the value of a key in this line. */
      readonly isAbove: boolean;
    }
  | {
      readonly kind: "value";
      readonly flag: string;
      /** Whether the flag has no other lines of a value. */
      readonly isAlone: boolean;
    }
  | { readonly kind: "elsewhere" };

const ELSEWHERE: LinePlace = { kind: "elsewhere" };

/** The place of the line at `lineStart` with an indentation; for an item of a list, after its dash. */
export function linePlace(text: string, lineStart: number, indent: number, isItem = false): LinePlace {
  const { parent, fellow } = around(text, lineStart, indent, isItem);
  const depth = isItem ? indent - 1 : indent;
  if (fellow && (depthOf(fellow) !== depth || isListItem(fellow) !== isItem)) return ELSEWHERE;
  const below = lineBelow(text, lineStart);
  const isAbove = below !== undefined && depthOf(below) + (isListItem(below) ? 1 : 0) > indent;
  if (!parent) {
    // With a key here, a line below that has less indentation would no longer belong to the launch.
    return indent > 0 && hasLessBelow(text, lineStart, indent) ? ELSEWHERE : { kind: "flags", isAbove };
  }
  const key = /^[ \t]*(["']?)([\w.-]+)\1[ \t]*:[ \t]*(.*?)[ \t]*(?:#.*)?$/.exec(contentOf(parent));
  const [, , name = "", rest = ""] = key ?? [];
  if (!key || !/^(?:[&!]\S*[ \t]*)*$/.test(rest)) return ELSEWHERE;
  if (name === "env") return { kind: "environment", isAbove };
  return name.startsWith("x-")
    ? { kind: "flags", isAbove }
    : { kind: "value", flag: `--${name}`, isAlone: !fellow };
}

/** The parent line with less indentation, and the first other line below that one. */
function around(text: string, lineStart: number, indent: number, isItem: boolean) {
  let parent: Line | undefined;
  let fellow: Line | undefined;
  for (let line = lineBefore(text, lineStart); line && !isMarker(line); line = lineBefore(text, line.start)) {
    if (!holdsSomething(line)) continue;
    if (depthOf(line) < indent && !(isItem && isListItem(line))) {
      parent = line;
      break;
    }
    fellow = line;
  }
  const below = lineBelow(text, lineStart);
  const isUnder =
    below && depthOf(below) + (isItem && isListItem(below) ? 1 : 0) > (parent ? depthOf(parent) : -1);
  return { parent, fellow: fellow ?? (isUnder ? below : undefined) };
}

/** Whether a later line of the document has less indentation. */
function hasLessBelow(text: string, lineStart: number, indent: number): boolean {
  let line = lineBelow(text, lineStart);
  while (line && depthOf(line) >= indent) line = lineBelow(text, line.start);
  return line !== undefined;
}

/** The next line of the document with content. */
function lineBelow(text: string, lineStart: number): Line | undefined {
  for (let line = lineAt(text, lineStart); line.next < text.length; ) {
    line = lineAt(text, line.next);
    if (holdsSomething(line)) return isMarker(line) ? undefined : line;
  }
  return undefined;
}

function contentOf({ text }: Line): string {
  return text.replace(/^\uFEFF/, "");
}

function depthOf(line: Line): number {
  return contentOf(line).search(/[^ \t]|$/);
}

function holdsSomething(line: Line): boolean {
  return /^[ \t]*[^\s#]/.test(contentOf(line));
}

function isListItem(line: Line): boolean {
  return /^[ \t]*-(?:\s|$)/.test(contentOf(line));
}

function isMarker(line: Line): boolean {
  return /^(?:---|\.\.\.)(?:\s|$)/.test(contentOf(line));
}
