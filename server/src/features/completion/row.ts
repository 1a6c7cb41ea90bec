/** How a row of the list says more than its label. */
import type { CompletionItem } from "vscode-languageserver-types";

export interface RowOptions {
  /** Whether the client shows `labelDetails` on every row. Any client shows `detail`, most only for the focused row. */
  readonly labelDetails?: boolean | undefined;
}

/** A short text beside the label; nothing if it is empty. */
export function aside(
  text: string,
  { labelDetails = false }: RowOptions,
): Pick<CompletionItem, "detail" | "labelDetails"> {
  if (text === "") return {};
  return labelDetails ? { labelDetails: { description: text } } : { detail: text };
}

/** How the text by which an editor sorts an item begins. */
export const PLACES = {
  needed: "0",
  usual: "1",
  ownKey: "2",
  ignored: "3",
  refused: "4",
  fails: "4",
  inactive: "5",
};
