/** The files that a subcommand reads: named ones, those of folders and patterns, and those that Git says are changed. */
import { lstat, readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import picomatch from "picomatch/posix";
import { onOneLine, service } from "../../service";
import { CliError } from "../cli-error";
import { say } from "../cli-texts";
import { decode } from "../encoding";
import { complain, showProgress } from "../output";
import { readTextFile, type TextFile } from "../text-file";
import { type Changes, changedFiles } from "./git-changes";
import { isLeftIn, type WalkedFile, walk } from "./walk";

/** What was found for the words of a command line. */
export interface Gathered {
  /** Files that are named; also those that do not exist. */
  readonly named: readonly string[];
  /** The files of folders, patterns and changes that may hold a launch, read. */
  readonly found: readonly TextFile[];
  /** Those among them that start LightLLM, or may, and cannot be read, each with the reason as a sentence. */
  readonly unreadable: readonly { readonly path: string; readonly error: string }[];
  /** Number of the files that were looked at in folders. */
  readonly looked: number;
}

/** Limit for the files of folders, in bytes; a person writes such a file by hand. */
const LONGEST_FOUND = 1_000_000;
/** Limit for files of unknown kinds, which are only searched for a launch. */
const LONGEST_UNKNOWN = 100_000;
/** Files that are read at the same time. */
const AT_ONCE = 64;
/** Limit for the files that are named one by one because their kind is not read. */
const MOST_TOLD = 10;

/** Finds and reads. @throws CliError if Git fails, or if a pattern names no file. */
export async function gatherFiles(
  subcommand: string,
  words: readonly string[],
  changes?: Changes | undefined,
): Promise<Gathered> {
  const reader = new FoundFiles(subcommand);
  const starts = words.length > 0 || changes ? words : ["."];
  if (changes) {
    for (const path of changedFiles(subcommand, changes, words)) {
      const found = await stat(path).catch(() => undefined);
      if (found?.isFile() && (await isLeftIn(resolve(path)))) await reader.add({ path, size: found.size });
    }
    return { named: [], ...(await reader.end()) };
  }
  const named: string[] = [];
  for (const word of starts) {
    // What cannot be examined is named where it is read, with the reason.
    const there = word === "-" ? undefined : await stat(word).catch(() => undefined);
    if (there?.isDirectory()) {
      for await (const file of walk(word.replace(/[\\/]+$/, "") || "/", resolve(word)))
        await reader.add(file);
    } else if (!there && word !== "-" && (await isPattern(word))) {
      const before = reader.looked;
      for await (const file of matching(word)) await reader.add(file);
      if (reader.looked === before) throw new CliError(say("cli.no-match", { subcommand, pattern: word }));
    } else named.push(word);
  }
  return { named, ...(await reader.end()) };
}

/** Whether a word is a pattern, and not the name of a link to nothing. */
async function isPattern(word: string): Promise<boolean> {
  return picomatch.scan(word).isGlob && !(await lstat(word).catch(() => undefined));
}

/** The files that match a pattern, which the shell did not expand. */
async function* matching(pattern: string): AsyncGenerator<WalkedFile> {
  const plain = pattern.replace(/^(?:\.\/)+/, "");
  const { base } = picomatch.scan(plain);
  const matches = picomatch(plain, { dot: true });
  for await (const file of walk(base === "" ? "." : base, resolve(base)))
    if (matches(file.path.replaceAll("\\", "/"))) yield file;
}

/** Reads the files of folders, some at the same time, and keeps those that may hold a launch. */
class FoundFiles {
  looked = 0;
  private readonly found: TextFile[] = [];
  /** Files that start an image which another file builds: judged with a launch in a file below them. */
  private readonly starting: TextFile[] = [];
  private readonly seen = new Set<string>();
  private waiting: WalkedFile[] = [];
  private readonly unread: string[] = [];
  private readonly large: string[] = [];
  private readonly unreadable: { readonly path: string; readonly error: string }[] = [];

  constructor(private readonly subcommand: string) {}

  async add(file: WalkedFile): Promise<void> {
    const path = resolve(file.path);
    if (this.seen.has(path)) return;
    this.seen.add(path);
    this.looked++;
    this.waiting.push(file);
    if (this.waiting.length >= AT_ONCE) await this.read();
  }

  async end(): Promise<Omit<Gathered, "named">> {
    await this.read();
    showProgress(undefined);
    const launches = this.found.map(({ path }) => resolve(path));
    for (const file of this.starting) {
      const folder = dirname(resolve(file.path));
      if (launches.some((path) => path.startsWith(folder))) this.found.push(file);
    }
    for (const path of this.large)
      complain(`lightllm-config: ${say("cli.too-large", { path: onOneLine(path), most: LONGEST_FOUND })}\n`);
    for (const path of this.unread.slice(0, MOST_TOLD))
      complain(`lightllm-config: ${say("cli.kind-not-read", { path: onOneLine(path) })}\n`);
    const more = this.unread.length - MOST_TOLD;
    if (more > 0) complain(`lightllm-config: ${say("cli.kinds-not-read", { count: more })}\n`);
    const unreadable = this.unreadable.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { found: this.found, unreadable, looked: this.looked };
  }

  private async read(): Promise<void> {
    const files = this.waiting;
    this.waiting = [];
    const read = await Promise.all(files.map((file) => this.readOne(file)));
    for (const file of read) if (file) this.found.push(file);
    showProgress(say("cli.progress", { files: this.looked, found: this.found.length }));
  }

  private async readOne({ path, size, isClosed }: WalkedFile): Promise<TextFile | undefined> {
    const isKnown = service.mayHoldLaunches(path, true);
    if (isClosed) return isKnown ? this.readAsNamed(path) : undefined;
    if (size > (isKnown ? LONGEST_FOUND : LONGEST_UNKNOWN)) {
      if (isKnown) this.large.push(path);
      return undefined;
    }
    const bytes = await readFile(path).catch(() => undefined);
    if (!bytes) return isKnown ? this.readAsNamed(path) : undefined;
    if (!mayName(bytes, path)) {
      if (isKnown && this.subcommand === "check") await this.addStarting(path, bytes);
      return undefined;
    }
    const decoded = await decode(bytes).catch(() => undefined);
    if (!decoded)
      return isKnown && STARTS.test(bytes.toString("latin1")) ? this.readAsNamed(path) : undefined;
    if (isKnown || service.notationOf("", path, decoded.text)) return { path, ...decoded };
    if (STARTS.test(decoded.text)) this.unread.push(path);
    return undefined;
  }

  private async addStarting(path: string, bytes: Buffer): Promise<void> {
    if (!/\bbuild\b/.test(bytes.toString("latin1"))) return;
    const decoded = await decode(bytes).catch(() => undefined);
    const notation = decoded && service.notationOf("", path, decoded.text);
    if (decoded && notation?.find(decoded.text).builds) this.starting.push({ path, ...decoded });
  }

  /** Reads a file as if it were named, and keeps the reason if that fails. */
  private async readAsNamed(path: string): Promise<TextFile | undefined> {
    try {
      return await readTextFile(this.subcommand, path);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      this.unreadable.push({ path, error: error.message });
      return undefined;
    }
  }
}

/** The start of a launch, in whatever words. */
const STARTS = /\blightllm\.server\.api_server\b/;

/** Whether bytes may name LightLLM, as every file with a launch does: its text, or the name of a config. */
function mayName(bytes: Buffer, path: string): boolean {
  // UTF-16 has a mark, and a NUL beside each letter.
  const isWide = (bytes[0] ?? 0) >= 0xfe;
  return isWide || /lightllm/i.test(path) || /lightllm/i.test(bytes.toString("latin1"));
}
