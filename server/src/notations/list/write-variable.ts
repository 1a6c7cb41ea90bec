/** Writes changes of a variable that is an element `"NAME=value"` of a list. */
import { type Span, spanFrom, type TextChange } from "../../launch/launch";
import { insert, type PlacedVariable, type VariableWriter } from "../written-variable";
import { isSeparator, quoteOf, withoutComments, writeElement } from "./elements";
import type { ListStyle } from "./read-command";
import { removeElements } from "./remove";

const OPTION = /(?:(["'])(?:-e|--env)\1)[ \t]*,\s*$/;

/** Writes changes of variables in lists of a style. */
export function writeVariableInList(style: ListStyle): VariableWriter {
  return (text, variable, change) => {
    const { span } = variable.place;
    const quote = quoteOf(text.slice(span.start, span.end));
    const element = (name: string, value: string) => writeElement(`${name}=${value}`, style, quote);
    switch (change.kind) {
      case "rename":
        return [{ span: variable.nameSpan, newText: change.to }];
      case "set":
        return [{ span, newText: element(variable.name, change.to) }];
      case "remove":
        return [removeElements(text, spanFrom(optionStart(text, span), span.end), style)];
      case "add":
        return add(text, variable, element(change.name, change.value), style);
    }
  };
}

function add(
  text: string,
  { place: { span } }: PlacedVariable,
  element: string,
  style: ListStyle,
): TextChange[] {
  const start = optionStart(text, span);
  const separator = /,\s*$/.exec(text.slice(Math.max(0, start - 200), start))?.[0];
  const between =
    separator !== undefined && isSeparator(separator, style) ? withoutComments(separator) : ", ";
  return [insert(span.end, between + text.slice(start, span.start) + element)];
}

/** Start of the `"-e"` before an element, if there is one. */
function optionStart(text: string, { start }: Span): number {
  const from = Math.max(0, start - 200);
  return from + (OPTION.exec(text.slice(from, start))?.index ?? start - from);
}
