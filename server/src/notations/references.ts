/** References in texts that no shell reads: `$NAME`, `${NAME}`, `$(…)`, which are put in when the launch runs. */
import type { WordPart } from "../launch/launch";

/** What begins a reference; two dollars before it are one that is meant. */
const BEGINNING = /\$(?:\{|\(|[A-Za-z_])/;
const CLOSING: Readonly<Record<string, string>> = { "{": "}", "(": ")" };

/** Where in a text the first reference stands; `undefined` where there is none. */
export function referenceAt(text: string): number | undefined {
  const at = text.search(BEGINNING);
  return at < 0 ? undefined : at;
}

/** A text as its parts; `unescapes` where two dollars before a reference are one dollar of the text. */
export function referencesIn(text: string, unescapes = false): WordPart[] {
  const parts: WordPart[] = [];
  let known = "";
  for (let at = 0; at < text.length; ) {
    if (unescapes && text[at] === "$" && BEGINNING.test(text.slice(at + 1, at + 3)) && text[at + 1] === "$") {
      known += "$";
      at += 2;
      continue;
    }
    const length = BEGINNING.test(text.slice(at, at + 2)) ? referenceLength(text, at) : 0;
    if (length === 0) {
      known += text[at++];
      continue;
    }
    if (known !== "") parts.push({ kind: "text", text: known });
    known = "";
    parts.push({ kind: "open", source: text.slice(at, at + length) });
    at += length;
  }
  if (known !== "" || parts.length === 0) parts.push({ kind: "text", text: known });
  return parts;
}

/** Text in which no reference is read: a dollar in front of one is doubled. */
export function escapeReferences(text: string): string {
  return text.replace(/\$(?=[{(A-Za-z_])/g, "$$$$");
}

/** How long the reference is that begins at a place; one that is not closed goes to the end. */
function referenceLength(text: string, start: number): number {
  const opening = text[start + 1] ?? "";
  const closing = CLOSING[opening];
  if (closing === undefined) return 1 + (/^\w+/.exec(text.slice(start + 1))?.[0].length ?? 0);
  let depth = 0;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === opening) depth++;
    else if (text[at] === closing && --depth === 0) return at + 1 - start;
  }
  return text.length - start;
}
