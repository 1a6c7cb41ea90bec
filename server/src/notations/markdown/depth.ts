/** Nesting depth of a page's lists and quotes, from the marks at the beginning of its lines. */

import { DEEPEST, tooDeep } from "../../launch/bounds";
import { nextLineAt } from "../../launch/lines";

/** A mark of a quote or list item, with surrounding white space. */
const MARK = /[ \t]*(?:>|[-+*](?=[ \t\r\n]|$)|\d{1,9}[.)](?=[ \t\r\n]|$))/y;

/**
 * Rejects a page that is nested too deeply, before the parser repeats all levels for each line. @throws BeyondBounds
 */
export function refuseDeepPage(text: string): void {
  for (let line = 0; line < text.length; ) {
    MARK.lastIndex = line;
    let marks = 0;
    let white = 0;
    for (let match = MARK.exec(text); match; match = MARK.exec(text)) {
      marks++;
      white += match[0].search(/\S/);
      // An item inside another is indented by at least two columns.
      if (marks + white / 2 > DEEPEST) throw tooDeep(line);
    }
    line = nextLineAt(text, line);
  }
}
