/** Shell scripts: every command in them that starts LightLLM. */
import { verbatim } from "../embedded";
import { launchAround } from "../launch-around";
import type { Notation } from "../notation";
import { mayHoldLaunch } from "../program";
import { placedChange } from "../written-variable";
import { cursorInShell, variableInShell } from "./cursor";
import { findInShell } from "./find";
import { insertFlagWord, insertValueWord } from "./quote";
import { writeInShell } from "./write";
import { writeVariableInShell } from "./write-variable";

export const shell: Notation = {
  id: "shell",
  find(text) {
    const found = mayHoldLaunch(text)
      ? findInShell(verbatim(text, { start: 0, end: text.length }), "shell")
      : undefined;
    return { notation: "shell", text, launches: found?.launches ?? [], problems: found?.problems ?? [] };
  },
  newCache: () => undefined,
  cursorAt(file, offset) {
    const launch = launchAround(file, offset);
    return variableInShell(file, launch, offset) ?? (launch && cursorInShell(file, launch, offset));
  },
  write: writeInShell,
  writeVariable(text, _launch, change) {
    const placed = placedChange(change);
    return placed ? writeVariableInShell(text, placed.variable, placed.change) : [];
  },
  flagText: (name) => name,
  insertFlag: insertFlagWord,
  insertValue: insertValueWord,
  switchWords: [],
};
