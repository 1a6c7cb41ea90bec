/** Traps of shells: text that looks like a part of the launch but is not, or the reverse. */

import type { DetectedIn } from "../../../../schemas/generated/rules";
import {
  headOf,
  type Launch,
  type Span,
  spanFrom,
  type TextChange,
  type TextFix,
  type TextProblem,
} from "../../launch/launch";
import { lineStartAt, nextLineAt } from "../../launch/lines";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import { type Embedded, escapeFor, FILLER, HOLE, indentInFile, spanInFile, toFile } from "../embedded";
import type { Command } from "./shell-parser";

/** `<path to model>`: a shell reads it as redirections. It is masked, so that the next words are read as intended. */
const PLACEHOLDER = /<[A-Za-z_\u4e00-\u9fff][^<>\n|&;$"'`]*>/g;

export interface MaskedPlaceholders {
  readonly text: string;
  readonly placeholders: readonly Span[];
}

/** Masks placeholders by substitutions of the same length; here-documents and process substitutions are kept. */
export function maskPlaceholders(text: string): MaskedPlaceholders {
  if (!text.includes(">")) return { text, placeholders: [] };
  const placeholders: Span[] = [];
  const isQuoted = quotesIn(text);
  const masked = text.replace(PLACEHOLDER, (placeholder, at: number) => {
    if (text[at - 1] === "<" || isQuoted(at) || !isWord(text, at, placeholder)) return placeholder;
    placeholders.push(spanFrom(at, at + placeholder.length));
    return HOLE + FILLER.repeat(placeholder.length - 1);
  });
  return { text: masked, placeholders };
}

/** Whether a quote is open at a place of its line; call it in text order. */
function quotesIn(text: string): (at: number) => boolean {
  let quote = "";
  let look = 0;
  return (at) => {
    for (; look < at; look++) {
      const char = text[look];
      if (char === "\n") quote = "";
      else if (char === "\\" && quote !== "'" && text[look + 1] !== "\n") look++;
      else if (quote === "") quote = char === '"' || char === "'" ? char : "";
      else if (char === quote) quote = "";
    }
    return quote !== "";
  };
}

/** Whether it is in the place of a value: a separate word, or after `=`. `<in.txt >out.txt` is not. */
function isWord(text: string, at: number, placeholder: string): boolean {
  const after = text[at + placeholder.length] ?? "\n";
  return /[\s=]/.test(text[at - 1] ?? " ") && /[\s\\]/.test(after) && !/\s>$/.test(placeholder);
}

/** The traps of one launch, in text order. */
export function trapsOf(
  command: Command,
  launch: Launch,
  embedded: Embedded,
  placeholders: readonly Span[],
): TextProblem[] {
  const { text } = embedded;
  const end = command.suffix.at(-1)?.end ?? command.end;
  const whole = spanFrom(command.pos, end);
  return [
    ...(launch.notation.hasPlaceholders ? [] : placeholderTraps(text, whole, embedded, placeholders)),
    ...typographicTraps(text, whole, embedded),
    ...continuationTraps(text, whole, embedded, command, launch),
    ...gluedTraps(launch, embedded),
  ].sort((a, b) => a.span.start - b.span.start);
}

function trap(
  code: DetectedIn["notations/shell/traps.ts"],
  embedded: Embedded,
  span: Span,
  message: string,
  fixes: readonly Fix[],
  effect: { readonly cutsOff?: boolean; readonly misread?: Span } = {},
): TextProblem {
  const { cutsOff, misread } = effect;
  return {
    code,
    ...(cutsOff && { cutsOff }),
    ...(misread && { misread: spanInFile(embedded, misread) }),
    span: spanInFile(embedded, span),
    message,
    fixes: fixes.filter(movesNothingPutIn).map(
      ({ title, edits }): TextFix => ({
        title,
        // The meaning is certain: these lines continue the command.
        kind: "spelling",
        preferred: true,
        edits: edits.map((edit) => editInFile(edit, embedded)),
      }),
    ),
  };
}

/** An edit of the shell text as one of the file. */
function editInFile({ span, newText }: TextChange, embedded: Embedded): TextChange {
  const { linesAbove } = embedded;
  if (linesAbove !== undefined && span.end === 0) return { span: spanFrom(linesAbove, linesAbove), newText };
  const lines = escapeFor(newText, embedded.quoting);
  const indent = " ".repeat(indentInFile(embedded));
  return { span: spanInFile(embedded, span), newText: lines.replaceAll("\n", `\n${indent}`) };
}

/** A substitution cannot be moved elsewhere as text. */
function movesNothingPutIn({ edits }: Fix): boolean {
  return edits.every(({ newText }) => !newText.includes(HOLE));
}

/** A fix as edits of the shell text. */
interface Fix {
  readonly title: string;
  readonly edits: readonly TextChange[];
}

function placeholderTraps(
  text: string,
  { start, end }: Span,
  embedded: Embedded,
  placeholders: readonly Span[],
): TextProblem[] {
  return placeholders
    .filter((one) => one.start >= start && one.end <= end)
    .map((span) => {
      const written = text.slice(span.start, span.end);
      return trap(
        "shell-placeholder",
        embedded,
        span,
        say("shell.placeholder", { text: shortened(written) }),
        [],
      );
    });
}

const DASHES = /(^|\s)([\u2010-\u2015\u2212]+-*)(?=[A-Za-z])/g;
const QUOTES = /[\u2018\u2019\u201c\u201d]/g;

function typographicTraps(text: string, { start, end }: Span, embedded: Embedded): TextProblem[] {
  const slice = text.slice(start, end);
  const found: TextProblem[] = [];
  const [dashQuoted, isInQuotes] = [quotesIn(text), quotesIn(text)];
  for (const match of slice.matchAll(DASHES)) {
    const from = start + match.index + (match[1]?.length ?? 0);
    if (dashQuoted(from)) continue;
    const span = spanFrom(from, from + (match[2]?.length ?? 1));
    const message = say("shell.dash");
    found.push(
      trap("typographic-character", embedded, span, message, [
        { title: say("shell.write-dashes"), edits: [{ span, newText: "--" }] },
      ]),
    );
  }
  const quotes = [...slice.matchAll(QUOTES)]
    .map((match) => ({
      span: spanFrom(start + match.index, start + match.index + 1),
      straight: /[\u2018\u2019]/.test(match[0]) ? "'" : '"',
      opens: /[\u2018\u201c]/.test(match[0]),
    }))
    // In real quotes it is a part of the value.
    .filter(({ span }) => !isInQuotes(span.start));
  for (const [at, { span, straight }] of quotes.entries()) {
    const message = say("shell.quote");
    const partner = partnerOf(at, quotes, text);
    const edits = [span, ...(partner ? [partner.span] : [])].map((one) => ({ span: one, newText: straight }));
    const fix = { title: say("shell.write-quote", { quote: straight }), edits };
    found.push({
      ...trap("typographic-character", embedded, span, message, partner ? [fix] : []),
      variant: "quote",
    });
  }
  return found;
}

interface Quote {
  readonly span: Span;
  readonly straight: string;
  readonly opens: boolean;
}

/**
 * The quote that forms a pair with this one: the first and second on a line, the third and fourth. Undefined if they do
 * not match.
 */
function partnerOf(at: number, quotes: readonly Quote[], text: string): Quote | undefined {
  const line = lineStartAt(text, quotes[at]?.span.start ?? 0);
  const alike = quotes.filter(
    ({ span, straight }) => straight === quotes[at]?.straight && lineStartAt(text, span.start) === line,
  );
  const place = alike.indexOf(quotes[at] as Quote);
  const [first, last] = place % 2 === 0 ? [place, place + 1] : [place - 1, place];
  const [opening, closing] = [alike[first], alike[last]];
  if (!opening?.opens || !closing || closing.opens) return undefined;
  // Single quotes would prevent an expansion of the shell, and a straight quote between them would end them.
  const between = text.slice(opening.span.end, closing.span.start);
  if (between.includes(opening.straight) || (opening.straight === "'" && /[$`]/.test(between)))
    return undefined;
  return place === first ? closing : opening;
}

/** A backslash with something after it on its line: white space, a comment, or both. */
const AFTER_BACKSLASH =
  /(?<!\\)(?:\\\\)*\\((?:[ \t]|[\u00a0\u1680\u2000-\u200b\u202f\u3000\ufeff])+)(#[^\n]*?)?(\r?\n|$)/g;

/** Text after the last word, where the command should have continued. */
function continuationTraps(
  text: string,
  { start, end }: Span,
  embedded: Embedded,
  command: Command,
  launch: Launch,
): TextProblem[] {
  const found: TextProblem[] = [];
  const isInQuotes = quotesIn(text);
  for (const match of text.slice(start, nextLineAt(text, end)).matchAll(AFTER_BACKSLASH)) {
    const [whole, blanks = "", comment = "", lineEnd = ""] = match;
    const lineEndAt = start + match.index + whole.length - lineEnd.length;
    const at = lineEndAt - comment.length - blanks.length - 1;
    if (isInQuotes(at) || isInComment(text, at)) continue;
    const span = spanFrom(at, lineEndAt);
    // An editor has no position between CR and LF.
    const rest =
      lineEnd === "\r\n"
        ? { span: spanFrom(at + 1, lineEndAt + 2), newText: "\n" }
        : { span: spanFrom(at + 1, lineEndAt), newText: "" };
    const fixes = comment
      ? commentMoves(text, start, [comment], [rest], say("shell.move-comment"))
      : [{ title: say("shell.remove-space"), edits: [rest] }];
    const message = comment ? say("shell.comment-after-backslash") : say("shell.space-after-backslash");
    const cutsOff = /^\s*\S/.test(text.slice(lineEndAt, nextLineAt(text, lineEndAt + lineEnd.length)));
    found.push(trap("shell-backslash-space", embedded, span, message, fixes, { cutsOff, misread: span }));
  }
  for (const match of text.slice(start, nextLineAt(text, end)).matchAll(/\\\r\n/g)) {
    const at = start + match.index;
    const span = spanFrom(at, at + 2);
    const message = say("shell.crlf");
    const fix = {
      title: say("shell.end-with-lf"),
      // The whole line end, because an editor has no position between its two characters.
      edits: [{ span: spanFrom(at, at + 3), newText: "\\\n" }],
    };
    found.push(trap("shell-crlf", embedded, span, message, [fix]));
  }
  if (found.length === 0) found.push(...brokenOff(text, start, end, embedded));
  if (found.length === 0) found.push(...otherCommands(text, command, embedded, launch));
  return found;
}

/** Programs and words of a shell that begin a command after a launch. */
const COMMAND =
  /^(?:\[\[?|alias|bash|break|case|cat|cd|chmod|conda|cp|curl|date|do|docker|done|echo|elif|else|env|esac|eval|exec|exit|export|fi|for|function|git|grep|if|kill|kubectl|local|ls|mkdir|mv|nohup|nvidia-smi|pip|pkill|popd|printf|ps|pushd|python|python3|read|return|rm|sed|set|sh|sleep|source|ssh|sudo|tail|tee|then|time|timeout|touch|trap|ulimit|unset|until|wait|watch|wget|while)$/;

/** Instructions of a Dockerfile. */
const INSTRUCTION =
  /^(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)$/;

/** A line with another command, which a backslash above it makes a part of this one. */
function otherCommands(text: string, command: Command, embedded: Embedded, launch: Launch): TextProblem[] {
  const own = indentOf(text, command.pos);
  const end = command.suffix.at(-1)?.end ?? command.end;
  for (const [index, word] of command.suffix.entries()) {
    const previous = command.suffix[index - 1]?.end ?? command.pos;
    // A program before the launch may start it.
    if (toFile(embedded, word.pos) <= headOf(launch).end) continue;
    const between = text.slice(previous, word.pos);
    if (!/^[ \t]*\\\r?\n[ \t]*$/.test(between)) continue;
    const written = text.slice(word.pos, word.end);
    const isOutside = indentOf(text, word.pos).length <= own.length;
    const isCommand =
      COMMAND.test(written) ||
      (isOutside && (INSTRUCTION.test(written) || /^(?:[A-Za-z_]\w*=|\.\/)/.test(written)));
    if (!isCommand || (!isOutside && /^-/.test(text.slice(command.suffix[index - 1]?.pos, previous))))
      continue;
    const at = previous + between.indexOf("\\");
    const fix = {
      title: say("shell.remove-backslash"),
      edits: [{ span: spanFrom(previous, at + 1), newText: "" }],
    };
    const message = say("shell.backslash-before-command", { command: written });
    const misread = spanFrom(word.pos, end);
    const problem = trap("shell-dangling-backslash", embedded, spanFrom(at, at + 1), message, [fix], {
      misread,
    });
    return [{ ...problem, variant: "refused" }];
  }
  return [];
}

/** The white space before a place on its line; all of the line before it for another text there. */
function indentOf(text: string, at: number): string {
  const before = text.slice(lineStartAt(text, at), at);
  return /^[ \t]*/.exec(before)?.[0] ?? "";
}

/** The fix that moves comments above a command, without a backslash at their end; none if nothing fits there. */
function commentMoves(
  text: string,
  commandStart: number,
  comments: readonly string[],
  edits: readonly TextChange[],
  title: string,
): Fix[] {
  if (!isFree(text, lineStartAt(text, commandStart))) return [];
  const lines = comments.map((comment) => `${comment.replace(/[\s\\]+$/, "")}\n`).join("");
  return [{ title, edits: [moved(text, commandStart, lines), ...edits] }];
}

/** Whether a place is in a comment of its line. */
function isInComment(text: string, at: number): boolean {
  const start = lineStartAt(text, at);
  const isQuoted = quotesIn(text.slice(start, at));
  for (const { index } of text.slice(start, at).matchAll(/(?<=^|\s)#/g)) if (!isQuoted(index)) return true;
  return false;
}

/** Whether a comment can be inserted above a line: no quote is open there, and the line above is not continued. */
function isFree(text: string, lineStart: number): boolean {
  let quote = "";
  for (let at = 0; at < lineStart; at++) {
    const char = text[at];
    if (char === "\\" && quote !== "'") at++;
    else if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === "#" && /\s/.test(text[at - 1] ?? "\n")) at = nextLineAt(text, at) - 2;
    else if (char === '"' || char === "'") quote = char;
  }
  return quote === "" && !/\\\r?\n$/.test(text.slice(0, lineStart));
}

/** The edit that inserts whole lines above the first line of a command, with the same indentation. */
function moved(text: string, commandStart: number, lines: string): TextChange {
  const start = lineStartAt(text, commandStart);
  const indent = /^[ \t]*/.exec(text.slice(start, commandStart))?.[0] ?? "";
  return { span: spanFrom(start, start), newText: lines.replace(/^[ \t]*(?=\S)/gm, indent) };
}

/** Lines that begin with a flag after the end of a command: a backslash is missing, or a comment ended the command. */
function brokenOff(text: string, commandStart: number, end: number, embedded: Embedded): TextProblem[] {
  const rest = text.slice(end);
  const cutOff = /^[ \t]*\\\r?\n((?:[ \t]*#[^\n]*\n)+)([ \t]*)(--[A-Za-z])/.exec(rest);
  if (cutOff) {
    const from = end + rest.indexOf("#");
    const to = end + cutOff[0].length - (cutOff[2]?.length ?? 0) - (cutOff[3]?.length ?? 0);
    const lineStart = lineStartAt(text, from);
    const message = say("shell.comment");
    const comments = text.slice(lineStart, to).trimEnd().split("\n");
    const removal = { span: spanFrom(lineStart, to), newText: "" };
    const fixes = commentMoves(text, commandStart, comments, [removal], say("shell.move-comment"));
    const span = spanFrom(from, nextLineAt(text, from) - 1);
    return [trap("shell-comment-in-command", embedded, span, message, fixes, { cutsOff: true })];
  }
  const missing = /^([ \t]*)(#[^\n]*)?\r?\n((?:[ \t]*#[^\n]*\n)*)[ \t]*(--[A-Za-z]\S*)/.exec(rest);
  if (missing && !/[|&;<>]/.test(rest.slice(0, missing[1]?.length ?? 0))) {
    const [all, , first, others = "", flag = ""] = missing;
    const after = end + rest.search(/\r?\n/);
    const lineStart = nextLineAt(text, after);
    const comments = [...(first ? [first] : []), ...(others ? others.trimEnd().split("\n") : [])];
    const removal = { span: spanFrom(lineStart, lineStart + others.length), newText: "" };
    const edits = [
      { span: spanFrom(end, first ? after : end), newText: " \\" },
      ...(others ? [removal] : []),
    ];
    const fixes =
      comments.length > 0
        ? commentMoves(text, commandStart, comments, edits, say("shell.continue-and-move"))
        : [{ title: say("shell.continue-line"), edits }];
    const isSwallowed = comments[0]?.trimEnd().endsWith("\\") === true;
    const message = isSwallowed ? say("shell.backslash-in-comment") : say("shell.missing-backslash");
    const span = spanFrom(end + all.length - flag.length, end + all.length);
    return [trap("shell-missing-backslash", embedded, span, message, fixes, { cutsOff: true })];
  }
  const dangling = /^[ \t]*\\(?:\r?\n[ \t]*)?$/.exec(rest);
  if (dangling) {
    const at = end + rest.indexOf("\\");
    const span = spanFrom(at, at + 1);
    const from = text.slice(0, at).trimEnd().length;
    const message = say("shell.dangling-backslash");
    const fix = {
      title: say("shell.remove-backslash"),
      edits: [{ span: spanFrom(from, at + 1), newText: "" }],
    };
    return [trap("shell-dangling-backslash", embedded, span, message, [fix])];
  }
  return [];
}

/** `8\` at the end of a line and `--dp` at the start of the next form one word, `8--dp`. */
function gluedTraps(launch: Launch, embedded: Embedded): TextProblem[] {
  const found: TextProblem[] = [];
  const begin = toFile(embedded, 0);
  for (const argument of launch.arguments) {
    for (const word of [{ source: argument.written, span: argument.flagSpan }, ...argument.words]) {
      const at = word.source.search(/\\\r?\n-/);
      if (at < 0 || typeof embedded.offsets !== "number") continue;
      const start = word.span.start - begin + at;
      const span = spanFrom(start, start + 1);
      const message = say("shell.glued-backslash");
      const fix = {
        title: say("shell.put-space"),
        edits: [{ span: spanFrom(start, start), newText: " " }],
      };
      found.push(trap("shell-glued-backslash", embedded, span, message, [fix]));
    }
  }
  return found;
}
