/** Specifiers, which systemd substitutes first: `%i` is the name of an instance, `%%` a percent sign. */
import type { WordPart } from "../../launch/launch";

/** The specifiers of systemd.unit(5); any other percent sign is literal. */
const SPECIFIER = /%([%aAbBCdDEfgGhHiIjJlLmMnNopPqsStTuUvVwWyY])/;

/** The parts of a text: specifiers are known only when the unit is loaded. */
export function specifiersIn(text: string): WordPart[] {
  const parts: WordPart[] = [];
  let known = "";
  for (let rest = text; rest !== ""; ) {
    const found = SPECIFIER.exec(rest);
    known += found ? rest.slice(0, found.index) : rest;
    rest = found ? rest.slice(found.index + 2) : "";
    if (!found) break;
    if (found[1] === "%") known += "%";
    else {
      if (known !== "") parts.push({ kind: "text", text: known });
      known = "";
      parts.push({ kind: "open", from: "expression", language: "template", source: found[0] });
    }
  }
  if (known !== "" || parts.length === 0) parts.push({ kind: "text", text: known });
  return parts;
}
