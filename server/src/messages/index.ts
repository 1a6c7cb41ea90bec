/** Every text that people see of the language service and its programs, by id: `schemas/messages/<language>/<area>.yaml`. */

import { COMPILED, type MessageValues } from "../../../schemas/generated/messages/service";
import { type Messages, Texts } from "./texts";

export type { Messages };
export type MessageId = keyof MessageValues;

const texts = new Texts<MessageValues>(COMPILED);

/** The languages that there are texts in, and the texts of each. */
export const languages = texts.languages;
export const messagesOf = texts.of.bind(texts);

/** One process speaks one language, so these are called once, at its start. */
export const useLanguage = texts.useLanguage.bind(texts);
export const useMessages = texts.use.bind(texts);

/** The text of a message with its values filled in. */
export const say: typeof texts.say = texts.say.bind(texts);

/** Whether a text begins as a message does, in whatever language it was said. */
export const isSaidBy = texts.isSaidBy.bind(texts);
