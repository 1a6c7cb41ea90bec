/** Whether a completion in a text with faults leaves the launches of the text as they are read. */
import type { Launch, LaunchFile, Span } from "../launch/launch";
import type { CursorInLaunch, Notation } from "./notation";

/**
 * What cannot be read may take in more, or less, after a word is inserted: a key above a line that is no YAML makes it its
 * value, a quote or a backquote without an end reaches further. So such a text is read again with a word in the cursor's
 * place. In a text without such faults the cursor's line decides alone.
 */
export function keepsOthers(notation: Notation, file: LaunchFile, cursor: CursorInLaunch): boolean {
  const { launch, replace } = cursor;
  if (!mayReadOtherwise(cursor)) return true;
  // A document of YAML is read alone.
  const isAlone = launch.form.kind === "mapping";
  const { start, end } = isAlone ? launch.span : { start: 0, end: file.text.length };
  const written =
    file.text.slice(start, replace.start) + exampleFor(notation, cursor) + file.text.slice(replace.end, end);
  const before = isAlone ? [launch] : file.launches;
  const after = notation.find(written).launches;
  return (
    after.length === before.length &&
    before.every((one, at) => holdsAll(wordsOf(after[at] as Launch), wordsOf(one, replace)))
  );
}

function mayReadOtherwise(cursor: CursorInLaunch): boolean {
  const { form, problems } = cursor.launch;
  if (form.kind === "shell") return form.isOpen === true;
  if (form.kind !== "mapping") return false;
  // Brackets are one value, whatever is in them.
  if (cursor.kind === "value" && cursor.inFlow) return false;
  return (
    problems?.some(({ code, span }) => code === "yaml-unreadable" && !meet(span, cursor.replace)) ?? false
  );
}

/** What may be written in the cursor's place: a whole argument, so that it takes no word after it. */
function exampleFor(notation: Notation, cursor: CursorInLaunch): string {
  switch (cursor.kind) {
    case "flag": {
      const flag = notation.insertFlag("--tp", cursor);
      return cursor.launch.form.kind === "shell" && flag.endsWith(" ") ? `${flag}8 ` : flag;
    }
    case "variable":
      return `A${cursor.suffix}`;
    case "value":
      return notation.insertValue("8", cursor);
    case "gap":
      return `${notation.flagText("--tp")} 8 `;
  }
}

/** The words and variables of a launch with their values, apart from what is at a place. */
function wordsOf({ arguments: given, environment }: Launch, except?: Span): string[] {
  const isElsewhere = (span: Span) => !except || !meet(span, except);
  return [
    ...given.filter(({ span }) => isElsewhere(span)).map(({ flag, valueSource }) => `${flag} ${valueSource}`),
    ...environment
      .filter(({ nameSpan, value }) => isElsewhere(nameSpan) && isElsewhere(value.span))
      .map(({ name, value }) => `${name}=${value.source}`),
  ];
}

function holdsAll(words: readonly string[], needed: readonly string[]): boolean {
  const left = [...words];
  return needed.every((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function meet(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}
