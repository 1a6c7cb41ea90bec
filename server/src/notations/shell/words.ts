/** Makes the words a program receives of the words of a shell command: quotes removed, variables expanded, fields split. */
import type { CommandWord } from "../../launch/command-line";
import { type Span, spanFrom, type WordPart } from "../../launch/launch";
import { type Embedded, escapeFor, spanInFile, toFile, within } from "../embedded";
import { type FoundWord, inStretches } from "../stretches";
import type { ShellWord } from "./parser";
import { type Piece, piecesOf } from "./pieces";
import type { Scope, Value } from "./scope";

/** What words are read with: the text they stand in, and the variables that are certain. */
export interface Reading {
  readonly embedded: Embedded;
  readonly scope: Scope;
}

/** A word while it is put together. */
interface Field {
  text: string;
  places: number[];
  knownStart: string;
  known: boolean;
  splits: boolean;
  own: boolean;
  quoted: boolean;
  parts: ShellPart[];
}

/** A part of a word; `places` are those of its characters in the shell text. */
interface ShellPart {
  readonly known: boolean;
  readonly text: string;
  readonly places: readonly number[];
}

function newField(): Field {
  return {
    text: "",
    places: [],
    knownStart: "",
    known: true,
    splits: false,
    own: false,
    quoted: false,
    parts: [],
  };
}

/** The words that a shell word becomes: mostly one, none or several where a variable is expanded without quotes. */
export function wordsOf(word: ShellWord, reading: Reading): CommandWord[] {
  const pieces = piecesOf(word, reading.embedded.text, reading.scope);
  return fieldsOf(pieces, spanFrom(word.pos, word.end), reading.embedded);
}

/** The words of a variable's value or an array's element, as if it stood in quotes. */
function wordOfValue(value: Value, quoted: boolean, embedded: Embedded): CommandWord[] {
  const pieces = value.pieces.map((piece) => ({
    ...piece,
    quoted: piece.known ? quoted : piece.quoted && quoted,
    fromVariable: !quoted,
  }));
  return fieldsOf(pieces, value.span, embedded);
}

function fieldsOf(pieces: readonly Piece[], span: Span, embedded: Embedded): CommandWord[] {
  const [only] = pieces.length === 1 ? pieces : [];
  if (only?.elements) {
    const found = only.elements.flatMap((element) => {
      if (element.span.end === 0) return wordOfValue({ ...element, span }, only.quoted, embedded).map(here);
      return wordOfValue(element, only.quoted, embedded).map((word) => ({ word, at: element.span }));
    });
    return inStretches(found, embedded.text);
  }
  const fields: Field[] = [];
  let field: Field | undefined;
  const open = () => {
    field ??= newField();
    return field;
  };
  const close = () => {
    if (field) fields.push(field);
    field = undefined;
  };
  for (const piece of pieces) {
    if (piece.elements || !piece.known) addUnknown(open(), piece);
    else if (!piece.quoted && piece.fromVariable) addSplit(piece, open, close);
    else addKnown(open(), piece);
  }
  close();
  const [alone, ...others] = fields;
  if (alone && others.length === 0) return [toWord(alone, span, true, embedded)];
  const found = fields.map((one) => ({
    word: toWord(one, span, false, embedded),
    at: writtenElsewhere(one, embedded.text),
  }));
  return inStretches(found, embedded.text);
}

function here(word: CommandWord): FoundWord {
  return { word };
}

function addKnown(field: Field, piece: Piece): void {
  field.text += piece.text;
  for (const place of piece.places) field.places.push(place);
  if (field.known) field.knownStart += piece.text;
  field.quoted ||= piece.quoted;
  field.own ||= !piece.fromVariable;
  field.parts.push(piece);
}

function addUnknown(field: Field, piece: Piece): void {
  field.known = false;
  field.splits ||= !piece.quoted;
  field.own = true;
  field.parts.push({ ...piece, known: false });
}

/** An unquoted variable falls apart at white space, and vanishes when it is empty. */
function addSplit(piece: Piece, open: () => Field, close: () => void): void {
  const blank = (at: number) => /\s/.test(piece.text[at] ?? "");
  for (let at = 0; at < piece.text.length; ) {
    if (blank(at)) {
      close();
      while (at < piece.text.length && blank(at)) at++;
      continue;
    }
    const from = at;
    while (at < piece.text.length && !blank(at)) at++;
    addKnown(open(), { ...piece, text: piece.text.slice(from, at), places: piece.places.slice(from, at) });
  }
}

function toWord(field: Field, wordSpan: Span, alone: boolean, embedded: Embedded): CommandWord {
  const elsewhere = writtenElsewhere(field, embedded.text);
  const span = spanInFile(embedded, elsewhere ?? wordSpan);
  const source = sourceIn(embedded, elsewhere ?? wordSpan);
  const standsAt = elsewhere && alone ? { standsAt: spanInFile(embedded, wordSpan) } : {};
  if (field.known) return { text: field.text, span, source, ...standsAt };
  const start = field.knownStart === "" ? {} : { knownStart: field.knownStart };
  const parts = partsOf(field.parts, embedded);
  return { text: undefined, span, source, ...start, ...(field.splits && { splits: true }), parts };
}

/** What an unknown word or value is made of. */
export function partsOf(pieces: readonly ShellPart[], embedded: Embedded): WordPart[] {
  const parts: WordPart[] = [];
  for (const { known, text, places } of pieces) {
    const before = parts.at(-1);
    if (!known) {
      const [first] = places;
      const last = places.at(-1);
      const isHere = first !== undefined && last !== undefined;
      const span = isHere ? { span: spanInFile(embedded, spanFrom(first, last + 1)) } : {};
      parts.push({ kind: "open", source: text, ...span });
    } else if (before?.kind === "text") parts[parts.length - 1] = { kind: "text", text: before.text + text };
    else if (text !== "") parts.push({ kind: "text", text });
  }
  return parts;
}

/** Where a word that comes whole from a variable is written: an edit goes there. */
function writtenElsewhere({ own, known, places, text }: Field, shell: string): Span | undefined {
  const first = places[0];
  const last = places.at(-1);
  if (own || !known || first === undefined || last === undefined || last - first !== places.length - 1)
    return undefined;
  return spanFrom(first, behind(last, text.at(-1), shell));
}

/** The place behind a character, which a backslash may stand in front of. */
function behind(place: number, char: string | undefined, shell: string): number {
  const isEscaped = shell[place] === "\\" && (char !== "\\" || shell[place + 1] === "\\");
  return place + (isEscaped ? 2 : 1);
}

function sourceIn({ text, quoting }: Embedded, { start, end }: Span): string {
  return escapeFor(text.slice(start, end), quoting);
}

/** A word as shell text of its own, for `bash -c "…"` and its like: what it says, each character at its place. */
export function embeddedOf(word: ShellWord, reading: Reading): Embedded {
  const { embedded, scope } = reading;
  const pieces = piecesOf(word, embedded.text, scope);
  const text = pieces.map((piece) => piece.text).join("");
  const places = pieces.flatMap((piece) => [...piece.places]);
  const last = places.at(-1);
  const end = last === undefined ? word.end : behind(last, text.at(-1), embedded.text);
  const opening = embedded.text[places[0] === undefined ? word.pos : places[0] - 1];
  const quoting =
    opening === '"' ? (["shell-double"] as const) : opening === "'" ? (["shell-single"] as const) : [];
  if (places.length !== text.length) return { text: "", offsets: toFile(embedded, word.pos), quoting: [] };
  return within(embedded, text, [...places, end], [...quoting]);
}
