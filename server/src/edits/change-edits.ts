/** Turns changes of a launch into edits, if they affect nothing else. */
import type { Catalogue, Flag } from "../catalogue";
import type { Argument, Launch, TextChange, Word } from "../launch/launch";
import type { LaunchChange } from "../launch/launch-change";
import { originsOf } from "../launch/origin";
import type { Notation } from "../notations";

/**
 * The edits of a change; empty if they would also remove words that may be other flags: `"$@"`, or `$EXTRA` after a
 * switch.
 */
export function editsOfChange(
  notation: Notation,
  text: string,
  launch: Launch,
  change: LaunchChange,
  catalogue: Catalogue,
): TextChange[] {
  const touched = "argument" in change && change.kind !== "rename" ? change.argument : undefined;
  if (touched && takesOthers(touched, catalogue)) return [];
  if (touched && launch.form.kind === "shell" && isValueOfVariable(touched)) return [];
  return notation.write(text, launch, change);
}

/** Whether a word expands to all words of a list, and is not itself an item of it. */
function isAllWords(word: Word): boolean {
  return word.elsewhere === undefined && originsOf(word).some(({ isList }) => isList);
}

/** Whether words of an argument may belong to no flag, or to another flag. */
function takesOthers({ flag, words }: Argument, catalogue: Catalogue): boolean {
  const own = ownWords(flag, catalogue);
  const isOpen = (word: Word) => word.text === undefined || isAllWords(word);
  return words.slice(own).some(isOpen) || words.slice(0, own).some(isAllWords);
}

/** How many words a flag takes in the newest release that has it; 1 for an unknown flag. */
function ownWords(name: string, { releases }: Catalogue): number {
  const known = releases.findLast(({ byName }) => byName.has(name))?.byName.get(name);
  const taken: Readonly<Record<Flag["arity"], number>> = { none: 0, one: 1, many: 1 };
  return known ? taken[known.arity] : 1;
}

/** Whether a flag is the first word of a variable's value, `FLAG=--name`: further words would need quotes there. */
function isValueOfVariable({ flagSpan, flagOrigins = [] }: Argument): boolean {
  return flagOrigins.some((origin) => {
    if (origin.from !== "variable" || !origin.byScript || origin.isList || !origin.assigned) return false;
    // After the name comes `=` or `+=`, and a quote.
    const before = flagSpan.start - origin.assigned.start - origin.name.length;
    return before > 0 && before <= 3;
  });
}
