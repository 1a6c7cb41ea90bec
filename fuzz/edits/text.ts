/** Damage to plain text: deletes, repeats and moves characters, words and lines, and inserts difficult ones. */
import { anywhere, type Damage, insertion, lineStarts, someLine, someToken } from "./edit";

/** Characters and text that parsers often handle wrongly. */
const NASTY = [
  "'",
  '"',
  "`",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  "<",
  ">",
  "|",
  "&",
  ";",
  "#",
  "!",
  "*",
  "?",
  ":",
  ",",
  "=",
  "%",
  "@",
  "~",
  "$",
  "\\",
  "$(",
  "${",
  "$((",
  "$'",
  "{{",
  "}}",
  "{%",
  "<<",
  "<<EOF\n",
  "'''",
  '"""',
  "```",
  "``",
  "::\n",
  "\\ ",
  "\\\n",
  "\\\r\n",
  " \\",
  "\r",
  "\r\n",
  "\n",
  "\n\n",
  "\t",
  "\0",
  "\uFEFF",
  "\u2028",
  "\u2029",
  "\u0085",
  "\u00a0",
  "\u200b",
  "\uD800",
  "\uDC00",
  "😀",
  "é",
  "模型",
  "\u001b[2J",
  "\u007f",
  "—",
  "“",
  "”",
  "…",
  "--",
  "---",
  "---\n",
  "...\n",
  "- ",
  "? ",
  ": ",
  " #",
  "&a ",
  "*a",
  "!!int ",
  "!x ",
  "|-\n",
  ">\n",
  "%YAML 1.1\n",
  "&&",
  "||",
  "2>&1",
  "&\n",
  "if ",
  "fi\n",
  "done\n",
  "EOF\n",
  "env ",
  "exec ",
  "docker run ",
  "bash -c ",
  "FROM ",
  "ENV ",
  "CMD [",
  "RUN ",
  "x-",
  "<<: *a\n",
  "null",
  "true",
  "[0",
] as const;

/** Deletes a character. */
const deleteCharacter: Damage = ({ text, random }) => {
  const start = random.below(text.length);
  return { start, end: Math.min(text.length, start + 1), newText: "" };
};

const deleteStretch: Damage = (context) => {
  const start = anywhere(context);
  return { start, end: Math.min(context.text.length, start + 1 + context.random.below(30)), newText: "" };
};

const deleteToken: Damage = (context) => {
  const token = someToken(context);
  return token && { ...token, newText: "" };
};

const doubleToken: Damage = (context) => {
  const token = someToken(context);
  return token && { ...token, newText: token.newText + token.newText };
};

/** Swaps two words, with the text between them unchanged. */
const swapTokens: Damage = (context) => {
  const token = someToken(context);
  const [, between = "", other = ""] =
    /^(\W*)([\w.-]+)/.exec(context.text.slice(token?.end, (token?.end ?? 0) + 80)) ?? [];
  if (!token) return undefined;
  return {
    start: token.start,
    end: token.end + between.length + other.length,
    newText: other + between + token.newText,
  };
};

const insertNasty: Damage = (context) => {
  const { random } = context;
  const token = someToken(context);
  // Errors are most likely at the edge of a word.
  const at = token && random.chance(0.7) ? (random.chance(0.5) ? token.start : token.end) : anywhere(context);
  const words = Array.from({ length: 1 + random.below(2) }, () => random.pick(NASTY));
  return insertion(at, words.join(""));
};

const replaceByNasty: Damage = (context) => {
  const token = someToken(context);
  return token && { ...token, newText: context.random.pick(NASTY) };
};

const deleteLine: Damage = (context) => ({ ...someLine(context), newText: "" });

const doubleLine: Damage = (context) => {
  const { start, newText } = someLine(context);
  return insertion(start, newText);
};

/** Moves a line; the text between is part of the edit. */
const moveLine: Damage = (context) => {
  const line = someLine(context);
  const to = context.random.pick(lineStarts(context.text));
  const { text } = context;
  if (to < line.start)
    return { start: to, end: line.end, newText: line.newText + text.slice(to, line.start) };
  if (to > line.end) return { start: line.start, end: to, newText: text.slice(line.end, to) + line.newText };
  return undefined;
};

const joinLines: Damage = ({ text, random }) => {
  const ends = [...text.matchAll(/\\?\r?\n/g)];
  if (ends.length === 0) return undefined;
  const end = random.pick(ends);
  return { start: end.index, end: end.index + end[0].length, newText: random.chance(0.5) ? " " : "" };
};

/** Deletes everything after a place. */
const cutOff: Damage = (context) => ({ start: anywhere(context), end: context.text.length, newText: "" });

/** Inserts some lines of another text. */
const paste: Damage = (context) => {
  const { other, random, text } = context;
  const starts = lineStarts(other);
  const from = random.below(starts.length);
  const lines = other.slice(starts[from], starts[from + 1 + random.below(6)]);
  return insertion(random.chance(0.8) ? random.pick(lineStarts(text)) : anywhere(context), lines);
};

/** Changes all line ends, or one. */
const changeLineEnds: Damage = ({ text, random }) => {
  const to = random.pick(["\r\n", "\n", "\r"]);
  if (random.chance(0.5)) return { start: 0, end: text.length, newText: text.replace(/\r?\n/g, to) };
  const ends = [...text.matchAll(/\r?\n/g)];
  const end = ends.length > 0 && random.pick(ends);
  return end ? { start: end.index, end: end.index + end[0].length, newText: to } : undefined;
};

/** Inserts very long or deeply nested text. */
const insertMuch: Damage = (context) => {
  const { random } = context;
  const what = random.pick(["x", "[", "{", "(", '"', "- ", "$(", "a ", "\\", "\n", "--tp 1 ", "*a,", "  "]);
  return insertion(anywhere(context), what.repeat(50 + random.below(300)));
};

const indentLine: Damage = (context) => {
  const { start, newText } = someLine(context);
  const indent = /^[ \t]*/.exec(newText)?.[0] ?? "";
  const other = context.random.pick([
    "",
    " ",
    "  ",
    "    ",
    "\t",
    `${indent} `,
    `${indent}  `,
    indent.slice(1),
    indent.slice(2),
  ]);
  return { start, end: start + indent.length, newText: other };
};

const commentLine: Damage = (context) => {
  const { start } = someLine(context);
  const comment = context.random.pick([
    "#",
    "# ",
    "# lightllm: off\n",
    "# lightllm: args\n",
    "# lightllm: config\n",
    "# lightllm: release=v1.0.0\n",
    "# lightllm: release=",
    "# lightllm: disable-next-line=argparse-unknown-flag\n",
    "# lightllm: disable-file=x,\n",
    "# note\n",
  ]);
  return insertion(start, comment);
};

/** Each damage with its relative frequency. */
export const TEXT_DAMAGE: readonly (readonly [number, Damage])[] = [
  [4, deleteCharacter],
  [2, deleteStretch],
  [4, deleteToken],
  [2, doubleToken],
  [2, swapTokens],
  [10, insertNasty],
  [4, replaceByNasty],
  [3, deleteLine],
  [3, doubleLine],
  [3, moveLine],
  [2, joinLines],
  [1, cutOff],
  [4, paste],
  [1, changeLineEnds],
  [0.3, insertMuch],
  [3, indentLine],
  [2, commentLine],
];
