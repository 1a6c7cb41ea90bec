/** The blocks of a Jinja template: whether each is closed, as Jinja's parser demands. Expressions are not read. */

/** The first fault of a template. */
export interface TemplateFault {
  /** A block or delimiter that is never closed; an end without a beginning; the end of another block. */
  readonly kind: "open" | "unopened" | "wrong-end";
  readonly tag: string;
  /** Counted from 1. */
  readonly line: number;
  /** The end that Jinja expects. */
  readonly expected?: string;
}

/** The tags that need an end; `set` only without a value. */
const BLOCKS: ReadonlySet<string> = new Set([
  "for",
  "if",
  "macro",
  "call",
  "filter",
  "block",
  "with",
  "autoescape",
  "generation",
  "trans",
]);
const CLOSING: Readonly<Record<string, string>> = { "{%": "%}", "{{": "}}", "{#": "#}" };

/** The first fault of a template; undefined if its blocks fit together. */
export function templateFault(text: string): TemplateFault | undefined {
  const open: { readonly tag: string; readonly at: number }[] = [];
  const fault = (kind: TemplateFault["kind"], tag: string, at: number, expected?: string): TemplateFault => ({
    kind,
    tag,
    line: text.slice(0, at).split("\n").length,
    ...(expected !== undefined && { expected }),
  });
  let from = 0;
  for (;;) {
    const start = text.slice(from).search(/\{[%{#]/);
    if (start < 0) break;
    const at = from + start;
    const opening = text.slice(at, at + 2);
    const end = endOf(text, at + 2, CLOSING[opening] ?? "");
    if (end === undefined) return fault("open", opening, at);
    from = end + 2;
    if (opening !== "{%") continue;
    const body = text
      .slice(at + 2, end)
      .replace(/^[-+]|[-+]$/g, "")
      .trim();
    const [tag = ""] = /^\w*/.exec(body) ?? [];
    if (tag === "raw") {
      const raw = /\{%[-+]?\s*endraw\s*[-+]?%\}/.exec(text.slice(from));
      if (!raw) return fault("open", tag, at);
      from += raw.index + raw[0].length;
    } else if (BLOCKS.has(tag) || (tag === "set" && !body.includes("="))) open.push({ tag, at });
    else if (tag.startsWith("end")) {
      const last = open.pop();
      if (!last) return fault("unopened", tag, at);
      if (tag !== `end${last.tag}`) return fault("wrong-end", tag, at, `end${last.tag}`);
    } else if (tag === "else" || tag === "elif") {
      const last = open.at(-1)?.tag;
      if (last !== "if" && !(last === "for" && tag === "else")) return fault("unopened", tag, at);
    }
  }
  const last = open.at(-1);
  return last && fault("open", last.tag, last.at);
}

/** The offset of a closing delimiter, outside the strings of an expression; a comment has no strings. */
function endOf(text: string, from: number, closing: string): number | undefined {
  let quote: string | undefined;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (quote !== undefined && char === "\\") at++;
    else if (quote !== undefined) quote = char === quote ? undefined : quote;
    else if (text.startsWith(closing, at)) return at;
    else if (closing !== "#}" && (char === '"' || char === "'")) quote = char;
  }
  return undefined;
}
