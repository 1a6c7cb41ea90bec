/**
 * The cursor in a YAML config. Uses lines first and the parser second, because the line at the cursor is usually
 * incomplete.
 */

import {
  type Argument,
  type Launch,
  type LaunchFile,
  type Span,
  spanFrom,
  touches,
} from "../../launch/launch";
import { lineStartAt } from "../../launch/lines";
import type { Cursor, CursorInLaunch } from "../notation";
import { linePlace } from "./cursor-place";
import { yamlTraits } from "./traits";

/** The cursor; `undefined` if nothing of a launch can be written there. */
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
    const [, indent = "", quote = "", typed = ""] = key;
    const place = linePlace(text, lineStart, indent.length);
    if (place.kind === "value")
      return place.isAlone
        ? valueCursor(text, offset, { flag: place.flag, typed, quote }, launch)
        : undefined;
    if (
      place.kind === "elsewhere" ||
      !isKeyPlace(text, offset, { typed, quote, isAbove: place.isAbove }, launch)
    )
      return undefined;
    return place.kind === "flags"
      ? flagCursor(text, offset, typed, quote, launch)
      : variableCursor(text, offset, typed, quote, launch);
  }

  const item = /^([ \t]*)-([ \t]+)(["']?)(.*)$/.exec(before);
  if (item) {
    const place = linePlace(text, lineStart, (item[1] ?? "").length + 1, true);
    if (place.kind !== "value") return undefined;
    const [, , , quote = "", typed = ""] = item;
    return valueCursor(text, offset, { flag: place.flag, typed, quote }, launch);
  }

  const value = /^([ \t]*)(["']?)([\w.-]+)\2[ \t]*:(?:([ \t]+)(.*))?$/.exec(before);
  if (!value) return undefined;
  const place = linePlace(text, lineStart, (value[1] ?? "").length);
  // Lines below a key are already its value.
  if (place.kind !== "flags" || place.isAbove) return undefined;
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

/**
 * Whether a key may be written at a place: not after the beginning of `-`, `---` or `...`, not directly before a
 * comment or a quote, not inside a value, and no new key above lines that would become its value.
 */
function isKeyPlace(
  text: string,
  offset: number,
  { typed, quote, isAbove }: { readonly typed: string; readonly quote: string; readonly isAbove: boolean },
  { arguments: given }: Launch,
): boolean {
  const [rest = ""] = /^[\w.-]*/.exec(text.slice(offset)) ?? [];
  const after = text.slice(offset + rest.length);
  if ([typed, typed + rest].some((word) => /^(?:-+|\.+)$/.test(word))) return false;
  if (given.some(({ valueSpan }: Argument) => valueSpan.start < offset && offset < valueSpan.end))
    return false;
  // A quote before the colon belongs to the key only if one begins it: `s'` is a key as it is.
  if (/^[ \t]*:/.test(quote !== "" && after.startsWith(quote) ? after.slice(1) : after)) return true;
  if (isAbove || !/^(?:\s|$)/.test(after)) return false;
  const line = /^[^\n]*/.exec(after)?.[0].replace(/\r$/, "") ?? "";
  // Another key in the line would become the value; `tp 8` may lack only its colon.
  return typed + rest === "" ? /^[ \t]*(?:#|$)/.test(line) : !/:(?:\s|$)/.test(line.replace(/\s#.*/, ""));
}

/** The launch at a place, or an empty one if the document has no content. */
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
    notation: yamlTraits,
    form: { kind: "mapping" },
    span: spanFrom(start, end),
    arguments: [],
    environment: [],
  };
}

/** The start of the comment that contains the cursor; -1 if there is none. */
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

/** A cursor inside a bracketed list, possibly of several lines. */
function listAround(launch: Launch, offset: number) {
  const argument = launch.arguments.find(
    ({ valueSpan, valueSource }) =>
      valueSource.startsWith("[") && valueSpan.start < offset && offset < valueSpan.end,
  );
  if (!argument) return undefined;
  return (text: string, at: number, around: Launch): CursorInLaunch | undefined => {
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

function flagCursor(
  text: string,
  offset: number,
  typed: string,
  quote: string,
  launch: Launch,
): CursorInLaunch {
  const rest = /^[\w.-]*/.exec(text.slice(offset))?.[0] ?? "";
  const replace: Span = spanFrom(offset - typed.length, offset + rest.length);
  // Inside quotes, the colon belongs after the closing quote, so it is not inserted.
  const hasValue = quote !== "" || /^[ \t]*:/.test(text.slice(replace.end));
  return { kind: "flag", launch, replace, typed, hasValue };
}

function variableCursor(
  text: string,
  offset: number,
  typed: string,
  quote: string,
  launch: Launch,
): CursorInLaunch {
  const rest = /^[\w.-]*/.exec(text.slice(offset))?.[0] ?? "";
  const replace: Span = spanFrom(offset - typed.length, offset + rest.length);
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

/** A value of one word; undefined before a list, an anchor, or further words, which cannot be replaced. */
function valueCursor(
  text: string,
  offset: number,
  place: ValuePlace,
  launch: Launch,
): CursorInLaunch | undefined {
  const { flag, typed, quote, separator = "", inFlow = false } = place;
  const after = text.slice(offset);
  const quoted = quote === "" ? undefined : new RegExp(`^[^${quote}\\r\\n]*(?=${quote})`).exec(after);
  const end = inFlow ? /^[^,\]\s]*/ : /^\S*/;
  const rest = quoted?.[0] ?? end.exec(after)?.[0] ?? "";
  const isWhole = quote || /^[ \t]*(?:[,\]]|[\r\n]|$)|^[ \t]+#/.test(after.slice(rest.length));
  if (!isWhole || /^(?:[[{&!|>"'#]|\{\{)/.test(typed + rest)) return undefined;
  const replace = spanFrom(offset - typed.length, offset + rest.length);
  return { kind: "value", launch, flag, replace, typed, quote, separator, inFlow };
}
