/** Completion items must be valid in an editor, and the text after accepting one must be readable. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { CompletionItem } from "vscode-languageserver-types";
import type { Word } from "../../server/src/launch/launch";
import { type LaunchDocument, service } from "../../server/src/service";
import type { Case } from "./case";
import type { Check, Failure } from "./check";
import { faultOfLineEnds, faultOfRange } from "./places";

const { resolveCompletion, shippedCatalogue } = service;

function editOf({ textEdit }: CompletionItem) {
  return textEdit && "range" in textEdit ? textEdit : undefined;
}

const items: Check = {
  name: "completion items can be offered",
  area: "completion",
  *check(asked) {
    for (const offset of asked.offsets(3)) {
      const failure = faultOfItems(asked, offset);
      if (failure) yield failure;
    }
  },
};

function faultOfItems(asked: Case, offset: number): Failure | undefined {
  const { document } = asked.document;
  const position = document.positionAt(offset);
  const items = asked.completions(offset);
  for (const item of items) {
    const range = editOf(item)?.range;
    const at = `${item.label} at ${position.line}:${position.character}`;
    if (!range) return { of: "no edit", message: `${at} has no edit.` };
    const fault = faultOfRange(document, range);
    if (fault) return { of: "range", message: `For ${at}, ${fault}.` };
    const { start, end } = range;
    if (start.line !== position.line || end.line !== position.line)
      return { of: "lines", message: `The edit of ${at} is not on the cursor's line.` };
    if (start.character > position.character || end.character < position.character)
      return { of: "cursor", message: `The edit of ${at} does not contain the cursor.` };
  }
  const labels = items.map(({ label, kind, textEdit }) => `${label} ${kind} ${textEdit?.newText}`);
  const twice = labels.find((label, index) => labels.indexOf(label) !== index);
  return twice ? { of: "twice", message: `${twice} is offered twice.` } : undefined;
}

/** Whether an editor shows an item for the typed text: the filter text contains its letters in this order. */
function letsThrough(filter: string, typed: string): boolean {
  let at = 0;
  for (const char of filter.toLowerCase()) if (char === typed.toLowerCase()[at]) at++;
  return at === typed.length;
}

/** An editor filters by the text before the cursor: an item that is completely typed there must stay. */
const filters: Check = {
  name: "an item stays while it is typed",
  area: "completion",
  *check(asked) {
    const { document } = asked.document;
    for (const offset of asked.offsets(3)) {
      const typed = (item: CompletionItem) =>
        document.getText({
          start: editOf(item)?.range.start ?? document.positionAt(offset),
          end: document.positionAt(offset),
        });
      const begun = asked.completions(offset).find((item) => {
        const before = typed(item);
        return before.length > 2 && item.label.toLowerCase().startsWith(before.trim().toLowerCase());
      });
      const filter = begun?.filterText ?? begun?.label ?? "";
      if (begun && !letsThrough(filter, typed(begun)))
        yield {
          of: "filter",
          message: `${begun.label} is filtered by ${JSON.stringify(filter)}, not by ${JSON.stringify(typed(begun))}.`,
        };
    }
  },
};

function lineOf(document: TextDocument, line: number): string {
  return document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
}

/** The beginning of a separator of documents, or of a list that a config does not have. */
const SEPARATOR = /^(?:-{1,3}|\.{1,3})$/;

/** An editor accepts the focused item of a list when Enter is pressed, so a list after a finished word changes it. */
const enter: Check = {
  name: "Enter ends the line after what is typed",
  area: "completion",
  *check(asked) {
    const { document, notation } = asked.document;
    for (const offset of asked.offsets(6)) {
      const items = asked.completions(offset);
      const { line, character } = document.positionAt(offset);
      const before = lineOf(document, line).slice(0, character);
      if (items.length > 0 && notation.id === "yaml" && SEPARATOR.test(before))
        yield { of: "separator", message: `After ${before}, ${items.length} items are offered.` };
      for (const item of items) {
        const edit = editOf(item);
        if (!edit) continue;
        const [start, end] = [document.offsetAt(edit.range.start), document.offsetAt(edit.range.end)];
        if (start < offset && item.preselect)
          yield { of: "preselect", message: `${item.label} is preselected at ${offset}, after text.` };
        if (start < offset && end === offset && edit.newText === asked.text.slice(start, end))
          yield { of: "same", message: `${item.label} is offered at ${offset}, where it is typed already.` };
      }
    }
  },
};

/** The words of a launch in order, and its variables. */
function wordsOf({ launch }: LaunchDocument["launches"][number]): string[] {
  const word = ({ text, source }: Word) => text ?? `?${source}`;
  const given = launch.arguments.filter(({ counts }) => counts);
  return [
    ...launch.environment.map(({ name, value }) => `${name}=${word(value)}`),
    ...given.flatMap(({ flag, words, joined }) => {
      // Only the first word is one with its flag.
      const [first = "", ...rest] = words.map(word);
      return joined ? [`${flag}=${first}`, ...rest] : [...(flag === "" ? [] : [flag]), ...words.map(word)];
    }),
  ];
}

/** The items of a list that another list does not have. */
function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return all.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** An item changes one word, everywhere where a variable brings it, or inserts one with a value; every other word stays. */
function wordsTouched(before: LaunchDocument, after: LaunchDocument): Failure | undefined {
  if (before.launches.length !== after.launches.length) return undefined;
  for (const [at, one] of before.launches.entries()) {
    const [old, now] = [wordsOf(one), after.launches[at] ? wordsOf(after.launches[at]) : []];
    const [gone, come] = [without(old, now), without(now, old)];
    // A key of a config that gets another name may take its values along, as `x-name` does; a colon may repair other keys.
    const longest = Math.max(1, ...one.launch.arguments.map(({ words }) => words.length));
    const [mostGone, mostCome] = one.launch.form.kind === "mapping" ? [1 + longest, old.length + 20] : [1, 2];
    if (old.length !== now.length && (gone.length > mostGone || come.length > mostCome))
      return {
        of: `${gone.length} become ${come.length}`,
        message: `${JSON.stringify(gone)} become ${JSON.stringify(come)}.`,
      };
  }
  return undefined;
}

const accepted: Check = {
  name: "a text can be read after an item is accepted",
  area: "completion",
  *check(asked) {
    const { document } = asked.document;
    for (const offset of asked.offsets(asked.now(0.3) ? 2 : 0)) {
      for (const item of asked.some(asked.completions(offset), 1)) {
        const edit = editOf(item);
        if (!edit || faultOfRange(document, edit.range)) continue;
        // Another word in the comment that claims the file makes it an ordinary YAML file.
        if (/^\s*#/.test(lineOf(document, edit.range.start.line))) continue;
        const [start, end] = [document.offsetAt(edit.range.start), document.offsetAt(edit.range.end)];
        const text = asked.text.slice(0, start) + edit.newText + asked.text.slice(end);
        const what = `After ${JSON.stringify(edit.newText)} at ${offset}`;
        const fault = faultOfLineEnds(asked.text, text);
        if (fault) yield { of: "line ends", message: `${what} ${fault}.` };
        const after = asked.reopen(text);
        // A key may decide what a file is: `quant_type` beside `mix_bits` alone makes it a quantization file.
        if (after?.notation !== asked.document.notation) continue;
        const lost = asked.document.launches.length - after.launches.length;
        if (lost > 0) yield { of: "launches", message: `${what} there are ${lost} launches fewer.` };
        const touched = wordsTouched(asked.document, after);
        if (touched) yield { of: `words ${touched.of}`, message: `${what}: ${touched.message}` };
      }
    }
  },
};

const documentation: Check = {
  name: "items can be resolved",
  area: "completion",
  *check(asked) {
    for (const offset of asked.offsets(1)) {
      for (const item of asked.some(asked.completions(offset), 2)) {
        const resolved = resolveCompletion(item, shippedCatalogue(), "en");
        if (resolved.label !== item.label)
          yield { of: item.label, message: `${item.label} becomes ${resolved.label}.` };
      }
    }
  },
};

export const COMPLETION: readonly Check[] = [items, filters, enter, accepted, documentation];
