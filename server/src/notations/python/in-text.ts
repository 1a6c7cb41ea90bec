/** Launches in Python strings: shell text put together of literals, f-string expressions and names. */
import { NOT_CHECKED } from "../../launch/bounds";
import { type Launch, type Quoting, type Span, spanFrom, type Word } from "../../launch/launch";
import { type Piece, TEMPLATE, type Text } from "../../python/text/literals";
import { calleeOf, elementsOf, type PythonNode } from "../../python/text/parser";
import { asWritten, PUT_IN } from "../as-written";
import type { Embedded } from "../embedded";
import { withoutProse } from "../markdown/code";
import { findInShell } from "../shell/find";

/** Functions that hand their string to a shell, here or on another machine. */
const RUNS_SHELL =
  /^(?:system|popen|run|Popen|call|check_call|check_output|getoutput|getstatusoutput|create_subprocess_shell|exec_command|exec_run|spawn|sh|bash)$/;
/** Functions that show their string to people. */
const ONLY_SAYS =
  /^(?:print|log|debug|info|warn|warning|error|critical|exception|fatal|exit|echo|secho|fail|skip|add_argument|ArgumentParser|\w*(?:Error|Exception|Warning))$/;
const ROWS = new Set(["ArrayExpression", "TupleExpression", "ArgList"]);
const SHELL = /^[rbu]*["'](?:[^"']*\/)?(?:ba|z|k|da|a)?sh["']$/i;
const COMMAND_OPTION = /^[rbu]*["']-[a-z]*c["']$/i;

interface Mask {
  readonly embedded: Embedded;
  /** Where expressions stand in the file whose text is not known. */
  readonly unknown: readonly Span[];
}

/** The launches in a string at a node, what is added to it later included. */
export function findInText(texts: readonly Text[], node: PythonNode, file: string) {
  if (isOnlySaid(node, file)) return { launches: [], problems: [] };
  const { embedded, unknown } = embeddedOf(texts);
  const found = findInShell(embedded, "python");
  const certain = isGivenToShell(node, file);
  const { launches, problems } = certain ? found : withoutProse(file, found);
  const around = spanFrom(node.from, Math.max(node.to, ...texts.map(({ span }) => span.end)));
  return {
    launches: launches
      .filter(({ arguments: given }) => certain || given.length > 0)
      .map((launch) => settled(launch, unknown, around, file)),
    problems: launches.length > 0 ? problems : problems.filter(({ code }) => code === NOT_CHECKED),
  };
}

function isOnlySaid(node: PythonNode, file: string): boolean {
  const call = node.parent?.name === "ArgList" ? node.parent.parent : null;
  return call?.name === "CallExpression" && ONLY_SAYS.test(calleeOf(call, file).name);
}

function isGivenToShell(node: PythonNode, file: string): boolean {
  const call = node.parent?.name === "ArgList" ? node.parent.parent : null;
  if (call?.name === "CallExpression" && RUNS_SHELL.test(calleeOf(call, file).name)) return true;
  return isCommandInList(node, file);
}

/** `"bash", "-c", "…"` in a list or a call: the string after a shell's `-c`. */
function isCommandInList(node: PythonNode, file: string): boolean {
  if (!node.parent || !ROWS.has(node.parent.name)) return false;
  const row = elementsOf(node.parent);
  const at = row.findIndex((element) => element.node.from === node.from);
  const [shell, option] = row
    .slice(Math.max(0, at - 2), Math.max(0, at))
    .map((element) => file.slice(element.node.from, element.node.to));
  return shell !== undefined && option !== undefined && SHELL.test(shell) && COMMAND_OPTION.test(option);
}

/** The texts as one embedded text, where each unknown part is a shell variable that nothing sets. */
function embeddedOf(texts: readonly Text[]): Mask {
  let text = "";
  const offsets: number[] = [];
  const unknown: Span[] = [];
  let end = texts[0]?.span.start ?? 0;
  const write = (char: string, at: number) => {
    // What ends a word at the start of a literal ends it where the literal before was closed.
    offsets.push(text !== "" && /[\s;&|)]/.test(char) && atStart ? end : at);
    text += char;
    atStart = false;
  };
  let atStart = false;
  const mask = (span: Span) => {
    for (const char of PUT_IN) write(char, span.start);
    unknown.push(span);
    end = span.end;
  };
  for (const piece of texts.flatMap(({ pieces }) => pieces)) {
    atStart = true;
    if (!piece.known) {
      mask(piece.span);
      continue;
    }
    let from = 0;
    for (const match of piece.final ? [] : piece.text.matchAll(TEMPLATE)) {
      for (; from < match.index; from++) write(piece.text[from] ?? "", piece.offsets[from] ?? end);
      from = match.index + match[0].length;
      mask(spanFrom(piece.offsets[match.index] ?? end, piece.offsets[from] ?? piece.end));
    }
    for (; from < piece.text.length; from++) write(piece.text[from] ?? "", piece.offsets[from] ?? end);
    end = piece.end;
  }
  offsets.push(end);
  return { embedded: { text, offsets, quoting: quotingOf(texts) }, unknown };
}

function quotingOf(texts: readonly Text[]): readonly Quoting[] {
  return texts.find(({ pieces }) => pieces.some(mentionsModule))?.quoting ?? texts[0]?.quoting ?? [];
}

function mentionsModule(piece: Piece): boolean {
  return piece.known && piece.text.includes("lightllm");
}

/** A launch as the file has it: its words as they are written there, those with expressions in them unknown. */
function settled(launch: Launch, unknown: readonly Span[], around: Span, file: string): Launch {
  const word = <W extends Word>(one: W): W => {
    const holds = unknown.some(({ start, end }) => start < one.span.end && one.span.start < end);
    return { ...one, text: holds ? undefined : one.text };
  };
  const written = asWritten(launch, file);
  return {
    ...written,
    arguments: written.arguments.map((argument) => ({ ...argument, words: argument.words.map(word) })),
    environment: written.environment.map((variable) => ({ ...variable, value: word(variable.value) })),
    span: spanFrom(Math.max(launch.span.start, around.start), Math.min(launch.span.end, around.end)),
  };
}
