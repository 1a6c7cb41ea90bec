// @ts-check
/**
 * Writes the parts of the extension's manifest that depend on the notations: the languages for its start and its
 * commands.
 */
import { join } from "node:path";
import { loadTypeScript } from "../load-typescript.mjs";

/** A condition on the language of the active editor, and on names of files that are opened in another one. */
const IN_LANGUAGES = /^editorLangId =~ .*$/;

/**
 * The manifest with the languages of the notations.
 * @param {any} manifest the content of `package.json`
 * @param {string} root folder of the project
 */
export async function withLanguages(manifest, root) {
  /** @type {typeof import("../../server/src/notations/languages")} */
  const languages = await loadTypeScript(join(root, "server/src/notations/languages.ts"));
  /**
   * The languages of commands that are not available in every document with a launch.
   * @type {Record<string, readonly string[]>}
   */
  const only = {
    "lightllm.runInTerminal": languages.RUNNABLE_LANGUAGES,
    // A config cannot be converted to itself.
    "lightllm.convertToYaml": languages.OTHER_LANGUAGES,
  };
  const { contributes } = manifest;
  /** @type {string[]} */
  const events = manifest.activationEvents;
  /** @param {{ id: string }} language */
  const isOurOwn = ({ id }) => languages.CONFIG_LANGUAGES.includes(id);
  /** @param {{ command: string, when?: string }} entry */
  const inLanguages = (entry) => {
    const ids = only[entry.command] ?? languages.ALL_LANGUAGES;
    const named = languages.CONTRIBUTED.filter(({ id }) => ids.includes(id)).flatMap(conditionsOnName);
    const condition = [`editorLangId =~ /^(?:${ids.join("|")})$/`, ...named].join(" || ");
    const when = entry.when?.replace(IN_LANGUAGES, () => condition);
    return { ...entry, ...(when && { when }) };
  };
  return {
    ...manifest,
    activationEvents: [
      ...[...languages.ALL_LANGUAGES, ...languages.SHARED_LANGUAGES].map((id) => `onLanguage:${id}`),
      ...events.filter((event) => !event.startsWith("onLanguage:")),
    ],
    contributes: {
      ...contributes,
      languages: [...contributes.languages.filter(isOurOwn), ...languages.CONTRIBUTED],
      menus: { ...contributes.menus, commandPalette: contributes.menus.commandPalette.map(inLanguages) },
    },
  };
}

/**
 * Conditions on the name of a file: it is of a notation in whatever language it is opened.
 * @param {{ extensions: readonly string[], filenamePatterns: readonly string[] }} language
 */
function conditionsOnName({ extensions, filenamePatterns }) {
  const folders = filenamePatterns.flatMap((pattern) => /^\*\*\/\*([\w.]+)\//.exec(pattern)?.[1] ?? []);
  return [
    ...extensions.map((extension) => `resourceExtname == ${extension}`),
    ...folders.map((folder) => `resourceDirname =~ /${folder.replaceAll(".", "\\.")}$/`),
  ];
}
