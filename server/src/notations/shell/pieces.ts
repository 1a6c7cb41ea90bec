/** The pieces of a shell word: text with the place of each character, and unknown parts. */

import { spanFrom } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import { HOLE, isFilledIn, spanInFile } from "../embedded";
import { makesWordsInQuotes } from "../references";
import { literal, unescaped, verbatimPiece } from "./literal-pieces";
import { printedBy } from "./printed";
import { withPutIn } from "./put-in";
import { sizeOf, sizeOfAll } from "./scope";
import type { HereDoc, ParameterExpansionPart, ShellWord, WordPart } from "./shell-parser";
import {
  isPlain,
  openOf,
  originsOfPieces,
  possibleAs,
  type WordContext,
  type WordPiece,
  withoutElements,
} from "./word-piece";

/** The pieces of a word in order. */
export function piecesOf(word: ShellWord, reading: WordContext): WordPiece[] {
  const isHome = reading.embedded.text[word.pos] === "~";
  return filledIn(word, isHome ? fromHome(word, reading) : partsFrom(word.pos, word, reading), reading);
}

/** The pieces of a word, with what is substituted before the shell reads it. */
function filledIn(word: ShellWord, pieces: WordPiece[], reading: WordContext): WordPiece[] {
  const { known } = reading.embedded;
  const mayHold = known !== undefined || word.text.includes(HOLE);
  const filled = mayHold ? pieces.flatMap((piece) => withPutIn(piece, reading.embedded)) : pieces;
  return filled.length > 1 ? filled.map(withoutElements) : filled;
}

/** @param from offset after a leading `~`. */
function partsFrom(from: number, { pos, end, parts }: ShellWord, reading: WordContext): WordPiece[] {
  if (!parts) return literal(reading.embedded, from, end, false);
  return parts.flatMap((part) =>
    part.pos === pos && part.type === "Literal"
      ? literal(reading.embedded, from, part.end, false)
      : partPieces(part, reading),
  );
}

/** `~/models` begins with `$HOME`; a word such as `~user` is unknown. */
function fromHome(word: ShellWord, reading: WordContext): WordPiece[] {
  const { pos, end } = word;
  const next = pos + 1;
  if (next < end && reading.embedded.text[next] !== "/") return [unknown(pos, end, true, reading)];
  const origin = { from: "variable", name: "HOME", ...stretch(pos, next, reading) } as const;
  const home = unknown(pos, next, true, reading, origin);
  return next < end ? [home, ...partsFrom(next, word, reading)] : [home];
}

/** The place of a part of a word. */
function stretch(pos: number, end: number, { embedded }: WordContext) {
  return { source: embedded.text.slice(pos, end), span: spanInFile(embedded, spanFrom(pos, end)) };
}

/** The origin of a value that a shell computes; if the text is only split, it is plain text instead. */
function worksOut(pos: number, end: number, reading: WordContext, of?: string): Origin {
  return {
    from: "expression",
    language: reading.splitOnly ? "template" : "shell",
    ...stretch(pos, end, reading),
    ...(of !== undefined && isName(of) && { of: { name: of, ...assignmentOf(of, pos, reading) } }),
  };
}

function isName(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text);
}

function assignmentOf(name: string, pos: number, { embedded, scope }: WordContext) {
  if (isFilledIn(embedded, pos)) return {};
  const value = scope.value(name);
  if (value && value !== "unknown") {
    const { assigned, byScript } = value;
    return { ...(assigned && { assigned }), ...(byScript && { byScript }) };
  }
  return scope.assignment(name, spanInFile(embedded, spanFrom(pos, pos)).start);
}

function partPieces(part: WordPart, reading: WordContext): WordPiece[] {
  const shell = reading.embedded.text;
  switch (part.type) {
    case "Literal":
      return literal(reading.embedded, part.pos, part.end, false);
    case "SingleQuoted":
      return [verbatimPiece(shell, part.pos + 1, closed(part, "'", shell), true)];
    case "DoubleQuoted":
      return doubleQuoted(part, reading);
    case "AnsiCQuoted":
      return [
        {
          ...verbatimPiece("", 0, 0, true),
          text: part.value,
          places: part.value.split("").map(() => part.pos),
        },
      ];
    case "SimpleExpansion":
      return expansion(part.text.slice(1), undefined, part, false, reading);
    case "ParameterExpansion":
      return parameter(part, false, reading);
    case "CommandExpansion":
      return substituted(part, false, reading);
    default:
      return [unknown(part.pos, part.end, false, reading)];
  }
}

/** `$(…)`: its text, if it only prints. */
function substituted(
  part: Extract<WordPart, { type: "CommandExpansion" }>,
  quoted: boolean,
  reading: WordContext,
): WordPiece[] {
  const shell = reading.embedded.text;
  const readers = {
    shell,
    word: (word: ShellWord) => piecesOf(word, reading),
    document: (body: HereDoc["body"], isQuoted: boolean) =>
      isQuoted
        ? [verbatimPiece(shell, body.pos, body.end, true)]
        : insideQuotes(body, body.parts ?? [], "\\$`\n", reading),
  };
  const printed = reading.splitOnly ? undefined : printedBy(part, quoted, readers);
  const [, name] = OF_GROUP.exec(shell.slice(part.pos, part.end)) ?? [];
  const origin =
    name === undefined
      ? undefined
      : ({ from: "variable", name, ...stretch(part.pos, part.end, reading) } as const);
  return printed ?? [unknown(part.pos, part.end, quoted, reading, origin)];
}

/** A variable of a LeaderWorkerSet's pods, which Kubernetes puts in before a shell would take it for a command. */
const OF_GROUP = /^\$\((LWS_[A-Z_]+)\)$/;

function closed({ pos, end }: WordPart, quote: string, shell: string): number {
  return end > pos + 1 && shell[end - 1] === quote ? end - 1 : end;
}

export function unknown(
  start: number,
  end: number,
  quoted: boolean,
  reading: WordContext,
  origin: Origin = worksOut(start, end, reading),
): WordPiece {
  return { ...verbatimPiece(reading.embedded.text, start, end, quoted), known: false, origins: [origin] };
}

function doubleQuoted(part: Extract<WordPart, { type: "DoubleQuoted" }>, reading: WordContext): WordPiece[] {
  const to = closed(part, '"', reading.embedded.text);
  return insideQuotes({ pos: part.pos + 1, end: to }, part.parts, ESCAPED_IN_QUOTES, reading);
}

/** Characters that a backslash escapes in double quotes; before another one, it is literal. */
const ESCAPED_IN_QUOTES = '"\\$`\n';

/** Text in double quotes, where single quotes are literal. */
function insideQuotes(
  { pos, end }: Place,
  parts: readonly WordPart[],
  escaped: string,
  reading: WordContext,
): WordPiece[] {
  const literal = (from: number, to: number) =>
    unescaped(reading.embedded.text, from, to, true, (char) => escaped.includes(char));
  const pieces: WordPiece[] = [];
  let at = pos;
  for (const child of parts) {
    if (child.type === "Literal" || child.type === "SingleQuoted") continue;
    if (child.pos > at) pieces.push(literal(at, child.pos));
    pieces.push(...partInQuotes(child, reading));
    at = child.end;
  }
  if (end > at || pieces.length === 0) pieces.push(literal(at, end));
  return pieces;
}

function partInQuotes(part: WordPart, reading: WordContext): WordPiece[] {
  switch (part.type) {
    case "SimpleExpansion":
      return expansion(part.text.slice(1), undefined, part, true, reading);
    case "ParameterExpansion":
      return parameter(part, true, reading);
    case "DoubleQuoted":
    case "AnsiCQuoted":
      return partPieces(part, reading);
    case "CommandExpansion":
      return substituted(part, true, reading);
    default:
      return [unknown(part.pos, part.end, true, reading)];
  }
}

/** The replacement of an unset variable; in the quotes around the expansion, a backslash escapes a brace, too. */
function otherwisePieces(operand: ShellWord, quoted: boolean, reading: WordContext): WordPiece[] {
  if (!quoted) return piecesOf(operand, reading);
  const escaped = `${ESCAPED_IN_QUOTES}}`;
  return filledIn(operand, insideQuotes(operand, operand.parts ?? [], escaped, reading), reading);
}

function parameter(part: ParameterExpansionPart, quoted: boolean, reading: WordContext): WordPiece[] {
  const { operation, prefix, index, parameter: name, pos, end } = part;
  const open = () => {
    const isOne = quoted && !makesWordsInQuotes(reading.embedded.text.slice(pos, end));
    return [unknown(pos, end, isOne, reading, worksOut(pos, end, reading, name))];
  };
  if (prefix || !PARAMETER.test(name) || !isClosed(part, reading)) return open();
  if (index) {
    const all = index.text === "@" || index.text === "*";
    if (!all || operation) return open();
    return quoted && index.text === "*" ? joined(name, part, reading) : array(name, part, quoted, reading);
  }
  if (!operation) return expansion(name, undefined, part, quoted, reading);
  if (operation.type === "Default" && /[-=]$/.test(operation.operator)) {
    const { operand, operator } = operation;
    return expansion(name, { operand, whenEmpty: operator.startsWith(":") }, part, quoted, reading);
  }
  return open();
}

/** A shell rejects an expansion of anything else, such as `${:-8}`. */
const PARAMETER = /^(?:[A-Za-z_]\w*|[@*#?$!-]|\d+)$/;

/** Whether the expansion has its own closing brace; of a text that is still being typed, the value is unknown. */
function isClosed({ operation, end }: ParameterExpansionPart, { embedded }: WordContext): boolean {
  const operand = operation && "operand" in operation ? operation.operand : undefined;
  return embedded.text[end - 1] === "}" && (operand?.end ?? 0) < end;
}

interface Place {
  readonly pos: number;
  readonly end: number;
}

/** The replacement of an unset variable. */
interface Otherwise {
  readonly operand: ShellWord;
  readonly whenEmpty: boolean;
}

/** The value of a variable, or its origin if the file never sets it. */
function expansion(
  name: string,
  otherwise: Otherwise | undefined,
  { pos, end }: Place,
  quoted: boolean,
  reading: WordContext,
): WordPiece[] {
  const { scope, embedded } = reading;
  const isFilled = isFilledIn(embedded, pos);
  // Text that is only split has no variables of its own.
  if (reading.splitOnly && !isFilled) return [verbatimPiece(embedded.text, pos, end, true)];
  // `"$@"` expands to as many words as there are arguments, even in quotes.
  if (name === "@" || name === "*") {
    const origin = otherwise ? worksOut(pos, end, reading) : ofParameter(name, { pos, end }, reading);
    return [unknown(pos, end, quoted && name === "*", reading, origin)];
  }
  const value = isFilled ? undefined : scope.value(name);
  // Without quotes, a script's own IFS splits the value.
  const isKnown = value !== undefined && value !== "unknown" && (quoted || scope.value("IFS") === undefined);
  const isHere = isKnown && scope.allowance.allows(sizeOf(value));
  if (isHere) {
    const values = originsOfPieces(value.pieces);
    const origins = [ofVariable(name, { pos, end }, reading, values)];
    return value.pieces.map((piece) => ({
      ...piece,
      quoted,
      fromVariable: true,
      origins,
      ...openOf(piece),
      ...possibleAs(quoted, piece),
    }));
  }
  if (!otherwise) {
    const piece = unknown(pos, end, quoted, reading, ofVariable(name, { pos, end }, reading));
    return [isFilled ? piece : { ...piece, ...possibly(name, quoted, reading) }];
  }
  const pieces = otherwisePieces(otherwise.operand, quoted, reading);
  const isText = pieces.every((piece) => piece.known && !piece.elements);
  const origin = {
    from: "default" as const,
    name,
    ...stretch(pos, end, reading),
    ...assignmentOf(name, pos, reading),
    ...(isText && { otherwise: pieces.map(({ text }) => text).join("") }),
    whenEmpty: otherwise.whenEmpty,
  } satisfies Origin;
  // An empty default means that the variable may be set.
  const mayBeEmpty = origin.otherwise === "";
  if (value !== undefined || mayBeEmpty) return [unknown(pos, end, quoted, reading, origin)];
  return pieces.map((piece) => ({
    ...piece,
    // `$@` in the replacement makes several words in quotes, too.
    quoted: piece.quoted || (quoted && piece.known),
    fromVariable: true,
    ...(piece.known && { origins: [origin] }),
  }));
}

function ofVariable(
  name: string,
  { pos, end }: Place,
  reading: WordContext,
  value: readonly Origin[] = [],
): Origin {
  if (!isName(name)) return ofParameter(name, { pos, end }, reading);
  return {
    from: "variable",
    name,
    ...stretch(pos, end, reading),
    ...assignmentOf(name, pos, reading),
    ...(value.length > 0 && { value }),
  };
}

function ofParameter(name: string, { pos, end }: Place, reading: WordContext): Origin {
  return reading.splitOnly
    ? worksOut(pos, end, reading)
    : { from: "parameter", name, ...stretch(pos, end, reading), ...(/[@*]/.test(name) && { isList: true }) };
}

/** What an uncertain variable may be. */
function possibly(name: string, quoted: boolean, { scope }: WordContext): Pick<WordPiece, "possible"> {
  const values = scope.alternatives(name);
  const isShort = values.length > 0 && scope.allowance.allows(sizeOfAll(values.flat()));
  return isShort ? { possible: { values, quoted } } : {};
}

export function array(name: string, { pos, end }: Place, quoted: boolean, reading: WordContext): WordPiece[] {
  const { scope } = reading;
  const elements = scope.array(name);
  const origin = { ...worksOut(pos, end, reading, name), isList: true };
  // Each element has its own place.
  const variable: Origin = { from: "variable", name, ...stretch(pos, end, reading), isList: true };
  if (!elements || !scope.allowance.allows(sizeOfAll(elements)))
    return [{ ...unknown(pos, end, false, reading, origin), ...possibly(name, quoted, reading) }];
  const piece = unknown(pos, end, quoted, reading, variable);
  return [{ ...piece, known: true, fromVariable: true, elements }];
}

/** `"${A[*]}"`: one word, its elements with blanks between them. */
function joined(name: string, { pos, end }: Place, reading: WordContext): WordPiece[] {
  const { scope } = reading;
  const elements = scope.array(name);
  const origin = worksOut(pos, end, reading, name);
  const blank: WordPiece = { text: " ", places: [pos], known: true, quoted: true, fromVariable: true };
  const isKnown = elements && scope.value("IFS") === undefined && scope.allowance.allows(sizeOfAll(elements));
  const all = isKnown ? elements.flatMap(({ pieces }, at) => (at > 0 ? [blank, ...pieces] : pieces)) : [];
  if (all.length === 0 || !all.every(isPlain)) return [unknown(pos, end, true, reading, origin)];
  return all.map((piece) => ({ ...piece, quoted: true, fromVariable: true, origins: [origin] }));
}
