/** Lists that Docker does not read as JSON: it runs them as shell commands. */
import {
  type Launch,
  type Span,
  spanFrom,
  type TextChange,
  type TextProblem,
  withProblems,
} from "../../launch/launch";
import { doubleQuoted } from "../../launch/visible-text";
import { say } from "../../messages";
import { blanksAround } from "../blanks-around";
import { type Embedded, toFile } from "../embedded";
import type { ListItem } from "../list/items";

/** Whether a text is a JSON array of strings. */
export function isJson(text: string): boolean {
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) && read.every((one) => typeof one === "string");
  } catch {
    return false;
  }
}

/** The problem of a list that is not JSON, with a fix that writes its elements as JSON strings. */
export function notJson(file: string, span: Span, items: readonly ListItem[]): TextProblem {
  const edits = [...items.flatMap(quotes), ...comma(file, span, items)];
  const fixed = edits.reduceRight(
    (text, { span: { start, end }, newText }) =>
      text.slice(0, start - span.start) + newText + text.slice(end - span.start),
    file.slice(span.start, span.end),
  );
  const isFixed = isJson(fixed.replace(/[\\`][ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*/g, ""));
  return {
    code: "docker-exec-form",
    span,
    message: say("list.not-json"),
    fixes: isFixed ? [{ title: say("list.to-json"), kind: "spelling", preferred: true, edits }] : [],
  };
}

/** Words of a shell that read its own arguments, as the command of an entry point in shell form would be. */
const READS_ARGUMENTS = /\$[@*\d]|\$\{[@*\d]/;

/** The problem of arguments in `CMD` below an entry point in shell form, which gets none. */
export function ignoredArguments(
  entrypoint: Embedded,
  command: Embedded,
  first: string | undefined,
): TextProblem | undefined {
  if (!/^--?[A-Za-z]/.test(first ?? command.text.trimStart())) return undefined;
  if (READS_ARGUMENTS.test(entrypoint.text)) return undefined;
  const from = command.text.search(/\S/);
  const span = spanFrom(toFile(command, from), toFile(command, command.text.trimEnd().length));
  return {
    code: "docker-exec-form",
    variant: "ignored",
    span,
    message: say("list.ignored-command"),
    cutsOff: true,
    fixes: [],
  };
}

/** The launches with the problems of `ENV A = 1`, whose value begins with the sign; each is said once. */
export function withBlankSigns(launches: readonly Launch[]): Launch[] {
  const said = new Set<number>();
  return launches.map((launch) => {
    const problems = launch.environment.flatMap(({ name, nameSpan, value, place }): TextProblem[] => {
      const isRest = place?.form.kind === "instruction" && !place.form.assigned;
      const [, blanks, word] = /^=([ \t]*)(\S*)$/.exec(value.source) ?? [];
      if (!isRest || !value.source.startsWith("=") || said.has(nameSpan.start)) return [];
      said.add(nameSpan.start);
      const { start, end } = value.span;
      const edits = [
        spanFrom(nameSpan.end, start),
        ...(blanks ? [spanFrom(start + 1, start + 1 + blanks.length)] : []),
      ];
      return [blanksAround("dockerfile", name, spanFrom(nameSpan.start, end), word ? edits : [])];
    });
    return problems.length > 0 ? withProblems(launch, [...(launch.problems ?? []), ...problems]) : launch;
  });
}

/** Double quotes around an element. */
function quotes({ word: { span, source }, embedded }: ListItem): TextChange[] {
  return isJson(`[${source}]`) ? [] : [{ span, newText: doubleQuoted(embedded.text) }];
}

/** Removes a comma after the last element. */
function comma(file: string, { end }: Span, items: readonly ListItem[]): TextChange[] {
  const last = items.at(-1)?.word.span.end;
  const at = last === undefined ? -1 : file.slice(last, end).indexOf(",");
  return last === undefined || at < 0 ? [] : [{ span: spanFrom(last + at, last + at + 1), newText: "" }];
}
