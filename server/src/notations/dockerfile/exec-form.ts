/** The exec form of an instruction: a JSON array of strings, which may be incomplete or not quite JSON. */
import { type Span, spanFrom, type TextProblem } from "../../launch/launch";
import { type Embedded, toFile } from "../embedded";
import { itemOf, type ListItem } from "../list/items";
import type { CommandList } from "../list/read-command";
import { isJson, notJson } from "./problems";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

/** A list in exec form. */
export interface ExecForm extends CommandList {
  /** Docker does not read it as JSON, and so runs it as a shell command. */
  readonly problems: readonly TextProblem[];
}

/** The array at the beginning of a body; undefined for the shell form. */
export function execForm(file: string, body: Embedded): ExecForm | undefined {
  const { text } = body;
  const open = /^\s*\[/.exec(text)?.[0].length;
  if (open === undefined) return undefined;
  const items: ListItem[] = [];
  let at = open;
  for (;;) {
    at += /^[\s,]*/.exec(text.slice(at))?.[0].length ?? 0;
    const char = text[at];
    if (char === undefined || char === "]") break;
    const end = char === '"' || char === "'" ? closing(body, at, char) : bareEnd(text, at);
    items.push(element(file, body, spanFrom(at, end)));
    at = end;
  }
  const isClosed = text[at] === "]";
  const closed = isClosed ? at + 1 : text.length;
  // `[ -f x ] && …` is a test of the shell.
  if (/\S/.test(text.slice(closed)) || (items.length > 0 && !/["']/.test(text))) return undefined;
  const span = spanFrom(toFile(body, open - 1), toFile(body, closed));
  const problems = isClosed && !isJson(text.slice(open - 1, closed)) ? [notJson(file, span, items)] : [];
  return { items, style: "json", span, problems };
}

/** The end of a string. If it is not closed on its line, it ends where an element would end. */
function closing(body: Embedded, start: number, quote: string): number {
  const { text } = body;
  for (let at = start + 1; at < text.length; at++) {
    if (toFile(body, at) - toFile(body, at - 1) > 1) return bareEnd(text.slice(0, at), start);
    if (text[at] === "\\") at++;
    else if (text[at] === quote) return at + 1;
  }
  return bareEnd(text, start);
}

function bareEnd(text: string, start: number): number {
  const length = /^[^,\]]*?(?=\s*(?:[,\]]|$))/.exec(text.slice(start))?.[0].length ?? 0;
  return Math.min(text.length, start + Math.max(1, length));
}

function element(file: string, body: Embedded, { start, end }: Span): ListItem {
  const span = spanFrom(toFile(body, start), toFile(body, end - 1) + 1);
  const embedded = decode(body, spanFrom(start, end));
  // Docker puts nothing in the place of `$NAME` in an exec form.
  return itemOf({ embedded, span, source: file.slice(span.start, span.end) });
}

/** A JSON string with its escapes decoded. */
function decode(body: Embedded, { start, end }: Span): Embedded {
  const { text } = body;
  const quote = /["']/.exec(text[start] ?? "")?.[0] ?? "";
  const stop = quote && end > start + 1 && text[end - 1] === quote ? end - 1 : end;
  let decoded = "";
  const offsets: number[] = [];
  for (let at = start + quote.length; at < stop; at++) {
    const place = toFile(body, at);
    let char = text[at] ?? "";
    if (char === "\\" && at + 1 < stop) {
      const code = /^u([\da-fA-F]{4})/.exec(text.slice(at + 1));
      char = code
        ? String.fromCharCode(Number.parseInt(code[1] ?? "", 16))
        : (ESCAPES[text[at + 1] ?? ""] ?? text[at + 1] ?? "");
      at += code ? 5 : 1;
    }
    decoded += char;
    offsets.push(place);
  }
  return { text: decoded, offsets: [...offsets, toFile(body, stop)], quoting: quote ? ["json"] : [] };
}
