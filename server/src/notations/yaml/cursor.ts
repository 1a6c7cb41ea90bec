/**
 * What is being written at a place of a YAML config. It looks at lines first and at the parse second, because the
 * line with the cursor is half-typed.
 */

import { type Launch, type LaunchFile, type Span, touches } from "../../launch/launch";
import { lineStartAt } from "../../launch/lines";
import type { Cursor } from "../notation";

/** The cursor's place; `undefined` where nothing of ours can be written. */
export function cursorAt(file: LaunchFile, offset: number): Cursor | undefined {
  const { text } = file;
  const lineStart = lineStartAt(text, offset);
  const before = text.slice(lineStart, offset).replace(/^\uFEFF/, "");
  const launch = launchAt(file, offset);
  if (commentStart(before) >= 0) return undefined;

  const inList = listAround(launch, offset);
  if (inList) return inList(text, offset, launch);

  const key = /^([ \t]*)(["']?)([\w.-]*)$/.exec(before);
  if (key) {
    const indent = key[1] ?? "";
    const place = placeOf(text, lineStart, indent.length);
    if (place.kind === "flags") return flagCursor(text, offset, key[3] ?? "", key[2] ?? "", launch);
    if (place.kind === "environment") return variableCursor(text, offset, key[3] ?? "", key[2] ?? "", launch);
    if (place.kind === "value")
      return valueCursor(
        text,
        offset,
        { flag: place.flag, typed: key[3] ?? "", quote: key[2] ?? "" },
        launch,
      );
    return undefined;
  }

  const item = /^([ \t]*)-([ \t]+)(["']?)(.*)$/.exec(before);
  if (item) {
    const place = placeOf(text, lineStart, (item[1] ?? "").length + 1, true);
    if (place.kind !== "value") return undefined;
    return valueCursor(
      text,
      offset,
      { flag: place.flag, typed: item[4] ?? "", quote: item[3] ?? "" },
      launch,
    );
  }

  const value = /^([ \t]*)(["']?)([\w.-]+)\2[ \t]*:(?:([ \t]+)(.*))?$/.exec(before);
  if (!value || placeOf(text, lineStart, (value[1] ?? "").length).kind !== "flags") return undefined;
  const name = value[3] ?? "";
  if (name === "env" || name.startsWith("x-")) return undefined;
  const rest = value[5] ?? "";
  const open = /^(["']?)(.*)$/.exec(rest);
  const flow = /^\[(?:.*,)?[ \t]*(["']?)([^,\]]*)$/.exec(rest);
  if (rest.startsWith("[") && !flow) return undefined;
  const [, quote = "", typed = ""] = flow ?? open ?? [];
  const separator = value[4] === undefined ? " " : "";
  return valueCursor(
    text,
    offset,
    { flag: `--${name}`, typed, quote, separator, inFlow: flow !== null },
    launch,
  );
}

/** The launch around a place, or an empty one where the document holds nothing yet. */
function launchAt({ text, launches }: LaunchFile, offset: number): Launch {
  const around = launches.find(({ span }) => touches(span, offset));
  if (around) return around;
  let start = 0;
  let end = text.length;
  for (const { index } of text.matchAll(/^---|^\.\.\./gm)) {
    if (index + 3 <= offset) start = index + 3;
    else {
      end = index;
      break;
    }
  }
  return {
    notation: "yaml",
    form: { kind: "mapping" },
    span: { start, end },
    arguments: [],
    environment: [],
  };
}

/** Where a comment begins in the text before the cursor; -1 when the cursor is in none. */
function commentStart(before: string): number {
  let quote = "";
  for (let at = 0; at < before.length; at++) {
    const char = before[at] ?? "";
    if (quote) {
      if (char === "\\" && quote === '"') at++;
      else if (char === quote) quote = "";
    } else if (char === "#" && /\s/.test(before[at - 1] ?? " ")) return at;
    else if ((char === '"' || char === "'") && /[\s[,{:]/.test(before[at - 1] ?? " ")) quote = char;
  }
  return -1;
}

/** A cursor inside a bracketed list that may go over several lines. */
function listAround(launch: Launch, offset: number) {
  const argument = launch.arguments.find(
    ({ valueSpan, valueSource }) =>
      valueSource.startsWith("[") && valueSpan.start < offset && offset < valueSpan.end,
  );
  if (!argument) return undefined;
  return (text: string, at: number, around: Launch): Cursor | undefined => {
    const inside = text.slice(argument.valueSpan.start + 1, at);
    const match = /(?:^|,)\s*(["']?)([^,"'\]]*)$/.exec(inside);
    if (!match) return undefined;
    return valueCursor(
      text,
      at,
      { flag: argument.flag, typed: match[2] ?? "", quote: match[1] ?? "", inFlow: true },
      around,
    );
  };
}

type Place =
  | { readonly kind: "flags" | "environment" | "elsewhere" }
  | { readonly kind: "value"; readonly flag: string };

/** What stands at a depth: the flags of a launch or of an `x-` mapping, the value of a flag, or something else. */
function placeOf(text: string, lineStart: number, indent: number, isItem = false): Place {
  if (indent === 0) return { kind: "flags" };
  const parent = parentLine(text, lineStart, indent, isItem);
  if (!parent) return { kind: "flags" };
  const key = /^[ \t]*(["']?)([\w.-]+)\1[ \t]*:[ \t]*(.*?)[ \t]*(?:#.*)?\r?$/.exec(parent);
  if (!key) return { kind: "elsewhere" };
  const [, , name = "", rest = ""] = key;
  const opens = /^(?:[&!]\S*[ \t]*)*$/.test(rest);
  if (!opens) return { kind: "elsewhere" };
  if (name === "env") return { kind: "environment" };
  return name.startsWith("x-") ? { kind: "flags" } : { kind: "value", flag: `--${name}` };
}

/** The nearest line above that is less indented; comments, blank lines and, for an item, its fellow items aside. */
function parentLine(text: string, lineStart: number, indent: number, isItem: boolean): string | undefined {
  let end = lineStart - 1;
  while (end >= 0) {
    const start = lineStartAt(text, end);
    const line = text.slice(start, end).replace(/^\uFEFF/, "");
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) return undefined;
    const depth = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    const content = line.slice(depth).trimEnd();
    const counts = content !== "" && !content.startsWith("#") && !(isItem && /^-(?:\s|$)/.test(content));
    if (counts && depth < indent) return line;
    end = start - 1;
  }
  return undefined;
}

function flagCursor(text: string, offset: number, typed: string, quote: string, launch: Launch): Cursor {
  const rest = /^[\w.-]*/.exec(text.slice(offset))?.[0] ?? "";
  const replace: Span = { start: offset - typed.length, end: offset + rest.length };
  // Inside quotes the colon belongs behind the closing one, which is not ours to write.
  const hasValue = quote !== "" || /^[ \t]*:/.test(text.slice(replace.end));
  return { kind: "flag", launch, replace, typed, hasValue };
}

function variableCursor(text: string, offset: number, typed: string, quote: string, launch: Launch): Cursor {
  const rest = /^[\w.-]*/.exec(text.slice(offset))?.[0] ?? "";
  const replace: Span = { start: offset - typed.length, end: offset + rest.length };
  const hasValue = quote !== "" || /^[ \t]*:/.test(text.slice(replace.end));
  return { kind: "variable", launch, replace, typed, suffix: hasValue ? "" : ": " };
}

interface ValuePlace {
  readonly flag: string;
  readonly typed: string;
  readonly quote: string;
  readonly separator?: string;
  readonly inFlow?: boolean;
}

function valueCursor(text: string, offset: number, place: ValuePlace, launch: Launch): Cursor {
  const { flag, typed, quote, separator = "", inFlow = false } = place;
  const behind = text.slice(offset);
  const end = quote ? new RegExp(`^[^${quote}\\r\\n]*`) : inFlow ? /^[^,\]\s#]*/ : /^[^\s#]*/;
  const replace = { start: offset - typed.length, end: offset + (end.exec(behind)?.[0].length ?? 0) };
  return { kind: "value", launch, flag, replace, typed, quote, separator, inFlow };
}
