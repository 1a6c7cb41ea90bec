/** The action "fix all": its edit, and what the editor says of it afterwards. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { CodeAction, Command } from "vscode-languageserver-types";
import { type LaunchDocument, rangeOf } from "../analysis/document";
import { countFixAll, type FixAll, fixAllOf } from "../edits/fix-all";
import { spanFrom } from "../launch/launch";
import { say } from "../messages";
import { FIXED_ALL_COMMAND, type FixedAll, type UndoneEdit } from "./command-ids";

/** Maximum number of fixes that are named one by one. */
const MOST_NAMED = 3;

export interface FixAllQuery {
  readonly kind: string;
  /** The smallest number of findings with such a fix for which there is an action. */
  readonly atLeast: number;
  /** Whether the client has the command that says what was fixed. */
  readonly told: boolean;
  /** Whether nobody asked: the editor fixes while it saves. */
  readonly unasked: boolean;
}

/** All spelling fixes of a file as one edit. */
export function fixAllAction(
  launchDocument: LaunchDocument,
  { kind, atLeast, told, unasked }: FixAllQuery,
): CodeAction | undefined {
  if (countFixAll(launchDocument) < atLeast) return undefined;
  const { document } = launchDocument;
  const all = fixAllOf(launchDocument);
  if (all.edits.length === 0) return undefined;
  const edits = all.edits.map(({ span, newText }) => ({ range: rangeOf(document, span), newText }));
  return {
    title: say("actions.fix-all"),
    kind,
    edit: { changes: { [document.uri]: edits } },
    ...(told && { command: tellCommand(launchDocument, all, unasked) }),
  };
}

function tellCommand({ document, file }: LaunchDocument, all: FixAll, unasked: boolean): Command {
  const after = TextDocument.create("", "", 0, all.text);
  const fixed: FixedAll = {
    uri: document.uri,
    fixed: sentenceOf(all, after),
    undo: undoOf(file.text, all, after),
    unasked,
  };
  return { title: say("actions.fix-all"), command: FIXED_ALL_COMMAND, arguments: [fixed] };
}

/** `Line 2: Change to 'model_dir'; line 5: …; 3 more.` */
function sentenceOf({ fixes }: FixAll, after: TextDocument): string {
  const named = fixes.slice(0, MOST_NAMED).map(({ title, offset }) => {
    const line = String(after.positionAt(offset).line + 1);
    return say("actions.fixed-one", { line, title: title.replaceAll("`", "'") });
  });
  return say("actions.fixed", { list: named.join("; "), more: fixes.length - named.length });
}

/** The edits that take others back, each with the text that must be there. */
function undoOf(before: string, { edits, text }: FixAll, after: TextDocument): UndoneEdit[] {
  let by = 0;
  return edits.map(({ span, newText }) => {
    const start = span.start + by;
    by += newText.length - (span.end - span.start);
    const place = spanFrom(start, start + newText.length);
    const range = rangeOf(after, place);
    return { range, newText: before.slice(span.start, span.end), there: text.slice(place.start, place.end) };
  });
}
