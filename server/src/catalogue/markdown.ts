/** Documentation of a flag as Markdown, for hovers, completion items and the published schemas. */
import { say } from "../messages";
import { factParagraphs, formulasOf, saidOf } from "./fact-text";
import { availability, defaultHistory, releasesWith } from "./history";
import type { Catalogue, DocumentedText, Flag, FlagDocs, FlagValue, Release } from "./types";

/** Languages of the documentation. */
export type Language = "en" | "zh";

const REFERENCE = "https://lightllm-en.readthedocs.io/en/latest/tutorial/api_server_args.html";

/** URL of the flag in LightLLM's own page of API server parameters. */
export function referenceUrl(flag: Pick<Flag, "key">): string {
  return `${REFERENCE}#cmdoption-${flag.key}`;
}

/** The documentation in the given language, else in English. */
export function docsIn(docs: FlagDocs | undefined, language: Language): DocumentedText | undefined {
  return (language === "zh" ? docs?.zh : undefined) ?? docs?.en;
}

/** The type of a flag in one to three words: "integer", "list of integers", "switch", "one of 3 words". */
export function typeLabel(flag: Flag): string {
  if (flag.kind === "switch") return say("flag.type-switch");
  const kind = flag.choices ? "other" : flag.kind;
  if (flag.arity === "many") return say("flag.type-many", { kind });
  return say(flag.repeat === "append" ? "flag.type-repeated" : "flag.type-one", { kind });
}

/** The type of one word of a flag. */
export function kindLabel({ kind }: Flag): string {
  return kind === "switch" ? say("flag.type-switch") : say("flag.type-one", { kind });
}

/** A default or choice as a config writes it; Python's None is "not set". */
export function valueLabel(value: FlagValue): string {
  if (value === null) return say("flag.value-not-set");
  if (typeof value === "boolean") return say(value ? "flag.value-on" : "flag.value-off");
  if (typeof value !== "object") return `\`${value === "" ? '""' : value}\``;
  return value.length === 0 ? say("flag.value-empty") : `\`${value.join(" ")}\``;
}

/**
 * The full documentation of a flag for one release.
 *
 * @param here its value in a launch. @param isReported whether a finding says that the release does not use it.
 * @param ofLaunch paragraphs about the launch, for after the summary
 */
export function flagMarkdown(
  flag: Flag,
  release: Release,
  catalogue: Catalogue,
  language: Language = "en",
  here?: string,
  isReported = false,
  ofLaunch: readonly string[] = [],
): string {
  const docs = catalogue.docs(flag.key);
  const text = docsIn(docs, language);
  const head = `**${flag.key}** — ${[typeLabel(flag), docs?.unit].filter(Boolean).join(", ")}`;
  const paragraphs = [
    [head, here].filter(Boolean).join("  \n"),
    text?.summary ?? ownHelp(flag),
    ...ofLaunch,
    ...(isReported ? [] : statusNote(flag, release)),
    [facts(flag, release), ...formulasOf(text, release)].join("  \n"),
    ...factParagraphs(text, release),
  ];
  paragraphs.push(footer(flag, catalogue, language));
  return paragraphs.filter(Boolean).join("\n\n");
}

/** LightLLM's own help text, marked as such, for a flag without documentation. */
function ownHelp({ help }: Flag): string | undefined {
  return help && `${say("flag.own-help")}\n\n> ${help.replace(/[\\`*_<>[\]|~#]/g, "\\$&")}`;
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
      return say("flag.only-checked", { release: release.name });
    case "deprecated, no effect":
      return say("flag.deprecated", { release: release.name });
    default:
      return say("flag.no-effect", { release: release.name });
  }
}

/** The status in a few words; empty for an active flag. */
export function statusLabel({ status }: Flag): string {
  switch (status) {
    case "active":
      return "";
    case "checked but without effect":
      return say("flag.status-only-checked");
    case "deprecated, no effect":
      return say("flag.status-deprecated");
    case "no effect":
      return say("flag.status-no-effect");
  }
}

function facts(flag: Flag, release: Release): string {
  const lines = [say("flag.default", { release: release.name, value: valueLabel(flag.default) })];
  const listed = (words: readonly (string | number)[]) => words.map((word) => `\`${word}\``).join(", ");
  const choices = (flag.choices ?? []).filter((choice) => choice !== null);
  if (choices.length > 0) lines.push(say("flag.choices", { values: listed(choices) }));
  else if (flag.words.length > 0) lines.push(say("flag.known-values", { values: listed(flag.words) }));
  if (flag.aliases.length > 0)
    lines.push(say("flag.aliases", { names: listed(flag.aliases.map((alias) => alias.replace(/^--/, ""))) }));
  return lines.join("  \n");
}

function footer(flag: Flag, catalogue: Catalogue, language: Language): string {
  if (releasesWith(catalogue, flag.name).length === 0) return say("flag.only-in-source");
  const group = catalogue.groups.find(({ id }) => id === flag.group);
  const having = availability(catalogue, flag.name);
  const parts = [having.charAt(0).toUpperCase() + having.slice(1)];
  const changes = defaultHistory(catalogue, flag.name);
  if (changes.length > 1) {
    const stretches = changes.map(({ from, to, value }) => {
      const span = from === to ? from.name : `${from.name} – ${to.name}`;
      return `${valueLabel(value)} (${span})`;
    });
    const before = stretches.slice(0, -1).join(", ");
    parts.push(say("flag.default-was", { before, now: stretches.at(-1) ?? "" }));
  }
  if (group) parts.push(group.title[language]);
  parts.push(`[${say("flag.reference")}](${referenceUrl(flag)})`);
  return parts.join(" · ");
}

/** The meaning of one word of a flag in a release; `undefined` if it is not documented. */
export function valueMarkdown(
  flag: Flag,
  word: string,
  release: Release,
  catalogue: Catalogue,
  language: Language = "en",
): string | undefined {
  const values = docsIn(catalogue.docs(flag.key), language)?.values;
  const said = values && Object.hasOwn(values, word) ? saidOf(values[word] ?? [], release) : "";
  return said === "" ? undefined : said;
}

/** Whether a word of a text flag is this release's default. */
export function isDefault(flag: Flag, word: string): boolean {
  const value = flag.default;
  if (value === null || typeof value === "boolean") return false;
  return typeof value === "object" ? value.length === 1 && String(value[0]) === word : String(value) === word;
}
