/** Damage by input methods, other editors and copies: full-width signs, tabs, mixed line ends, blocks of other texts. */
import { type Damage, type EditContext, insertion, lineStarts, someLine, someToken } from "./edit";

/** What an input method for Chinese or Japanese writes where a sign of ASCII is meant. */
const SIGNS: Readonly<Record<string, string>> = {
  ":": "：",
  ",": "，",
  ".": "。",
  ";": "；",
  "(": "（",
  ")": "）",
  "[": "【",
  "]": "】",
  "<": "《",
  '"': "“",
  "'": "’",
  "-": "—",
  "=": "＝",
  $: "￥",
  "\\": "、",
  " ": "\u3000",
};

/** Characters that editors show as nothing, as one, or in another order. */
const UNSEEN = ["\u200b", "\u200d", "\u202e", "\u2060", "\ufe0f", "\u0301", "\u00ad", "\u3000", "\u2028"];
const WORDS = ["模型路径", "ポート", "포트", "👨‍👩‍👧", "🇨🇳", "𝟠", "ｔｐ", "８", "ﬁ", "ß", "İ"];

/** Writes a word or a run of signs with full-width characters. */
const widen: Damage = (context) => {
  const token = someToken(context);
  if (!token) return undefined;
  const wide = (char: string) =>
    char === " " ? "\u3000" : /[!-~]/.test(char) ? String.fromCodePoint(0xfee0 + char.charCodeAt(0)) : char;
  return { ...token, newText: Array.from(token.newText, wide).join("") };
};

/** Writes one sign as an input method does, or all of its kind on a line. */
const exchangeSign: Damage = (context) => {
  const line = someLine(context);
  const signs = [...line.newText.matchAll(/[:,.;()[\]<"'\-=$\\ ]/g)];
  if (signs.length === 0) return undefined;
  const { 0: sign, index } = context.random.pick(signs);
  const other = SIGNS[sign] ?? sign;
  if (context.random.chance(0.3)) return { ...line, newText: line.newText.replaceAll(sign, other) };
  return { start: line.start + index, end: line.start + index + 1, newText: other };
};

const insertUnseen: Damage = (context) => {
  const token = someToken(context);
  const at =
    token && context.random.chance(0.6) ? token.start : context.random.below(context.text.length + 1);
  return insertion(at, context.random.pick(context.random.chance(0.5) ? UNSEEN : WORDS));
};

/** Indents some lines, or separates their words, with tabs. */
const useTabs: Damage = (context) => {
  const lines = someLines(context, 8);
  const inside = context.random.chance(0.3);
  const newText = inside
    ? lines.newText.replace(/(?<=\S) /g, "\t")
    : lines.newText.replace(/^(?: {2})+/gm, (indent) => "\t".repeat(indent.length / 2));
  return { ...lines, newText };
};

/** Ends some lines in another way, each in its own. */
const mixLineEnds: Damage = (context) => {
  const lines = someLines(context, 12);
  const ends = ["\n", "\r\n", "\r", "\r\r\n", "\n\r"];
  return { ...lines, newText: lines.newText.replace(/\r?\n/g, () => context.random.pick(ends)) };
};

/** Repeats some lines, sometimes with another indentation. */
const doubleBlock: Damage = (context) => {
  const { end, newText } = someLines(context, 25);
  const indent = context.random.pick(["", "", "", "  ", "\t"]);
  return insertion(end, indent === "" ? newText : newText.replace(/^(?=.)/gm, indent));
};

/** Inserts lines of a text of any notation. */
const pasteForeign: Damage = (context) => {
  const { foreign, random, text } = context;
  const starts = lineStarts(foreign);
  const from = random.below(starts.length);
  const lines = foreign.slice(starts[from], starts[from + 1 + random.below(12)]);
  const at = random.chance(0.8) ? random.pick(lineStarts(text)) : random.below(text.length + 1);
  return insertion(at, lines);
};

/** Up to `most` lines that follow each other, with their line ends. */
function someLines({ text, random }: EditContext, most: number) {
  const starts = lineStarts(text);
  const at = random.below(starts.length);
  const start = starts[at] ?? 0;
  const end = starts[at + 1 + random.below(most)] ?? text.length;
  return { start, end, newText: text.slice(start, end) };
}

/** Each damage with its relative frequency. */
export const INPUT_DAMAGE: readonly (readonly [number, Damage])[] = [
  [2, widen],
  [3, exchangeSign],
  [2, insertUnseen],
  [2, useTabs],
  [2, mixLineEnds],
  [2, doubleBlock],
  [3, pasteForeign],
];
