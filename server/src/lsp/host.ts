/** Differences between the environments of a server: a Node process, or a web worker. */

import type { FolderEntry } from "../files/file-system";
import type { LightllmSources } from "../files/lightllm-sources";
import type { ModelFolders } from "../files/model-folders";
import type { ConfigurationReader, ProjectConfigurations } from "../files/project-configurations";
import type { RelatedFiles, RelatedReader } from "../files/related-files";
import type { LanguageService, SourceReading } from "../service";

/** A release that was read from LightLLM's source. */
export type SourceRelease = Extract<SourceReading, { kind: "release" }>["release"];

export interface ServerHost {
  readonly version: string;
  /** URL of the rule pages if the client gives none, ending in `/`. */
  readonly rulePages?: string | undefined;
  /** The files of this machine; absent if the server has no access. */
  readonly files?: HostFiles | undefined;
  /**
   * Loads the language service, after the client has received the answer to `initialize`. `scripts`: address of the
   * server's bundles from the client.
   */
  loadService(scripts: string | undefined): Promise<LanguageService>;
}

/** Reads files around a document; `changed` is called when a result has changed. */
export interface HostFiles {
  /** The folders of models. */
  modelFolders(changed: () => void): ModelFolders;
  /** The workspaces' own LightLLM; `reader` makes a release of the parser's text. */
  lightllmSources(
    reader: (text: string) => Promise<SourceReading>,
    changed: () => void,
  ): LightllmSources<SourceRelease>;
  /** The projects' configurations. */
  projectConfigurations(reader: ConfigurationReader, changed: () => void): ProjectConfigurations;
  /** The files that may hold launches of one deployment. */
  relatedFiles(reader: RelatedReader, changed: () => void): RelatedFiles;
  /** The local path of a URI; undefined if it is not on this machine. */
  pathOf(uri: string): string | undefined;
  /** A path from a folder to a file, with `/` between its parts. */
  relative(folder: string, path: string): string;
  /** The parent folder of a path, and its URI. */
  folderOf(path: string): string;
  uriOf(path: string): string;
  /** Whether a file or folder with this path exists. */
  exists(path: string): boolean;
  /** The path that a text names, from a folder; undefined if it is on another machine. `~` is the user's home folder. */
  pathNamed(folder: string | undefined, written: string): string | undefined;
  /** What exists at a path. */
  look(path: string): Promise<"file" | "folder" | "nothing" | "unknown">;
  /** Entries of a folder, sorted by name. */
  list(path: string): Promise<readonly FolderEntry[]>;
  /** The interpreter that a setting names; relative paths start at the workspace folder. */
  interpreter(setting: string, folder: string | undefined): Promise<string | undefined>;
}
