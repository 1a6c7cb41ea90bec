/** Strings that Python splits into words: `"…".split()` at white space, `shlex.split("…")` like a shell. */

import type { CommandWord } from "../../launch/command-line";
import { spanFrom, type WordPart } from "../../launch/launch";
import { type StringPiece, type Text, templateAt } from "../../python/text/literals";
import type { Names } from "../../python/text/names";
import { originOfPiece, unknownStretch } from "./origins";

type SplitWord = CommandWord & { readonly value: Text; readonly split: true };

/** A character of a string, or an unknown expression. */
interface Unit {
  readonly char: string | undefined;
  readonly expression?: Extract<StringPiece, { known: false }>;
  readonly start: number;
  readonly end: number;
}

function unitsOf({ pieces }: Text): Unit[] {
  return pieces.flatMap((piece): Unit[] => {
    if (!piece.known) return [{ char: undefined, expression: piece, ...piece.span }];
    return Array.from({ length: piece.text.length }, (_, at) => ({
      char: piece.text[at] ?? "",
      start: piece.offsets[at] ?? piece.end,
      end: piece.offsets[at + 1] ?? piece.end,
    }));
  });
}

/** The words of a string. `quotes`: removes quotes and backslashes like a shell. */
export function splitWords(value: Text, names: Names, quotes: boolean): SplitWord[] {
  const words: SplitWord[] = [];
  let units: Unit[] | undefined;
  let shown: Unit[] = [];
  let quote = "";
  const close = () => {
    if (units) words.push(wordOf(units, shown, value, names));
    units = undefined;
    shown = [];
  };
  const all = unitsOf(value);
  for (let at = 0; at < all.length; at++) {
    const unit = all[at] as Unit;
    const { char } = unit;
    if (char !== undefined && /\s/.test(char) && quote === "") {
      close();
      continue;
    }
    units ??= [];
    units.push(unit);
    const escaped = quotes && char === "\\" && quote !== "'" ? all[at + 1] : undefined;
    if (escaped && (quote === "" || escaped.char === '"' || escaped.char === "\\")) {
      units.push(escaped);
      shown.push(escaped);
      at++;
    } else if (quotes && (char === quote || (quote === "" && (char === "'" || char === '"'))))
      quote = quote === "" ? (char ?? "") : "";
    else shown.push(unit);
  }
  close();
  return words;
}

function wordOf(units: readonly Unit[], shown: readonly Unit[], value: Text, names: Names): SplitWord {
  const file = names.text;
  const chars = shown.map(({ char }) => char);
  const span = spanFrom(units[0]?.start ?? 0, units.at(-1)?.end ?? 0);
  const template = templateAt(chars.map((char) => char ?? "\0").join(""));
  const unknown = [chars.indexOf(undefined), template].filter((at) => at >= 0).sort((a, b) => a - b)[0] ?? -1;
  const text = unknown < 0 ? chars.join("") : undefined;
  const knownStart = unknown > 0 ? chars.slice(0, unknown).join("") : "";
  const splits = text === undefined && !/["']/.test(units[0]?.char ?? "");
  return {
    text,
    span,
    source: file.slice(span.start, span.end),
    value: { ...value, span },
    split: true,
    ...(knownStart && { knownStart }),
    ...(splits && { splits }),
    ...(text === undefined && {
      parts: template < 0 ? partsOf(shown, names) : [unknownStretch(span, names)],
    }),
  };
}

function partsOf(shown: readonly Unit[], names: Names): WordPart[] {
  const parts: WordPart[] = [];
  for (const { char = "", expression } of shown) {
    const before = parts.at(-1);
    if (expression) parts.push({ kind: "open", ...originOfPiece(expression, names) });
    else if (before?.kind === "text") parts[parts.length - 1] = { kind: "text", text: before.text + char };
    else parts.push({ kind: "text", text: char });
  }
  return parts;
}
