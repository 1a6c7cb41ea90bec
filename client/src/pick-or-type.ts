/** A list to pick one entry from, or to type another one. */
import { type QuickPickItem, window } from "vscode";
import { answerOf } from "./pick";

export interface PickOrTypeOptions<Item> {
  readonly title: string;
  readonly placeholder: string;
  /** The entry for what is typed; undefined if that is no answer. */
  typed(text: string): Item | undefined;
}

/** The picked or typed entry; undefined if the list is cancelled. */
export function pickOrType<Item extends QuickPickItem>(
  items: readonly Item[],
  { title, placeholder, typed }: PickOrTypeOptions<Item>,
): Promise<Item | undefined> {
  const list = window.createQuickPick<Item>();
  list.title = title;
  list.placeholder = placeholder;
  list.ignoreFocusOut = true;
  list.items = items;
  list.onDidChangeValue((value) => {
    const text = value.trim();
    const own = text === "" || items.some(({ label }) => label === text) ? undefined : typed(text);
    list.items = own ? [...items, own] : items;
  });
  return answerOf(list);
}
