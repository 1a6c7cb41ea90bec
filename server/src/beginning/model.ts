/** The model that a person names for a beginning: its folder, or a public model. */
import { type Release, type Surroundings, service } from "../service";
import { judgedModel } from "./objections";
import { beginningFacts, PURPOSES, type PurposeId } from "./purposes";
import type { BeginningModel } from "./request";

/** Where a public model is, if nobody says so. */
const FOLDER_OF_MODELS = "/models";

/** Reads the folders that models are in. */
export interface ModelReading {
  /** The absolute path of what was written. */
  absolute(written: string): string;
  readonly surroundings: Surroundings;
  /** Resolves when what was asked for is read; true if anything was. */
  settled(): Promise<boolean>;
}

/**
 * The model of a name or a path; undefined if it is neither a public model nor a path. A path whose folder is not there may
 * be one on another machine: then its name may say which public model it is.
 */
export async function modelNamed(
  written: string,
  reading: ModelReading | undefined,
): Promise<BeginningModel | undefined> {
  const catalogue = service.shippedCatalogue();
  const publicModel = service.findPublicModel(written, catalogue);
  const path = reading?.absolute(written) ?? written;
  if (reading && (await isThere(path, reading))) return { folder: path, surroundings: reading.surroundings };
  if (publicModel)
    return { folder: `${FOLDER_OF_MODELS}/${lastPart(publicModel.name)}`, publicName: publicModel.name };
  if (!/^(?:[/~$]|[A-Za-z]:\\)/.test(written)) return undefined;
  const last = lastPart(written).toLowerCase();
  const alike = Object.keys(catalogue.publicModels()).find((name) => lastPart(name).toLowerCase() === last);
  return { folder: written, ...(alike !== undefined && { publicName: alike }) };
}

async function isThere(path: string, { surroundings, settled }: ModelReading): Promise<boolean> {
  const look = () => {
    const found = surroundings.model(path);
    return (
      found.kind === "folder" && (found.files.config !== undefined || found.files.snapshot !== undefined)
    );
  };
  // A folder is read in the background, when it is first asked for.
  look();
  while (await settled()) look();
  return look();
}

function lastPart(path: string): string {
  return (
    path
      .replace(/[\\/]+$/, "")
      .split(/[\\/]/)
      .at(-1) ?? path
  );
}

/** The purpose that a model is for, if nobody says so. */
export function purposeOf(model: BeginningModel, release: Release): PurposeId {
  const facts = service.expressionsIn(judgedModel({ model, release }), {});
  const made = PURPOSES.find((purpose) => {
    const condition = beginningFacts().purposes[purpose].made;
    return condition !== undefined && facts.holds(condition);
  });
  return made ?? "one-node";
}
