/**
 * Converts the words of a shell command to the words that the program receives: removes quotes, expands variables,
 * splits fields.
 */
import type { CommandWord } from "../../launch/command-line";
import { type Span, spanFrom, type WordPart } from "../../launch/launch";
import { type Origin, originsOf } from "../../launch/origin";
import { aroundOf, type Embedded, escapeFor, FILLER, HOLE, putInAt, spanInFile, toFile } from "../embedded";
import type { PossibleWords } from "../possible-words";
import { type FoundWord, inStretches } from "../stretches";
import { piecesOf } from "./pieces";
import type { ShellValue } from "./scope";
import type { ShellWord } from "./shell-parser";
import { originsOfPieces, type Possible, possibleAs, type WordContext, type WordPiece } from "./word-piece";

/** A word during construction. */
interface Field {
  text: string;
  places: number[];
  /** The text that the places refer to, if not the current one; `"several"` if they refer to several. */
  home: Embedded | "several" | undefined;
  knownStart: string;
  known: boolean;
  splits: boolean;
  own: boolean;
  quoted: boolean;
  parts: ShellPart[];
  /** What the word may stand for, if it is one unknown piece. */
  possible: Possible | undefined;
  possibleWords: PossibleWords | undefined;
}

/** A part of a word. */
type ShellPart = Pick<WordPiece, "known" | "text" | "places" | "home" | "origins" | "open">;

function newField(): Field {
  return {
    text: "",
    places: [],
    home: undefined,
    knownStart: "",
    known: true,
    splits: false,
    own: false,
    quoted: false,
    parts: [],
    possible: undefined,
    possibleWords: undefined,
  };
}

/** The words of a shell word: usually one; none or several if a variable is expanded without quotes. */
export function shellWords(word: ShellWord, reading: WordContext): CommandWord[] {
  const pieces = piecesOf(word, reading);
  return fieldsOf(pieces, spanFrom(word.pos, word.end), reading.embedded);
}

/** The words of a variable's value or array element, as if in quotes. */
function wordOfValue(value: ShellValue, quoted: boolean, embedded: Embedded): CommandWord[] {
  const pieces = value.pieces.map((piece) => ({
    ...piece,
    quoted: piece.known ? quoted : piece.quoted && quoted,
    fromVariable: !quoted,
    ...possibleAs(quoted, piece),
  }));
  return fieldsOf(pieces, value.span, embedded);
}

function fieldsOf(pieces: readonly WordPiece[], span: Span, embedded: Embedded): CommandWord[] {
  const [only] = pieces.length === 1 ? pieces : [];
  if (only?.elements) {
    const [array] = only.origins ?? [];
    const found = only.elements.flatMap((element) => {
      const isHere = element.span.end > 0;
      const words = wordOfValue(isHere ? element : { ...element, span }, only.quoted, embedded);
      return words.map((word) => ({
        word: array ? ofArray(word, array, element) : word,
        ...(isHere && { at: element.span }),
      }));
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
    ...placeElsewhere(one, embedded),
  }));
  return inStretches(found, embedded.text);
}

/** A word that is an element of an array. */
function ofArray(word: CommandWord, array: Origin, { assigned, byScript }: ShellValue): CommandWord {
  const value = originsOf(word);
  const origin = {
    ...array,
    ...(assigned && { assigned }),
    ...(byScript && { byScript }),
    ...(value.length > 0 && { value }),
  };
  return { ...word, origins: [origin] };
}

function placeElsewhere(field: Field, embedded: Embedded): Pick<FoundWord, "at" | "text"> {
  const found = writtenElsewhere(field, embedded);
  return found ? { at: found.span, text: found.home.text } : {};
}

function addKnown(field: Field, piece: WordPiece): void {
  if (piece.text !== "") field.home = field.text === "" || field.home === piece.home ? piece.home : "several";
  field.text += piece.text;
  for (const place of piece.places) field.places.push(place);
  if (field.known) field.knownStart += piece.text;
  field.quoted ||= piece.quoted;
  field.own ||= !piece.fromVariable;
  field.parts.push(piece);
}

function addUnknown(field: Field, piece: WordPiece): void {
  field.known = false;
  field.splits ||= !piece.quoted;
  field.own = true;
  field.possible = piece.possible;
  field.possibleWords = piece.possibleWords;
  field.parts.push({ ...piece, known: false });
}

/** An unquoted variable is split at white space, and removed if it is empty. */
function addSplit(piece: WordPiece, open: () => Field, close: () => void): void {
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
  const elsewhere = writtenElsewhere(field, embedded);
  const { home, span: place } = elsewhere ?? { home: embedded, span: wordSpan };
  const span = spanInFile(home, place);
  const source = sourceIn(home, place, embedded);
  const spanInLaunch = elsewhere && alone ? { spanInLaunch: spanInFile(embedded, wordSpan) } : {};
  const origins = originsOfPieces(field.parts);
  const from = origins.length > 0 ? { origins } : {};
  if (field.known) return { text: field.text, span, source, ...spanInLaunch, ...from };
  const start = field.knownStart === "" ? {} : { knownStart: field.knownStart };
  const parts = partsOf(field.parts, embedded);
  const splits = field.splits && { splits: true };
  return {
    text: undefined,
    span,
    source,
    ...start,
    ...splits,
    parts,
    ...from,
    ...possibleIn(field, embedded),
  };
}

/** The words that branches may put in the place of an unknown word. */
function possibleIn(field: Field, embedded: Embedded): Pick<CommandWord, "possible"> {
  const { parts, possible, possibleWords } = field;
  if (parts.length > 1) return {};
  if (possible) return { possible: wordsOfEach(possible, embedded) };
  return possibleWords ? { possible: possibleWords } : {};
}

function wordsOfEach({ values, quoted }: Possible, embedded: Embedded): PossibleWords {
  return values.map((added) => {
    const found = added.flatMap((value) =>
      wordOfValue(value, quoted, embedded).map(({ spanInLaunch: _, ...word }) => ({ word, at: value.span })),
    );
    return inStretches(found, embedded.text);
  });
}

/** Whether a shell that reads a word again gets another one, or several. */
export function isReadOtherwise({ text, splits }: CommandWord): boolean {
  return text === undefined ? !splits : !/^[\w@%+=:,./\u0080-\uffff-]+$/.test(text);
}

/** What a shell that reads the text again may get for a piece; text with signs of the shell is left out. */
function readAgain(piece: WordPiece, embedded: Embedded): PossibleWords {
  const all = piece.possible
    ? wordsOfEach({ ...piece.possible, quoted: false }, embedded)
    : (piece.possibleWords ?? []);
  const unquoted = all.map((words) =>
    words.map((word) => (word.text === undefined ? { ...word, splits: true } : word)),
  );
  return unquoted.filter((words) => !words.some(isReadOtherwise));
}

/** The parts of an unknown word or value. */
export function partsOf(pieces: readonly ShellPart[], embedded: Embedded): WordPart[] {
  const parts: WordPart[] = [];
  for (const { known, text, places, home = embedded, origins, open } of pieces) {
    const before = parts.at(-1);
    if (!known) {
      const [first] = places;
      const last = places.at(-1);
      const isHere = first !== undefined && last !== undefined;
      const span = isHere ? { span: spanInFile(home, spanFrom(first, last + 1)) } : {};
      const origin = open ?? origins?.[0];
      parts.push({
        kind: "open",
        ...(origin ?? { from: "expression", language: "shell", source: text, ...span }),
      });
    } else if (before?.kind === "text") parts[parts.length - 1] = { kind: "text", text: before.text + text };
    else if (text !== "") parts.push({ kind: "text", text });
  }
  return parts;
}

interface PlaceElsewhere {
  readonly home: Embedded;
  readonly span: Span;
}

/** The place of a word that comes completely from a variable; edits go there. */
function writtenElsewhere(field: Field, embedded: Embedded): PlaceElsewhere | undefined {
  const { own, known, places, text, home = embedded } = field;
  const first = places[0];
  const last = places.at(-1);
  if (own || !known || home === "several" || first === undefined || last === undefined) return undefined;
  if (last - first !== places.length - 1) return undefined;
  // A value from the context has no escapes: a backslash in it is literal.
  const end = home === embedded ? after(last, text.at(-1), embedded.text) : last + 1;
  return { home, span: spanFrom(first, end) };
}

/** The offset after a character, which may have a backslash before it. */
function after(place: number, char: string | undefined, shell: string): number {
  const isEscaped = shell[place] === "\\" && (char !== "\\" || shell[place + 1] === "\\");
  return place + (isEscaped ? 2 : 1);
}

/** Source text at a place of a text that is substituted into another. */
export function sourceIn(home: Embedded, place: Span, { file, quoting }: Embedded = home): string {
  if (file !== undefined) {
    const { start, end } = spanInFile(home, place);
    return file.slice(start, end);
  }
  return escapeFor(textIn(home, place), quoting);
}

const HOLES = new RegExp(`${HOLE}${FILLER}*`, "g");

/** Source text of a part of a text, with substituted parts as written. */
function textIn(embedded: Embedded, { start, end }: Span): string {
  const text = embedded.text.slice(start, end);
  if (!embedded.holes || !text.includes(HOLE)) return text;
  return text.replace(HOLES, (hole, at: number) => putInAt(embedded, start + at)?.source ?? hole);
}

/** A word as separate shell text, for `bash -c "…"` and similar: its value, with the place of each character. */
export function embeddedOf(word: ShellWord, reading: WordContext): Embedded {
  const { embedded } = reading;
  const pieces = piecesOf(word, reading);
  const first = pieces[0]?.places[0];
  const opening = embedded.text[first === undefined ? word.pos : first - 1];
  const quoting =
    opening === '"' ? (["shell-double"] as const) : opening === "'" ? (["shell-single"] as const) : [];
  let text = "";
  const offsets: number[] = [];
  const holes = new Map(embedded.holes);
  const sources = new Map(embedded.known);
  const mayBe = new Map(embedded.mayBe);
  const ends = new Map(embedded.ends);
  let end = toFile(embedded, word.end);
  for (const piece of pieces) {
    const { home = embedded, places, origins, open, isPutIn, known } = piece;
    if (places.length !== piece.text.length)
      return { text: "", offsets: toFile(embedded, word.pos), quoting: [] };
    const last = places.at(-1);
    if (last !== undefined)
      end = toFile(home, home === embedded ? after(last, piece.text.at(-1), home.text) : last + 1);
    if (known && last !== undefined && piece.fromVariable) ends.set(toFile(home, last), end);
    const origin = open ?? origins?.[0];
    // Variables that the string's own shell does not know are substituted by the outer shell.
    if (isPutIn || (!known && origin && isSet(origin))) {
      const at = toFile(home, places[0] ?? word.pos);
      if (origin) holes.set(at, origin);
      const possible = readAgain(piece, embedded);
      if (possible.length > 0) mayBe.set(at, possible);
      text += HOLE;
      offsets.push(at);
      continue;
    }
    const isSplit = known && piece.fromVariable && !piece.quoted;
    for (const [index, place] of places.entries()) {
      const char = piece.text[index] ?? "";
      const isBlank = isSplit && /\s/.test(char);
      // Words of a variable without quotes are joined with a blank.
      if (isBlank && /\s/.test(piece.text[index - 1] ?? "")) continue;
      text += isBlank ? " " : char;
      const at = toFile(home, place);
      if (origin && known) sources.set(at, origin);
      offsets.push(at);
    }
  }
  return {
    ...aroundOf(embedded),
    text,
    offsets: [...offsets, end],
    quoting: [...quoting, ...embedded.quoting],
    ...(holes.size > 0 && { holes }),
    ...(sources.size > 0 && { known: sources }),
    ...(mayBe.size > 0 && { mayBe }),
    ...(ends.size > 0 && { ends }),
  };
}

/** Whether a command of the script sets the variable of an origin. */
function isSet(origin: Origin): boolean {
  if (origin.from === "expression") return origin.of?.byScript === true;
  return origin.from !== "parameter" && origin.byScript === true;
}
