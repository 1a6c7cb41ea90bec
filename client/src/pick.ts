/** A list to pick one entry from. */
import { type QuickPick, type QuickPickItem, window } from "vscode";

export interface PickOptions<Item> {
  readonly title: string;
  readonly placeholder: string;
  /** The entry that is selected initially. */
  readonly active?: Item | undefined;
}

/** The picked entry; undefined if the list is cancelled. */
export function pick<Item extends QuickPickItem>(
  items: readonly Item[],
  { title, placeholder, active }: PickOptions<Item>,
): Promise<Item | undefined> {
  const list = window.createQuickPick<Item>();
  list.title = title;
  list.placeholder = placeholder;
  list.matchOnDescription = true;
  list.items = items;
  if (active) list.activeItems = [active];
  return answerOf(list);
}

/** Shows a list; the selected entry, or undefined if the list is cancelled. */
export function answerOf<Item extends QuickPickItem>(list: QuickPick<Item>): Promise<Item | undefined> {
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      resolve(list.selectedItems[0]);
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}
