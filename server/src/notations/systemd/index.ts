/** Unit files of systemd: the commands of a service. They are not shell text, unless they start a shell. */
import type { Notation } from "../notation";
import { mayHoldLaunch } from "../program";
import { insertFlagWord, insertValueWord } from "../shell/quote";
import { inCommandQuotes } from "../unit-text";
import { cursorInUnit } from "./cursor";
import { findInUnit } from "./find";
import { systemdTraits } from "./traits";
import { outlineOfUnit } from "./unit-lines";
import { commandWord } from "./unit-quote";
import { writeInUnit, writeVariableInUnit } from "./write";

export const systemd: Notation = {
  ...systemdTraits,
  find(text) {
    const found = mayHoldLaunch(text) ? findInUnit(text) : undefined;
    const launches = [...(found?.launches ?? [])].sort((a, b) => a.span.start - b.span.start);
    return { notation: systemdTraits, text, launches, problems: found?.problems ?? [] };
  },
  newCache: () => undefined,
  outline: outlineOfUnit,
  cursorAt: cursorInUnit,
  write: writeInUnit,
  writeVariable: (text, _launch, change) => writeVariableInUnit(text, change),
  flagText: (name) => name,
  insertFlag: insertFlagWord,
  insertValue(word, cursor) {
    const { launch, quote, separator } = cursor;
    if (launch.form.kind !== "unit") return insertValueWord(word, cursor);
    return quote === "" ? separator + commandWord(word) : inCommandQuotes(word, quote);
  },
  switchWords: [],
};
