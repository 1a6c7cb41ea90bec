/** Writes changes of variables in `env:` or `environment:` of a YAML file. */

import { type Span, spanFrom, type TextChange } from "../../launch/launch";
import { lineBreakOf, lineEndAt, lineStartAt, signsBefore, wholeLines } from "../../launch/lines";
import { blockDash, quoteOf, writeElement } from "../list/elements";
import { removeElements } from "../list/remove";
import { insert, type PlacedVariable, type VariableWriter } from "../written-variable";
import { requoted, writeScalar } from "./scalars";

/** How a notation's files read values. */
export interface YamlValues {
  /** Whether a value must be a string, so that `1` is quoted; otherwise it is read like in PyYAML. */
  readonly strings: boolean;
  /** Whether a dollar begins a reference, and `$$` is a literal dollar. */
  readonly references: boolean;
}

/** Writes changes of variables in YAML with such values. */
export function writeVariableInYaml(values: YamlValues): VariableWriter {
  return (text, variable, change) => {
    switch (change.kind) {
      case "rename":
        return [{ span: variable.nameSpan, newText: renamed(text, variable, change.to) }];
      case "set":
        return set(text, variable, change.to, values);
      case "remove":
        return remove(text, variable);
      case "add":
        return [add(text, variable, change.name, change.value, values)];
    }
  };
}

function formOf({ place: { form } }: PlacedVariable) {
  return "flow" in form ? form : ({ kind: "entry", flow: false } as const);
}

function renamed(text: string, variable: PlacedVariable, to: string): string {
  return formOf(variable).kind === "item" ? to : requoted(text, variable.nameSpan, to);
}

/** A value as a scalar, in the quotes of another scalar if that has some. */
function scalar(value: string, like: string, flow: boolean, { strings, references }: YamlValues): string {
  const text = references ? value.replaceAll("$", "$$$$") : value;
  const quote = quoteOf(like);
  const isNumber = /^(?:0|[1-9]\d*)$/;
  if (!strings || (isNumber.test(text) && isNumber.test(like))) {
    return quote === "" ? writeScalar(text, flow) : writeElement(text, "yaml-flow", quote);
  }
  return writeElement(text, flow ? "yaml-flow" : "yaml-block", quote);
}

function item(name: string, value: string, like: string, flow: boolean, { references }: YamlValues): string {
  const text = references ? value.replaceAll("$", "$$$$") : value;
  return writeElement(`${name}=${text}`, flow ? "yaml-flow" : "yaml-block", quoteOf(like));
}

function set(text: string, variable: PlacedVariable, to: string, values: YamlValues): TextChange[] {
  const { kind, flow } = formOf(variable);
  const { name, nameSpan, value, place } = variable;
  if (kind === "item") {
    const newText = item(name, to, text.slice(place.span.start, place.span.end), flow, values);
    return [{ span: place.span, newText }];
  }
  // A block scalar ends with its last line, so the new value is on the line of the key.
  if (value.source !== "") return [{ span: value.span, newText: scalar(to, value.source, flow, values) }];
  const colon = kind === "entry" ? /^[ \t]*:/.exec(text.slice(nameSpan.end))?.[0].length : undefined;
  return colon === undefined ? [] : [insert(nameSpan.end + colon, ` ${scalar(to, '""', flow, values)}`)];
}

function remove(text: string, variable: PlacedVariable): TextChange[] {
  const { kind, flow } = formOf(variable);
  const { span, whole, leaves } = variable.place;
  if (whole && leaves !== undefined) return [{ span: whole, newText: leaves }];
  if (whole) return removePair(text, whole);
  if (flow) return [removeElements(text, span, "yaml-flow")];
  if (kind !== "entry") return [removeElements(text, fromDash(text, span), "yaml-block")];
  return isFirstOnLine(text, span) ? [{ span: wholeLines(text, span), newText: "" }] : [];
}

/** An item from its dash, which may be on the line above. */
function fromDash(text: string, { start, end }: Span): Span {
  const above = isFirstOnLine(text, { start }) ? signsBefore(text, start, /[-\s]/) : "";
  const dash = /-[ \t]*\r?\n\s*$/.exec(above);
  return spanFrom(start - (dash?.[0].length ?? 0), end);
}

function isFirstOnLine(text: string, { start }: Pick<Span, "start">): boolean {
  return /^\uFEFF?[ \t]*$/.test(text.slice(lineStartAt(text, start), start));
}

/** Removes a key with its value from a mapping. */
function removePair(text: string, { start, end }: Span): TextChange[] {
  const lineStart = lineStartAt(text, start);
  const before = text.slice(lineStart, start);
  if (/^\uFEFF?[ \t]*$/.test(before)) return [{ span: wholeLines(text, spanFrom(start, end)), newText: "" }];
  if (!/^[ \t]*(?:-[ \t]+)+$/.test(before)) return [removeElements(text, spanFrom(start, end), "yaml-flow")];
  // The first key after the dash of an item: the next key moves to its place.
  const next = /^[ \t]*(?:#[^\n]*)?\r?\n([ \t]*)(?=[^\s-])/.exec(text.slice(end));
  return next?.[1]?.length === before.length
    ? [{ span: spanFrom(start, end + next[0].length), newText: "" }]
    : [];
}

/** A new variable after another, in the same style. */
function add(
  text: string,
  variable: PlacedVariable,
  name: string,
  value: string,
  values: YamlValues,
): TextChange {
  const { kind, flow } = formOf(variable);
  const { span } = variable.place;
  const like = variable.value.source;
  const source = text.slice(span.start, span.end);
  const newline = lineBreakOf(text);
  const written = (inFlow: boolean) =>
    kind === "item"
      ? item(name, value, source, inFlow, values)
      : `${writeScalar(name, true)}: ${scalar(value, like, inFlow, values)}`;
  if (kind === "named") return addNamed(text, variable, name, scalar(value, like, true, values));
  if (flow) return insert(span.end, `, ${written(true)}`);
  const lineEnd = lineEndAt(text, span.end);
  const indent =
    kind === "item"
      ? (blockDash(text, span) ?? "- ").replace(/-(?=[ \t]+-)/g, " ")
      : text.slice(lineStartAt(text, span.start), span.start).replace("\uFEFF", "");
  return insert(lineEnd, `${newline}${indent}${written(false)}`);
}

/** `name:` and `value:`, next to each other in braces or on separate lines. */
function addNamed(text: string, variable: PlacedVariable, name: string, value: string): TextChange {
  const { flow } = formOf(variable);
  const { span } = variable.place;
  const isBraced = text[span.start] === "{";
  const space = /^\{(\s*)/.exec(text.slice(span.start, span.end))?.[1] === "" ? "" : " ";
  const braced = `{${space}name: ${writeScalar(name, true)}, value: ${value}${space}}`;
  if (flow) return insert(span.end, `, ${braced}`);
  const newline = lineBreakOf(text);
  const dash = blockDash(text, span) ?? `${" ".repeat(span.start - lineStartAt(text, span.start) - 2)}- `;
  const deeper = dash.replaceAll("-", " ");
  const lines = isBraced
    ? [dash + braced]
    : [`${dash}name: ${writeScalar(name, true)}`, `${deeper}value: ${value}`];
  return insert(lineEndAt(text, span.end), lines.map((line) => newline + line).join(""));
}
