/** The place of a variable's name in a YAML container file: in `environment:` or `env:`. */
import { type Span, spanFrom } from "../../launch/launch";
import type { FindVariablePlace } from "./variable-cursor";

const AFTER_NAME = /^["']?[ \t]*(?:[:=].*|[ \t]#.*)?$/;
/** How a YAML container file writes variables. */
export interface NamesInYaml {
  /** The line up to the cursor: indentation, opening quote, typed part of the name. */
  readonly line: RegExp;
  /** The enclosing keys, nearest first, separated by spaces. */
  readonly path: RegExp;
  /** Whether the line of a name has its value too, in a mapping or a list: `A: 1` or `- A=1`. */
  readonly withValue: boolean;
}

/** Finds the place of a name below the key that contains variables. */
export function variablePlaceInYaml({ line, path, withValue }: NamesInYaml): FindVariablePlace {
  return (text, offset, after) => {
    const lines = text.split("\n");
    const above = text.slice(0, offset).split("\n");
    const row = above.length - 1;
    const match = line.exec(above[row] ?? "");
    if (!match || !AFTER_NAME.test(after)) return undefined;
    const [, indent = "", quote = "", typed = ""] = match;
    const keys = keysAbove(lines, row, indent.length);
    const [key] = keys;
    if (!key || !path.test(keys.map(({ name }) => name).join(" "))) return undefined;
    const fellows = above.slice(key.row + 1).filter(isContent);
    const isItem = indent.includes("-");
    if (fellows.some((one) => /^\s*-(?:\s|$)/.test(one)) !== (isItem || !withValue)) return undefined;
    const around = blockAround(lines, key);
    if (!withValue) return { typed, around, suffix: "" };
    if (isItem) return { typed, around, suffix: after.startsWith("=") ? "" : "=" };
    return { typed, around, suffix: quote !== "" || /^[ \t]*:/.test(after) ? "" : ": " };
  };
}

type Key = { readonly name: string; readonly row: number; readonly column: number };

/** The enclosing keys of a place, nearest first; empty inside other text. */
function keysAbove(lines: readonly string[], row: number, column: number): Key[] {
  const keys: Key[] = [];
  for (let at = row - 1; at >= 0; at--) {
    const line = lines[at] ?? "";
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) break;
    // The dash of a block scalar stays in the content, because the text of the scalar may begin below its `|` without
    // more indentation.
    const depth = /^[ \t]*(?:-[ \t]+(?![ \t|>]))*/.exec(line)?.[0].length ?? 0;
    if (depth >= (keys.at(-1)?.column ?? column) || !isContent(line) || line.trim() === "-") continue;
    const key = /^(["']?)([\w.-]+)\1[ \t]*:(?:[ \t]+[&!]\S*)*\s*(?:#.*)?$/s.exec(line.slice(depth));
    if (!key) return [];
    keys.push({ name: key[2] ?? "", row: at, column: depth });
  }
  return keys;
}

/** The lines of the mapping that contains a key, and the line that begins it. */
function blockAround(lines: readonly string[], { row, column }: Key): Span {
  const isOutside = (line: string) => isContent(line) && line.search(/\S/) < column;
  const first = lines.findLastIndex((line, at) => at <= row && isOutside(line));
  const after = lines.findIndex((line, at) => at > row && isOutside(line));
  const start = lines.slice(0, Math.max(first, 0)).join("\n").length;
  return spanFrom(start, lines.slice(0, after < 0 ? lines.length : after).join("\n").length);
}

/** Whether a line has YAML content; comments and template lines do not count, whatever their indentation. */
function isContent(line: string): boolean {
  return !/^\s*(?:#.*|\{\{.*\}\}\s*|\{%.*%\}\s*)?$/s.test(line);
}
