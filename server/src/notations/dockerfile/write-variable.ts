/** Writes changes of the variables of an `ENV` instruction: `ENV A=1 B=2`, and `ENV A 1` of old. */

import { spanFrom, type TextChange, type VariableForm } from "../../launch/launch";
import { lineBreakOf, wholeLines } from "../../launch/lines";
import { insert, isBlankBetween, type PlacedVariable, type VariableWriter } from "../written-variable";

type Instruction = Extract<VariableForm, { kind: "instruction" }>;

/** The edits of a change of a variable that an image is given. */
export const writeVariableInDockerfile: VariableWriter = (text, variable, change) => {
  const { form, span } = variable.place;
  if (form.kind !== "instruction") return [];
  switch (change.kind) {
    case "rename":
      return [{ span: variable.nameSpan, newText: change.to }];
    case "set":
      return set(variable, form, change.to);
    case "remove":
      return [{ span: removed(text, variable), newText: "" }];
    case "add": {
      const assignment = setInImage(change.name, change.value, form);
      return assignment === undefined ? [] : [insert(span.end, gapBefore(text, variable, form) + assignment)];
    }
  }
};

function set({ name, nameSpan, value, place }: PlacedVariable, form: Instruction, to: string): TextChange[] {
  if (!form.assigned && PLAIN.test(to)) return [{ span: value.span, newText: to }];
  const written = quoted(to, value.source, form);
  if (written === undefined) return [];
  if (form.assigned) return [{ span: value.span, newText: written }];
  // What needs quotes is written in the form that has them.
  return [{ span: spanFrom(nameSpan.start, place.span.end), newText: `${name}=${written}` }];
}

function removed(text: string, { place: { span, before, behind, whole } }: PlacedVariable) {
  if (whole) return wholeLines(text, whole);
  if (before !== undefined && behind === undefined) return spanFrom(before, span.end);
  // A comment between the lines is about what follows.
  if (behind !== undefined && isBlankBetween(text, span.end, behind)) return spanFrom(span.start, behind);
  if (before !== undefined && isBlankBetween(text, before, span.start)) return spanFrom(before, span.end);
  const blank = /^[ \t]*/.exec(text.slice(span.end, span.end + 80))?.[0].length ?? 0;
  return spanFrom(span.start, span.end + blank);
}

/** Between a variable and the one behind it: on a line of its own where the instruction has such lines. */
function gapBefore(
  text: string,
  { place: { span, before, behind, whole } }: PlacedVariable,
  form: Instruction,
) {
  if (!form.assigned) {
    const keyword = whole && /^[ \t]*[A-Za-z]+[ \t]+/.exec(text.slice(whole.start, span.start))?.[0];
    return `${lineBreakOf(text)}${keyword ?? "ENV "}`;
  }
  const gaps = [
    [span.end, behind],
    [before, span.start],
  ] as const;
  for (const [start, end] of gaps) {
    if (start !== undefined && end !== undefined && isBlankBetween(text, start, end))
      return text.slice(start, end);
  }
  return " ";
}

const PLAIN = /^[\w@%+:,./=-]+$/;

/** `NAME=value` as `ENV` takes it; nothing where no quotes can hold the value. */
export function setInImage(name: string, value: string, form: Instruction): string | undefined {
  const written = quoted(value, "", form);
  return written === undefined ? undefined : `${name}=${written}`;
}

/** A value in the quotes that stood there before, or with as few as it needs; none where they cannot hold it. */
function quoted(value: string, source: string, { escapeChar }: Instruction): string | undefined {
  const quote = /^(["']).*\1$/s.exec(source)?.[1];
  if (quote === undefined && PLAIN.test(value)) return value;
  const single = value.includes("'") ? undefined : `'${value}'`;
  // Within double quotes the escape character of the file counts, which may be a backtick.
  const double = escapeChar === "\\" ? `"${value.replace(/[\\"$]/g, "\\$&")}"` : undefined;
  const bare = /["\\$`]/.test(value) ? double : `"${value}"`;
  return quote === "'" ? (single ?? bare) : quote === '"' ? (bare ?? single) : (bare ?? single);
}
