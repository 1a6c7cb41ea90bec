/** Shell scripts: all commands that start LightLLM. */
import { type LaunchFile, spanFrom } from "../../launch/launch";
import { withoutMark } from "../../launch/lines";
import { verbatim } from "../embedded";
import { launchAround } from "../launch-around";
import type { Notation } from "../notation";
import { mayHoldLaunch } from "../program";
import { placedChange } from "../written-variable";
import { cursorInShell, variableInShell } from "./cursor";
import { findInShell } from "./find";
import { GivenVariables } from "./given";
import { insertFlagWord, insertValueWord } from "./quote";
import { partsOfScript } from "./script-parts";
import { shellNames } from "./shell-names";
import { saysTheSame } from "./shell-parser";
import { shellTraits } from "./traits";
import { writeInShell } from "./write";
import { writeVariableInShell } from "./write-variable";

/** Reads a script with known values of variables, such as `PORT` of `${PORT:-8000}`. */
export function findInEnvironment(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): LaunchFile {
  const given = GivenVariables.ofProcess(environment);
  const whole = verbatim(withoutMark(text), spanFrom(0, text.length));
  const found = mayHoldLaunch(text) ? findInShell(whole, shellTraits, { given }) : undefined;
  return { notation: shellTraits, text, launches: found?.launches ?? [], problems: found?.problems ?? [] };
}

export const shell: Notation = {
  ...shellTraits,
  find: (text) => findInEnvironment(text, {}),
  findIn: findInEnvironment,
  newCache: () => undefined,
  partsOf: partsOfScript,
  cursorAt(file, offset) {
    const launch = launchAround(file, offset);
    return variableInShell(file, launch, offset) ?? (launch && cursorInShell(file, launch, offset));
  },
  write: writeInShell,
  writeVariable(text, _launch, change) {
    const placed = placedChange(change);
    return placed ? writeVariableInShell(text, placed.variable, placed.change) : [];
  },
  saysTheSame,
  names: shellNames,
  // A comment would interrupt a continued command.
  takesCommentAt: (text, lineStart) => !/\\\r?\n$/.test(text.slice(0, lineStart)),
  flagText: (name) => name,
  insertFlag: insertFlagWord,
  insertValue: insertValueWord,
  switchWords: [],
};
