/** The texts of the command line (`schemas/messages/<language>/{cli,help}.yaml`), and those of the service. */
import { COMPILED, type MessageValues } from "../../../schemas/generated/messages/cli";
import type { MessageValues as ServiceValues } from "../../../schemas/generated/messages/service";
import { say as sayOfService, useLanguage as useLanguageOfService } from "../messages";
import { Texts } from "../messages/texts";

const texts = new Texts<MessageValues>(COMPILED);

/** Replaces the texts of the command line. */
export const useMessages = texts.use.bind(texts);

/** A process uses one language, so call this once at the start. */
export function speakLanguage(locale: string): void {
  texts.useLanguage(locale);
  useLanguageOfService(locale);
}

type All = MessageValues & ServiceValues;

/** The text of a message with its values filled in. */
export function say<Id extends keyof All & string>(
  id: Id,
  ...values: All[Id] extends undefined ? [] : [All[Id]]
): string {
  const said: (id: never, ...values: never[]) => string = /^(?:cli|help)\./.test(id)
    ? texts.say.bind(texts)
    : sayOfService;
  return said(id as never, ...(values as never[]));
}
