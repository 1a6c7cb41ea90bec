/** Whether a completion in a text with faults leaves the launches of the text as they are read. */
import type { Launch, LaunchFile, Span } from "../launch/launch";
import type { CursorInLaunch, Notation } from "./notation";

/**
 * What cannot be read may take in more, or less, after a word is inserted: a key above a line that is no YAML makes it its
 * value, a quote or a bracket without an end reaches further. So such a text is read again with a word in the cursor's
 * place. In a text without such faults the cursor's line decides alone.
 */
export function keepsOthers(notation: Notation, file: LaunchFile, cursor: CursorInLaunch): boolean {
  const { launch, replace } = cursor;
  if (!mayReadOtherwise(file.text, cursor)) return true;
  // A document of YAML is read alone.
  const isAlone = launch.form.kind === "mapping";
  const { start, end } = isAlone ? launch.span : { start: 0, end: file.text.length };
  const written =
    file.text.slice(start, replace.start) + exampleFor(notation, cursor) + file.text.slice(replace.end, end);
  const before = isAlone ? [launch] : file.launches;
  const isInserted = replace.start === replace.end && (cursor.kind === "gap" || cursor.kind === "flag");
  const replaced = isInserted ? undefined : replace;
  const after = notation.find(written).launches;
  return (
    after.length === before.length &&
    before.every((one, at) => holdsAll(wordsOf(after[at] as Launch), wordsOf(one, replaced), one))
  );
}

function mayReadOtherwise(text: string, cursor: CursorInLaunch): boolean {
  const { form, problems, span } = cursor.launch;
  if (form.kind === "shell") return form.isOpen === true;
  if (form.kind === "list") return form.style !== "yaml-block" && !/[\])]/.test(text[span.end - 1] ?? "");
  if (form.kind !== "mapping") return false;
  // Brackets are one value, whatever is in them.
  if (cursor.kind === "value" && cursor.inFlow) return false;
  return problems?.some((one) => one.code === "yaml-unreadable" && !meet(one.span, cursor.replace)) ?? false;
}

/** What may be written in the cursor's place: a whole argument, so that it takes no word after it. */
function exampleFor(notation: Notation, cursor: CursorInLaunch): string {
  switch (cursor.kind) {
    case "flag":
      return wholeFlag(notation, cursor);
    case "gap":
      return wholeFlag(notation, { ...cursor, kind: "flag", hasValue: false });
    case "variable":
      return `A${cursor.suffix}`;
    case "value":
      return notation.insertValue("8", cursor);
  }
}

function wholeFlag(notation: Notation, cursor: Extract<CursorInLaunch, { kind: "flag" }>): string {
  const flag = notation.insertFlag("--tp", cursor);
  return cursor.launch.form.kind === "shell" && flag.endsWith(" ") ? `${flag}8 ` : flag;
}

/** A word of a launch: a flag, a value with its flag if that is not being written, a variable with its value. */
interface Said {
  readonly flag?: string | undefined;
  readonly word: string;
}

/** The words and variables of a launch, apart from what is at a place. */
function wordsOf({ arguments: given, environment }: Launch, except?: Span): Said[] {
  const isElsewhere = (span: Span) => !except || !meet(span, except);
  return [
    ...given.flatMap(({ flag, flagSpan, words }) => {
      const isWritten = flag !== "" && !isElsewhere(flagSpan);
      const values = words
        .filter(({ span }) => isElsewhere(span))
        .map(({ source }) => ({ word: source, flag: isWritten ? undefined : flag }));
      return flag === "" || isWritten ? values : [{ word: flag, flag }, ...values];
    }),
    ...environment
      .filter(({ nameSpan, value }) => isElsewhere(nameSpan) && isElsewhere(value.span))
      .map(({ name, value }) => ({ word: `${name}=${value.source}` })),
  ];
}

/** Whether all words that are needed are still there, and no more came than the flag and the value that were inserted. */
function holdsAll(words: readonly Said[], needed: readonly Said[], { form }: Launch): boolean {
  const left = [...words];
  const isThere = (one: Said) => {
    const at = left.findIndex(
      ({ word, flag }) => word === one.word && (one.flag === undefined || one.flag === flag),
    );
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  // A colon may make keys of the lines below it.
  return needed.every(isThere) && (form.kind === "mapping" || left.length <= 2);
}

function meet(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}
