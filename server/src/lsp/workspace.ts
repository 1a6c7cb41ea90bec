/** What the server knows around the documents: settings, folders, trust, models, and the workspace's own LightLLM. */
import {
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type WorkspaceFolder,
} from "vscode-languageserver";
import type { LightllmSources, WorkspaceLightllm } from "../files/lightllm-sources";
import type { Beside, SourceReading } from "../service";

import { type ClientFeatures, readClientFeatures } from "./client-features";
import type { HostFiles, SourceRelease } from "./host";
import { PYTHON_CHOSEN, type PythonChosen, TRUST_GRANTED } from "./protocol";
import { type DocumentSettings, readSettings } from "./settings";

/** What a workspace asks of those who made it. */
export interface WorkspaceOptions {
  readonly files: HostFiles | undefined;
  /** Makes a release of the text of LightLLM's parser. */
  readSource(text: string): Promise<SourceReading>;
  /** The documents that are open. */
  openUris(): string[];
  /** Called when what lies around the documents has changed. */
  changed(): Promise<void>;
}

export class Workspace {
  private features: ClientFeatures = readClientFeatures(undefined);
  private shared = readSettings(undefined);
  /** Settings of single documents, where folders of a workspace differ. */
  private readonly own = new Map<string, DocumentSettings>();
  private folders: readonly WorkspaceFolder[] = [];
  private trusted = true;
  private chosenPython: string | undefined;
  /** Done when the client has told its settings; what is asked before waits for them. */
  private settled: Promise<void> | undefined;
  private readonly models: ReturnType<HostFiles["modelFolders"]> | undefined;
  /** The LightLLM of the workspace's folders, where files can be looked at. */
  readonly sources: LightllmSources<SourceRelease> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly options: WorkspaceOptions,
  ) {
    const changed = () => void options.changed();
    this.models = options.files?.modelFolders(changed);
    this.sources = options.files?.lightllmSources((text) => options.readSource(text), changed);
    connection.onDidChangeConfiguration(({ settings }) => this.refresh(settings?.lightllm));
    connection.onNotification(TRUST_GRANTED, () => {
      this.trusted = true;
      return options.changed();
    });
    connection.onNotification(PYTHON_CHOSEN, ({ path }: PythonChosen) => {
      this.chosenPython = typeof path === "string" && path !== "" ? path : undefined;
      return options.changed();
    });
  }

  /** What the client can do. */
  get client(): ClientFeatures {
    return this.features;
  }

  initialize(params: InitializeParams): void {
    this.features = readClientFeatures(params);
    this.shared = readSettings(params.initializationOptions?.settings);
    this.trusted = this.features.trusted;
    this.folders = params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri, name: "" }] : []);
  }

  async initialized(): Promise<void> {
    const { dynamicConfiguration, workspaceFolders } = this.features;
    if (dynamicConfiguration) {
      void this.connection.client.register(DidChangeConfigurationNotification.type, { section: "lightllm" });
    }
    if (workspaceFolders) {
      this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        this.folders = [...this.folders.filter(({ uri }) => !gone.has(uri)), ...added];
        return this.options.changed();
      });
    }
    this.settled = this.refresh();
    await this.settled;
  }

  /** Done when the settings of a document are known. */
  async ready(uri: string, isOpen: () => boolean): Promise<void> {
    await this.settled;
    if (isOpen()) await this.readOwn(uri);
  }

  settings(uri?: string): DocumentSettings {
    return (uri === undefined ? undefined : this.own.get(uri)) ?? this.shared;
  }

  forget(uri: string): void {
    this.own.delete(uri);
  }

  /** Whether a launch may be run: on the user's demand, in a terminal, in a workspace that is trusted. */
  get runs(): boolean {
    return this.features.terminal && this.trusted;
  }

  /** What lies around a document; an untrusted workspace keeps its surroundings to itself. */
  beside(uri: string): Pick<Beside, "surroundings" | "source"> {
    if (!this.trusted) return {};
    const { files } = this.options;
    const path = files?.pathOf(uri);
    const folder = path === undefined ? undefined : files?.folderOf(path);
    const lightllm = this.lightllm(uri);
    return {
      surroundings: this.models?.around({ folder, runsHere: false }),
      source: lightllm?.kind === "release" ? lightllm.release : undefined,
    };
  }

  /** The LightLLM that a document's folder of the workspace has of its own, as far as it is known. */
  lightllm(uri: string): WorkspaceLightllm<SourceRelease> | undefined {
    if (!this.trusted) return undefined;
    const { sourcePath, pythonPath } = this.settings(uri);
    return this.sources?.at({
      folder: this.folderPath(uri),
      sourcePath,
      pythonPath,
      chosenPython: this.chosenPython,
    });
  }

  /** The interpreter that the user's settings name for a document; nothing where they name none. */
  async interpreter(uri: string): Promise<string | undefined> {
    await this.settled;
    const { pythonPath } = this.settings(uri);
    if (!this.trusted || pythonPath === undefined) return undefined;
    return this.options.files?.interpreter(pythonPath, this.folderPath(uri));
  }

  /** Whether nothing has the name of a URI yet; what cannot be looked at is not said to be free. */
  isFree(uri: string): boolean {
    const path = this.trusted ? this.options.files?.pathOf(uri) : undefined;
    const isOpen = this.options.openUris().includes(uri);
    return path !== undefined && !isOpen && this.options.files?.exists(path) === false;
  }

  /** Whether a URI lies in the workspace. */
  holds(uri: string): boolean {
    return this.folders.some((folder) => uri.startsWith(withSlash(folder.uri)));
  }

  /** Looks again at the files of the workspace's LightLLM. */
  filesChanged(): void {
    if (this.trusted) this.sources?.recheck();
  }

  /** The innermost folder of the workspace that a document lies in; the first for one that was never saved. */
  private folderAround(uri: string): string | undefined {
    const around = this.folders.filter((folder) => uri.startsWith(withSlash(folder.uri)));
    const [innermost] = around.sort((a, b) => b.uri.length - a.uri.length);
    return (innermost ?? (uri.startsWith("untitled:") ? this.folders[0] : undefined))?.uri;
  }

  private folderPath(uri: string): string | undefined {
    const folder = this.folderAround(uri);
    return folder === undefined ? undefined : this.options.files?.pathOf(folder);
  }

  private async refresh(pushed?: unknown): Promise<void> {
    let answer = pushed;
    if (this.features.configuration) {
      answer = await this.connection.workspace.getConfiguration("lightllm").catch(() => undefined);
    }
    if (answer !== undefined && answer !== null) this.shared = readSettings(answer);
    this.own.clear();
    await Promise.all(this.options.openUris().map((uri) => this.readOwn(uri)));
    await this.options.changed();
  }

  /** What is set for the folder a document lies in; asked once, when the document opens or the settings change. */
  private async readOwn(uri: string): Promise<void> {
    if (!this.features.configuration || this.own.has(uri)) return;
    const answer = await this.connection.workspace
      .getConfiguration({ scopeUri: uri, section: "lightllm" })
      .catch(() => undefined);
    if (answer !== undefined && answer !== null) this.own.set(uri, readSettings(answer));
  }
}

function withSlash(uri: string): string {
  return uri.endsWith("/") ? uri : `${uri}/`;
}
