/** How deeply the lists and quotes of a page stand in each other, told from the marks in front of its lines. */

import { DEEPEST, tooDeep } from "../../launch/bounds";
import { nextLineAt } from "../../launch/lines";

/** One mark of a quote or of a list's item, with the white space around it. */
const MARK = /[ \t]*(?:>|[-+*](?=[ \t\r\n]|$)|\d{1,9}[.)](?=[ \t\r\n]|$))/y;

/** Refuses a page before a parser goes through the levels of each line once more. @throws BeyondBounds */
export function refuseDeepPage(text: string): void {
  for (let line = 0; line < text.length; ) {
    MARK.lastIndex = line;
    let marks = 0;
    let white = 0;
    for (let match = MARK.exec(text); match; match = MARK.exec(text)) {
      marks++;
      white += match[0].search(/\S/);
      // An item inside another is indented by two columns or more.
      if (marks + white / 2 > DEEPEST) throw tooDeep(line);
    }
    line = nextLineAt(text, line);
  }
}
