/** Pieces of a word of shell text that stand for themselves. */
import { endsInOpenBackslash } from "../../launch/lines";
import type { Embedded } from "../embedded";
import type { WordPiece } from "./word-piece";

export function verbatimPiece(shell: string, start: number, end: number, quoted: boolean): WordPiece {
  const text = shell.slice(start, end);
  return {
    text,
    places: Array.from({ length: text.length }, (_, at) => start + at),
    known: true,
    quoted,
    fromVariable: false,
  };
}

/** Unquoted text: a backslash escapes the next character and removes a newline. A leading `~` is the home folder. */
export function literal(embedded: Embedded, start: number, end: number, quoted: boolean): WordPiece[] {
  const last = endsInBackslash(embedded, end) ? end - 1 : end;
  return [unescaped(embedded.text, start, last, quoted, () => true)];
}

/**
 * Whether a text ends with a backslash that nothing follows, not even a line end. Bash removes it from a script; in a string that
 * is given to a shell, it is a word or a part of one.
 */
export function endsInBackslash({ text, quoting }: Embedded, end = text.length): boolean {
  if (end !== text.length || quoting.length > 0) return false;
  return endsInOpenBackslash(text);
}

/** Text in which a backslash escapes some characters; the place of an escaped character includes its backslash. */
export function unescaped(
  shell: string,
  start: number,
  end: number,
  quoted: boolean,
  escapes: (char: string) => boolean,
): WordPiece {
  let text = "";
  const places: number[] = [];
  for (let at = start; at < end; at++) {
    const next = shell[at + 1] ?? "";
    const place = at;
    if (shell[at] === "\\" && at + 1 < end && escapes(next)) {
      at++;
      if (next === "\n") continue;
    }
    text += shell[at];
    places.push(place);
  }
  return { text, places, known: true, quoted, fromVariable: false };
}
