/**
 * Sends the environment selected in the Python extension to the server, if that extension is active. Never activates
 * it.
 */
import { Disposable, type Event, extensions, type Uri, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { PYTHON_CHOSEN, type PythonChosen } from "../../server/src/lsp/protocol";

/** The parts of the Python extension's public interface that are used. */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: Uri): { readonly path: string };
    readonly onDidChangeActiveEnvironmentPath: Event<unknown>;
  };
}

/** Follows the selection until it is disposed. */
export function followPython(client: BaseLanguageClient): Disposable {
  let environments: PythonExtension["environments"];
  let following: Disposable | undefined;
  /** The value last sent to the running server; initially none. */
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
    // A bare `python` is looked up by the shell, so its place is unknown.
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
    // The extension may be activated at any time, without an event.
    window.onDidChangeActiveTextEditor(look),
    extensions.onDidChange(look),
    new Disposable(() => following?.dispose()),
  );
}
