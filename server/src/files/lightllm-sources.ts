/**
 * Reads the workspace's own LightLLM in the background: the first request has no answer yet, later ones do. The source
 * is read as text; nothing is executed.
 *
 * A file that cannot be read is reported at once, even if an earlier version of it could be read: a launch would use
 * the file on the disk, and a half-written parser starts nothing. Until then the bundled releases are used.
 */
import { say } from "../messages";
import type { FileState, FileSystem } from "./file-system";
import { type Found, findLightllm, type SearchPlace } from "./find-lightllm";

/** What a reader makes of the parser's text: a release, or the reason why there is none. */
export type ReadRelease<Release> =
  | { readonly kind: "release"; readonly release: Release; readonly differences: number }
  | { readonly kind: "broken"; readonly why: string };

/** Result of the search for a workspace's LightLLM. */
export type WorkspaceLightllm<Release> =
  | (Extract<ReadRelease<Release>, { kind: "release" }> & { readonly path: string; readonly found: Found })
  | { readonly kind: "trouble"; readonly path: string; readonly why: string; readonly found: Found };

/** Size limit of a source file, in bytes; a parser has about 40,000. */
export const LONGEST_SOURCE = 1_000_000;

/** Maximum delay before an automatic re-check, in milliseconds. */
const LONGEST_WAIT = 60_000;

/** Limit for cached places: workspace folders with their settings. */
const MOST_PLACES = 50;

interface Watched<Release> {
  readonly place: SearchPlace;
  value: WorkspaceLightllm<Release> | undefined;
  checkedAt: number | undefined;
  checking: Promise<void> | undefined;
  /** Timer that checks again when the answer is out of date. */
  later?: ReturnType<typeof setTimeout> | undefined;
  /** Whether to check again after the current check. */
  again: boolean;
}

interface Read<Release> {
  readonly state: FileState;
  readonly text: string | undefined;
  readonly reading: ReadRelease<Release>;
}

export class LightllmSources<Release> {
  private readonly places = new Map<string, Watched<Release>>();
  private readonly read = new Map<string, Read<Release>>();

  /**
   * @param reader makes a release of a file's text; its results are cached while the text stays the same.
   * @param freshFor how long an answer is used without a check, in milliseconds.
   * @param changed called when a workspace's LightLLM has changed.
   */
  constructor(
    private readonly files: FileSystem,
    private readonly reader: (text: string) => ReadRelease<Release> | Promise<ReadRelease<Release>>,
    private readonly freshFor: number,
    private readonly changed: () => void = () => {},
  ) {}

  /**
   * The LightLLM of a place, as far as it is known; `undefined` if there is none. Returns the same object until it
   * changes.
   * Call this at each analysis: it checks answers that are out of date, and schedules a check for the others, so that
   * no answer stays wrong.
   */
  at(place: SearchPlace): WorkspaceLightllm<Release> | undefined {
    const key = JSON.stringify([
      place.folder,
      place.depth,
      place.sourcePath,
      place.pythonPath,
      place.chosenPython,
    ]);
    let watched = this.places.get(key);
    if (!watched) {
      if (this.places.size >= MOST_PLACES) this.places.clear();
      watched = { place, value: undefined, checkedAt: undefined, checking: undefined, again: false };
      this.places.set(key, watched);
    }
    const { checkedAt, checking } = watched;
    const fresh = checkedAt !== undefined && Date.now() - checkedAt <= this.freshFor;
    if (!checking && !fresh) this.check(watched);
    else if (fresh) this.checkLater(watched, checkedAt + this.freshFor - Date.now());
    return watched.value;
  }

  /** Checks everything again after files have changed; rereads files even if their state looks unchanged. */
  recheck(): void {
    for (const [path, read] of this.read) this.read.set(path, { ...read, state: { size: -1, modified: -1 } });
    for (const watched of this.places.values()) {
      if (watched.checking) watched.again = true;
      else this.check(watched);
    }
  }

  /** The files that releases were read from, and those that could not be read. */
  paths(): string[] {
    const paths = [...this.places.values()].map(({ value }) => value?.path);
    return [...new Set(paths.filter((path) => path !== undefined))];
  }

  /** The releases that were read. */
  releases(): Release[] {
    return [...this.places.values()].flatMap(({ value }) =>
      value?.kind === "release" ? [value.release] : [],
    );
  }

  /** Resolves when all pending reads have ended; true if there were any. */
  async settled(): Promise<boolean> {
    const open = [...this.places.values()].map(({ checking }) => checking).filter((one) => one !== undefined);
    await Promise.all(open);
    return open.length > 0;
  }

  private check(watched: Watched<Release>): void {
    watched.checking = this.look(watched).finally(() => {
      watched.checking = undefined;
    });
  }

  private checkLater(watched: Watched<Release>, wait: number): void {
    if (watched.later !== undefined || wait > LONGEST_WAIT) return;
    watched.later = setTimeout(() => {
      watched.later = undefined;
      if (!watched.checking) this.check(watched);
    }, wait + 1);
    // The timer does not keep the process running.
    (watched.later as { unref?(): void }).unref?.();
  }

  private async look(watched: Watched<Release>): Promise<void> {
    do {
      watched.again = false;
      const value = await this.find(watched.place);
      const same = sameOf(watched.value, value);
      if (!same) watched.value = value;
      watched.checkedAt = Date.now();
      if (!same) this.changed();
    } while (watched.again);
  }

  private async find(place: SearchPlace): Promise<WorkspaceLightllm<Release> | undefined> {
    const result = await findLightllm(this.files, place);
    if (result.kind === "nothing") return undefined;
    if (result.kind === "trouble") return result;
    const { path, found } = result;
    const reading = await this.readingOf(path);
    return reading.kind === "release"
      ? { ...reading, path, found }
      : { kind: "trouble", path, why: reading.why, found };
  }

  /** The result for a file; the same object while its text is the same. */
  private async readingOf(path: string): Promise<ReadRelease<Release>> {
    const before = this.read.get(path);
    const state = await this.files.state(path);
    if (!state) return broken(say("source.may-not-be-read"));
    if (before && before.state.size === state.size && before.state.modified === state.modified)
      return before.reading;
    const text = await this.textOf(path, state);
    const reading =
      typeof text !== "string" ? text : text === before?.text ? before.reading : await this.reader(text);
    this.read.set(path, { state, text: typeof text === "string" ? text : undefined, reading });
    return reading;
  }

  /** The text of a file, or the reason why it cannot be read. */
  private async textOf(path: string, { size }: FileState): Promise<string | Broken> {
    if (size > LONGEST_SOURCE) return broken(say("source.longer-than-a-parser"));
    const bytes = await this.files.bytes(path);
    if (!bytes) return broken(say("source.may-not-be-read"));
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return broken(say("source.not-utf8"));
    }
  }
}

type Broken = Extract<ReadRelease<never>, { kind: "broken" }>;

function broken(why: string): Broken {
  return { kind: "broken", why };
}

/** Whether two results are equal; releases are compared by identity. */
function sameOf<Release>(
  one: WorkspaceLightllm<Release> | undefined,
  other: WorkspaceLightllm<Release> | undefined,
): boolean {
  if (one?.kind !== other?.kind || one?.path !== other?.path || one?.found !== other?.found) return false;
  if (one?.kind === "release" && other?.kind === "release") return one.release === other.release;
  return one?.kind !== "trouble" || other?.kind !== "trouble" || one.why === other.why;
}
