/** The places of a finding that are in another file, which its launch is in. */
import { relative } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Range } from "vscode-languageserver-types";
import { type Finding, service } from "../../service";

interface PlaceElsewhere {
  /** From the current folder. */
  readonly path: string;
  readonly range: Range;
  readonly message: string;
}

/** The places in other files, in order. */
export function placesElsewhere({ related = [] }: Finding): readonly PlaceElsewhere[] {
  return related.flatMap(({ span, message, file }) => {
    if (!file) return [];
    const document = TextDocument.create(file.path, "", 0, file.text);
    return [{ path: relative(process.cwd(), file.path), range: service.rangeOf(document, span), message }];
  });
}
