/** What differs between the places a server runs in: a process of Node, a web worker. */

import type { LightllmSources } from "../files/lightllm-sources";
import type { ModelFolders } from "../files/model-folders";
import type { LanguageService, SourceReading } from "../service";

/** A release that was read from LightLLM's source. */
export type SourceRelease = Extract<SourceReading, { kind: "release" }>["release"];

export interface ServerHost {
  readonly version: string;
  /** Where the pages of the rules are when the client does not say, as a URL ending in `/`. */
  readonly rulePages?: string | undefined;
  /** The files of this machine; absent where the server cannot look at them. */
  readonly files?: HostFiles | undefined;
  /**
   * The language service; loaded when the client has had its answer to `initialize`. `scripts`: where the client says that
   * the server's bundles are.
   */
  loadService(scripts: string | undefined): Promise<LanguageService>;
}

/** What is read of the files around a document; `changed` is called when something turns out otherwise than it was. */
export interface HostFiles {
  /** The folders of models. */
  modelFolders(changed: () => void): ModelFolders;
  /** The LightLLM that workspaces have of their own; `reader` makes a release of a text. */
  lightllmSources(
    reader: (text: string) => Promise<SourceReading>,
    changed: () => void,
  ): LightllmSources<SourceRelease>;
  /** The path of what a URI names on this machine; nothing where that is elsewhere. */
  pathOf(uri: string): string | undefined;
  /** The folder above a path, and as a URI. */
  folderOf(path: string): string;
  uriOf(path: string): string;
  /** Whether there is a file or folder of that name. */
  exists(path: string): boolean;
  /** The interpreter that a setting means, seen from the folder of the workspace. */
  interpreter(setting: string, folder: string | undefined): Promise<string | undefined>;
}
