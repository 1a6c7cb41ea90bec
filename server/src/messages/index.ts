/** Every text that people see, by its id. The texts are data: `schemas/messages/<language>/<area>.yaml`. */

import type { MessageValues } from "../../../schemas/generated/messages";
import messagesText from "../../../schemas/generated/messages.json?raw";

export type MessageId = keyof MessageValues;

/** What is shown: a text, `["name"]` for a value, `["name", forms, kind]` for the text of the form that a value has. */
type Part = string | readonly [string] | readonly [string, Readonly<Record<string, readonly Part[]>>, string];

type Values = Readonly<Record<string, string | number>>;

/** The compiled texts of a language. */
export type Messages = Readonly<Record<string, string | readonly Part[]>>;

let all: Readonly<Record<string, Messages>> | undefined;
let chosen: Messages | undefined;
let plurals = new Intl.PluralRules("en");

/** The texts of all languages. */
export function shippedMessages(): Readonly<Record<string, Messages>> {
  all ??= JSON.parse(messagesText) as Readonly<Record<string, Messages>>;
  return all;
}

/**
 * Chooses the language of all texts that are made from now on. One process speaks one language, so this is called once, at
 * its start. @param locale an IETF tag such as `zh-cn`; English if there are no texts for it.
 */
export function useLanguage(locale: string): void {
  const [language = "en"] = locale.toLowerCase().split("-");
  const own = shippedMessages()[language];
  useMessages(own ?? {}, own ? language : "en");
}

/** Chooses texts; those that are missing are shown in English. */
export function useMessages(messages: Messages, language: string): void {
  chosen = messages;
  plurals = new Intl.PluralRules(language);
}

/** The text of a message with its values filled in. */
export function say<Id extends MessageId>(
  id: Id,
  ...[values]: MessageValues[Id] extends undefined ? [] : [MessageValues[Id]]
): string {
  const text = chosen?.[id] ?? shippedMessages().en?.[id] ?? id;
  return typeof text === "string" ? text : filled(text, (values ?? {}) as Values);
}

function filled(parts: readonly Part[], values: Values, number = ""): string {
  return parts.map((part) => partText(part, values, number)).join("");
}

function partText(part: Part, values: Values, number: string): string {
  if (typeof part === "string") return part;
  const [name, forms, kind] = part;
  if (!forms) return name === "#" ? number : String(values[name] ?? "");
  const value = values[name] ?? "";
  const form =
    kind === "number" ? (forms[`=${value}`] ?? forms[plurals.select(Number(value))]) : forms[value];
  return filled(form ?? forms.other ?? [], values, String(value));
}
