/** The client command that opens the suggestions again after an item is accepted. */

import { Command, type CompletionItem } from "vscode-languageserver-types";
import { say } from "../../messages";

/** The client's command for this. */
export interface SuggestCommand {
  /** A client command that opens the suggestions; absent if the client has none. */
  readonly suggestCommand?: string | undefined;
  /** Arguments of the command. */
  readonly suggestArguments?: readonly unknown[] | undefined;
}

/** Opens the suggestions for the value after the item is accepted. */
export function thenValues(
  newText: string,
  { suggestCommand, suggestArguments }: SuggestCommand,
): Pick<CompletionItem, "command"> {
  if (!suggestCommand || !/[ =]$/.test(newText)) return {};
  const command = Command.create(
    say("completion.suggest-values"),
    suggestCommand,
    ...(suggestArguments ?? []),
  );
  return { command };
}
