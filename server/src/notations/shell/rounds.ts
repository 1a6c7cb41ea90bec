/** How often a loop of a script certainly runs, and the variables that count its rounds from 0. */
import type { Rounds } from "../../launch/course";
import { spanFrom } from "../../launch/launch";
import { type Embedded, spanInFile } from "../embedded";
import type { ShellNode } from "./shell-parser";

type Loop = Extract<ShellNode, { type: "For" | "ArithmeticFor" }>;

/** A number of rounds, and where the text says it. */
interface Counted {
  readonly count: number;
  readonly start: number;
  readonly end: number;
  /** Whether the loop's own variable is 0, 1, … */
  readonly counts: boolean;
}

/** The rounds of a loop; undefined if a round may be left out, or if their number is not certain. */
export function roundsOf(node: Loop, embedded: Embedded): Rounds | undefined {
  const { text } = embedded;
  const body = text.slice(node.body.pos, node.end);
  // A round may be another, or none.
  if (/\b(?:continue|break|exit|return|test|shift)\b|\[\[?\s|\(\(\s*\$?\w+\s*[=!<>]/.test(body))
    return undefined;
  // What is set elsewhere is not known.
  if (/^[ \t]*(?:source|\.|eval)[ \t]/m.test(text)) return undefined;
  const name = node.type === "For" ? node.name.text : /^for\s*\(\(\s*(\w+)/.exec(text.slice(node.pos))?.[1];
  const counted = node.type === "For" ? countedWords(node, text) : countedSteps(node, text);
  if (!counted || name === undefined || isSet(name, body)) return undefined;
  const names = [
    ...(counted.counts ? [name] : []),
    ...countersIn(text.slice(0, node.pos), body, text.slice(node.end)),
  ];
  const span = spanInFile(embedded, spanFrom(counted.start, counted.end));
  return { count: { value: counted.count, span, isLiteral: false }, names };
}

function isSet(name: string, text: string): boolean {
  return new RegExp(`\\b${name}(?:=|\\+=|\\+\\+|--)|\\+\\+${name}\\b|\\bread\\b`).test(text);
}

/** A word that is one element, whatever the shell is. */
const PLAIN = /^(["']?)[\w.:@-]+\1$/;

function countedWords({ wordlist }: Extract<Loop, { type: "For" }>, text: string): Counted | undefined {
  const [first, ...others] = wordlist ?? [];
  const last = others.at(-1) ?? first;
  if (!first || !last) return undefined;
  const [, , indices = "", array] = /^("?)\$\{(!?)(\w+)\[@\]\}\1$/.exec(first.text) ?? [];
  if (array !== undefined) {
    const elements = others.length === 0 ? elementsOf(array, text, first.pos) : undefined;
    return elements && { ...elements, counts: indices === "!" };
  }
  const words = [first, ...others].map((word) => word.text);
  if (!words.every((word) => PLAIN.test(word))) return undefined;
  const counts = words.every((word, at) => word === String(at));
  return { count: words.length, start: first.pos, end: last.end, counts };
}

function countedSteps({ pos }: Loop, text: string): Counted | undefined {
  const STEPS =
    /^for\s*\(\(\s*(\w+)\s*=\s*0\s*;\s*\1\s*<\s*(?:(\d{1,6})|\$\{#(\w+)\[@\]\})\s*;\s*(?:\1\+\+|\+\+\1|\1\s*\+=\s*1)\s*\)\)/;
  const [header, , number, array] = STEPS.exec(text.slice(pos)) ?? [];
  if (header === undefined) return undefined;
  if (array !== undefined) {
    const elements = elementsOf(array, text, pos);
    return elements && { ...elements, counts: true };
  }
  return { count: Number(number), start: pos, end: pos + header.length, counts: true };
}

/** The elements of an array that one line at the start of a line sets, and nothing else changes. */
function elementsOf(name: string, text: string, before: number): Omit<Counted, "counts"> | undefined {
  const changes = text.match(new RegExp(`\\b${name}(?:=|\\+=|\\[[^\\]]*\\]=)`, "g")) ?? [];
  const isRead = new RegExp(`\\b(?:unset|read|readarray|mapfile)\\b[^\\n]*\\b${name}\\b`).test(text);
  const set = new RegExp(
    `^(?:(?:declare|readonly)(?: -a)? )?${name}=\\(([^()]*)\\)[ \\t]*(?:#.*)?$`,
    "m",
  ).exec(text);
  if (changes.length !== 1 || isRead || !set || set.index > before) return undefined;
  const words = (set[1] ?? "")
    .replace(/(^|\s)#.*/g, "$1")
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0 || !words.every((word) => PLAIN.test(word))) return undefined;
  const start = set.index + set[0].indexOf("(");
  return { count: words.length, start, end: start + (set[1] ?? "").length + 2 };
}

/** A variable that is one more. */
const MORE =
  /(?:\(\(\s*(?:(\w+)\s*\+\+|\+\+\s*(\w+)|(\w+)\s*\+=\s*1)\s*\)\)|\b(\w+)=\$\(\(\s*\$?\4\s*\+\s*1\s*\)\))\s*;?\s*done\s*$/;

/** The variables that are 0 before the loop, and one more at the end of each round. */
function countersIn(before: string, body: string, after: string): string[] {
  const found = MORE.exec(body)?.slice(1).find(Boolean);
  if (found === undefined) return [];
  const outside = before + after;
  const sets = outside.match(new RegExp(`\\b${found}(?:=|\\+=|\\+\\+)`, "g")) ?? [];
  const changes =
    body.match(new RegExp(`\\b${found}(?:=\\$|\\s*\\+=|\\s*\\+\\+)|\\+\\+\\s*${found}\\b`, "g")) ?? [];
  const isZero = new RegExp(`^${found}=0[ \\t]*(?:#.*)?$`, "m").test(before);
  return isZero && sets.length === 1 && changes.length === 1 ? [found] : [];
}
