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
  /** The array whose elements are counted. */
  readonly array?: string;
}

/** The rounds of a loop; undefined if a round may be left out, or if their number is not certain. */
export function roundsOf(node: Loop, embedded: Embedded): Rounds | undefined {
  const { text } = embedded;
  const body = text.slice(node.body.pos, node.end);
  // A round may be another, or none.
  if (/\b(?:continue|break|exit|return|test|shift)\b|\[\[?\s|\(\(\s*\$?\w+\s*[=!<>]/.test(body))
    return undefined;
  const about = assignmentsOf(embedded);
  // What is set elsewhere is not known.
  if (about.isSetElsewhere) return undefined;
  const name = node.type === "For" ? node.name.text : /^for\s*\(\(\s*(\w+)/.exec(text.slice(node.pos))?.[1];
  const counted = node.type === "For" ? countedWords(node, about) : countedSteps(node, text, about);
  if (!counted || name === undefined || isSet(name, body)) return undefined;
  const names = [...(counted.counts ? [name] : []), ...countersIn(node, body, text, about)];
  const span = spanInFile(embedded, spanFrom(counted.start, counted.end));
  const { count: value, array } = counted;
  return { count: { value, span, isLiteral: false }, names, ...(array !== undefined && { array }) };
}

/** A line that sets an array to its elements. */
interface SetArray {
  readonly index: number;
  readonly whole: string;
  readonly inner: string;
}

/** What a script assigns, found once for all its loops. */
interface Assignments {
  readonly isSetElsewhere: boolean;
  /** How often a variable is set, or an element of it. */
  readonly changes: ReadonlyMap<string, number>;
  /** How often a variable is set or counted. */
  readonly sets: ReadonlyMap<string, number>;
  readonly arrays: ReadonlyMap<string, SetArray>;
  /** Where a line sets a variable to 0 first. */
  readonly zeros: ReadonlyMap<string, number>;
  /** The ends of lines that may read or unset variables. */
  readonly reading: string;
}

const read = new WeakMap<Embedded, Assignments>();

function assignmentsOf(embedded: Embedded): Assignments {
  const known = read.get(embedded) ?? readAssignments(embedded.text);
  read.set(embedded, known);
  return known;
}

function readAssignments(text: string): Assignments {
  const firstOf = <T>(pattern: RegExp, make: (match: RegExpExecArray) => T) => {
    const found = new Map<string, T>();
    for (const match of text.matchAll(pattern)) {
      const [, name = ""] = match;
      if (!found.has(name)) found.set(name, make(match));
    }
    return found;
  };
  return {
    isSetElsewhere: /^[ \t]*(?:source|\.|eval)[ \t]/m.test(text),
    changes: countsOf(/\b(\w+)(?==|\+=|\[[^\]]*\]=)/g, text),
    sets: countsOf(SETS, text),
    arrays: firstOf(
      /^(?:(?:declare|readonly)(?: -a)? )?(\w+)=\(([^()]*)\)[ \t]*(?:#.*)?$/gm,
      ({ index, 0: whole, 2: inner = "" }): SetArray => ({ index, whole, inner }),
    ),
    zeros: firstOf(/^(\w+)=0[ \t]*(?:#.*)?$/gm, ({ index }) => index),
    reading: (text.match(/\b(?:unset|read|readarray|mapfile)\b[^\n]*/g) ?? []).join("\n"),
  };
}

const SETS = /\b(\w+)(?==|\+=|\+\+)/g;

function countsOf(pattern: RegExp, text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, name = ""] of text.matchAll(pattern)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function isSet(name: string, text: string): boolean {
  return new RegExp(`\\b${name}(?:=|\\+=|\\+\\+|--)|\\+\\+${name}\\b|\\bread\\b`).test(text);
}

/** A word that is one element, whatever the shell is. */
const PLAIN = /^(["']?)[\w.:@-]+\1$/;

function countedWords({ wordlist }: Extract<Loop, { type: "For" }>, about: Assignments): Counted | undefined {
  const [first, ...others] = wordlist ?? [];
  const last = others.at(-1) ?? first;
  if (!first || !last) return undefined;
  const [, , indices = "", array] = /^("?)\$\{(!?)(\w+)\[@\]\}\1$/.exec(first.text) ?? [];
  if (array !== undefined) {
    const elements = others.length === 0 ? elementsOf(array, about, first.pos) : undefined;
    return elements && { ...elements, counts: indices === "!", array };
  }
  const words = [first, ...others].map((word) => word.text);
  if (!words.every((word) => PLAIN.test(word))) return undefined;
  const counts = words.every((word, at) => word === String(at));
  return { count: words.length, start: first.pos, end: last.end, counts };
}

function countedSteps({ pos }: Loop, text: string, about: Assignments): Counted | undefined {
  const STEPS =
    /^for\s*\(\(\s*(\w+)\s*=\s*0\s*;\s*\1\s*<\s*(?:(\d{1,6})|\$\{#(\w+)\[@\]\})\s*;\s*(?:\1\+\+|\+\+\1|\1\s*\+=\s*1)\s*\)\)/;
  const [header, , number, array] = STEPS.exec(text.slice(pos)) ?? [];
  if (header === undefined) return undefined;
  if (array !== undefined) {
    const elements = elementsOf(array, about, pos);
    return elements && { ...elements, counts: true, array };
  }
  return { count: Number(number), start: pos, end: pos + header.length, counts: true };
}

/** The elements of an array that one line at the start of a line sets, and nothing else changes. */
function elementsOf(name: string, about: Assignments, before: number): Omit<Counted, "counts"> | undefined {
  const { changes, arrays, reading } = about;
  const set = arrays.get(name);
  if (changes.get(name) !== 1 || !set || set.index > before) return undefined;
  if (new RegExp(`\\b(?:unset|read|readarray|mapfile)\\b[^\\n]*\\b${name}\\b`).test(reading))
    return undefined;
  const words = set.inner
    .replace(/(^|\s)#.*/g, "$1")
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0 || !words.every((word) => PLAIN.test(word))) return undefined;
  const start = set.index + set.whole.indexOf("(");
  return { count: words.length, start, end: start + set.inner.length + 2 };
}

/** A variable that is one more. */
const MORE =
  /(?:\(\(\s*(?:(\w+)\s*\+\+|\+\+\s*(\w+)|(\w+)\s*\+=\s*1)\s*\)\)|\b(\w+)=\$\(\(\s*\$?\4\s*\+\s*1\s*\)\))\s*;?\s*done\s*$/;

/** The variables that are 0 before the loop, and one more at the end of each round. */
function countersIn({ pos, end }: Loop, body: string, text: string, { sets, zeros }: Assignments): string[] {
  const found = MORE.exec(body)?.slice(1).find(Boolean);
  if (found === undefined) return [];
  const outside = (sets.get(found) ?? 0) - (countsOf(SETS, text.slice(pos, end)).get(found) ?? 0);
  const changes =
    body.match(new RegExp(`\\b${found}(?:=\\$|\\s*\\+=|\\s*\\+\\+)|\\+\\+\\s*${found}\\b`, "g")) ?? [];
  const isZero = (zeros.get(found) ?? pos) < pos;
  return isZero && outside === 1 && changes.length === 1 ? [found] : [];
}
