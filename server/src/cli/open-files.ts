/** Opens files with launches and judges them, after their model folders have been read. */

import { dirname, resolve } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { mayCount } from "../files/manifests-beside";
import { ModelFolders } from "../files/model-folders";
import { nodeFiles } from "../files/node-files";
import { type LaunchDocument, type Notation, type Release, service } from "../service";
import { configurationFor } from "./project-configuration";

/** A text with launches. */
export interface Input {
  /** Path as given; `-` for standard input. */
  readonly path: string;
  readonly text: string;
  /** Detected by name and text if absent. */
  readonly notation?: Notation | undefined;
}

/** An opened file, with the fields of its input. */
export type OpenedFile<Of extends Input = Input> = Of & {
  /** Undefined if no notation reads the file. */
  readonly document: LaunchDocument | undefined;
};

export interface JudgeOptions {
  /** The requested release. */
  readonly release?: string | undefined;
  readonly source?: Release | undefined;
  /** `--gpu`. */
  readonly gpu?: string | undefined;
  /** `--held`, in bytes. */
  readonly held?: number | undefined;
  /** `--model`: a public model, for folders that cannot be read here. */
  readonly model?: string | undefined;
  /** Whether the launches run on this machine, so that a folder that is missing here does not exist. */
  readonly runsHere?: boolean;
}

/** Judges files until no more files have to be read for them; `make` converts each result. */
export async function openFiles<Of extends Input, Made>(
  inputs: readonly Of[],
  options: JudgeOptions,
  make: (file: OpenedFile<Of>) => Made,
): Promise<Made[]> {
  const { release, source, gpu, held, model, runsHere = false } = options;
  const folders = new ModelFolders(nodeFiles, Number.POSITIVE_INFINITY);
  const catalogue = service.shippedCatalogue();
  const given = inputs.flatMap(({ path, text }) => {
    const file = { path: resolve(path), text };
    return path !== "-" && mayCount(file) ? file : [];
  });
  const configured = await Promise.all(
    inputs.map(({ path }) => configurationFor(path === "-" ? resolve("-") : resolve(path))),
  );
  const open = (input: Of, index: number): Made => {
    const { path, text } = input;
    const notation = input.notation ?? service.notationOf("", path, text);
    const folder = path === "-" ? process.cwd() : dirname(resolve(path));
    const surroundings = folders.around({
      folder,
      runsHere,
      workspace: { folders: [folder, process.cwd(), ...chartOf(folder)], given: () => given },
    });
    const configuration = configured[index]?.configuration;
    const settings = {
      option: release,
      configured: configuration?.release,
      rules: configuration?.rules,
      gpuOption: gpu,
      gpuHeld: held,
      model,
      gpuConfigured: configuration?.gpu,
      language: "en",
    } as const;
    const document = TextDocument.create(path, "", 0, text);
    const analysed =
      notation && service.analyse(document, notation, settings, catalogue, { surroundings, source });
    return make({ ...input, document: analysed });
  };
  let files = inputs.map(open);
  // A model folder is read when a launch first needs it.
  while (await folders.settled()) files = inputs.map(open);
  return files;
}

/** The folder of the Helm chart whose templates are in a folder, because they read its values. */
function chartOf(folder: string): string[] {
  const [, chart] = /^(.+)[\\/]templates(?=[\\/]|$)/.exec(folder) ?? [];
  return chart === undefined ? [] : [chart];
}
