/** The surroundings of the documents: settings, folders, trust, models, and the workspace's own LightLLM. */
import {
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type WorkspaceFolder,
} from "vscode-languageserver";
import type { ModelReading } from "../beginning/begin";
import { isNamedBy, namesFor } from "../configuration/named-deployments";
import type { FolderEntry } from "../files/file-system";
import type { LightllmSources, WorkspaceLightllm } from "../files/lightllm-sources";
import type { WorkspaceFiles } from "../files/model-folders";
import type { ProjectConfigurations } from "../files/project-configurations";
import type { Beside, ConfigurationReading, SourceReading } from "../service";

import { type ClientFeatures, readClientFeatures } from "./client-features";
import type { HostFiles, SourceRelease } from "./host";
import { PYTHON_CHOSEN, type PythonChosen, TRUST_GRANTED } from "./protocol";
import { type DocumentSettings, documentationLanguage, readSettings } from "./settings";

/** What a workspace needs from its creator. */
export interface WorkspaceOptions {
  readonly files: HostFiles | undefined;
  /** Makes a release of the parser's text. */
  readSource(text: string): Promise<SourceReading>;
  /** What the text of a file configures; undefined before the service is loaded, or if it has no configuration. */
  readConfiguration(text: string, path: string): ConfigurationReading | undefined;
  /** The open documents. */
  openUris(): string[];
  /** The text of an open document. */
  openText(uri: string): string | undefined;
  /** Called when the surroundings of the documents have changed. */
  changed(): Promise<void>;
}

export class Workspace {
  private features: ClientFeatures = readClientFeatures(undefined);
  private language = documentationLanguage(undefined);
  private shared = readSettings(undefined, this.language);
  /** Settings of single documents, because the folders of a workspace may differ. */
  private readonly own = new Map<string, DocumentSettings>();
  private folders: readonly WorkspaceFolder[] = [];
  private trusted = true;
  private chosenPython: string | undefined;
  /** Resolves when the client has sent its settings; requests wait for it. */
  private settled: Promise<void> | undefined;
  private readonly configurations: ProjectConfigurations | undefined;
  private readonly models: ReturnType<HostFiles["modelFolders"]> | undefined;
  /** The LightLLM of the workspace's folders; undefined without access to files. */
  readonly sources: LightllmSources<SourceRelease> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly options: WorkspaceOptions,
  ) {
    const changed = () => void options.changed();
    this.configurations = options.files?.projectConfigurations(
      { configurationIn: (text, path) => options.readConfiguration(text, path) },
      changed,
    );
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

  /** The client's capabilities. */
  get client(): ClientFeatures {
    return this.features;
  }

  initialize(params: InitializeParams): void {
    this.features = readClientFeatures(params);
    this.language = documentationLanguage(params.locale);
    this.shared = readSettings(params.initializationOptions?.settings, this.language);
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

  /** Resolves when the settings of a document are known. */
  async ready(uri: string, isOpen: () => boolean): Promise<void> {
    await this.settled;
    if (isOpen()) await this.readOwn(uri);
    const folder = isOpen() ? this.folderOf(uri) : undefined;
    if (folder !== undefined) await this.configurations?.above(folder);
  }

  /** The editor's settings, which count before the project's configuration. */
  settings(uri?: string): DocumentSettings {
    const own = (uri === undefined ? undefined : this.own.get(uri)) ?? this.shared;
    const configuration = uri === undefined ? undefined : this.configuration(uri)?.configuration;
    if (!configuration) return own;
    const { release: configured, rules, gpu: gpuConfigured } = configuration;
    return { ...own, configured, gpuConfigured, rules: { ...rules, ...own.rules } };
  }

  /** Whether the project's configuration excludes a document. */
  excludes(uri: string): boolean {
    const path = this.options.files?.pathOf(uri);
    const found = path === undefined ? undefined : this.configuration(uri);
    if (!found || path === undefined || found.configuration.exclude.length === 0) return false;
    const inside = this.options.files?.relative(found.folder, path) ?? path;
    return isNamedBy(inside, found.configuration.exclude);
  }

  /** Resolves when the project's configuration above a document is known. */
  async readConfigurationAbove(uri: string): Promise<void> {
    const folder = this.folderOf(uri);
    if (folder !== undefined) await this.configurations?.above(folder);
  }

  /** The deployments that the project's configuration gives to a document. */
  deploymentNames(uri: string): readonly string[] {
    const path = this.options.files?.pathOf(uri);
    const found = path === undefined ? undefined : this.configuration(uri);
    if (!found || path === undefined) return [];
    return namesFor(this.options.files?.relative(found.folder, path) ?? path, found.configuration);
  }

  /** The configuration that is known for a document. */
  private configuration(uri: string): ReturnType<ProjectConfigurations["around"]> {
    const folder = this.folderOf(uri);
    return folder === undefined ? undefined : this.configurations?.around(folder);
  }

  forget(uri: string): void {
    this.own.delete(uri);
  }

  /** Whether launches may be run: by the user, in a terminal, in a trusted workspace. */
  get runs(): boolean {
    return this.features.terminal && this.trusted;
  }

  /** The surroundings of a document; nothing is read in an untrusted workspace. Also re-checks files that are stale. */
  beside(uri: string): Pick<Beside, "surroundings" | "source"> {
    if (!this.trusted) return {};
    const { files } = this.options;
    const path = files?.pathOf(uri);
    const folder = path === undefined ? undefined : files?.folderOf(path);
    const lightllm = this.lightllm(uri);
    return {
      surroundings: this.models?.around({ folder, runsHere: false, workspace: this.workspaceFiles() }),
      source: lightllm?.kind === "release" ? lightllm.release : undefined,
    };
  }

  /** The folder of a document; undefined if it is not on this machine, or nothing may be read. */
  folderOf(uri: string): string | undefined {
    const { files } = this.options;
    const path = this.trusted ? files?.pathOf(uri) : undefined;
    return path === undefined ? undefined : files?.folderOf(path);
  }

  /** The LightLLM of the workspace folder that contains a document, as far as it is known. */
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

  /** Reads model folders for somebody who begins a configuration; undefined if nothing may be read. */
  modelReading(): ModelReading | undefined {
    const { models } = this;
    if (!this.trusted || !models) return undefined;
    return {
      absolute: (written) => written,
      surroundings: models.around({ folder: undefined, runsHere: false, workspace: this.workspaceFiles() }),
      settled: () => models.settled(),
    };
  }

  /** The interpreter that the settings of a document name; undefined if they name none. */
  async interpreter(uri: string): Promise<string | undefined> {
    await this.settled;
    const { pythonPath } = this.settings(uri);
    if (!this.trusted || pythonPath === undefined) return undefined;
    return this.options.files?.interpreter(pythonPath, this.folderPath(uri));
  }

  /** The places that a path in a document may mean: from its folder, from the folders of the workspace. */
  private pathsNamed(uri: string, written: string): string[] {
    const { files } = this.options;
    if (!this.trusted || !files) return [];
    const workspace = this.folders.map((folder) => files.pathOf(folder.uri));
    const found = [this.folderOf(uri), ...workspace].flatMap((folder) =>
      folder === undefined ? [] : (files.pathNamed(folder, written) ?? []),
    );
    return [...new Set(found)];
  }

  /** The file that a path in a document leads to: of a model folder its config.json. */
  async linkTarget(uri: string, written: string): Promise<string | undefined> {
    const { files } = this.options;
    for (const path of this.pathsNamed(uri, written)) {
      const found = await files?.look(path);
      const config = found === "folder" ? files?.pathNamed(path, "config.json") : path;
      if (config === undefined || (await files?.look(config)) !== "file") continue;
      return files?.uriOf(config);
    }
    return undefined;
  }

  /** The entries of a folder that a path in a document begins with. */
  async entriesOf(uri: string, written: string): Promise<readonly FolderEntry[]> {
    const [path] = this.pathsNamed(uri, written === "" ? "." : written);
    return path === undefined ? [] : ((await this.options.files?.list(path)) ?? []);
  }

  /** Whether no file with a URI exists; false if that cannot be checked. */
  isFree(uri: string): boolean {
    const path = this.trusted ? this.options.files?.pathOf(uri) : undefined;
    const isOpen = this.options.openUris().includes(uri);
    return path !== undefined && !isOpen && this.options.files?.exists(path) === false;
  }

  /** Whether a URI is in the workspace. */
  holds(uri: string): boolean {
    return this.folders.some((folder) => uri.startsWith(withSlash(folder.uri)));
  }

  /** Checks the files of the workspace's LightLLM again. */
  filesChanged(): void {
    if (!this.trusted) return;
    this.sources?.recheck();
    this.configurations?.recheck();
    this.models?.recheckBeside();
    for (const uri of this.options.openUris()) this.configuration(uri);
  }

  /** The innermost workspace folder that contains a document; the first one for a document that was never saved. */
  private folderAround(uri: string): string | undefined {
    const around = this.folders.filter((folder) => uri.startsWith(withSlash(folder.uri)));
    const [innermost] = around.sort((a, b) => b.uri.length - a.uri.length);
    return (innermost ?? (uri.startsWith("untitled:") ? this.folders[0] : undefined))?.uri;
  }

  /** Resolves when the files that were asked for are read; true if any was. */
  async filesRead(): Promise<boolean> {
    return (await this.models?.settled()) ?? false;
  }

  private workspaceFiles(): WorkspaceFiles {
    const { files, openUris, openText } = this.options;
    return {
      folders: this.folders.flatMap(({ uri }) => files?.pathOf(uri) ?? []),
      uriOf: (path) => files?.uriOf(path) ?? path,
      given: () =>
        openUris().flatMap((uri) => {
          const [path, text] = [files?.pathOf(uri), openText(uri)];
          return path === undefined || text === undefined ? [] : { path, uri, text };
        }),
      openAt: (path) => {
        const uri = openUris().find((open) => files?.pathOf(open) === path);
        const text = uri === undefined ? undefined : openText(uri);
        return uri === undefined || text === undefined ? undefined : { uri, text };
      },
    };
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
    if (answer !== undefined && answer !== null) this.shared = readSettings(answer, this.language);
    this.own.clear();
    await Promise.all(this.options.openUris().map((uri) => this.readOwn(uri)));
    await this.options.changed();
  }

  /** Requests the settings of a document's folder; once when it opens, and when the settings change. */
  private async readOwn(uri: string): Promise<void> {
    if (!this.features.configuration || this.own.has(uri)) return;
    const answer = await this.connection.workspace
      .getConfiguration({ scopeUri: uri, section: "lightllm" })
      .catch(() => undefined);
    if (answer !== undefined && answer !== null) this.own.set(uri, readSettings(answer, this.language));
  }
}

function withSlash(uri: string): string {
  return uri.endsWith("/") ? uri : `${uri}/`;
}
