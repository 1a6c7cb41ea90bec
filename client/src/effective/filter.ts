/** The box in which a filter of the effective configuration is typed. */
import { window } from "vscode";
import { say } from "../messages";

/** Opens the box; what is typed applies at once, and Escape restores the filter from before. */
export function askFilter(before: string, apply: (filter: string) => void): void {
  const box = window.createInputBox();
  box.title = say("client.effective-filter-title");
  box.placeholder = say("client.effective-filter-placeholder");
  box.value = before;
  let accepted = false;
  box.onDidChangeValue(apply);
  box.onDidAccept(() => {
    accepted = true;
    box.hide();
  });
  box.onDidHide(() => {
    if (!accepted) apply(before);
    box.dispose();
  });
  box.show();
}
