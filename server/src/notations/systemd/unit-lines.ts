/**
 * The lines of a unit file as systemd reads them (systemd.syntax(7)): sections, `Key=value`, comments that begin with
 * `#` or `;`, and a backslash at the end of a line, which continues with the next line that is not a comment.
 */
import { type Span, spanFrom } from "../../launch/launch";
import { endsInOpenBackslash } from "../../launch/lines";
import type { Embedded } from "../embedded";
import type { Outline } from "../outline";

/** `Key=value` with all its lines. */
export interface UnitAssignment {
  /** The section's name; undefined above the first section. */
  readonly section: string | undefined;
  readonly key: string;
  readonly keySpan: Span;
  /** The value without surrounding white space; continued lines are joined by a space. */
  readonly value: Embedded;
  /** From the key to the end of its last line, without the line break. */
  readonly span: Span;
}

/** A line that systemd ignores: not a comment, not a section, and without `=`. */
export interface StrayLine {
  readonly section: string | undefined;
  readonly span: Span;
  /** A backslash followed by white space ends the previous line, which should have been continued here. */
  readonly brokenBy?: Span;
  /** The empty lines that end the previous line although it has a backslash at its end. */
  readonly emptyAbove?: Span;
}

export interface UnitLines {
  readonly assignments: readonly UnitAssignment[];
  readonly strays: readonly StrayLine[];
  /** The names of the sections, in order. */
  readonly sections: readonly string[];
}

/** A line after its continuations are joined. */
interface Joined {
  text: string;
  readonly offsets: number[];
  end: number;
}

export function unitLines(text: string): UnitLines {
  const assignments: UnitAssignment[] = [];
  const strays: StrayLine[] = [];
  const sections: string[] = [];
  let section: string | undefined;
  let joined: Joined | undefined;
  let brokenBy: Span | undefined;
  let emptyAbove: Span | undefined;
  let lastEnd = 0;
  for (let start = text.startsWith("\uFEFF") ? 1 : 0; start < text.length; ) {
    const { length, ending } = lineFrom(text, start);
    const line = text.slice(start, start + length);
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    const next = start + length + ending;
    if (/^[#;]/.test(line.slice(indent))) {
      lastEnd = start + length;
      start = next;
      continue;
    }
    const isEmpty = /^[ \t]*$/.test(line);
    const endsContinued = isEmpty && joined !== undefined;
    joined ??= { text: "", offsets: [], end: start };
    for (let at = indent; at < length; at++) joined.offsets.push(start + at);
    joined.text += line.slice(indent);
    joined.end = start + length;
    const isLast = next >= text.length;
    const isContinued = endsInOpenBackslash(joined.text);
    if (isContinued) joined.text = `${joined.text.slice(0, -1)} `;
    if (!isContinued || isLast) {
      const [name] = /^\[[^\]]*\]$/.exec(joined.text.trim()) ?? [];
      if (name !== undefined) {
        section = name.slice(1, -1);
        sections.push(section);
      } else {
        const assignment = assignmentOf(joined, section);
        const stray = strayOf(joined, section);
        if (assignment) assignments.push(assignment);
        else if (stray)
          strays.push({ ...stray, ...(brokenBy && { brokenBy }), ...(emptyAbove && { emptyAbove }) });
      }
      // The line end above is taken instead of the last one, which ends the line with the backslash then.
      const isNext = emptyAbove !== undefined && emptyAbove.end === lastEnd;
      if (endsContinued || (isEmpty && isNext))
        emptyAbove = spanFrom(endsContinued ? lastEnd : (emptyAbove?.start ?? lastEnd), start + length);
      else if (!isEmpty) emptyAbove = undefined;
      brokenBy = brokenEnd(line, start);
      joined = undefined;
    }
    lastEnd = start + length;
    start = next;
  }
  return { assignments, strays, sections };
}

/** The settings with their sections, and their values. */
export function outlineOfUnit(text: string): Outline {
  const pieces = unitLines(text).assignments.flatMap(({ section, key, keySpan, value, span }) => [
    { span: keySpan, says: `${section} ${key}` },
    { span, says: `${section} ${key}=${value.text}` },
  ]);
  return { pieces, faults: 0 };
}

/** The line at an offset, and the length of its line break. */
function lineFrom(text: string, start: number): { readonly length: number; readonly ending: number } {
  const length = /[\r\n]/.exec(text.slice(start))?.index ?? text.length - start;
  const ending = /^(?:\r\n|\n|\r)?/.exec(text.slice(start + length, start + length + 2))?.[0].length ?? 0;
  return { length, ending };
}

/** A backslash followed by white space at the end of a line. */
function brokenEnd(line: string, start: number): Span | undefined {
  const [found] = /\\[ \t]+$/.exec(line) ?? [];
  return found === undefined ? undefined : spanFrom(start + line.length - found.length, start + line.length);
}

function assignmentOf(
  { text, offsets, end }: Joined,
  section: string | undefined,
): UnitAssignment | undefined {
  const equals = text.indexOf("=");
  if (equals < 0) return undefined;
  const place = (at: number) => offsets[at] ?? end;
  const key = text.slice(0, equals).trim();
  const from = equals + 1 + (/^\s*/.exec(text.slice(equals + 1))?.[0].length ?? 0);
  const value = text.slice(from).trimEnd();
  const keyStart = place(0);
  return {
    section,
    key,
    keySpan: spanFrom(keyStart, keyStart + key.length),
    value: {
      text: value,
      offsets: [...offsets.slice(from, from + value.length), endOf(value, from, offsets, end)],
      quoting: [],
    },
    span: spanFrom(keyStart, end),
  };
}

function endOf(value: string, from: number, offsets: readonly number[], end: number): number {
  const last = offsets[from + value.length - 1];
  return value === "" || last === undefined ? (offsets[from] ?? end) : last + 1;
}

function strayOf({ text, offsets }: Joined, section: string | undefined): StrayLine | undefined {
  const [first] = offsets;
  const written = text.trim();
  return written === "" || first === undefined
    ? undefined
    : { section, span: spanFrom(first, (offsets[text.trimEnd().length - 1] ?? first) + 1) };
}
