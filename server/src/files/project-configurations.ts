/** The nearest configuration above a file, for the editor and the terminal alike. */
import type { Configuration, ConfigurationProblem } from "../configuration/configuration";
import { CONFIGURATION_FILES } from "../configuration/configuration-file";
import type { ConfigurationReading } from "../configuration/read-configuration";
import type { FileSystem } from "./file-system";

/** A configuration that was found. The same object until its text changes. */
export interface ProjectConfiguration {
  /** The folder that its patterns are relative to. */
  readonly folder: string;
  /** The file that holds it. */
  readonly path: string;
  readonly text: string;
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
}

/** Says what the text of a file configures; undefined if it holds no configuration. */
export interface ConfigurationReader {
  configurationIn(text: string, path: string): ConfigurationReading | undefined;
}

/** Limit for the folders above a file that may hold its configuration. */
const MOST_ABOVE = 64;
/** Limit for folders that are kept in a language server: more than those of the files that a user edits. */
const MOST_FOLDERS = 500;

interface Entry {
  found: ProjectConfiguration | undefined;
  readAt: number | undefined;
  reading: Promise<void> | undefined;
}

export class ProjectConfigurations {
  private readonly folders = new Map<string, Entry>();

  /**
   * @param freshFor how long a result is used without reading again, in milliseconds.
   * @param changed called when the configuration of a folder that was asked for is another.
   */
  constructor(
    private readonly files: FileSystem,
    private readonly reader: ConfigurationReader,
    private readonly freshFor: number,
    private readonly changed: () => void = () => {},
  ) {}

  /** What is known for the files of a folder; looks again in the background if that is out of date. */
  around(folder: string): ProjectConfiguration | undefined {
    return this.entryOf(folder).found;
  }

  /** The configuration for the files of a folder, after it has been read. */
  async above(folder: string): Promise<ProjectConfiguration | undefined> {
    const entry = this.entryOf(folder);
    await entry.reading;
    return entry.found;
  }

  /** Looks again at the next request. */
  recheck(): void {
    for (const entry of this.folders.values()) entry.readAt = undefined;
  }

  private entryOf(folder: string, depth = 0): Entry {
    let entry = this.folders.get(folder);
    if (!entry) {
      const [oldest] = this.folders.keys();
      if (oldest !== undefined && Number.isFinite(this.freshFor) && this.folders.size >= MOST_FOLDERS)
        this.folders.delete(oldest);
      entry = { found: undefined, readAt: undefined, reading: undefined };
      this.folders.set(folder, entry);
    }
    const isFresh = entry.readAt !== undefined && Date.now() - entry.readAt <= this.freshFor;
    if (!entry.reading && !isFresh) entry.reading = this.readInto(entry, folder, depth);
    return entry;
  }

  private async readInto(entry: Entry, folder: string, depth: number): Promise<void> {
    const isFirst = entry.readAt === undefined && entry.found === undefined;
    const before = entry.found;
    try {
      entry.found = (await this.lookIn(folder, before)) ?? (await this.lookAbove(folder, depth));
    } finally {
      entry.readAt = Date.now();
      entry.reading = undefined;
    }
    if (depth === 0 && !isFirst && entry.found !== before) this.changed();
  }

  private async lookIn(
    folder: string,
    before: ProjectConfiguration | undefined,
  ): Promise<ProjectConfiguration | undefined> {
    for (const name of CONFIGURATION_FILES) {
      const path = this.files.resolve(folder, name);
      const text = path === undefined ? undefined : await this.files.read(path);
      if (path === undefined || text === undefined) continue;
      if (before?.path === path && before.text === text) return before;
      const reading = this.reader.configurationIn(text, path);
      if (reading) return { folder, path, text, ...reading };
    }
    return undefined;
  }

  private async lookAbove(folder: string, depth: number): Promise<ProjectConfiguration | undefined> {
    const parent = depth < MOST_ABOVE ? this.files.above(folder) : undefined;
    if (parent === undefined) return undefined;
    const entry = this.entryOf(parent, depth + 1);
    await entry.reading;
    return entry.found;
  }
}
