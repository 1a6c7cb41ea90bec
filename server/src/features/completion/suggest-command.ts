/** The command that opens the suggestions again after an item was taken. */

import { Command, type CompletionItem } from "vscode-languageserver-types";
import { say } from "../../messages";

/** What a client may say about it. */
export interface SuggestCommand {
  /** A client command that opens the suggestions; none where the client has none. */
  readonly suggestCommand?: string | undefined;
  /** What it is called with. */
  readonly suggestArguments?: readonly unknown[] | undefined;
}

/** Has the values offered where the cursor then stands behind what comes before a value. */
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
