/** Writes changes of variables in an `ENV` instruction: `ENV A=1 B=2`, and the old form `ENV A 1`. */

import { spanFrom, type TextChange, type VariableForm } from "../../launch/launch";
import { lineBreakOf, wholeLines } from "../../launch/lines";
import { insert, isBlankBetween, type PlacedVariable, type VariableWriter } from "../written-variable";

type Instruction = Extract<VariableForm, { kind: "instruction" }>;

/** The edits of a change of a variable in `ENV`. */
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
  // A value that needs quotes is written in the form that allows them.
  return [{ span: spanFrom(nameSpan.start, place.span.end), newText: `${name}=${written}` }];
}

function removed(text: string, { place: { span, previousEnd, nextStart, whole } }: PlacedVariable) {
  if (whole) return wholeLines(text, whole);
  if (previousEnd !== undefined && nextStart === undefined) return spanFrom(previousEnd, span.end);
  // A comment between the lines belongs to the next variable.
  if (nextStart !== undefined && isBlankBetween(text, span.end, nextStart))
    return spanFrom(span.start, nextStart);
  if (previousEnd !== undefined && isBlankBetween(text, previousEnd, span.start))
    return spanFrom(previousEnd, span.end);
  const blank = /^[ \t]*/.exec(text.slice(span.end, span.end + 80))?.[0].length ?? 0;
  return spanFrom(span.start, span.end + blank);
}

/** The separator between a variable and the next one: a line of its own if the instruction has such lines. */
function gapBefore(
  text: string,
  { place: { span, previousEnd, nextStart, whole } }: PlacedVariable,
  form: Instruction,
) {
  if (!form.assigned) {
    const keyword = whole && /^[ \t]*[A-Za-z]+[ \t]+/.exec(text.slice(whole.start, span.start))?.[0];
    return `${lineBreakOf(text)}${keyword ?? "ENV "}`;
  }
  const gaps = [
    [span.end, nextStart],
    [previousEnd, span.start],
  ] as const;
  for (const [start, end] of gaps) {
    if (start !== undefined && end !== undefined && isBlankBetween(text, start, end))
      return text.slice(start, end);
  }
  return " ";
}

const PLAIN = /^[\w@%+:,./=-]+$/;

/** `NAME=value` for `ENV`; undefined if no quotes can contain the value. */
export function setInImage(name: string, value: string, form: Instruction): string | undefined {
  const written = quoted(value, "", form);
  return written === undefined ? undefined : `${name}=${written}`;
}

/** A value in its previous quotes, or with as few as possible; undefined if quotes cannot contain it. */
function quoted(value: string, source: string, { escapeChar }: Instruction): string | undefined {
  const quote = /^(["']).*\1$/s.exec(source)?.[1];
  if (quote === undefined && PLAIN.test(value)) return value;
  const single = value.includes("'") ? undefined : `'${value}'`;
  // In double quotes, the file's own escape character is used, which may be a backtick.
  const double = escapeChar === "\\" ? `"${value.replace(/[\\"$]/g, "\\$&")}"` : undefined;
  const bare = /["\\$`]/.test(value) ? double : `"${value}"`;
  return quote === "'" ? (single ?? bare) : quote === '"' ? (bare ?? single) : (bare ?? single);
}
