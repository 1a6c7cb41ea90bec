import type { NotationTraits } from "../../launch/notation-traits";
import { mayHoldLaunch } from "../program";
import { YAML_FILES } from "../yaml-files";

/** A `services` mapping at the top level of a file. */
const SERVICES = /^\uFEFF?(?:services|"services"|'services')[ \t]*:[ \t]*(?:[&#!].*)?\r?$/m;

/** The usual names of Compose files. */
const NAMES = /(?:^|[\\/])(?:docker-)?compose(?:[.-][^\\/]*)?\.ya?ml$/i;

/** Whether a text may build an image. */
export function mayBuild(text: string): boolean {
  return /^[ \t]+(?:build|"build"|'build')[ \t]*:/m.test(text);
}

export const composeTraits = {
  id: "compose",
  purpose: "container",
  comments: ["#"],
  runsHere: false,
  hasPlaceholders: false,
  hasHeadComment: false,
  isIndented: true,
  languageId: "yaml",
  ending: ".compose.yaml",
  fence: "yaml",
  recognised: [
    { ...YAML_FILES, holds: (text) => mayHoldLaunch(text) && SERVICES.test(text) },
    // The launch may be in the Dockerfile of an image that it builds.
    { path: NAMES, holds: (text) => mayBuild(text) && SERVICES.test(text) },
  ],
} as const satisfies NotationTraits;
