/** Specifiers, which systemd puts in first: `%i` is the name of an instance, `%%` a percent sign. */
import type { WordPart } from "../../launch/launch";

/** Those of systemd.unit(5); a percent sign before anything else stays. */
const SPECIFIER = /%([%aAbBCdDEfgGhHiIjJlLmMnNopPqsStTuUvVwWyY])/;

/** A text in parts: what is put in is only known when the unit is loaded. */
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
