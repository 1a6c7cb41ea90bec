/** Requests of clients that show commands for launches: code lenses, conversions, problems. */
import { CodeLensRefreshRequest, type Connection, InlayHintRefreshRequest } from "vscode-languageserver";
import type { ConversionMeans, DeploymentOptions, LanguageService, LaunchDocument } from "../service";
import {
  CONVERT,
  type ConvertAnswer,
  type ConvertParams,
  EFFECTIVE,
  type EffectiveAnswer,
  type EffectiveParams,
  type PlaceParams,
  PROBLEM_COUNT,
  PROBLEMS,
  type ProblemCountAnswer,
  type ProblemCountParams,
  type ProblemsAnswer,
} from "./protocol";
import type { About } from "./releases";
import type { Workspace } from "./workspace";

/** Handles the requests about launches. */
export function serveLaunchCommands(
  connection: Connection,
  workspace: Workspace,
  about: About,
  deploymentsOf: (analysed: LaunchDocument) => DeploymentOptions,
): void {
  connection.onCodeLens(({ textDocument }, token) =>
    about<ReturnType<LanguageService["codeLenses"]>>(
      textDocument,
      [],
      (analysed, { codeLenses }) =>
        workspace.settings(textDocument.uri).codeLens && workspace.client.launchCommands
          ? codeLenses(analysed, { runs: workspace.runs, ...deploymentsOf(analysed) })
          : [],
      token,
    ),
  );
  connection.onRequest(CONVERT, async ({ textDocument, position, to, runs }: ConvertParams) => {
    const python = runs ? await workspace.interpreter(textDocument.uri) : undefined;
    return about<ConvertAnswer>(textDocument, null, (analysed, service) => {
      const launches = position ? nearest(service, analysed, position) : analysed.launches;
      if (launches.length === 0 || !service.isFormat(to)) return null;
      return service.conversionOf(analysed, launches, to, python);
    });
  });
  connection.onRequest(EFFECTIVE, ({ textDocument, position, release, edits }: EffectiveParams, token) =>
    about<EffectiveAnswer>(
      textDocument,
      null,
      (analysed, { effectiveReport, offsetOf }) => {
        const named = release === undefined ? undefined : analysed.catalogue.release(release);
        if (release !== undefined && !named) return null;
        const variation = { ...(named && { release: named }), ...(edits && { edits }) };
        return effectiveReport(analysed, offsetOf(analysed.document, position), variation) ?? null;
      },
      token,
    ),
  );
  connection.onRequest(PROBLEM_COUNT, ({ textDocument }: ProblemCountParams) =>
    about<ProblemCountAnswer>(textDocument, null, (analysed, { problemCount }) =>
      problemCount(analysed, deploymentsOf(analysed)),
    ),
  );
  connection.onRequest(PROBLEMS, ({ textDocument, position }: PlaceParams) =>
    about<ProblemsAnswer>(textDocument, null, (analysed, service) => {
      const [launch] = nearest(service, analysed, position);
      if (!launch) return null;
      const problems = service.shownProblems(
        analysed,
        launch,
        service.betweenAt(analysed, launch, deploymentsOf(analysed)),
      );
      return problems.map(({ span }) => service.rangeOf(analysed.document, span));
    }),
  );
}

/** The launch at a place or nearest to it; undefined if the file has no launches. */
function nearest(
  { nearestLaunch, offsetOf }: Pick<LanguageService, "nearestLaunch" | "offsetOf">,
  analysed: LaunchDocument,
  position: PlaceParams["position"],
): LaunchDocument["launches"] {
  const index = nearestLaunch(analysed, offsetOf(analysed.document, position));
  return index === undefined ? [] : analysed.launches.slice(index, index + 1);
}

/** Makes the client request code lenses and inlay hints again, after the surroundings have changed. */
export function refreshHintsAndLenses(connection: Connection, { client }: Workspace): void {
  if (client.launchCommands && client.refreshesLenses)
    void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  if (client.refreshesHints) void connection.sendRequest(InlayHintRefreshRequest.type).catch(() => undefined);
}

/** How the client can handle a conversion. */
export function conversionMeans(workspace: Workspace): ConversionMeans | undefined {
  const { launchCommands, createsFiles } = workspace.client;
  if (launchCommands) return { kind: "commands" };
  return createsFiles ? { kind: "files", isFree: (uri) => workspace.isFree(uri) } : undefined;
}
