/** What the parts of a shell word say: text with the place of each character, and what only the shell will know. */
import type { ParameterExpansionPart, ShellWord, WordPart } from "./parser";
import { type Scope, sizeOf, sizeOfAll, type Value } from "./scope";

/** A stretch of a word. */
export interface Piece {
  /** What it becomes; the source as written where that is not known. */
  readonly text: string;
  /** The offset in the shell text of each character. */
  readonly places: readonly number[];
  readonly known: boolean;
  /** Whether quotes protect it from being split into words. */
  readonly quoted: boolean;
  /** Whether it comes from a variable, so that it is written elsewhere. */
  readonly fromVariable: boolean;
  /** The elements of an array, each a word of its own. */
  readonly elements?: readonly Value[];
}

/** The pieces of a word in order. */
export function piecesOf(word: ShellWord, shell: string, scope: Scope): Piece[] {
  if (shell[word.pos] === "~") return [{ ...unknown(shell, word.pos, word.end, true) }];
  if (!word.parts) return literal(shell, word.pos, word.end, false);
  const pieces = word.parts.flatMap((part) => partPieces(part, shell, scope));
  return pieces.length > 1 ? pieces.map(withoutElements) : pieces;
}

/** An array beside other text makes words that nobody can tell apart here. */
function withoutElements(piece: Piece): Piece {
  if (!piece.elements) return piece;
  const { elements: _, ...rest } = piece;
  return { ...rest, known: false };
}

function partPieces(part: WordPart, shell: string, scope: Scope): Piece[] {
  switch (part.type) {
    case "Literal":
      return literal(shell, part.pos, part.end, false);
    case "SingleQuoted":
      return [verbatimPiece(shell, part.pos + 1, closed(part, "'", shell), true)];
    case "DoubleQuoted":
      return doubleQuoted(part, shell, scope);
    case "AnsiCQuoted":
      return [
        {
          ...verbatimPiece("", 0, 0, true),
          text: part.value,
          places: part.value.split("").map(() => part.pos),
        },
      ];
    case "SimpleExpansion":
      return expansion(part.text.slice(1), undefined, part, false, shell, scope);
    case "ParameterExpansion":
      return parameter(part, false, shell, scope);
    default:
      return [unknown(shell, part.pos, part.end, false)];
  }
}

function closed({ pos, end }: WordPart, quote: string, shell: string): number {
  return end > pos + 1 && shell[end - 1] === quote ? end - 1 : end;
}

function verbatimPiece(shell: string, start: number, end: number, quoted: boolean): Piece {
  const text = shell.slice(start, end);
  return {
    text,
    places: Array.from({ length: text.length }, (_, at) => start + at),
    known: true,
    quoted,
    fromVariable: false,
  };
}

function unknown(shell: string, start: number, end: number, quoted: boolean): Piece {
  return { ...verbatimPiece(shell, start, end, quoted), known: false };
}

/** Unquoted text: a backslash keeps the next character, and takes a newline away. A `~` in front is the home folder. */
function literal(shell: string, start: number, end: number, quoted: boolean): Piece[] {
  return [unescaped(shell, start, end, quoted, () => true)];
}

/** Text in which a backslash counts before some characters; places of what stays, with the backslash that is its own. */
function unescaped(
  shell: string,
  start: number,
  end: number,
  quoted: boolean,
  escapes: (char: string) => boolean,
): Piece {
  let text = "";
  const places: number[] = [];
  for (let at = start; at < end; at++) {
    const next = shell[at + 1] ?? "";
    const place = at;
    if (shell[at] === "\\" && at + 1 < end && escapes(next)) {
      at++;
      if (next === "\n") continue;
    }
    text += shell[at];
    places.push(place);
  }
  return { text, places, known: true, quoted, fromVariable: false };
}

function doubleQuoted(
  part: Extract<WordPart, { type: "DoubleQuoted" }>,
  shell: string,
  scope: Scope,
): Piece[] {
  const from = part.pos + 1;
  const to = closed(part, '"', shell);
  const inside = (start: number, end: number) =>
    unescaped(shell, start, end, true, (char) => '"\\$`\n'.includes(char));
  const pieces: Piece[] = [];
  let at = from;
  for (const child of part.parts) {
    if (child.type === "Literal") continue;
    if (child.pos > at) pieces.push(inside(at, child.pos));
    if (child.type === "SimpleExpansion")
      pieces.push(...expansion(child.text.slice(1), undefined, child, true, shell, scope));
    else if (child.type === "ParameterExpansion") pieces.push(...parameter(child, true, shell, scope));
    else pieces.push(unknown(shell, child.pos, child.end, true));
    at = child.end;
  }
  if (to > at || pieces.length === 0) pieces.push(inside(at, to));
  return pieces;
}

function parameter(part: ParameterExpansionPart, quoted: boolean, shell: string, scope: Scope): Piece[] {
  const { operation, prefix, index, parameter: name } = part;
  if (prefix) return [unknown(shell, part.pos, part.end, quoted)];
  if (index) {
    const all = index.text === "@" || index.text === "*";
    if (all && !operation) return array(name, part, quoted, shell, scope);
    return [unknown(shell, part.pos, part.end, quoted && !all)];
  }
  if (!operation) return expansion(name, undefined, part, quoted, shell, scope);
  if (operation.type === "Default" && ["-", ":-", "=", ":="].includes(operation.operator)) {
    return expansion(name, operation.operand, part, quoted, shell, scope);
  }
  return [unknown(shell, part.pos, part.end, quoted)];
}

interface Place {
  readonly pos: number;
  readonly end: number;
}

/** The value of a variable, or what stands for it when it was never set in this file. */
function expansion(
  name: string,
  otherwise: ShellWord | undefined,
  { pos, end }: Place,
  quoted: boolean,
  shell: string,
  scope: Scope,
): Piece[] {
  // `"$@"` is as many words as there are arguments, quotes or not.
  if (name === "@" || name === "*") return [unknown(shell, pos, end, false)];
  const value = scope.value(name);
  if (value === "unknown" || (value && !scope.allowance.allows(sizeOf(value))))
    return [unknown(shell, pos, end, quoted)];
  if (value) return value.pieces.map((piece) => ({ ...piece, quoted, fromVariable: true }));
  if (!otherwise) return [unknown(shell, pos, end, quoted)];
  return piecesOf(otherwise, shell, scope).map((piece) => ({
    ...piece,
    quoted: quoted || piece.quoted,
    fromVariable: true,
  }));
}

function array(name: string, { pos, end }: Place, quoted: boolean, shell: string, scope: Scope): Piece[] {
  const elements = scope.array(name);
  if (!elements || !scope.allowance.allows(sizeOfAll(elements)))
    return [{ ...unknown(shell, pos, end, false) }];
  return [{ ...unknown(shell, pos, end, quoted), known: true, fromVariable: true, elements }];
}
