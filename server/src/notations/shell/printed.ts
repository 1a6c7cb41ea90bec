/** The text of a command substitution that only prints: `$(cat <<EOF …)`, `$(echo …)`, `$(printf %s …)`. */
import { mayHoldLaunch } from "../program";
import type { Substitution } from "./backquotes";
import type { Command, HereDoc, ShellNode, ShellWord } from "./shell-parser";
import type { WordPiece } from "./word-piece";

/** Reads parts of the text that contains the substitution. */
export interface PartReaders {
  /** The pieces of a word. */
  word(word: ShellWord): WordPiece[];
  /** The pieces of a here-document's text. */
  document(body: HereDoc["body"], isQuoted: boolean): WordPiece[];
  /** The text of the script. */
  readonly shell: string;
}

/** What a substitution prints, if that is a here-document or a launch, without the line breaks at its end; `undefined` if it does anything else. */
export function printedBy(
  { script }: Substitution,
  quoted: boolean,
  readers: PartReaders,
): WordPiece[] | undefined {
  const [only, other] = script?.commands ?? [];
  const command = only && !other ? commandIn(only) : undefined;
  if (!command || command.prefix.length > 0) return undefined;
  const pieces = piecesPrinted(command, readers);
  return pieces && withoutLineEnd(pieces).map((piece) => ({ ...piece, quoted, fromVariable: true }));
}

function commandIn(node: ShellNode): Command | undefined {
  if (node.type === "Statement") return node.background ? undefined : commandIn(node.command);
  return node.type === "Command" ? (node as Command) : undefined;
}

function piecesPrinted(command: Command, readers: PartReaders): WordPiece[] | undefined {
  const words = command.suffix.filter((one): one is ShellWord => one.type === "Word");
  const [redirect, more] = command.redirects;
  if (more || command.suffix.some(({ type }) => type === "Assignment")) return undefined;
  const name = command.name?.value;
  if (name === "cat") return words.length === 0 && redirect ? piecesRead(redirect, readers) : undefined;
  if (redirect || !mayHoldLaunch(readers.shell.slice(command.pos, command.end))) return undefined;
  if (name === "echo") return echoed(words, readers);
  return name === "printf" ? formatted(words, readers) : undefined;
}

/** The text that a command gets as its input. */
function piecesRead(redirect: Command["redirects"][number], readers: PartReaders): WordPiece[] | undefined {
  if (redirect.type === "HereString") return redirect.target && readers.word(redirect.target);
  if (redirect.type !== "HereDoc") return undefined;
  const { body, delimiter, operator } = redirect;
  // `<<-` removes tabs.
  if (operator === "<<-" && /^\t/m.test(readers.shell.slice(body.pos, body.end))) return undefined;
  return readers.document(body, delimiter?.quoted === true);
}

function echoed(words: readonly ShellWord[], readers: PartReaders): WordPiece[] | undefined {
  const shown = words[0]?.value === "-n" ? words.slice(1) : words;
  // Shells differ in what `echo` does with a backslash.
  if (shown.some(({ value, text }, at) => (at === 0 && /^-[neE]+$/.test(value)) || text.includes("\\")))
    return undefined;
  return joined(shown, " ", readers);
}

/** Formats that print each word as it is. */
const FORMATS: ReadonlyMap<string, string> = new Map([
  ["%s", ""],
  ["%s ", " "],
  ["%s\\n", "\n"],
]);

function formatted([format, ...words]: readonly ShellWord[], readers: PartReaders): WordPiece[] | undefined {
  const after = FORMATS.get(format?.value ?? "");
  return after === undefined ? undefined : joined(words, after, readers);
}

/** The words with a text between them, which belongs to the end of the word before it. */
function joined(words: readonly ShellWord[], between: string, readers: PartReaders): WordPiece[] | undefined {
  const pieces = words.flatMap((word, at) => {
    const own = readers.word(word);
    const before = words[at - 1];
    return before && between !== "" ? [separator(between, before.end - 1), ...own] : own;
  });
  return pieces.some(({ elements }) => elements) ? undefined : pieces;
}

function separator(text: string, place: number): WordPiece {
  return { text, places: [place], known: true, quoted: false, fromVariable: true };
}

/** Removes the line breaks at the end. */
function withoutLineEnd(pieces: readonly WordPiece[]): WordPiece[] {
  const last = pieces.at(-1);
  if (!last?.known) return [...pieces];
  const text = last.text.replace(/\n+$/, "");
  if (text === "" && pieces.length > 1) return withoutLineEnd(pieces.slice(0, -1));
  return [...pieces.slice(0, -1), { ...last, text, places: last.places.slice(0, text.length) }];
}
