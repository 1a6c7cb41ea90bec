/** Texts of files that launches name, without a disk. */
import { NO_SURROUNDINGS, type Surroundings } from "../../server/src/judgement/surroundings";

/** Surroundings in which these files are in the workspace. */
export function having(files: Readonly<Record<string, string>>): Surroundings {
  return {
    ...NO_SURROUNDINGS,
    file: (path) => {
      const text = typeof path === "string" ? files[path] : undefined;
      return text === undefined ? undefined : { path: `/w/${path}`, uri: `file:///w/${path}`, text };
    },
  };
}
