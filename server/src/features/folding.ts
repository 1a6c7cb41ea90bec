/** Folding of launches that go over several lines, where the editor's own folding does not see them as one thing. */
import type { FoldingRange } from "vscode-languageserver-types";
import type { LaunchDocument } from "../analysis/document";

/** One range for each launch of more than one line; a YAML config folds by its indentation already. */
export function foldingRanges({ launches, document }: LaunchDocument): FoldingRange[] {
  return launches.flatMap(({ launch }) => {
    if (launch.form.kind === "mapping") return [];
    const startLine = document.positionAt(launch.span.start).line;
    const endLine = document.positionAt(launch.span.end).line;
    return endLine > startLine ? [{ startLine, endLine }] : [];
  });
}
