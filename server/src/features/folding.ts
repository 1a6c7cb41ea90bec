/** Folding of launches with several lines, which the editor's own folding does not treat as a unit. */
import type { FoldingRange } from "vscode-languageserver-types";
import type { LaunchDocument } from "../analysis/document";

/** One range for each launch of several lines; a YAML config already folds by its indentation. */
export function foldingRanges({ launches, document }: LaunchDocument): FoldingRange[] {
  return launches.flatMap(({ launch }) => {
    if (launch.form.kind === "mapping") return [];
    const startLine = document.positionAt(launch.span.start).line;
    const endLine = document.positionAt(launch.span.end).line;
    return endLine > startLine ? [{ startLine, endLine }] : [];
  });
}
