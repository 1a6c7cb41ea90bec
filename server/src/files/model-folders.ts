/**
 * Reads in the background the model folders that launches name: a folder is unknown at first, and known after it has
 * been read.
 */
import { type ModelFolder, UNKNOWN_MODEL } from "../judgement/model/folder";
import { type FilesAround, impossible, type PointedFile, type Surroundings } from "../judgement/surroundings";
import type { Value } from "../python/values";
import type { FileSystem } from "./file-system";
import { type GivenFiles, ManifestsBeside } from "./manifests-beside";
import { ModelReader } from "./read-model";

/** Location of a launch, and whether a missing path is an error there. */
export interface LaunchLocation {
  /** The folder that relative paths start from; if absent, relative paths are unknown. */
  readonly folder: string | undefined;
  /** Whether the launch runs on this machine, so that a folder that is missing here does not exist. */
  readonly runsHere: boolean;
  /** The workspace: only in it other files that a launch names are read. */
  readonly workspace?: WorkspaceFiles;
}

/** What an editor or a terminal knows of the files of a workspace. */
export interface WorkspaceFiles extends GivenFiles {
  /** The paths of its folders. */
  readonly folders: readonly string[];
}

/** Limit for cached paths in a language server: while a user types a path, each letter adds one. */
const MOST_PATHS = 2000;
/** Limit for another file that a launch names, in characters; a person writes such a file by hand. */
const LONGEST_POINTED = 100_000;
/** Limit for the folders above such a file. */
const MOST_ABOVE = 64;
/** Limit for the places whose surroundings are kept: more than the folders of the files that a user edits. */
const MOST_PLACES = 200;

interface Entry<T> {
  value: T;
  readonly read: () => Promise<T>;
  readAt: number | undefined;
  reading: Promise<void> | undefined;
}

export class ModelFolders {
  private readonly models = new Map<string, Entry<ModelFolder>>();
  private readonly paths = new Map<string, Entry<boolean>>();
  private readonly missing = new Map<string, Entry<boolean>>();
  private readonly pointed = new Map<string, Entry<PointedFile | undefined>>();
  private readonly surroundings = new Map<string, Surroundings>();
  private readonly reader: ModelReader;
  private readonly manifests: ManifestsBeside;

  /**
   * @param freshFor how long a result is used without reading again, in milliseconds.
   * @param changed called when a requested result has changed.
   */
  constructor(
    private readonly files: FileSystem,
    private readonly freshFor: number,
    private readonly changed: () => void = () => {},
  ) {
    this.reader = new ModelReader(files);
    this.manifests = new ManifestsBeside(files, freshFor, () => this.forgetAll());
  }

  /**
   * The surroundings of the launches at a place; the same object while they are equal. Call this at each analysis: a
   * launch that is cached asks for nothing, so this call rereads what is out of date.
   */
  around(place: LaunchLocation): Surroundings {
    if (Number.isFinite(this.freshFor)) {
      for (const entries of [this.models, this.paths, this.missing, this.pointed])
        forgetOldest(entries, MOST_PATHS);
      forgetOldest(this.surroundings, MOST_PLACES);
    }
    for (const entry of this.models.values()) this.refresh(entry);
    for (const entry of this.paths.values()) this.refresh(entry);
    for (const entry of this.missing.values()) this.refresh(entry);
    for (const entry of this.pointed.values()) this.refresh(entry);
    const key = `${place.runsHere} ${place.folder} ${place.workspace?.folders.join("\n")}`;
    let found = this.surroundings.get(key);
    if (!found) {
      found = {
        model: (folder) => this.model(folder, place),
        cannotBeMade: (path) => this.cannotBeMade(path, place),
        file: (path) => this.file(path, place),
        around: (own) => this.filesAround(own, place),
        presence: (path) => this.presence(path, place),
      };
      this.surroundings.set(key, found);
    }
    return found;
  }

  /** Resolves when all pending reads have ended; true if there were any. */
  async settled(): Promise<boolean> {
    const all = [this.models, this.paths, this.missing, this.pointed] as const;
    const reading = all.flatMap((entries) => [...entries.values()].map((entry) => entry.reading));
    const open = reading.filter((one) => one !== undefined);
    const { isReading } = this.manifests;
    await Promise.all([...open, this.manifests.settled()]);
    return open.length > 0 || isReading;
  }

  /** Looks at the files beside launches again, at the next analysis. */
  recheckBeside(): void {
    this.manifests.recheck();
  }

  private filesAround(own: string, { folder, workspace }: LaunchLocation): FilesAround {
    if (folder === undefined || !workspace) return { beside: [], elsewhere: [] };
    return this.manifests.around(folder, own, workspace);
  }

  private model(folder: Value, place: LaunchLocation): ModelFolder {
    if (typeof folder !== "string") return UNKNOWN_MODEL;
    const path = /^[a-z0-9]+:\/\//i.test(folder) ? undefined : this.files.resolve(place.folder, folder);
    if (path === undefined) return UNKNOWN_MODEL;
    // If a launch runs elsewhere or from another folder, a folder that is missing here may exist there.
    const surelyThere = place.runsHere || this.files.resolve(undefined, folder) !== undefined;
    const key = `${place.runsHere} ${surelyThere} ${path}`;
    return this.lookUp(this.models, key, UNKNOWN_MODEL, async () => {
      const found = await this.reader.read(path, place.runsHere);
      const positive = found.kind === "folder" && (found.files.config ?? found.files.snapshot) !== undefined;
      return surelyThere || positive ? found : UNKNOWN_MODEL;
    });
  }

  private file(written: Value, { folder, workspace }: LaunchLocation): PointedFile | undefined {
    if (typeof written !== "string" || written === "" || !workspace) return undefined;
    const path = this.files.resolve(folder, written);
    if (path === undefined || !this.isBelow(path, workspace.folders)) return undefined;
    const open = workspace.openAt?.(path);
    if (open) return isShortText(open.text) ? { path, ...open } : undefined;
    const uri = workspace.uriOf?.(path);
    return this.lookUp(this.pointed, path, undefined, async () => {
      const text = await this.files.read(path);
      return text !== undefined && isShortText(text) ? { path, text, ...(uri && { uri }) } : undefined;
    });
  }

  private presence(written: Value, place: LaunchLocation): "missing" | "absent" | "unknown" {
    const { folder, workspace, runsHere } = place;
    if (typeof written !== "string" || written === "") return "unknown";
    const path = this.files.resolve(folder, written);
    if (path === undefined) return "unknown";
    if (runsHere)
      return this.lookUp(this.missing, path, false, () => this.isMissing(path)) ? "missing" : "unknown";
    // The launch may run elsewhere, or from another folder: only a folder of the workspace that lacks the file tells.
    const isInside = workspace && this.isBelow(path, workspace.folders);
    if (!isInside || !/^(?:\.{1,2}[\\/])*[\w.-]+[\\/]/.test(written) || /^[\\/]|^\w:/.test(written))
      return "unknown";
    const isNotHere = async () => {
      const above = this.files.above(path);
      return (
        above !== undefined && (await this.files.look(above)) === "folder" && (await this.isMissing(path))
      );
    };
    return this.lookUp(this.missing, `beside ${path}`, false, isNotHere) ? "absent" : "unknown";
  }

  private async isMissing(path: string): Promise<boolean> {
    return (await this.files.look(path)) === "nothing";
  }

  private isBelow(path: string, folders: readonly string[]): boolean {
    let at = this.files.above(path);
    for (let height = 0; at !== undefined && height < MOST_ABOVE; height++) {
      if (folders.includes(at)) return true;
      at = this.files.above(at);
    }
    return false;
  }

  private cannotBeMade(written: Value, place: LaunchLocation): boolean {
    if (typeof written !== "string") return false;
    const path = this.files.resolve(place.folder, written);
    if (path === undefined || impossible(written)) return impossible(written);
    return this.lookUp(this.paths, path, false, () => this.standsBelowFile(path));
  }

  private async standsBelowFile(path: string): Promise<boolean> {
    for (let at: string | undefined = path; at !== undefined; at = this.files.above(at)) {
      const found = await this.files.look(at);
      if (found !== "nothing") return found === "file";
    }
    return false;
  }

  /** The last result; `unread` before the first. */
  private lookUp<T>(entries: Map<string, Entry<T>>, key: string, unread: T, read: () => Promise<T>): T {
    const entry: Entry<T> = entries.get(key) ?? {
      value: unread,
      read,
      readAt: undefined,
      reading: undefined,
    };
    entries.set(key, entry);
    this.refresh(entry);
    return entry.value;
  }

  /** Rereads in the background what is out of date. */
  private refresh<T>(entry: Entry<T>): void {
    const fresh = entry.readAt !== undefined && Date.now() - entry.readAt <= this.freshFor;
    if (!entry.reading && !fresh) entry.reading = this.readInto(entry);
  }

  private async readInto<T>(entry: Entry<T>): Promise<void> {
    const value = await entry.read();
    const differs = JSON.stringify(value) !== JSON.stringify(entry.value);
    entry.value = value;
    entry.readAt = Date.now();
    entry.reading = undefined;
    if (differs) this.forgetAll();
  }

  private forgetAll(): void {
    this.surroundings.clear();
    this.changed();
  }
}

/** Whether a text is short, and has no character that stands for a byte that is no UTF-8. */
function isShortText(text: string): boolean {
  return text.length <= LONGEST_POINTED && !/[\0\uFFFD]/.test(text);
}

/** If a cache is too large, deletes the oldest entries until it is half full. */
function forgetOldest(entries: Map<string, unknown>, most: number): void {
  if (entries.size <= most) return;
  for (const key of [...entries.keys()].slice(0, entries.size - most / 2)) entries.delete(key);
}
