// @ts-check
/** Writes into the extension's manifest what depends on the notations: for which languages it starts and has commands. */
import { join } from "node:path";
import { loadTypeScript } from "../load-typescript.mjs";

/** Begins a condition on the language of the active editor. */
const IN_LANGUAGES = /^editorLangId =~ \/\^\(\?:[\w|-]*\)\$\//;

/**
 * The manifest with the languages of the notations.
 * @param {any} manifest what `package.json` holds
 * @param {string} root folder of the project
 */
export async function withLanguages(manifest, root) {
  /** @type {typeof import("../../server/src/notations/languages")} */
  const languages = await loadTypeScript(join(root, "server/src/notations/languages.ts"));
  /** Where a command is offered, if not in every document that can hold a launch. @type {Record<string, readonly string[]>} */
  const only = {
    "lightllm.runInTerminal": languages.RUNNABLE_LANGUAGES,
    // A config is one already.
    "lightllm.convertToYaml": languages.OTHER_LANGUAGES,
  };
  const { contributes } = manifest;
  /** @type {string[]} */
  const events = manifest.activationEvents;
  /** @param {{ id: string }} language */
  const isOurOwn = ({ id }) => languages.CONFIG_LANGUAGES.includes(id);
  /** @param {{ command: string, when?: string }} entry */
  const inLanguages = (entry) => {
    const ids = (only[entry.command] ?? languages.ALL_LANGUAGES).join("|");
    const when = entry.when?.replace(IN_LANGUAGES, () => `editorLangId =~ /^(?:${ids})$/`);
    return { ...entry, ...(when && { when }) };
  };
  return {
    ...manifest,
    activationEvents: [
      ...languages.ALL_LANGUAGES.map((id) => `onLanguage:${id}`),
      ...events.filter((event) => !event.startsWith("onLanguage:")),
    ],
    contributes: {
      ...contributes,
      languages: [...contributes.languages.filter(isOurOwn), ...languages.CONTRIBUTED],
      menus: { ...contributes.menus, commandPalette: contributes.menus.commandPalette.map(inLanguages) },
    },
  };
}
