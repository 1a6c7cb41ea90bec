/**
 * The folders that launches point to, read in the background: what is asked for the first time is unknown, and known once
 * it has been read. No file but a model's own `config.json`, `generation_config.json` and the names of its tokenizer is
 * looked at.
 */
import { type ModelFolder, UNKNOWN_MODEL } from "../judgement/model/folder";
import { impossible, type Surroundings } from "../judgement/surroundings";
import { UNKNOWN, type Value } from "../python/values";
import type { FileSystem } from "./file-system";

const TOKENIZERS = ["tokenizer_config.json", "tokenizer.json", "tokenizer.model"];

/** Where a launch stands, and what a path that leads nowhere means there. */
export interface Place {
  /** The folder that relative paths start from; nothing is known of them where absent. */
  readonly folder: string | undefined;
  /** Whether the launch runs on this machine, so that a folder that is not here is nowhere. */
  readonly runsHere: boolean;
}

/** Paths kept in mind by an editor's server: while a path is typed, each letter makes another one. */
const MOST_PATHS = 2000;

interface Entry<T> {
  value: T;
  readonly read: () => Promise<T>;
  readAt: number | undefined;
  reading: Promise<void> | undefined;
}

export class ModelFolders {
  private readonly models = new Map<string, Entry<ModelFolder>>();
  private readonly paths = new Map<string, Entry<boolean>>();
  private readonly surroundings = new Map<string, Surroundings>();

  /**
   * @param freshFor for how many milliseconds what was read is taken as it was.
   * @param changed called when something that was asked for turns out otherwise than it was.
   */
  constructor(
    private readonly files: FileSystem,
    private readonly freshFor: number,
    private readonly changed: () => void = () => {},
  ) {}

  /**
   * The surroundings of the launches at a place; the same object as long as they tell the same. To be asked for at each
   * analysis: a launch that was judged before asks for nothing, so it is here that what is no longer fresh is read again.
   */
  around(place: Place): Surroundings {
    if (Number.isFinite(this.freshFor))
      for (const entries of [this.models, this.paths]) forgetOldest(entries);
    for (const entry of this.models.values()) this.refresh(entry);
    for (const entry of this.paths.values()) this.refresh(entry);
    const key = `${place.runsHere} ${place.folder}`;
    let found = this.surroundings.get(key);
    if (!found) {
      found = {
        model: (folder) => this.model(folder, place),
        cannotBeMade: (path) => this.cannotBeMade(path, place),
      };
      this.surroundings.set(key, found);
    }
    return found;
  }

  /** Done when all that was asked for has been read; whether anything was. */
  async settled(): Promise<boolean> {
    const reading = [...this.models.values(), ...this.paths.values()].map((entry) => entry.reading);
    const open = reading.filter((one) => one !== undefined);
    await Promise.all(open);
    return open.length > 0;
  }

  private model(folder: Value, place: Place): ModelFolder {
    if (typeof folder !== "string") return UNKNOWN_MODEL;
    const path = /^[a-z0-9]+:\/\//i.test(folder) ? undefined : this.files.resolve(place.folder, folder);
    if (path === undefined) return UNKNOWN_MODEL;
    // Where a launch runs elsewhere, or from another folder, what is not here may be there.
    const surelyThere = place.runsHere || this.files.resolve(undefined, folder) !== undefined;
    const key = `${place.runsHere} ${surelyThere} ${path}`;
    return this.lookUp(this.models, key, UNKNOWN_MODEL, async () => {
      const found = await this.readModel(path, place.runsHere);
      const positive = found.kind === "folder" && found.files.config !== undefined;
      return surelyThere || positive ? found : UNKNOWN_MODEL;
    });
  }

  private async readModel(path: string, runsHere: boolean): Promise<ModelFolder> {
    const found = await this.files.look(path);
    if (found === "file" || (found === "nothing" && runsHere)) return { kind: "not a folder" };
    if (found !== "folder") return UNKNOWN_MODEL;
    const inside = (name: string) => this.files.resolve(path, name) ?? path;
    const [config, generationConfig, ...tokenizers] = await Promise.all([
      this.files.read(inside("config.json")),
      this.files.read(inside("generation_config.json")),
      ...TOKENIZERS.map((name) => this.files.look(inside(name))),
    ]);
    if (config === undefined && (await this.files.look(inside("config.json"))) !== "nothing")
      return UNKNOWN_MODEL;
    return { kind: "folder", files: { config, generationConfig, hasTokenizer: tokenizers.includes("file") } };
  }

  private cannotBeMade(written: Value, place: Place): Value {
    if (typeof written !== "string") return UNKNOWN;
    const path = this.files.resolve(place.folder, written);
    if (path === undefined || impossible(written) === true) return impossible(written);
    return this.lookUp(this.paths, path, false, () => this.standsBelowFile(path)) ? true : UNKNOWN;
  }

  private async standsBelowFile(path: string): Promise<boolean> {
    for (let at: string | undefined = path; at !== undefined; at = this.files.above(at)) {
      const found = await this.files.look(at);
      if (found !== "nothing") return found === "file";
    }
    return false;
  }

  /** What was read last, `unread` before. */
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

  /** Reads in the background what is no longer fresh. */
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
    if (!differs) return;
    this.surroundings.clear();
    this.changed();
  }
}

/** Half of what is kept goes when there is too much, what was asked for first before all else. */
function forgetOldest(entries: Map<string, unknown>): void {
  if (entries.size <= MOST_PATHS) return;
  for (const key of [...entries.keys()].slice(0, entries.size - MOST_PATHS / 2)) entries.delete(key);
}
