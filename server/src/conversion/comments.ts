/** Finds the comments of a launch, and the flag or variable that each of them is about. */
import { directiveComment } from "../launch/directive-comment";
import type { Directive } from "../launch/directives";
import { type Argument, type EnvironmentVariable, type Launch, type Span, spanFrom } from "../launch/launch";
import { type Line, lineAt, lineBefore, lineStartAt, nextLineAt } from "../launch/lines";
import { isSaidBy } from "../messages";
import type { Comments } from "./portable";

/** The comments of a launch. */
export interface LaunchComments {
  /** About the launch as a whole. */
  readonly head: readonly string[];
  of(thing: Argument | EnvironmentVariable): Comments;
  /** Comments above the key that contains the environment. */
  readonly environment: readonly string[];
  /** Comments after everything else. */
  readonly below: readonly string[];
}

type Thing = Argument | EnvironmentVariable;

/** Whether a comment on a line is for readers, not for a program. */
type IsForPeople = (line: Line, comment: string) => boolean;

/** An empty comment; a line without a comment is the empty string. */
const EMPTY = " ";
const COMMENT = /^\s*([#;])(?!!)\s?(.*?)\s*$/;
/** Directives, which are written again where they still apply. */
const REWRITTEN: readonly Directive["kind"][] = ["release", "args", "config"];
/** Text between a value and a comment after it. */
const AFTER_VALUE = /^[\s,;"'\])}]*?(?:(?<=\s)|(?<=[,;]))#\s?(.*?)\s*$/;
/** Text after the last word of a command: redirections, `&`, the end of an enclosing string. */
const AFTER_COMMAND = /^(?:["']?(?:\s+(?:\d*[<>&|]+\s*[\w./$:{}-]*|&))*)\s+#\s?(.*?)\s*$/;
const NOT_FOR_PEOPLE = /^(?:SBATCH|shellcheck|syntax=|escape=|type:|noqa|-\*-|vim:)/;
/** A comment about a flag that could not have the comment on its own line: `# --tp: one for each GPU`. */
const ABOUT_FLAG = /^(--[A-Za-z_][\w-]*): (.*)$/;
/** Comments above the name or above a key with anchors describe the launch. */
const NAME = /^x-[\w.-]+:/;
const ABOVE_ENVIRONMENT = /^\s*(?:env|environment):\s*(?:#.*)?$/;

/**
 * Reads the comments of the parts of a launch: on the lines above, or at the end of the same line.
 */
export function commentsOf(
  text: string,
  launch: Launch,
  directives: readonly Directive[],
  isFirst: boolean,
): LaunchComments {
  const steering = new Set(
    directives
      .filter(({ kind }) => REWRITTEN.includes(kind))
      .map(({ span }) => lineStartAt(text, span.start)),
  );
  const isForPeople = ({ start }: Line, comment: string) =>
    !steering.has(start) && !NOT_FOR_PEOPLE.test(comment) && !isSaidBy("conversion.starts-one-of", comment);
  const things: Thing[] = [...launch.environment, ...launch.arguments.filter(({ counts }) => counts)];
  const taken = new Set<number>();
  const comments = new Map<Thing, { above: string[]; trailing?: string }>();
  const inLines = launch.form.kind !== "shell";
  const isThing = (line: Line) => things.some((thing) => isOnLine(thing, line));
  const environment: string[] = [];
  const aboveName: string[] = [];
  const above = (from: number): string[] => {
    const found: string[] = [];
    for (let line = lineBefore(text, from); line; line = lineBefore(text, line.start)) {
      const comment = commentOn(line, launch);
      const isBlank = line.text.trim() === "" && inLines;
      const isKey = environment.length === 0 && ABOVE_ENVIRONMENT.test(line.text);
      const isName = launch.form.kind === "mapping" && NAME.test(line.text);
      const goesOn = comment !== undefined || isBlank || isKey || isName;
      if (!goesOn || isThing(line) || taken.has(line.start)) break;
      taken.add(line.start);
      if (isKey || isName) {
        (isKey ? environment : aboveName).push(...above(line.start));
        break;
      }
      if (comment === undefined) found.unshift("");
      else if (isForPeople(line, comment)) found.unshift(comment || EMPTY);
    }
    return trimmed(found);
  };
  const headAbove = launch.form.kind === "mapping" ? [] : above(launch.span.start);
  const whole = launch.form.kind === "shell" ? commentsAfterCommand(text, launch, things) : [];
  for (const thing of things) {
    const found: { above: string[]; trailing?: string } = { above: [] };
    for (const span of placesOf(thing)) {
      const line = lineAt(text, span.start);
      const isBefore = (other: Span) => other.start >= line.start && other.start < span.start;
      if (!things.some((other) => placesOf(other).some(isBefore))) found.above.push(...above(line.start));
      const trailing = commentAfter(text, span, things, thing);
      if (trailing !== undefined) found.trailing ??= trailing;
    }
    comments.set(thing, found);
  }
  const head = [...(isFirst ? fileHead(text, launch, taken, isForPeople) : []), "", ...headAbove, ...whole];
  const mapping = launch.form.kind === "mapping" ? headOfMapping(text, launch, things, comments) : [];
  const own = aboutFlags([...head, ...aboveName, ...mapping], launch, comments);
  return {
    head: trimmed(own),
    of: (thing) => comments.get(thing) ?? { above: [] },
    environment,
    below: inLines ? belowLast(text, launch, things, isForPeople) : [],
  };
}

/** The text of a comment that is alone on its line. */
function commentOn({ text }: Line, { notation }: Launch): string | undefined {
  const [, sign = "", said] = COMMENT.exec(text) ?? [];
  return notation.comments.includes(sign) ? said : undefined;
}

/**
 * Comments above the first key describe the launch if they are not directly above the key, or if they begin the
 * document.
 */
function headOfMapping(
  text: string,
  { span }: Launch,
  things: readonly Thing[],
  comments: Map<Thing, { above: string[]; trailing?: string }>,
): string[] {
  const [first] = [...things].sort((a, b) => startOf(a) - startOf(b));
  const found = first && comments.get(first);
  if (!first || !found) return [];
  const gap = found.above.lastIndexOf("");
  const start = lineAt(text, startOf(first)).start;
  const begins = gap < 0 && !/\n[ \t]*\n/.test(text.slice(span.start, start).replace(/^\s*\n/, ""));
  const cut = begins ? found.above.length : gap + 1;
  const head = found.above.slice(0, cut);
  found.above = found.above.slice(cut);
  return head;
}

/** The comments at the top of a script, which describe it. */
function fileHead(
  text: string,
  launch: Launch,
  taken: ReadonlySet<number>,
  isForPeople: IsForPeople,
): string[] {
  const { notation, span } = launch;
  if (!notation.hasHeadComment) return [];
  const found: string[] = [];
  for (let at = 0; at < span.start; ) {
    const line = lineAt(text, at);
    const comment = commentOn(line, launch);
    if ((comment === undefined && !line.text.startsWith("#!")) || taken.has(line.start)) break;
    if (comment !== undefined && isForPeople(line, comment)) found.push(comment || EMPTY);
    at = line.next;
  }
  return trimmed(found);
}

/** Assigns comments that begin with a flag's name to that flag, with the indented lines below. */
function aboutFlags(
  head: readonly string[],
  { arguments: given }: Launch,
  comments: Map<Thing, { above: string[]; trailing?: string }>,
): string[] {
  let about: string[] | undefined;
  return head.filter((line) => {
    const [, flag, said] = ABOUT_FLAG.exec(line) ?? [];
    const argument = flag && given.find((one) => one.flag === flag && one.counts);
    if (argument) about = comments.get(argument)?.above;
    else if (!/^ {2}/.test(line)) about = undefined;
    if (!about) return true;
    about.push(said ?? line.slice(2));
    return false;
  });
}

function belowLast(
  text: string,
  launch: Launch,
  things: readonly Thing[],
  isForPeople: IsForPeople,
): string[] {
  const { span } = launch;
  const ends = things.flatMap(placesOf).map(({ end }) => end);
  const last = Math.max(span.start, ...ends.filter((end) => end <= span.end));
  const found: string[] = [];
  for (let at = nextLineAt(text, last); at < span.end; ) {
    const line = lineAt(text, at);
    const comment = commentOn(line, launch);
    if (comment !== undefined && isForPeople(line, comment)) found.push(comment || EMPTY);
    else if (line.text.trim() === "") found.push("");
    at = line.next;
  }
  return trimmed(found);
}

/** The comment after a value, if no other part of the launch follows on the line. */
function commentAfter(text: string, { end }: Span, things: readonly Thing[], own: Thing): string | undefined {
  const line = lineAt(text, end);
  const others = things.some((thing) => thing !== own && isOnLine(thing, line));
  if (others) return undefined;
  return forReader(AFTER_VALUE.exec(` ${text.slice(end, line.end)}`)?.[1]);
}

/**
 * The comment after a command that is about all of it: several flags are on its line, or a redirection follows them.
 */
function commentsAfterCommand(
  text: string,
  { arguments: given }: Launch,
  things: readonly Thing[],
): string[] {
  const last = given.at(-1);
  const end = last && placesOf(last).at(-1)?.end;
  if (!last || end === undefined || commentAfter(text, spanFrom(end, end), things, last) !== undefined)
    return [];
  const comment = forReader(AFTER_COMMAND.exec(text.slice(end, lineAt(text, end).end))?.[1]);
  return comment === undefined ? [] : [comment];
}

/** A comment after something else; undefined if it is empty, or would become a directive on a line of its own. */
function forReader(comment: string | undefined): string | undefined {
  return comment === "" || directiveComment(`# ${comment}`) ? undefined : comment;
}

/** The places of a part: in the launch, and where a variable is set. */
function placesOf(thing: Thing): readonly Span[] {
  if ("flag" in thing) {
    const words = thing.words.flatMap(({ span, spanInLaunch }) =>
      spanInLaunch ? [spanInLaunch, span] : [span],
    );
    return thing.flag === "" ? words : [thing.flagSpan, ...words];
  }
  const { place, nameSpan, value } = thing;
  return [place?.span ?? spanFrom(nameSpan.start, Math.max(nameSpan.end, value.span.end))];
}

function startOf(thing: Thing): number {
  return Math.min(...placesOf(thing).map(({ start }) => start));
}

function isOnLine(thing: Thing, line: Span): boolean {
  return placesOf(thing).some((span) => span.start <= line.end && line.start <= span.end);
}

/** Removes blank lines at both ends, and repeated blank lines. */
function trimmed(lines: readonly string[]): string[] {
  const kept = lines.filter((line, at) => line.trim() !== "" || (at > 0 && lines[at - 1]?.trim() !== ""));
  while (kept.at(-1)?.trim() === "") kept.pop();
  while (kept[0]?.trim() === "") kept.shift();
  return kept;
}
