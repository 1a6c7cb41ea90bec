/** Names, renames, colours, selections, forms of values. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { SelectionRange } from "vscode-languageserver-types";
import { type LaunchDocument, service } from "../../server/src/service";
import { open } from "./case";
import type { Check } from "./check";
import { faultOfRange } from "./places";

const NEW_NAME = "renamed_1";

const names: Check = {
  name: "the places of a name are written alike",
  area: "moving",
  *check(asked) {
    const { document } = asked;
    for (const offset of asked.offsets(4)) {
      const marks = service.highlights(document, offset);
      for (const { range } of marks) {
        const fault = faultOfRange(document.document, range);
        if (fault) yield { of: "range", message: `At ${offset}, ${fault}.` };
      }
      const written = new Set(marks.map(({ range }) => document.document.getText(range)));
      if (written.size > 1) yield { of: "text", message: `At ${offset}: ${[...written].join(" and ")}` };
      for (const { range } of service.definition(document, offset)) {
        const fault = faultOfRange(document.document, range);
        if (fault) yield { of: "definition", message: `At ${offset}, ${fault}.` };
      }
    }
  },
};

const renames: Check = {
  name: "a rename leaves every launch with its words",
  area: "moving",
  *check(asked) {
    const { document, edited } = asked;
    for (const offset of asked.offsets(2)) {
      const renaming = service.rename(document, offset, NEW_NAME);
      if (renaming?.kind !== "edit") continue;
      const edits = renaming.edit.changes?.[document.document.uri] ?? [];
      const after = open(edited, TextDocument.applyEdits(document.document, edits));
      const words = ({ launches }: LaunchDocument) => launches.map(({ launch }) => service.argvOf(launch));
      if (!after || JSON.stringify(words(after)) !== JSON.stringify(words(document)))
        yield { of: "words", message: `At ${offset}, a launch has other words after the rename.` };
    }
  },
};

const colours: Check = {
  name: "semantic tokens are in order, each on its line",
  area: "moving",
  *check({ document }) {
    const { data } = service.semanticTokens(document);
    let [line, character, end] = [0, 0, 0];
    for (let at = 0; at < data.length; at += 5) {
      const [deltaLine = 0, deltaStart = 0, length = 0] = data.slice(at, at + 3);
      character = deltaLine === 0 ? character + deltaStart : deltaStart;
      line += deltaLine;
      if (deltaLine < 0 || length <= 0 || (deltaLine === 0 && at > 0 && character < end))
        yield { of: "order", message: `Token ${at / 5} overlaps the one before it.` };
      end = character + length;
      const fault = faultOfRange(document.document, {
        start: { line, character },
        end: { line, character: end },
      });
      if (fault) yield { of: "range", message: `In token ${at / 5}, ${fault}.` };
    }
  },
};

const selections: Check = {
  name: "a selection grows",
  area: "moving",
  *check(asked) {
    const { document } = asked.document;
    const ranges = service.selectionRanges(asked.document, asked.offsets(2));
    for (const range of ranges)
      for (let at: SelectionRange | undefined = range; at; at = at.parent) {
        const fault = faultOfRange(document, at.range);
        if (fault) yield { of: "range", message: fault };
        const [inner, outer] = [at.range, at.parent?.range].map(
          (one) => one && [document.offsetAt(one.start), document.offsetAt(one.end)],
        );
        if (inner && outer && ((outer[0] ?? 0) > (inner[0] ?? 0) || (outer[1] ?? 0) < (inner[1] ?? 0)))
          yield { of: "parent", message: "A range is outside the one that it grows to." };
      }
    for (const offset of asked.offsets(2)) service.signatureHelp(asked.document, offset);
  },
};

export const MOVING: readonly Check[] = [names, renames, colours, selections];
