/** Tells the server which Python environment was chosen in the Python extension, where that runs. It is never started for this. */
import { Disposable, type Event, extensions, type Uri, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { PYTHON_CHOSEN, type PythonChosen } from "../../server/src/lsp/protocol";

/** As much of the Python extension's public interface as is used. */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: Uri): { readonly path: string };
    readonly onDidChangeActiveEnvironmentPath: Event<unknown>;
  };
}

/** Follows the choice until it is disposed of. */
export function followPython(client: BaseLanguageClient): Disposable {
  let environments: PythonExtension["environments"];
  let following: Disposable | undefined;
  /** What the server that runs was told last; nothing is known to it at first. */
  let told: string | null = null;

  function look(): void {
    const python = extensions.getExtension<PythonExtension>("ms-python.python");
    if (!environments && python?.isActive) {
      environments = python.exports?.environments;
      following = environments?.onDidChangeActiveEnvironmentPath(tell);
    }
    tell();
  }

  function tell(): void {
    if (!environments || !client.isRunning()) return;
    const resource = window.activeTextEditor?.document.uri ?? workspace.workspaceFolders?.[0]?.uri;
    const { path } = environments.getActiveEnvironmentPath(resource);
    // A bare `python` is whatever the shell finds first, and says nothing of where that is.
    const chosen = /[\\/]/.test(path) ? path : null;
    if (chosen === told) return;
    told = chosen;
    void client.sendNotification(PYTHON_CHOSEN, { path: chosen } satisfies PythonChosen);
  }

  return Disposable.from(
    client.onDidChangeState(() => {
      if (!client.isRunning()) told = null;
      else look();
    }),
    // The extension may start at any time, and nobody tells of it.
    window.onDidChangeActiveTextEditor(look),
    extensions.onDidChange(look),
    new Disposable(() => following?.dispose()),
  );
}
