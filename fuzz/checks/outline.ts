/** Outline, folding, lines above launches. */
import type { DocumentSymbol, Range } from "vscode-languageserver-types";
import { service } from "../../server/src/service";
import type { Case } from "./case";
import type { Check, Failure } from "./check";
import { faultOfRange } from "./places";

const { codeLenses, countProblems, documentSymbols, flatSymbols, foldingRanges, problemsOf } = service;

function holds(outer: Range, inner: Range): boolean {
  const before = (a: Range["start"], b: Range["start"]) =>
    a.line < b.line || (a.line === b.line && a.character <= b.character);
  return before(outer.start, inner.start) && before(inner.end, outer.end);
}

function* faultsOfSymbols(
  asked: Case,
  symbols: readonly DocumentSymbol[],
  parent?: DocumentSymbol,
): Iterable<Failure> {
  const { document } = asked.document;
  for (const symbol of symbols) {
    const { name, range, selectionRange, children = [] } = symbol;
    const fault = faultOfRange(document, range) ?? faultOfRange(document, selectionRange);
    // VS Code rejects the whole outline if one symbol has no name.
    if (name.trim() === "") yield { of: "name", message: "A symbol has no name." };
    if (fault) yield { of: "range", message: `In the symbol ${name}, ${fault}.` };
    else if (!holds(range, selectionRange))
      yield { of: "selection", message: `The symbol ${name} does not contain its own name.` };
    else if (parent && !holds(parent.range, range))
      yield { of: "parent", message: `The symbol ${name} is outside ${parent.name}.` };
    yield* faultsOfSymbols(asked, children, symbol);
  }
}

const symbols: Check = {
  name: "symbols are nested",
  area: "outline",
  *check(asked) {
    const found = documentSymbols(asked.document);
    yield* faultsOfSymbols(asked, found);
    flatSymbols(found, asked.edited.uri);
  },
};

const folding: Check = {
  name: "folding ranges are lines, in order",
  area: "outline",
  *check({ document }) {
    let before = 0;
    for (const { startLine, endLine } of foldingRanges(document)) {
      if (startLine < before)
        yield {
          of: "order",
          message: `The range from line ${startLine} comes after the one from line ${before}.`,
        };
      if (endLine <= startLine || endLine >= document.document.lineCount)
        yield {
          of: "lines",
          message: `The range goes from line ${startLine} to ${endLine} of ${document.document.lineCount}.`,
        };
      before = startLine;
    }
  },
};

const lenses: Check = {
  name: "code lenses have a place",
  area: "outline",
  *check({ document }) {
    for (const { range, command } of codeLenses(document, { runs: true })) {
      const fault = faultOfRange(document.document, range);
      if (fault) yield { of: "range", message: `In the lens ${command?.title}, ${fault}.` };
      if (!command?.title) yield { of: "title", message: "A lens has no title." };
    }
    for (const judged of document.launches) countProblems(document, problemsOf(document, judged));
  },
};

export const OUTLINE: readonly Check[] = [symbols, folding, lenses];
