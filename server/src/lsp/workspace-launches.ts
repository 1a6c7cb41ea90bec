/** The request for all launches of a workspace, whose files the client found and read. */
import type { CancellationToken, Connection } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { DiagnosticOptions, LanguageService, LaunchDocument } from "../service";
import { DEPLOYMENTS, type DeploymentsAnswer, type DeploymentsParams, type FileWithText } from "./protocol";
import { takeSteps } from "./turns";
import type { Workspace } from "./workspace";

/** Limit for the files of a request; the client finds no more. */
const MOST_FILES = 5000;

/** Every text with a launch names the program, except a config, whose file does. */
const ABOUT = /lightllm/i;

export interface WorkspaceLaunches {
  /** Call this after the settings or the surroundings of the documents have changed. */
  forgetAll(): void;
}

/** Handles the request. Files that were judged before are not judged again while nothing changes. */
export function serveWorkspaceLaunches(
  connection: Connection,
  workspace: Workspace,
  load: () => Promise<LanguageService>,
  diagnosticOptions: () => DiagnosticOptions,
): WorkspaceLaunches {
  let judged = new Map<string, LaunchDocument>();

  /** Undefined if the file has no launch that is started, if it is excluded, or if nobody waits any more. */
  async function judge(
    { uri, text }: FileWithText,
    service: LanguageService,
    token: CancellationToken,
  ): Promise<LaunchDocument | undefined> {
    const before = judged.get(uri);
    if (before?.document.getText() === text) return before;
    const notation = ABOUT.test(uri + text) ? service.notationOf("", uri, text) : undefined;
    if (!notation || notation.purpose === "documentation") return undefined;
    await workspace.readConfigurationAbove(uri);
    if (workspace.excludes(uri)) return undefined;
    const document = TextDocument.create(uri, "", 0, text);
    const [settings, beside] = [workspace.settings(uri), workspace.beside(uri)];
    const analyse = () =>
      service.analyseInSteps(document, notation, settings, service.shippedCatalogue(), beside);
    return takeSteps(analyse, () => token.isCancellationRequested);
  }

  connection.onRequest(
    DEPLOYMENTS,
    async ({ files, diagnostics }: DeploymentsParams, token): Promise<DeploymentsAnswer> => {
      const service = await load();
      const documents: LaunchDocument[] = [];
      for (const file of files.slice(0, MOST_FILES)) {
        const document = await judge(file, service, token);
        if (token.isCancellationRequested) return { deployments: [], alone: [], diagnostics: [] };
        if (document && service.membersIn(document).length > 0) documents.push(document);
      }
      judged = new Map(documents.map((one) => [one.document.uri, one]));
      const together = service.deploymentsTogether(documents, { named: namedIn(documents, workspace) });
      const { deployments } = together;
      const options = { ...diagnosticOptions(), deployments };
      const shown = documents.map((document) => together.judged.get(document) ?? document);
      return {
        ...service.workspaceReport(shown, deployments),
        diagnostics: diagnostics
          ? shown.map((one) => ({ uri: one.document.uri, items: service.diagnose(one, options) }))
          : [],
      };
    },
  );
  return { forgetAll: () => judged.clear() };
}

/** The deployments that the configurations name, with the URIs of their files. */
function namedIn(documents: readonly LaunchDocument[], workspace: Workspace): Record<string, string[]> {
  const named = new Map<string, string[]>();
  for (const { document } of documents)
    for (const name of workspace.deploymentNames(document.uri))
      named.set(name, [...(named.get(name) ?? []), document.uri]);
  return Object.fromEntries(named);
}
