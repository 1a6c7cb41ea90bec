/** Hovers at the cursor. */
import { MarkupContent } from "vscode-languageserver-types";
import { service } from "../../server/src/service";
import type { Check } from "./check";
import { faultOfRange } from "./places";

const { hover } = service;

const places: Check = {
  name: "hovers contain the cursor and are not empty",
  area: "hover",
  *check(asked) {
    const { document } = asked.document;
    for (const offset of asked.offsets(6)) {
      const found = hover(asked.document, offset);
      if (!found) continue;
      const fault = found.range && faultOfRange(document, found.range);
      if (fault) yield { of: "range", message: `In the hover at ${offset}, ${fault}.` };
      else if (found.range) {
        const [start, end] = [document.offsetAt(found.range.start), document.offsetAt(found.range.end)];
        if (offset < start || offset > end)
          yield { of: "cursor", message: `The hover at ${offset} is about ${start}-${end}.` };
      }
      const said = MarkupContent.is(found.contents) ? found.contents.value : "";
      if (said.trim() === "") yield { of: "nothing", message: `The hover at ${offset} is empty.` };
    }
  },
};

export const HOVER: readonly Check[] = [places];
