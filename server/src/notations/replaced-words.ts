/** Words that another program replaces before it starts LightLLM: `xargs -I{}`, `parallel`, `find -exec`. */
import type { CommandWord } from "../launch/command-line";
import { spanFrom, type WordPart } from "../launch/launch";
import { type Embedded, FILLER, HOLE, spanInFile } from "./embedded";

/** A program that replaces parts of the words after it. */
interface Replacer {
  /** Index of the program's word. */
  readonly at: number;
  /** What it replaces; nothing if it only adds words. */
  readonly replaced: RegExp | undefined;
  /** Index of the word that ends its command. */
  readonly end: number;
  /** Whether it puts any number of words in the place of one. */
  readonly several?: boolean;
  /** Whether it adds words at the end, if it replaces none. */
  readonly adds: boolean;
}

const NAMES = /^(?:xargs|gxargs|parallel|rush|g?find|fd|fdfind|pdsh|clush|entr)$/;
/** GNU parallel and rush: `{}`, `{.}`, `{1}`, `{2/.}`, `{#}`, `{= … =}`. */
const PARALLEL = /\{[-+]?\w*[./#%:^,\w]*\}|\{=.*?=\}/g;
const EXEC = /^-(?:exec|execdir|ok|okdir)$/;
const FD_EXEC = /^(?:-[xX]|--exec|--exec-batch)$/;

type ReadWord = Pick<CommandWord, "text" | "knownStart">;

/** The program among the words of a command that replaces parts of others. */
function replacerIn(words: readonly ReadWord[]): Replacer | undefined {
  const at = words.findIndex(({ text }) => text !== undefined && NAMES.test(baseName(text)));
  if (at < 0) return undefined;
  const texts = words.map(({ text, knownStart }) => text ?? knownStart ?? "");
  const after = (test: RegExp, from: number) => {
    const found = texts.findIndex((text, index) => index > from && test.test(text));
    return found < 0 ? words.length : found;
  };
  const name = baseName(texts[at] ?? "").replace(/^g(?=xargs|find)/, "");
  if (name === "xargs") {
    const sign = signOfXargs(texts.slice(at + 1));
    return { at, replaced: sign, end: words.length, adds: sign === undefined };
  }
  if (name === "parallel" || name === "rush") {
    const own = texts[after(/^-I$/, at) + 1];
    const replaced = own ? literally(own) : PARALLEL;
    return { at, replaced, end: after(/^:{3,4}\+?$/, at), adds: true };
  }
  if (name === "find" || name === "fd" || name === "fdfind") {
    const start = after(name === "find" ? EXEC : FD_EXEC, at);
    if (start >= words.length) return undefined;
    const end = after(name === "find" ? /^(?:;|\+)$/ : /^;$/, start);
    const several = texts[end] === "+" || /^(?:-X|--exec-batch)$/.test(texts[start] ?? "");
    return { at: start, replaced: name === "find" ? /\{\}/g : PARALLEL, end, several, adds: name !== "find" };
  }
  return {
    at,
    replaced: name === "entr" ? /\/_/g : /%(?:host|hosts|rank|[hnu])\b/g,
    end: words.length,
    adds: false,
  };
}

/** What xargs replaces: after `-I`, or `{}` after `-i` and `--replace`. */
function signOfXargs(given: readonly string[]): RegExp | undefined {
  for (const [index, text] of given.entries()) {
    // Words that are not options begin the command, or are values of options.
    const [, option, sign] = /^(-\w*I|-i|--replace)=?(.*)$/.exec(text) ?? [];
    if (option?.endsWith("I")) return literally(sign || given[index + 1] || "{}");
    if (option) return literally(sign || "{}");
    if (/^-m/.test(text)) return undefined;
  }
  return undefined;
}

function literally(sign: string): RegExp {
  return new RegExp(sign.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "g");
}

/** The words of a command; what another program replaces is unknown, and what belongs to that program is left out. */
export function withReplaced(words: readonly CommandWord[]): readonly CommandWord[] {
  const replacer = replacerIn(words);
  if (!replacer) return words;
  const { at, replaced, end, several, adds } = replacer;
  const found = words
    .slice(0, end)
    .map((word, index) => (index > at ? asReplaced(word, replaced, several) : word));
  const last = found.at(-1);
  if (!adds || !last || found.some((word, index) => word !== words[index])) return found;
  const span = spanFrom(last.span.end, last.span.end);
  return [...found, { text: undefined, span, source: "", splits: true, parts: [openPart("", span)] }];
}

function openPart(source: string, span: CommandWord["span"]): WordPart {
  return { kind: "open", from: "expression", language: "template", source, span };
}

function asReplaced(word: CommandWord, sign: RegExp | undefined, several = false): CommandWord {
  const known = word.text ?? word.knownStart ?? "";
  const at = sign ? known.search(sign) : -1;
  if (at < 0) return word;
  const { knownStart: _, text: __, ...rest } = word;
  const before = known.slice(0, at);
  const parts: WordPart[] = [
    ...(before ? [{ kind: "text" as const, text: before }] : []),
    openPart(known.slice(at), word.span),
  ];
  return {
    ...rest,
    text: undefined,
    ...(before && { knownStart: before }),
    parts,
    ...(several && { splits: true }),
  };
}

/** A string of a command that a shell runs; what another program replaces in it is unknown. */
export function withReplacedText(inner: Embedded, words: readonly CommandWord[], before: number): Embedded {
  const { replaced, at } = replacerIn(words) ?? {};
  if (!replaced || at === undefined || at >= before) return inner;
  const holes = new Map(inner.holes);
  const text = inner.text.replace(replaced, (source, ...more) => {
    const start = more.find((one): one is number => typeof one === "number") ?? 0;
    const span = spanInFile(inner, spanFrom(start, start + source.length));
    holes.set(span.start, { from: "expression", language: "template", source, span });
    return HOLE + FILLER.repeat(source.length - 1);
  });
  return { ...inner, text, holes };
}

function baseName(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}
