/** The cursor in a unit file. */
import { type LaunchFile, spanFrom } from "../../launch/launch";
import { lineStartAt } from "../../launch/lines";
import { launchAround } from "../launch-around";
import type { Cursor } from "../notation";
import { cursorInShell } from "../shell/cursor";

/** The name of a variable in `Environment=`, with the words before it. */
const NAME = /^[ \t]*Environment=(?:(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s"']+)[ \t]+)*["']?(\w*)$/;

export function cursorInUnit(file: LaunchFile, offset: number): Cursor | undefined {
  const variable = variableName(file, offset);
  if (variable) return variable;
  const launch = launchAround(file, offset);
  return launch && cursorInShell(file, launch, offset);
}

function variableName({ text, launches }: LaunchFile, offset: number): Cursor | undefined {
  const typed = NAME.exec(text.slice(lineStartAt(text, offset), offset))?.[1];
  const launch = launches.find(({ span }) => span.start > offset) ?? launches[0];
  if (typed === undefined || !launch) return undefined;
  const rest = /^\w*/.exec(text.slice(offset))?.[0] ?? "";
  const replace = spanFrom(offset - typed.length, offset + rest.length);
  return { kind: "variable", launch, replace, typed, suffix: text[replace.end] === "=" ? "" : "=" };
}
