/** Changes of a launch as edits, where they take nothing along that is not theirs. */
import type { Catalogue, Flag } from "../catalogue";
import type { Argument, Launch, LaunchChange, TextChange, Word } from "../launch/launch";
import type { Notation } from "../notations";

/** The edits of a change; none where they would take along words that may be other flags: `"$@"`, `$EXTRA` after a switch. */
export function editsOfChange(
  notation: Notation,
  text: string,
  launch: Launch,
  change: LaunchChange,
  catalogue: Catalogue,
): TextChange[] {
  const touched = "argument" in change && change.kind !== "rename" ? change.argument : undefined;
  if (touched && takesOthers(touched, catalogue)) return [];
  if (touched && launch.form.kind === "shell" && isValueOfVariable(touched, text)) return [];
  return notation.write(text, launch, change);
}

/** A word of the shell that stands for all words of a list. */
const ALL_WORDS = /\$[@*]|\$\{[@*]\}|\[[@*]\]/;

/** Whether words of an argument may belong to no flag, or to another one. */
function takesOthers({ flag, words }: Argument, catalogue: Catalogue): boolean {
  const own = ownWords(flag, catalogue);
  const isOpen = ({ text, source }: Word) => text === undefined || ALL_WORDS.test(source);
  return words.slice(own).some(isOpen) || words.slice(0, own).some(({ source }) => ALL_WORDS.test(source));
}

/** How many words a flag takes in the newest release that has it; one for a flag of none. */
function ownWords(name: string, { releases }: Catalogue): number {
  const known = releases.findLast(({ byName }) => byName.has(name))?.byName.get(name);
  const taken: Readonly<Record<Flag["arity"], number>> = { none: 0, one: 1, many: 1 };
  return known ? taken[known.arity] : 1;
}

/** Whether a flag is the value of a variable, `FLAG=--name`: more words in it would need quotes there. */
function isValueOfVariable({ flagSpan }: Argument, text: string): boolean {
  return /(?:^|[\s;&|(])[A-Za-z_]\w*\+?=["']?$/.test(
    text.slice(Math.max(0, flagSpan.start - 120), flagSpan.start),
  );
}
