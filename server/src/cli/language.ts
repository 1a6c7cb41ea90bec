/** The language of the terminal program: `--lang`, else the project's configuration, else the environment. */
import { join } from "node:path";
import { CONFIGURED_LANGUAGES } from "../configuration/configuration";
import { CliError } from "./cli-error";
import { say, speakLanguage } from "./cli-texts";
import { configurationFor } from "./project-configuration";

/** The words of a command line, and the language that `--lang` names in them. */
interface Asked {
  readonly words: readonly string[];
  readonly lang: string | undefined;
}

let spoken = "en";

/** An IETF tag such as `zh-cn`, or a POSIX locale such as `zh_CN.UTF-8`. */
export const spokenLanguage = (): string => spoken;

/** Takes `--lang NAME` out of a command line; the last one counts. What follows `--` is not ours. */
function withoutLanguage(all: readonly string[]): Asked {
  const end = all.indexOf("--");
  const own = end < 0 ? all : all.slice(0, end);
  const words: string[] = [];
  let lang: string | undefined;
  for (let index = 0; index < own.length; index++) {
    const word = own[index] ?? "";
    if (word === "--lang") lang = own[++index] ?? "";
    else if (word.startsWith("--lang=")) lang = word.slice("--lang=".length);
    else words.push(word);
  }
  return { words: [...words, ...(end < 0 ? [] : all.slice(end))], lang };
}

/**
 * Chooses the language of this process, and returns the other words of its command line.
 *
 * @throws CliError if `--lang` names no language that the program knows.
 */
export async function chooseLanguage(all: readonly string[]): Promise<readonly string[]> {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  spoken = LC_ALL || LC_MESSAGES || LANG || "en";
  speakLanguage(spoken);
  const { words, lang } = withoutLanguage(all);
  if (lang !== undefined && !CONFIGURED_LANGUAGES.some((one) => one === lang.toLowerCase()))
    throw new CliError(say("cli.no-language", { name: lang, known: CONFIGURED_LANGUAGES.join(", ") }));
  const chosen = lang ?? (words[0] === "lsp" ? undefined : await languageOfProject());
  if (chosen === undefined) return words;
  spoken = chosen;
  speakLanguage(chosen);
  return words;
}

/** The language that the nearest configuration above the current folder names. */
async function languageOfProject(): Promise<string | undefined> {
  const found = await configurationFor(join(process.cwd(), "any"));
  return found?.configuration.language;
}
