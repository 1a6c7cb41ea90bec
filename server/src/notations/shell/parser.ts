/**
 * The one place that knows the shell parser. `unbash` is young, so nothing else imports it; what we need of it is pinned
 * by the contract tests in test/notations/shell-parser.test.ts.
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

/** Anything in a parsed script. */
export type ShellNode = Parameters<typeof forEachChild>[0];

/** Nodes in each other: a level that is written takes up to seven of them. */
const DEEPEST_NODE = 300;

/** Here-documents that one line begins. */
const MOST_DOCUMENTS = 100;

/**
 * Parses shell text, half-typed or not; `undefined` where the parser gives up.
 * A carriage return before a newline is read as a space, so that positions hold: whether it breaks the command is a
 * finding, not a reason to see nothing.
 *
 * @throws BeyondBounds for text that is nested too deeply, so that whoever walks the script may recurse.
 */
export function parseShell(text: string): ParsedScript | undefined {
  const unix = text.includes("\r") ? text.replace(/\\\r\n/g, " \\\n").replace(/\r\n/g, " \n") : text;
  refuseOpenBrackets(unix, 1);
  refuseManyDocuments(unix);
  const script = parsed(unix);
  if (!script) return undefined;
  // The parser itself goes no deeper than 256 levels, and says where.
  const deep = script.errors?.find(({ message }) => message.includes("nesting depth exceeded"));
  if (deep) throw tooDeep(deep.pos);
  refuseDeepNodes(script);
  return script;
}

/** Whether two scripts have the same commands with the same words; comments and white space do not count. */
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

function parsed(text: string): ParsedScript | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(0);
    return undefined;
  }
}

/** The parser takes a time that grows with the square of their number. */
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

/** Looks at every node without recursing; words are taken apart when they are first looked at. */
function refuseDeepNodes(script: ParsedScript): void {
  let level: ShellNode[] = [script];
  for (let depth = 0; level.length > 0; depth++) {
    const [first] = level;
    if (first && depth > DEEPEST_NODE) throw tooDeep("pos" in first ? first.pos : 0);
    const below: ShellNode[] = [];
    for (const node of level) forEachChild(node, (child) => void below.push(child as ShellNode));
    level = below;
  }
}
