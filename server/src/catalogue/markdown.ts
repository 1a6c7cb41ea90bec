/** Documentation of a flag as Markdown, for hovers, completion items and the published schemas. */
import { availability, defaultHistory, releasesWith } from "./history";
import type { Catalogue, Flag, FlagDocs, FlagText, FlagValue, Release } from "./types";

/** Languages of the documentation. */
export type Language = "en" | "zh";

const REFERENCE = "https://lightllm-en.readthedocs.io/en/latest/tutorial/api_server_args.html";

/** URL of the flag in LightLLM's own page of API server parameters. */
export function referenceUrl(flag: Pick<Flag, "key">): string {
  return `${REFERENCE}#cmdoption-${flag.key}`;
}

/** The documentation in the given language, else in English. */
export function textOf(docs: FlagDocs | undefined, language: Language): FlagText | undefined {
  return (language === "zh" ? docs?.zh : undefined) ?? docs?.en;
}

/** The type of a flag in one to three words: "integer", "list of integers", "switch", "one of 3 words". */
export function typeLabel(flag: Flag): string {
  if (flag.kind === "switch") return "switch";
  const single = flag.choices ? "choice" : flag.kind;
  if (flag.arity === "many") return `list of ${single}s`.replace("list of texts", "list of words");
  return flag.repeat === "append" ? `${single}, may be repeated` : single;
}

/** A default or choice as a config writes it; Python's None is "not set". */
export function valueLabel(value: FlagValue): string {
  if (value === null) return "not set";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value !== "object") return `\`${value === "" ? '""' : value}\``;
  return value.length === 0 ? "empty" : `\`${value.join(" ")}\``;
}

/** The full documentation of a flag for one release. `here` describes its value in a launch. */
export function flagMarkdown(
  flag: Flag,
  release: Release,
  catalogue: Catalogue,
  language: Language = "en",
  here?: string,
): string {
  const docs = catalogue.docs(flag.key);
  const text = textOf(docs, language);
  const head = `**${flag.key}** — ${[typeLabel(flag), docs?.unit].filter(Boolean).join(", ")}`;
  const paragraphs = [
    head,
    text?.summary ?? ownHelp(flag, language),
    ...statusNote(flag, release),
    [here, facts(flag, release)].filter(Boolean).join("  \n"),
    text?.details,
  ];
  paragraphs.push(footer(flag, catalogue, language));
  return paragraphs.filter(Boolean).join("\n\n");
}

const OWN_HELP: Readonly<Record<Language, string>> = {
  en: "From LightLLM's own help:",
  zh: "LightLLM 自带的帮助：",
};

/** LightLLM's own help text, marked as such, for a flag without documentation. */
function ownHelp({ help }: Flag, language: Language): string | undefined {
  return help && `${OWN_HELP[language]}\n\n> ${help.replace(/[\\`*_<>[\]|~#]/g, "\\$&")}`;
}

function statusNote(flag: Flag, release: Release): string[] {
  if (flag.status === "active") return [];
  return [`⚠ ${statusSentence(flag, release)}`];
}

/** Sentence about a flag that a release accepts but does not use; empty for other flags. */
export function statusSentence(flag: Flag, release: Release): string {
  switch (flag.status) {
    case "active":
      return "";
    case "checked but without effect":
      return `LightLLM ${release.name} checks this flag at start, but it changes nothing.`;
    case "deprecated, no effect":
      return `Deprecated: LightLLM ${release.name} still accepts this flag, but it has no effect.`;
    default:
      return `LightLLM ${release.name} accepts this flag, but it has no effect.`;
  }
}

function facts(flag: Flag, release: Release): string {
  const lines = [`Default in ${release.name}: ${valueLabel(flag.default)}`];
  const choices = (flag.choices ?? []).filter((choice) => choice !== null);
  if (choices.length > 0) lines.push(`Choices: ${choices.map((choice) => `\`${choice}\``).join(", ")}`);
  else if (flag.words.length > 0)
    lines.push(`Known values: ${flag.words.map((word) => `\`${word}\``).join(", ")}`);
  if (flag.aliases.length > 0)
    lines.push(`Also: ${flag.aliases.map((alias) => `\`${alias.replace(/^--/, "")}\``).join(", ")}`);
  return lines.join("  \n");
}

const OF_NO_RELEASE: Readonly<Record<Language, string>> = {
  en: "Only in this LightLLM's source",
  zh: "仅见于此 LightLLM 的源码",
};

function footer(flag: Flag, catalogue: Catalogue, language: Language): string {
  if (releasesWith(catalogue, flag.name).length === 0) return OF_NO_RELEASE[language];
  const group = catalogue.groups.find(({ id }) => id === flag.group);
  const having = availability(catalogue, flag.name);
  const parts = [having.charAt(0).toUpperCase() + having.slice(1)];
  const changes = defaultHistory(catalogue, flag.name);
  if (changes.length > 1) {
    const stretches = changes.map(({ from, to, value }) => {
      const span = from === to ? from.name : `${from.name} – ${to.name}`;
      return `${valueLabel(value)} (${span})`;
    });
    parts.push(`default was ${stretches.slice(0, -1).join(", ")}, then ${stretches.at(-1)}`);
  }
  if (group) parts.push(group.title[language]);
  parts.push(`[Reference](${referenceUrl(flag)})`);
  return parts.join(" · ");
}

/** The meaning of one word of a flag; `undefined` if it is not documented. */
export function valueMarkdown(
  flag: Flag,
  word: string,
  catalogue: Catalogue,
  language: Language = "en",
): string | undefined {
  const values = textOf(catalogue.docs(flag.key), language)?.values;
  return values && Object.hasOwn(values, word) ? values[word] : undefined;
}

/** Whether a word of a text flag is this release's default. */
export function isDefault(flag: Flag, word: string): boolean {
  const value = flag.default;
  if (value === null || typeof value === "boolean") return false;
  return typeof value === "object" ? value.length === 1 && String(value[0]) === word : String(value) === word;
}
