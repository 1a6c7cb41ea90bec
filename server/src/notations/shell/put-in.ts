/** Pieces of a word that are substituted before the shell reads the text. */

import { spanFrom } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import { type Embedded, FILLER, HOLE, putInAt, toFile } from "../embedded";
import type { WordPiece } from "./word-piece";

function withDollar({ source, span: own }: Origin, { file }: Embedded): Origin {
  const span = own && spanFrom(own.start - 1, own.end);
  const written = span && file?.slice(span.start, span.end);
  return { from: "expression", language: "template", source: written ?? `$${source}`, ...(span && { span }) };
}

/** Splits a piece of text so that each substituted part is a separate piece. */
export function withPutIn(piece: WordPiece, embedded: Embedded): WordPiece[] {
  const { text, places, known, elements, home, origins } = piece;
  const isOfText = known && !elements && !home && !origins;
  if (!isOfText) return [piece];
  const found: WordPiece[] = [];
  let from = 0;
  const copy = (to: number) => {
    if (to > from) found.push({ ...piece, text: text.slice(from, to), places: places.slice(from, to) });
    from = to;
  };
  for (let at = 0; at < text.length; at++) {
    const place = places[at] ?? 0;
    const origin = putInAt(embedded, place);
    if (!origin) continue;
    // A dollar before a substituted part may form a reference with it.
    const isDollar = text[at] === HOLE && text[at - 1] === "$" && embedded.text[places[at - 1] ?? 0] === "$";
    copy(isDollar ? at - 1 : at);
    if (text[at] === HOLE) {
      const made = isDollar ? withDollar(origin, embedded) : origin;
      const { source } = made;
      const possibleWords = embedded.mayBe?.get(toFile(embedded, place));
      found.push({
        ...piece,
        // A placeholder that is filled in by hand is one word.
        quoted: piece.quoted || (origin.from === "expression" && origin.language === "placeholder"),
        text: source,
        places: Array.from({ length: source.length }, () => place),
        known: false,
        origins: [made],
        isPutIn: true,
        ...(possibleWords && { possibleWords }),
      });
      while (text[at + 1] === FILLER) at++;
    } else {
      while (at + 1 < text.length && putInAt(embedded, places[at + 1] ?? 0) === origin) at++;
      found.push({
        ...piece,
        text: text.slice(from, at + 1),
        places: places.slice(from, at + 1),
        origins: [origin],
      });
    }
    from = at + 1;
  }
  copy(text.length);
  return found;
}
