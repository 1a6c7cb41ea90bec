/** A trap of shells as a problem of the launch, with fixes as edits of the shell text. */

import type { DetectedIn } from "../../../../schemas/generated/rules";
import { type Span, spanFrom, type TextChange, type TextFix, type TextProblem } from "../../launch/launch";
import { type Embedded, escapeFor, HOLE, indentInFile, spanInFile } from "../embedded";

/** A fix as edits of the shell text. */
export interface ShellFix {
  readonly title: string;
  readonly edits: readonly TextChange[];
}

type TrapCode = DetectedIn["notations/shell/line-traps.ts"] | DetectedIn["notations/shell/word-traps.ts"];

/** The problem of a trap; its fixes are certain, because only one meaning is likely. */
export function trap(
  code: TrapCode,
  embedded: Embedded,
  span: Span,
  message: string,
  fixes: readonly ShellFix[],
  effect: { readonly cutsOff?: boolean; readonly misread?: Span } = {},
): TextProblem {
  const { cutsOff, misread } = effect;
  return {
    code,
    ...(cutsOff && { cutsOff }),
    ...(misread && { misread: spanInFile(embedded, misread) }),
    span: spanInFile(embedded, span),
    message,
    fixes: fixes.filter(movesNothingPutIn).map(
      ({ title, edits }): TextFix => ({
        title,
        // The meaning is certain: these lines continue the command.
        kind: "spelling",
        preferred: true,
        edits: edits.map((edit) => editInFile(edit, embedded)),
      }),
    ),
  };
}

/** An edit of the shell text as one of the file. */
function editInFile({ span, newText }: TextChange, embedded: Embedded): TextChange {
  const { linesAbove } = embedded;
  if (linesAbove !== undefined && span.end === 0) return { span: spanFrom(linesAbove, linesAbove), newText };
  const lines = escapeFor(newText, embedded.quoting);
  const indent = " ".repeat(indentInFile(embedded));
  return {
    span: spanInFile(embedded, span),
    newText: lines.replaceAll("\n", `${embedded.lineEnd ?? "\n"}${indent}`),
  };
}

/** A substitution cannot be moved elsewhere as text. */
function movesNothingPutIn({ edits }: ShellFix): boolean {
  return edits.every(({ newText }) => !newText.includes(HOLE));
}

/** Whether a quote is open at a place of its line; call it in text order. */
export function quotesIn(text: string): (at: number) => boolean {
  let quote = "";
  let look = 0;
  return (at) => {
    for (; look < at; look++) {
      const char = text[look];
      if (char === "\n") quote = "";
      else if (char === "\\" && quote !== "'" && text[look + 1] !== "\n") look++;
      else if (quote === "") quote = char === '"' || char === "'" ? char : "";
      else if (char === quote) quote = "";
    }
    return quote !== "";
  };
}
