/**
 * Reads in the background the files that may hold launches of the same deployment as the files of a folder: those beside
 * them, and those that the project's configuration names. Nothing is known of a folder until it has been read.
 */
import type { ConfigurationReading } from "../configuration/read-configuration";
import type { FileState, FileSystem } from "./file-system";
import { type NamedFile, namedFiles } from "./glob-files";
import { ProjectConfigurations } from "./project-configurations";

/** A file that may hold launches. */
export interface FileText {
  readonly path: string;
  readonly text: string;
}

/** What was found around a folder; the same object until something changes. */
export interface RelatedTexts {
  readonly texts: readonly FileText[];
  /** The names of the deployments that the configuration gives to a file, by path. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

/** What the files of a folder say. */
export interface RelatedReader {
  /** Whether a file with this name, and with this text if it has been read, may hold a launch. */
  mayHold(path: string, text?: string): boolean;
  /** What the configuration in a text says; undefined if there is none in it. */
  configurationIn(text: string, path: string): ConfigurationReading | undefined;
}

const NOTHING: RelatedTexts = { texts: [], names: new Map() };

/** Limits for a folder: its files, the size of one in bytes, and of all together. */
const MOST_FILES = 500;
const LONGEST_FILE = 1_000_000;
const LONGEST_TOGETHER = 20_000_000;
/** Limit for the folders whose files are kept: more than those of the files that a user edits. */
const MOST_FOLDERS = 50;

interface Folder {
  found: RelatedTexts;
  /** The files as last read, by path; `text` is undefined if the file cannot hold a launch. */
  readonly read: Map<string, { readonly state: FileState; readonly text: string | undefined }>;
  readAt: number | undefined;
  reading: Promise<void> | undefined;
}

export class RelatedFiles {
  private readonly folders = new Map<string, Folder>();

  /**
   * @param reader decides what the files say.
   * @param freshFor how long a result is used without looking again, in milliseconds.
   * @param changed called when the result for a folder has changed.
   */
  constructor(
    private readonly files: FileSystem,
    private readonly reader: RelatedReader,
    private readonly freshFor: number,
    private readonly changed: () => void = () => {},
  ) {}

  /** What is known around a folder; looks again in the background if that is out of date. */
  around(path: string): RelatedTexts {
    let folder = this.folders.get(path);
    if (!folder) {
      const [oldest] = this.folders.keys();
      if (oldest !== undefined && this.folders.size >= MOST_FOLDERS) this.folders.delete(oldest);
      folder = { found: NOTHING, read: new Map(), readAt: undefined, reading: undefined };
      this.folders.set(path, folder);
    }
    const isFresh = folder.readAt !== undefined && Date.now() - folder.readAt <= this.freshFor;
    if (!folder.reading && !isFresh) folder.reading = this.readInto(path, folder);
    return folder.found;
  }

  /** Looks again at the next request. */
  recheck(): void {
    for (const folder of this.folders.values()) folder.readAt = undefined;
  }

  get isReading(): boolean {
    return [...this.folders.values()].some(({ reading }) => reading !== undefined);
  }

  /** Resolves when all pending reads have ended. */
  async settled(): Promise<void> {
    await Promise.all([...this.folders.values()].map(({ reading }) => reading));
  }

  private async readInto(path: string, folder: Folder): Promise<void> {
    let differs = false;
    try {
      const named = await this.namedAround(path);
      const beside = await this.besideIn(path);
      const paths = [...new Set([...beside, ...named.map((one) => one.path)])].slice(0, MOST_FILES);
      const before = new Map(folder.read);
      folder.read.clear();
      let left = LONGEST_TOGETHER;
      for (const at of paths) {
        const state = await this.files.state(at);
        if (!state || state.size > LONGEST_FILE || state.size > left) continue;
        left -= state.size;
        const known = before.get(at);
        const isSame = known?.state.size === state.size && known.state.modified === state.modified;
        const text = isSame ? known.text : await this.textOf(at);
        folder.read.set(at, { state, text });
        if (text !== known?.text) differs = true;
        before.delete(at);
      }
      for (const { text } of before.values()) if (text !== undefined) differs = true;
      const names = new Map(named.map((one) => [one.path, one.names]));
      if (!isEqual(names, folder.found.names)) differs = true;
      if (differs) folder.found = { texts: textsIn(folder), names };
    } finally {
      folder.readAt = Date.now();
      folder.reading = undefined;
    }
    if (differs) this.changed();
  }

  private async textOf(path: string): Promise<string | undefined> {
    const text = await this.files.read(path);
    return text !== undefined && this.reader.mayHold(path, text) ? text : undefined;
  }

  private async besideIn(path: string): Promise<string[]> {
    const entries = await this.files.list(path);
    return entries.flatMap(({ name, mayBeFolder }) => {
      const at = this.files.resolve(path, name);
      return at !== undefined && !mayBeFolder && this.reader.mayHold(at) ? [at] : [];
    });
  }

  /** The files that the nearest configuration names. */
  private async namedAround(path: string): Promise<readonly NamedFile[]> {
    const found = await new ProjectConfigurations(this.files, this.reader, 0).above(path);
    if (!found || found.configuration.deployments.length === 0) return [];
    return namedFiles(this.files, found.folder, found.configuration);
  }
}

function textsIn({ read }: Folder): FileText[] {
  return [...read].flatMap(([path, { text }]) => (text === undefined ? [] : [{ path, text }]));
}

function isEqual(a: RelatedTexts["names"], b: RelatedTexts["names"]): boolean {
  return a.size === b.size && [...a].every(([path, names]) => b.get(path)?.join("\n") === names.join("\n"));
}
