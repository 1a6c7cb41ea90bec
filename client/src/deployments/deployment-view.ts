/**
 * The view of all launches of the workspace, and with `lightllm.checkWorkspace` their problems. The files are looked at
 * only while the view is visible, or if the setting asks for it.
 */
import {
  CancellationTokenSource,
  commands,
  Disposable,
  languages,
  RelativePattern,
  Uri,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  DEPLOYMENTS,
  type DeploymentsAnswer,
  type DeploymentsParams,
  LAUNCH_FILES,
} from "../../../server/src/lsp/protocol";
import { say } from "../messages";
import { onReleaseChanged } from "../release-changed";
import { DeploymentTree } from "./deployment-tree";
import { launchFiles } from "./launch-files";

const VIEW = "lightllm.deployments";
/** Delay after a change of files, so that many changes are one look. In milliseconds. */
const GATHER = 500;

/** Shows the view until it is disposed. `start` starts the server. */
export function deploymentView(client: BaseLanguageClient, start: () => Promise<void>): Disposable {
  const tree = new DeploymentTree();
  const view = window.createTreeView(VIEW, { treeDataProvider: tree, showCollapseAll: true });
  const problems = languages.createDiagnosticCollection("lightllm");
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: CancellationTokenSource | undefined;
  let watching: Disposable | undefined;

  const checks = () => workspace.getConfiguration("lightllm").get("checkWorkspace", false);
  const isWanted = () => view.visible || checks();
  const soon = () => {
    clearTimeout(timer);
    timer = isWanted() ? setTimeout(() => void look(), GATHER) : undefined;
  };

  /** Looks at the files; a look that is under way is given up. */
  async function look(): Promise<void> {
    looking?.cancel();
    const source = new CancellationTokenSource();
    looking = source;
    const { token } = source;
    watching ??= watchFiles(soon);
    await window.withProgress({ location: { viewId: VIEW } }, async () => {
      await start();
      const files = await launchFiles(token);
      if (token.isCancellationRequested) return;
      const params: DeploymentsParams = { files, diagnostics: true };
      // A request that is cancelled is rejected.
      const answer = await client
        .sendRequest<DeploymentsAnswer>(DEPLOYMENTS, params, token)
        .catch(() => undefined);
      if (answer && !token.isCancellationRequested) await show(answer);
    });
  }

  async function show(answer: DeploymentsAnswer): Promise<void> {
    tree.show(answer);
    const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
    const unseen = answer.diagnostics.filter(({ uri, items }) => items.length > 0 && !open.has(uri));
    const none = answer.deployments.length + answer.alone.length === 0;
    view.message = none
      ? say("client.deployments-none")
      : unseen.length > 0 && !checks()
        ? say("client.deployments-unseen", { count: unseen.length })
        : "";
    problems.clear();
    if (!checks()) return;
    const entries = await Promise.all(
      unseen.map(
        async ({ uri, items }) =>
          [Uri.parse(uri), await client.protocol2CodeConverter.asDiagnostics([...items])] as const,
      ),
    );
    for (const [uri, items] of entries) problems.set(uri, items);
  }

  soon();
  return Disposable.from(
    view,
    problems,
    new Disposable(() => {
      clearTimeout(timer);
      looking?.cancel();
      watching?.dispose();
    }),
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) soon();
      else if (!checks()) looking?.cancel();
    }),
    onReleaseChanged(client, soon),
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("lightllm")) return;
      if (!checks()) problems.clear();
      soon();
    }),
    // An open file shows its own problems.
    workspace.onDidOpenTextDocument(({ uri }) => problems.delete(uri)),
    workspace.onDidCloseTextDocument(soon),
    workspace.onDidSaveTextDocument(soon),
    commands.registerCommand("lightllm.showDeployments", async () => {
      await commands.executeCommand("setContext", "lightllm.active", true);
      await commands.executeCommand(`${VIEW}.focus`);
    }),
    commands.registerCommand("lightllm.refreshDeployments", look),
  );
}

function watchFiles(changed: () => void): Disposable {
  const folders = workspace.workspaceFolders ?? [];
  const watchers = folders.flatMap((folder) =>
    LAUNCH_FILES.map((pattern) => workspace.createFileSystemWatcher(new RelativePattern(folder, pattern))),
  );
  const events = watchers.flatMap((watcher) => [
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
  ]);
  return Disposable.from(...watchers, ...events);
}
