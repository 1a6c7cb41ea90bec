/** Opens files with launches and judges them, once the model folders they point to have been read. */

import { dirname, resolve } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { ModelFolders } from "../files/model-folders";
import { nodeFiles } from "../files/node";
import { type LaunchDocument, type Notation, type Release, service } from "../service";

/** A text with launches. */
export interface Input {
  /** As it was named; `-` for standard input. */
  readonly path: string;
  readonly text: string;
  /** Found out by name and text where absent. */
  readonly notation?: Notation | undefined;
}

/** A file that was opened, with all that was known of it before. */
export type OpenedFile<Of extends Input = Input> = Of & {
  /** Nothing where the file is of no notation. */
  readonly document: LaunchDocument | undefined;
};

export interface JudgeOptions {
  /** The release that is asked for. */
  readonly release?: string | undefined;
  readonly source?: Release | undefined;
  /** Whether the launches run on this machine, so that a folder that is not here is nowhere. */
  readonly runsHere?: boolean;
}

/** Judges files until nothing more is to be read for them; `make` says what is made of each. */
export async function openFiles<Of extends Input, Made>(
  inputs: readonly Of[],
  options: JudgeOptions,
  make: (file: OpenedFile<Of>) => Made,
): Promise<Made[]> {
  const { release, source, runsHere = false } = options;
  const folders = new ModelFolders(nodeFiles, Number.POSITIVE_INFINITY);
  const catalogue = service.shippedCatalogue();
  const open = (input: Of): Made => {
    const { path, text } = input;
    const notation = input.notation ?? service.notationOf("", path, text);
    const folder = path === "-" ? process.cwd() : dirname(resolve(path));
    const surroundings = folders.around({ folder, runsHere });
    const settings = { option: release, language: "en" } as const;
    const document = TextDocument.create(path, "", 0, text);
    const analysed =
      notation && service.analyse(document, notation, settings, catalogue, { surroundings, source });
    return make({ ...input, document: analysed });
  };
  let files = inputs.map(open);
  // Model folders are read when a launch first asks for them.
  while (await folders.settled()) files = inputs.map(open);
  return files;
}
