/** The public model that a comment or the setting names for a launch, whose folder is elsewhere. */
import type { Catalogue } from "../catalogue/types";
import { type Surroundings, withPublicModel } from "../judgement/surroundings";
import { type Directive, modelDirectiveOf } from "../launch/directives";
import type { LaunchFile } from "../launch/launch";

/** What the user's settings say about models. */
export interface ModelSettings {
  /** `lightllm.model`: the name of a public model, for launches without a comment that names one. */
  readonly model?: string | undefined;
}

/** A public model by its name, in any capitals; undefined if it is not among those that are bundled. */
export function findPublicModel(
  name: string,
  catalogue: Catalogue,
): { readonly name: string; readonly config: string } | undefined {
  const models = catalogue.publicModels();
  const own = Object.hasOwn(models, name) ? name : undefined;
  const found = own ?? Object.keys(models).find((one) => one.toLowerCase() === name.toLowerCase());
  const config = found === undefined ? undefined : models[found];
  return found === undefined || config === undefined ? undefined : { name: found, config };
}

/** The name that counts for a launch: the comment's, else the setting's. */
export function modelNameOf(
  file: LaunchFile,
  index: number,
  directives: readonly Directive[],
  { model }: ModelSettings,
): string | undefined {
  return modelDirectiveOf(file, index, directives)?.name ?? model;
}

/** The surroundings of a launch with the public model that is named for it. */
export function withNamedModel(
  surroundings: Surroundings,
  name: string | undefined,
  catalogue: Catalogue,
): Surroundings {
  const found = name ? findPublicModel(name, catalogue) : undefined;
  return found ? withPublicModel(surroundings, found.name, found.config) : surroundings;
}
