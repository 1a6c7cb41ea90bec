/** Requests about releases, and watching of the workspace's own LightLLM and of files with launches. */
import {
  type CancellationToken,
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  type FileSystemWatcher,
} from "vscode-languageserver";
import type { LanguageService, LaunchDocument } from "../service";
import type { HostFiles } from "./host";
import {
  LAUNCH_FILES,
  MIGRATE,
  type MigrateAnswer,
  type MigrateParams,
  type PlaceParams,
  RELEASE,
  RELEASE_CHANGED,
  RELEASE_EDIT,
  type ReleaseAnswer,
  type ReleaseEditAnswer,
  type ReleaseEditParams,
} from "./protocol";
import type { Workspace } from "./workspace";

/** Both names of the parser's file. */
const PARSER_FILES = "api_{cli,server}.py";

/**
 * Answers a request about a document that a notation reads; any other document gets `nothing`. Rejects after the
 * request is cancelled.
 */
export type About = <Answer>(
  document: { readonly uri: string },
  nothing: Answer,
  answer: (analysed: LaunchDocument, loaded: LanguageService) => Answer,
  token?: Pick<CancellationToken, "isCancellationRequested">,
) => Promise<Answer>;

/**
 * Handles the requests about releases.
 *
 * @param cursorAt gets the place of the cursor: the editor asks for the release there.
 */
export function serveReleases(
  connection: Connection,
  workspace: Workspace,
  about: About,
  cursorAt: (analysed: LaunchDocument, offset: number, loaded: LanguageService) => void,
): void {
  connection.onRequest(RELEASE, ({ textDocument, position }: PlaceParams) =>
    about<ReleaseAnswer | null>(textDocument, null, (analysed, loaded) => {
      const offset = loaded.offsetOf(analysed.document, position);
      cursorAt(analysed, offset, loaded);
      return loaded.releaseReport(analysed, offset, workspace.lightllm(textDocument.uri)) ?? null;
    }),
  );
  connection.onRequest(RELEASE_EDIT, ({ textDocument, position, release }: ReleaseEditParams) =>
    about<ReleaseEditAnswer>(
      textDocument,
      null,
      (analysed, { releaseEdit, offsetOf }) =>
        releaseEdit(analysed, offsetOf(analysed.document, position), release) ?? null,
    ),
  );
  connection.onRequest(MIGRATE, async ({ textDocument, position, to }: MigrateParams) => {
    const migrated = () =>
      about<MigrateAnswer>(
        textDocument,
        { edit: null, done: [], notes: [] },
        (analysed, { nearestLaunch, offerMigration, offsetOf }) => {
          const judged =
            analysed.launches[nearestLaunch(analysed, offsetOf(analysed.document, position)) ?? -1];
          const release = analysed.catalogue.release(to);
          if (!judged || !release) return { edit: null, done: [], notes: [] };
          const { annotatesChanges } = workspace.client;
          const { edit, done, notes } = offerMigration(analysed, judged, release, annotatesChanges);
          return { edit: edit ?? null, done, notes };
        },
      );
    const answer = await migrated();
    // The files that the launch names are read when they are first asked for.
    return (await workspace.filesRead()) ? migrated() : answer;
  });
}

/** Notifies a client that shows the release when it may have changed. */
export function tellRelease(connection: Connection, { client }: Workspace): void {
  if (client.showsRelease) void connection.sendNotification(RELEASE_CHANGED);
}

/** Makes the client watch files with launches, and the parser's file of the workspace's own LightLLM, wherever it is. */
export class Watching {
  private watched: string | undefined;
  private registered: Promise<Disposable | undefined> = Promise.resolve(undefined);

  constructor(
    private readonly connection: Connection,
    private readonly workspace: Workspace,
    private readonly files: HostFiles | undefined,
  ) {}

  /** Call this after the client is ready, and when another LightLLM may have been found. */
  update(): void {
    if (!this.files || !this.workspace.client.watchesFiles) return;
    const watchers = [
      { globPattern: `**/lightllm/server/${PARSER_FILES}` },
      ...LAUNCH_FILES.map((globPattern) => ({ globPattern })),
      ...this.elsewhere(this.files),
    ];
    const key = JSON.stringify(watchers);
    if (key === this.watched) return;
    this.watched = key;
    this.registered = this.registered.then(async (before) => {
      before?.dispose();
      return this.connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers })
        .catch(() => undefined);
    });
  }

  /** The files outside the workspace, which a plain pattern does not match. */
  private elsewhere(files: HostFiles): FileSystemWatcher[] {
    if (!this.workspace.client.watchesAnyFolder) return [];
    const folders = (this.workspace.sources?.paths() ?? [])
      .filter((path) => path.endsWith(".py") && !this.workspace.holds(files.uriOf(path)))
      .map((path) => files.uriOf(files.folderOf(path)));
    return [...new Set(folders)].map((baseUri) => ({ globPattern: { baseUri, pattern: PARSER_FILES } }));
  }
}
