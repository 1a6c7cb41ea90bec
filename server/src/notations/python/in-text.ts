/** Launches in Python strings: shell text built from literals, f-string expressions and names. */
import { type Quoting, type Span, spanFrom } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import { type StringPiece, TEMPLATE, type Text } from "../../python/text/literals";
import type { Names } from "../../python/text/names";
import { bare, calleeOf, elementsOf, type PythonNode } from "../../python/text/python-parser";
import { type Embedded, HOLE } from "../embedded";
import { withoutProse } from "../markdown/code";
import { branchesOf, type PossibleWords } from "../possible-words";
import { HERE, isWrapper, type Outside, runsString, startedBy } from "../read-invocation";
import { findInShell } from "../shell/find";
import { withoutSynopses } from "../synopsis";
import { stringOf } from "./evaluate-strings";
import { armsOf, asData, elementWords, inPlaces } from "./lists";
import { originOfPiece } from "./origins";
import { splitWords } from "./split";
import { pythonTraits } from "./traits";

/** Functions that pass their string to a shell, here or on another machine. */
const RUNS_SHELL =
  /^(?:system|popen|run|Popen|call|check_call|check_output|getoutput|getstatusoutput|create_subprocess_shell|exec_command|exec_run|spawn|sh|bash)$/;
/** Functions that print their string. */
const ONLY_PRINTS =
  /^(?:print|log|debug|info|warn|warning|error|critical|exception|fatal|exit|echo|secho|fail|skip|add_argument|ArgumentParser|\w*(?:Error|Exception|Warning))$/;
const ROWS = new Set(["ArrayExpression", "TupleExpression", "ArgList"]);

/** Functions that pass their string to a shell on another machine or in a container. */
const ELSEWHERE: ReadonlyMap<string, Outside> = new Map([
  ["exec_command", { wrappers: [], place: { kind: "remote" } }],
  ["exec_run", { wrappers: [], place: { kind: "container" } }],
]);

/** The launches in a string at a node, with text that is added later. */
export function findInText(texts: readonly Text[], node: PythonNode, names: Names) {
  const file = names.text;
  const called = functionAround(node, file);
  if (ONLY_PRINTS.test(called)) return { launches: [], problems: [] };
  const row = runningIn(node, names);
  const outside = ELSEWHERE.get(called) ?? row;
  const found = findInShell(asOneText(texts, names), pythonTraits, { outside });
  const certain = RUNS_SHELL.test(called) || row.wrappers.some(runsString);
  const { launches, problems } = certain ? found : shownIn(file, found);
  const around = spanFrom(node.from, Math.max(node.to, ...texts.map(({ span }) => span.end)));
  return {
    launches: launches
      .filter(({ arguments: given }) => certain || given.length > 0)
      .map((launch) => ({ ...launch, span: spanIn(around, launch.span) })),
    problems,
  };
}

/** A word of a literal, without the quotes and commas after it. */
const UNQUOTED = /^[^\s"']*/;

/** The launches in a text that documents them. */
function shownIn(file: string, found: Parameters<typeof withoutProse>[1]) {
  const { launches, problems } = withoutProse(file, found, UNQUOTED);
  return { launches: withoutSynopses(launches), problems };
}

/** The intersection of two spans. */
function spanIn(around: Span, { start, end }: Span): Span {
  return spanFrom(Math.max(start, around.start), Math.min(end, around.end));
}

/** The function that a node is an argument of; empty if there is none. */
function functionAround(node: PythonNode, file: string): string {
  const call = node.parent?.name === "ArgList" ? node.parent.parent : null;
  return call?.name === "CallExpression" ? calleeOf(call, file).name : "";
}

/** The programs that run a string in a list or call, such as `"ssh", "host", "bash", "-c"` before it. */
function runningIn(node: PythonNode, names: Names): Outside {
  if (!node.parent || !ROWS.has(node.parent.name)) return HERE;
  const row = elementsOf(node.parent);
  const at = row.findIndex((element) => element.node.from === node.from);
  const words = elementWords(row.slice(0, Math.max(0, at)), names).map(asData);
  const [first] = words;
  return first && isWrapper(first) ? startedBy(words, HERE) : HERE;
}

/** The texts as one embedded text, with a hole for each unknown part. */
export function asOneText(texts: readonly Text[], names: Names): Embedded {
  let text = "";
  const offsets: number[] = [];
  const holes = new Map<number, Origin>();
  const known = new Map<number, Origin>();
  const mayBe = new Map<number, PossibleWords>();
  let end = texts[0]?.span.start ?? 0;
  const write = (char: string, at: number) => {
    // A character that ends a word at the start of a literal has its place at the end of the previous literal.
    offsets.push(text !== "" && /[\s;&|)]/.test(char) && atStart ? end : at);
    text += char;
    atStart = false;
  };
  let atStart = false;
  const hole = (span: Span, origin: Origin) => {
    write(HOLE, span.start);
    holes.set(span.start, origin);
    end = span.end;
  };
  for (const piece of texts.flatMap(({ pieces }) => pieces)) {
    atStart = true;
    if (!piece.known) {
      hole(piece.span, originOfPiece(piece, names));
      const possible = possibleIn(piece, names);
      if (possible.length > 0) mayBe.set(piece.span.start, possible);
      continue;
    }
    // In an f-string, the value of a name has a single place.
    const [place] = piece.offsets;
    const [origin] = piece.origins ?? [];
    if (origin && place !== undefined && piece.offsets.at(-1) === place) known.set(place, origin);
    let from = 0;
    for (const match of piece.final ? [] : piece.text.matchAll(TEMPLATE)) {
      for (; from < match.index; from++) write(piece.text[from] ?? "", piece.offsets[from] ?? end);
      from = match.index + match[0].length;
      const span = spanFrom(piece.offsets[match.index] ?? end, piece.offsets[from] ?? piece.end);
      hole(span, {
        from: "expression",
        language: "python",
        source: names.text.slice(span.start, span.end),
        span,
      });
    }
    for (; from < piece.text.length; from++) write(piece.text[from] ?? "", piece.offsets[from] ?? end);
    end = piece.end;
  }
  offsets.push(end);
  return {
    text,
    offsets,
    quoting: quotingOf(texts),
    holes,
    ...(known.size > 0 && { known }),
    ...(mayBe.size > 0 && { mayBe }),
    file: names.text,
  };
}

/** Signs with which a shell does more than split words. */
const SIGNS = /[$`;&|<>(){}*?~!#\\]/;

/** The words that an unknown part of a string may stand for: a string that a branch adds, or either value of a condition. */
function possibleIn(piece: Extract<StringPiece, { known: false }>, names: Names): PossibleWords {
  const { mayBe, expression } = piece;
  const arms = expression ? armsOf(bare(expression)).map((arm) => stringOf(arm, names)) : [];
  const texts = [mayBe, ...arms].filter((text) => text !== undefined);
  const plain = texts.filter(({ pieces }) => !pieces.some((one) => one.known && SIGNS.test(one.text)));
  return branchesOf(plain.map((text) => inPlaces(splitWords(text, names, true), names)));
}

function quotingOf(texts: readonly Text[]): readonly Quoting[] {
  return texts.find(({ pieces }) => pieces.some(mentionsModule))?.quoting ?? texts[0]?.quoting ?? [];
}

function mentionsModule(piece: StringPiece): boolean {
  return piece.known && piece.text.includes("lightllm");
}
