/** Every text that people see of the extension itself, by id: `schemas/messages/<language>/client.yaml`. */
import { env } from "vscode";
import { COMPILED, type MessageValues } from "../../schemas/generated/messages/client";
import { Texts } from "../../server/src/messages/texts";

const texts = new Texts<MessageValues>(COMPILED);

// The editor's language changes only when it is started again.
texts.useLanguage(env.language);

/** Chooses other texts than the editor's language has. */
export const useMessages = texts.use.bind(texts);

/** The text of a message with its values filled in. */
export const say: typeof texts.say = texts.say.bind(texts);
