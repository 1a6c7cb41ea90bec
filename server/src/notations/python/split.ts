/** Strings that Python splits into words: `"…".split()` at white space, `shlex.split("…")` as a shell would. */

import type { CommandWord } from "../../launch/command-line";
import { spanFrom } from "../../launch/launch";
import { type Text, templateAt } from "../../python/text/literals";

type SplitWord = CommandWord & { readonly value: Text; readonly split: true };

/** One character of a string, or an expression whose text is not known. */
interface Unit {
  readonly char: string | undefined;
  readonly start: number;
  readonly end: number;
}

function unitsOf({ pieces }: Text): Unit[] {
  return pieces.flatMap((piece): Unit[] => {
    if (!piece.known) return [{ char: undefined, ...piece.span }];
    return Array.from({ length: piece.text.length }, (_, at) => ({
      char: piece.text[at] ?? "",
      start: piece.offsets[at] ?? piece.end,
      end: piece.offsets[at + 1] ?? piece.end,
    }));
  });
}

/** The words of a string. `quotes`: quotes and backslashes are taken away as a shell does. */
export function splitWords(value: Text, file: string, quotes: boolean): SplitWord[] {
  const words: SplitWord[] = [];
  let units: Unit[] | undefined;
  let shown: (string | undefined)[] = [];
  let quote = "";
  const close = () => {
    if (units) words.push(wordOf(units, shown, value, file));
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
      shown.push(escaped.char);
      at++;
    } else if (quotes && (char === quote || (quote === "" && (char === "'" || char === '"'))))
      quote = quote === "" ? (char ?? "") : "";
    else shown.push(char);
  }
  close();
  return words;
}

function wordOf(
  units: readonly Unit[],
  shown: readonly (string | undefined)[],
  value: Text,
  file: string,
): SplitWord {
  const span = spanFrom(units[0]?.start ?? 0, units.at(-1)?.end ?? 0);
  const template = templateAt(shown.map((char) => char ?? "\0").join(""));
  const unknown = [shown.indexOf(undefined), template].filter((at) => at >= 0).sort((a, b) => a - b)[0] ?? -1;
  const text = unknown < 0 ? shown.join("") : undefined;
  const knownStart = unknown > 0 ? shown.slice(0, unknown).join("") : "";
  const splits = text === undefined && !/["']/.test(units[0]?.char ?? "");
  return {
    text,
    span,
    source: file.slice(span.start, span.end),
    value: { ...value, span },
    split: true,
    ...(knownStart && { knownStart }),
    ...(splits && { splits }),
  };
}
