/** Python: lists of words for `subprocess` and similar modules, and strings for a shell. */

import { spanFrom } from "../../launch/launch";
import { parseBounded } from "../../python/text/python-parser";
import { INSERTING } from "../containers/container-notation";
import { launchAround } from "../launch-around";
import { cursorInList } from "../list/cursor";
import type { Notation } from "../notation";
import { outlineOfTree } from "../outline";
import { cursorInShell } from "../shell/cursor";
import { findInPython } from "./find";
import { hasOpenQuote, isInWords, placesOf } from "./places";
import { pythonTraits } from "./traits";
import { writeInPython, writeVariableInPython } from "./write";

export const python: Notation = {
  ...pythonTraits,
  find: (text) => findInPython(text),
  newCache: () => undefined,
  outline: (text) => outlineOfTree(parseBounded(text), text, spanFrom),
  cursorAt(file, offset) {
    const launch = launchAround(file, offset);
    if (!launch || !isInWords(file.text, launch, offset)) return undefined;
    if (launch.form.kind !== "list") return cursorInShell(file, launch, offset);
    const cursor = cursorInList(file, launch, offset);
    // Where a quote is open, another element changes what is in quotes.
    const isOpen = cursor?.kind === "gap" && hasOpenQuote(placesOf(file.text), launch);
    return isOpen && cursor.quote === "" ? undefined : cursor;
  },
  write: writeInPython,
  writeVariable: (text, _launch, change) => writeVariableInPython(text, change),
  flagText: (name) => name,
  ...INSERTING,
  switchWords: [],
};
