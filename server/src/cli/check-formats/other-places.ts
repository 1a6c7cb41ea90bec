/** The places of a finding besides its own: in its file, or in another one that its launch is in. */
import { relative } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Range } from "vscode-languageserver-types";
import { type Finding, type LaunchDocument, service } from "../../service";

interface OtherPlace {
  /** That of the file as it was given; of another file, from the current folder. */
  readonly path: string;
  readonly range: Range;
  readonly message: string;
}

/** The other places of a finding in a document, in order. */
export function otherPlaces(
  { related = [] }: Finding,
  { document: own }: LaunchDocument,
): readonly OtherPlace[] {
  return related.map(({ span, message, file }) => {
    const document = file ? TextDocument.create(file.path, "", 0, file.text) : own;
    const path = file ? relative(process.cwd(), file.path) : own.uri;
    return { path, range: service.rangeOf(document, span), message };
  });
}
