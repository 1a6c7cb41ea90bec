/** All texts that users see, by id: `schemas/messages/<language>/<area>.yaml`. */

import { COMPILED, type MessageValues } from "../../../schemas/generated/messages/service";
import { type Messages, Texts } from "./texts";

export type { Messages };
export type MessageId = keyof MessageValues;

const texts = new Texts<MessageValues>(COMPILED);

/** The available languages. */
export const languages = texts.languages;
export const messagesOf = texts.of.bind(texts);

/** A process uses one language, so call this once at the start. */
export const useLanguage = texts.useLanguage.bind(texts);
export const useMessages = texts.use.bind(texts);

/** The text of a message with its values filled in. */
export const say: typeof texts.say = texts.say.bind(texts);

/** A text of a rule or a move, in the chosen language. */
export const translated = texts.translated.bind(texts);

/** Whether a text begins like a message, in any language. */
export const isSaidBy = texts.isSaidBy.bind(texts);
