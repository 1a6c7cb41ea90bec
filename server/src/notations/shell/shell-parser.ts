/**
 * The only file that uses the shell parser `unbash`. The tests in test/notations/shell-parser.test.ts check the
 * behaviour we rely on.
 */

import { forEachChild, type ParsedScript, parse } from "unbash";
import { BeyondBounds, refuseOpenBrackets, tooDeep } from "../../launch/bounds";
import { say } from "../../messages";

export type {
  ArrayValue,
  Assignment,
  Command,
  HereDoc,
  ParameterExpansionPart,
  Word as ShellWord,
  WordPart,
} from "unbash";
export { forEachChild };

/** A node of a parsed script. */
export type ShellNode = Parameters<typeof forEachChild>[0];

/** Depth limit of the tree: one level of source takes up to seven nodes. */
const DEEPEST_NODE = 300;

/** Limit for here-documents on one line. */
const MOST_DOCUMENTS = 100;

/**
 * Parses shell text, complete or not; `undefined` if the parser fails. A carriage return before a newline is read as a
 * space, so that positions stay the same; a rule reports it if it breaks the command.
 *
 * @throws BeyondBounds for text that is nested too deeply, so that callers may recurse over the result.
 */
export function parseShell(text: string): ParsedScript | undefined {
  if (last?.text === text) return last.script;
  const script = parseAgain(text);
  last = { text, script };
  return script;
}

/** The result for the last text: what reads a script and what asks for its parts ask for the same. */
let last: { readonly text: string; readonly script: ParsedScript | undefined } | undefined;

function parseAgain(text: string): ParsedScript | undefined {
  const unix = text.includes("\r") ? text.replace(/\\\r\n/g, " \\\n").replace(/\r\n/g, " \n") : text;
  refuseBrackets(unix);
  refuseManyDocuments(unix);
  const script = parsedToEnd(withoutPrompts(unix));
  if (!script) return undefined;
  // The parser itself stops at 256 levels, and reports the place.
  const deep = script.errors?.find(({ message }) => message.includes("nesting depth exceeded"));
  if (deep) throw tooDeep(deep.pos);
  refuseDeepNodes(script);
  return script;
}

/** Whether two scripts have the same commands with the same words, without comments and white space. */
export function saysTheSame(a: string, b: string): boolean {
  try {
    const [one, other] = [a, b].map((text) => parseShell(text.replace(/^\uFEFF/, "")));
    return one !== undefined && other !== undefined && wordsOf(one) === wordsOf(other);
  } catch (error) {
    if (error instanceof BeyondBounds) return false;
    throw error;
  }
}

function wordsOf(script: ParsedScript): string {
  const { errors, ...rest } = script;
  return JSON.stringify([rest, errors?.length], (key, value) =>
    /^(?:pos|end|start|comments|source)$/.test(key) ? undefined : value,
  );
}

/** A prompt that names a user, a shell or an environment; the shell itself would not read it. */
const PROMPT =
  /^(?:[ \t]*\([\w.+-]+\))*[ \t]*(?:\[?[\w.-]+@[\w.-]+(?:[: ][^\s$#%>\]]*)?\]?[ ]?[$#%❯]|(?:ba|z|k)?sh-\d[\d.]*[$#]|(?<=\)[ \t]*)(?:[~/][^\s$#%]*[ ]?)?[$%❯➜])(?=[ \t]+\S)/gm;

/** Text that was copied from a terminal, with white space in the place of its prompts. */
function withoutPrompts(text: string): string {
  if (!/[$#%❯➜][ \t]/.test(text)) return text;
  return text.replace(PROMPT, (prompt) => " ".repeat(prompt.length));
}

/** Limit for the text that is parsed again after errors, in UTF-16 units. */
const MOST_REPEATED = 500_000;

/**
 * The parser stops at a word that fits nowhere. Then the rest of its line is left out, or the whole line, and the text is
 * parsed again, so that the commands below are found.
 */
function parsedToEnd(text: string): ParsedScript | undefined {
  let rest = text;
  let script = parsed(rest);
  for (let left = MOST_REPEATED; script && left > 0; left -= text.length) {
    const stop = stopOf(script, rest);
    if (stop === undefined) break;
    const lineStart = rest.lastIndexOf("\n", stop - 1) + 1;
    const newline = rest.indexOf("\n", stop);
    const lineEnd = newline < 0 ? rest.length : newline;
    const blank = (from: number) => rest.slice(0, from) + " ".repeat(lineEnd - from) + rest.slice(lineEnd);
    const shorter = parsed(blank(stop));
    const isFurther = shorter && (stopOf(shorter, blank(stop)) ?? rest.length) > lineEnd;
    rest = blank(isFurther ? stop : lineStart);
    script = isFurther ? shorter : parsed(rest);
  }
  return script;
}

/** Where the parser stopped although more text follows. */
function stopOf({ errors = [], commands }: ParsedScript, text: string): number | undefined {
  const stop = errors.at(-1)?.pos;
  if (stop === undefined || stop < (commands.at(-1)?.end ?? 0)) return undefined;
  return /\n\s*[^\s#]/.test(text.slice(stop)) ? stop : undefined;
}

function parsed(text: string): ParsedScript | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(0);
    return undefined;
  }
}

/** Comments, and quotes without a command in them: their brackets open nothing. */
const WITHOUT_BRACKETS = /\\[\s\S]|'[^']*'|"(?:[^"\\$`]|\\[\s\S]|\$(?!\())*"|(?<![^\s])#.*/g;

/** Limit for brackets where quotes are not what they seem, as in a here-document. */
const MOST_ANYWHERE = 4_096;

/** Most texts have fewer brackets, and need no closer look. */
const FEW = 200;

/** Rejects too many open brackets; a word in quotes may have more. */
function refuseBrackets(text: string): void {
  if (text.split("(").length <= FEW) return;
  refuseOpenBrackets(text, 1, MOST_ANYWHERE);
  const shown = text.replace(WITHOUT_BRACKETS, (part) => " ".repeat(part.length));
  refuseOpenBrackets(shown, 1);
}

/** The parser's time grows with the square of their number. */
function refuseManyDocuments(text: string): void {
  let begun = 0;
  let line = -1;
  for (let at = text.indexOf("<<"); at >= 0; at = text.indexOf("<<", at + 2)) {
    if (at > line) {
      const newline = text.indexOf("\n", at);
      line = newline < 0 ? text.length : newline;
      begun = 0;
    }
    if (++begun > MOST_DOCUMENTS)
      throw new BeyondBounds(at, say("check.many-documents", { most: MOST_DOCUMENTS }));
  }
}

/** Whether the positions of a script belong to another text. */
function isOfOtherText(node: ShellNode): boolean {
  return node.type === "Script" && "source" in node && node.source !== undefined;
}

/**
 * Checks every node without recursion; the parser splits words on first access. The commands in backquotes with a backslash
 * are removed: their positions belong to the text without it, so this text is parsed by itself.
 */
function refuseDeepNodes(script: ParsedScript): void {
  let level: ShellNode[] = [script];
  for (let depth = 0; level.length > 0; depth++) {
    const [first] = level;
    if (first && depth > DEEPEST_NODE) throw tooDeep("pos" in first ? first.pos : 0);
    const below: ShellNode[] = [];
    for (const node of level) {
      if (isOfOtherText(node)) Object.assign(node, { commands: [] });
      forEachChild(node, (child) => void below.push(child as ShellNode));
    }
    level = below;
  }
}
