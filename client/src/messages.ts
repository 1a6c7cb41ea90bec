/** All texts of the extension itself, by id: `schemas/messages/<language>/client.yaml`. */
import { env } from "vscode";
import { COMPILED, type MessageValues } from "../../schemas/generated/messages/client";
import { Texts } from "../../server/src/messages/texts";

const texts = new Texts<MessageValues>(COMPILED);

// The editor's language changes only after a restart.
texts.useLanguage(env.language);

/** Replaces the texts. */
export const useMessages = texts.use.bind(texts);

/** The text of a message with its values. */
export const say: typeof texts.say = texts.say.bind(texts);
