/** Finds the launches in the code blocks of a page that contain shell commands. */
import { type Launch, type Span, spanFrom, type TextProblem } from "../../launch/launch";
import { lineStartAt, linesOf, nextLineAt } from "../../launch/lines";
import { keepMeanings } from "../../launch/meaning";
import { moved, movedOnRequest } from "../../launch/moved";
import type { NotationTraits } from "../../launch/notation-traits";
import { joinParts, readTranscript } from "../console";
import { type Embedded, toFile } from "../embedded";
import { decidesReading, partFrom, type TextPart } from "../parts";
import { type Installed, NOTHING_INSTALLED } from "../pins";
import { mayHoldLaunch } from "../program";
import { findInShell } from "../shell/find";
import { withoutSynopses } from "../synopsis";

/** A code block: its language on the page (empty if none), and its text. */
export interface CodeBlock {
  readonly language: string;
  readonly embedded: Embedded;
  /** It is code in running text, which only mentions commands. */
  readonly isInline?: boolean;
}

const SCRIPT = /^(?:ba|z|k|da|fi|c)?sh$|^shell$|^shellscript$|^slurm$|^sbatch$/;
const TERMINAL =
  /^(?:console|terminal|command(?:-?line)?|cmd|cli|bat|batch|powershell|pwsh|ps1|(?:ba|z)?sh-?session|shell-?session)$/;
/** Languages with a notation of their own, or without any. */
const FOREIGN =
  /^(?:ya?ml|json[c5l]?|dockerfile|docker|containerfile|toml|ini|conf|xml|html|css|diff|patch|log|logs|output|java|javascript|js|typescript|ts|c|cpp|c\+\+|cuda|go|rust|sql|mermaid|dot|math|latex|tex|rst|markdown|md|makefile|cmake|http|csv|proto|lua|ruby|php|pycon)$/;
const PYTHON = /^(?:python\d?|py|ipython\d?)$/;
/** A command in the place of a Python statement: the page names the wrong language. */
const COMMAND_LINE =
  /^[ \t]*(?:[$#!][ \t]*)?(?:\w+=\S*[ \t]+|(?:nohup|exec|env|sudo)[ \t]+)*\S*python[\d.]*[ \t]+(?:-\w+[ \t]+)*-m[ \t]+lightllm\.server\.api_server(?=\s|$)/m;

/** The launches of a block, and its place. */
interface ReadBlock extends Found {
  readonly start: number;
  readonly installed: Installed;
  /** The block as it was read, at an earlier place; absent if it was read here. */
  readonly origin?: ReadBlock;
}

/** The blocks of the previous version of a page by their content; equal blocks in the order of the page. */
export type BlockCache = Map<string, ReadBlock[]>;

/**
 * The launches in the code blocks of a page, in order. `cache` has the blocks of the previous version, and is updated.
 */
export function findInBlocks(
  text: string,
  blocks: readonly CodeBlock[],
  notation: NotationTraits,
  cache: BlockCache = new Map(),
): Found {
  const launches: Launch[] = [];
  const problems: TextProblem[] = [];
  let installed = NOTHING_INSTALLED;
  const before = new Map(cache);
  cache.clear();
  for (const block of blocks) {
    if (!mayHoldLaunch(block.embedded.text) || !mayBeShell(block.language, block.embedded.text)) continue;
    const start = toFile(block.embedded, 0);
    // Packages that earlier blocks install have places of their own, which do not move with this block.
    const key = installed === NOTHING_INSTALLED ? keyOf(block, start) : undefined;
    const same = (key !== undefined && cache.get(key)) || [];
    const known = key === undefined ? undefined : before.get(key)?.[same.length];
    const read = known
      ? movedTo(start, known)
      : { start, ...inBlock(block, readBlock(text, block, installed, notation)) };
    if (key !== undefined) cache.set(key, [...same, read]);
    installed = read.installed;
    launches.push(...read.launches);
    problems.push(...read.problems);
  }
  return { launches, problems };
}

/** The launches of a block that know it. */
function inBlock({ embedded }: CodeBlock, read: Found & { readonly installed: Installed }) {
  const block = spanFrom(toFile(embedded, 0), toFile(embedded, embedded.text.length));
  return { ...read, launches: read.launches.map((launch) => ({ ...launch, block })) };
}

/** Text in a block that may install what later blocks use. */
const MAY_INSTALL = /\b(?:install|git|pip|uv|cd|pushd)\b/;

/** The lines of the blocks that can be read without one another. */
export function partsOfBlocks(
  text: string,
  blocks: readonly CodeBlock[],
  { comments }: NotationTraits,
): TextPart[] {
  const parts: TextPart[] = [];
  for (const { embedded, isInline } of blocks) {
    const start = lineStartAt(text, toFile(embedded, 0));
    const end = nextLineAt(text, toFile(embedded, embedded.text.length));
    const isOwn = !isInline && !MAY_INSTALL.test(embedded.text) && start >= (parts.at(-1)?.end ?? 1);
    if (isOwn && !decidesReading(text.slice(start, end), comments)) parts.push(partFrom(start, end));
  }
  return parts;
}

/** If nothing is installed before a block, its result depends only on this key. */
function keyOf({ language, isInline, embedded: { text, offsets } }: CodeBlock, start: number): string {
  const places = typeof offsets === "number" ? "" : offsets.map((offset) => offset - start).join();
  return JSON.stringify([language, text, places, isInline]);
}

function movedTo(start: number, read: ReadBlock): ReadBlock {
  if (start === read.start) return read;
  const { origin = read } = read;
  const by = start - origin.start;
  if (by === 0) return origin;
  const launches = movedOnRequest(origin.launches, by);
  keepMeanings(launches, origin.launches);
  return {
    start,
    origin,
    launches,
    problems: moved(origin.problems, by),
    installed: origin.installed === NOTHING_INSTALLED ? NOTHING_INSTALLED : moved(origin.installed, by),
  };
}

function readBlock(
  text: string,
  { language, embedded, isInline }: CodeBlock,
  installed: Installed,
  notation: NotationTraits,
): Omit<ReadBlock, "start"> {
  const isScript = SCRIPT.test(language);
  const around = { images: [], installed };
  const found = findInShell(readTranscript(withoutReturns(embedded), isScript), notation, { around });
  const commands = isScript || TERMINAL.test(language) ? found : withoutProse(text, found);
  const launches = withoutSynopses(commands.launches);
  if (!isInline) return { ...commands, launches, installed: found.installed };
  // The name alone says nothing that could be judged.
  const mentions = launches.filter(({ arguments: given }) => given.length > 0).map(asMention);
  return { launches: mentions, problems: [], installed };
}

function asMention({ problems: _, ...launch }: Launch): Launch {
  return { ...launch, isMention: true };
}

function mayBeShell(language: string, text: string): boolean {
  if (PYTHON.test(language)) return COMMAND_LINE.test(text);
  return !FOREIGN.test(language);
}

/** A page with CR LF shows the same commands as one with LF: copied text has neither. */
function withoutReturns(block: Embedded): Embedded {
  if (!block.text.includes("\r")) return block;
  const { offsets, ...rest } = joinParts(
    block,
    linesOf(block.text).flatMap(({ start, end, next }) => [
      spanFrom(start, end),
      // A line break starts at its CR, so that a range before it never ends between the two.
      ...(next > end && block.text[next - 1] === "\n" ? [spanFrom(next - 1, next)] : []),
    ]),
  );
  if (typeof offsets === "number") return { ...rest, offsets };
  const places = offsets;
  return {
    ...rest,
    offsets: places.map((place, at) => (rest.text[at] === "\n" && at > 0 ? atReturn(places, at) : place)),
  };
}

function atReturn(places: readonly number[], at: number): number {
  const place = places[at] ?? 0;
  const before = places[at - 1] ?? 0;
  return place === before + 2 ? before + 1 : place;
}

interface Found {
  readonly launches: readonly Launch[];
  readonly problems: readonly TextProblem[];
}

/**
 * Removes launches that are only mentioned in prose: `Start it with python -m lightllm.server.api_server and wait.`
 *
 * @param word the first word of a text.
 */
export function withoutProse(text: string, { launches, problems }: Found, word = /^\S*/): Found {
  const firstWord = ({ start }: Span) => word.exec(text.slice(start, start + 200))?.[0] ?? "";
  return { launches: launches.filter(({ span }) => !isProse(firstWord(span))), problems };
}

const SENTENCE = /^(?:[A-Z][a-z]+|[Rr]un|[Uu]se|launch|execute|with|via|by|to|the|and|or)$/;

/** Whether a word begins a sentence, not a command. */
function isProse(word: string): boolean {
  if (/^[A-Za-z_]\w*=/.test(word)) return false;
  if (/[:,;.!?：，。；！？）]$/.test(word) && word !== "." && word !== ":") return true;
  return SENTENCE.test(word) || (/[\u3000-\u9fff\uff00-\uffef]/.test(word) && !/[/=]/.test(word));
}
