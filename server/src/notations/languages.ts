/** VS Code's language ids of documents that can contain a launch. */
import type { NotationTraits } from "../launch/notation-traits";
import { TRAITS } from "./traits";

const ALL: readonly NotationTraits[] = Object.values(TRAITS);

/** Languages of some notations, each once; `sure` leaves out languages whose notation depends on the text. */
function languagesOf(are: (traits: NotationTraits) => boolean, sure = false): readonly string[] {
  const ways = ALL.filter(are).flatMap(({ recognised }) => recognised);
  const used = sure ? ways.filter(({ holds }) => !holds) : ways;
  return [...new Set(used.flatMap(({ languages = [] }) => languages))];
}

export const ALL_LANGUAGES = languagesOf(() => true);

/** The whole document is a config. */
export const CONFIG_LANGUAGES = languagesOf(({ purpose }) => purpose === "config", true);

/** Only the launches in such a document are read. */
export const OTHER_LANGUAGES = ALL_LANGUAGES.filter((id) => !CONFIG_LANGUAGES.includes(id));

export const DOCUMENTATION_LANGUAGES = languagesOf(({ purpose }) => purpose === "documentation");

/** The languages that the extension adds to the editor. */
export const CONTRIBUTED = ALL.flatMap(({ contributes }) => contributes ?? []);

/** Languages of files that may be of a notation; their names decide. */
export const SHARED_LANGUAGES = [
  ...new Set(
    ALL.flatMap(({ recognised }) => recognised).flatMap(({ sharedLanguages = [] }) => sharedLanguages),
  ),
];

/** Glob patterns of files that are of a notation in whatever language they are opened. */
export const FILE_PATTERNS = CONTRIBUTED.flatMap(({ extensions, filenamePatterns }) => [
  ...extensions.map((extension) => `**/*${extension}`),
  ...filenamePatterns,
]);

/** Launches of such a document can be run where the document is. */
export const RUNNABLE_LANGUAGES = languagesOf(({ runsHere }) => runsHere, true);
