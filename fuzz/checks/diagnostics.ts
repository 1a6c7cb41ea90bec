/** Diagnostics must be valid in an editor and readable. */

import type { Check } from "./check";
import { faultOfRange } from "./places";

const ranges: Check = {
  name: "diagnostics are in the document",
  area: "diagnostics",
  *check({ diagnostics, document: { document } }) {
    for (const { range, code, relatedInformation = [] } of diagnostics) {
      for (const place of [range, ...relatedInformation.map(({ location }) => location.range)]) {
        const fault = faultOfRange(document, place);
        if (fault) yield { of: String(code), message: `In ${code}, ${fault}.` };
      }
    }
  },
};

/** Text in a message that comes from a missing value. */
const HOLES = /\bundefined\b|\bNaN\b|\[object |\bfunction\b|\$\{| {2,}(?=[a-z])/;

const messages: Check = {
  name: "messages are sentences",
  area: "diagnostics",
  *check({ diagnostics, text }) {
    for (const { message, code } of diagnostics) {
      const said = String(message);
      const hole = HOLES.exec(said)?.[0];
      if (said.trim() === "") yield { of: String(code), message: `The message of ${code} is empty.` };
      // The message may quote such text from the document.
      else if (hole !== undefined && !text.includes(hole.trim() || hole))
        yield { of: String(code), message: `${code} says: ${said}` };
    }
  },
};

export const DIAGNOSTICS: readonly Check[] = [ranges, messages];
