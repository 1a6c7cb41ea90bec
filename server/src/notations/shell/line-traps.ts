/** Traps at the ends of lines: text that continues the launch but should not, or the reverse. */

import {
  headOf,
  type Launch,
  type Span,
  spanFrom,
  type TextChange,
  type TextProblem,
} from "../../launch/launch";
import { lineStartAt, nextLineAt } from "../../launch/lines";
import { say } from "../../messages";
import { type Embedded, toFile } from "../embedded";
import type { Command } from "./shell-parser";
import { quotesIn, type ShellFix, trap } from "./trap";

/** A backslash with something after it on its line: white space, a comment, or both. */
const AFTER_BACKSLASH =
  /(?<!\\)(?:\\\\)*\\((?:[ \t]|[\u00a0\u1680\u2000-\u200b\u202f\u3000\ufeff])+)(#[^\n]*?)?(\r?\n|$)/g;

/** Text after the last word, where the command should have continued. */
export function continuationTraps(
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
  if (found.length === 0) found.push(...foldedTraps(text, spanFrom(start, end), embedded));
  if (found.length === 0) found.push(...promptTraps(text, spanFrom(start, nextLineAt(text, end)), embedded));
  if (found.length === 0) found.push(...brokenOff(text, start, end, embedded));
  if (found.length === 0) found.push(...otherCommands(text, command, embedded, launch));
  return found;
}

/** Lines that begin with the `>` of a terminal's continued lines: in a script, the flag becomes the name of a file. */
function promptTraps(text: string, { start, end }: Span, embedded: Embedded): TextProblem[] {
  const isInQuotes = quotesIn(text);
  const lines = [...text.slice(start, end).matchAll(/\\\r?\n([ \t]*)(>[ \t]*)(?=--[A-Za-z])/g)]
    .map(({ index, 0: whole, 2: prompt = "" }) => {
      const to = start + index + whole.length;
      return spanFrom(to - prompt.length, to);
    })
    .filter((span) => !isInQuotes(span.start));
  const [first] = lines;
  if (!first) return [];
  const edits = lines.map((span) => ({ span, newText: "" }));
  const fix = { title: say("shell.remove-prompt", { count: lines.length }), edits };
  const sign = spanFrom(first.start, first.start + 1);
  return [
    trap("shell-typed-prompt", embedded, sign, say("shell.typed-prompt"), [fix], {
      cutsOff: true,
      misread: spanFrom(first.start, end),
    }),
  ];
}

/** A backslash before a line end that Compose splits itself, as the shell text of the same words. */
const KEPT_LINE_END = /'\n'/g;

/** Backslashes before line ends that YAML folds to spaces, or that no shell reads: each belongs to the next word. */
function foldedTraps(text: string, { start, end }: Span, embedded: Embedded): TextProblem[] {
  const isInQuotes = quotesIn(text);
  const spaces = [...text.slice(start, end).matchAll(/(?<!\\)(?:\\\\)*\\ /g)]
    .map((match) => start + match.index + match[0].length - 2)
    .filter((at) => isLineEndInFile(embedded, at + 1) && !isInQuotes(at) && !isInComment(text, at));
  const kept = [...text.slice(start, end).matchAll(KEPT_LINE_END)]
    .map(({ index }) => start + index)
    .filter((at) => toFile(embedded, at + 1) === toFile(embedded, at) + 1);
  const folded = spaces.length > 0 ? spaces : kept;
  const [first] = folded;
  if (first === undefined)
    return [...keptComment(text, spanFrom(start, end), embedded), ...foldedComments(text, end, embedded)];
  const edits = folded.map((at) => ({
    span: spanFrom(text.slice(0, at).replace(/[ \t]+$/, "").length, at + 1),
    newText: "",
  }));
  const { length: count } = folded;
  const [title, message] =
    folded === spaces
      ? [say("shell.remove-folded", { count }), say("shell.folded-backslash")]
      : [say("shell.remove-kept", { count }), say("shell.kept-line-end")];
  const fix = { title, edits };
  return [
    trap("shell-folded-backslash", embedded, spanFrom(first, first + 1), message, [fix], {
      cutsOff: true,
      misread: spanFrom(first, end),
    }),
  ];
}

/** A comment after a command whose line end YAML folds to a space: it goes on over the lines below. */
function foldedComments(text: string, end: number, embedded: Embedded): TextProblem[] {
  const comment = /^\s+(#[^\n]*)/.exec(text.slice(end, nextLineAt(text, end)));
  if (!comment) return [];
  const start = end + comment[0].length - (comment[1]?.length ?? 0);
  const stop = end + comment[0].length;
  for (let at = start; at < stop; at++) {
    if (text[at] !== " " || !isLineEndInFile(embedded, at) || !/^-/.test(text.slice(at + 1))) continue;
    return [
      trap("shell-comment-in-command", embedded, spanFrom(start, at), say("shell.folded-comment"), [], {
        cutsOff: true,
      }),
    ];
  }
  return [];
}

/** A `#` in a text that Compose splits itself, without comments: it and what follows on its line are words. */
function keptComment(text: string, { start, end }: Span, embedded: Embedded): TextProblem[] {
  const sign = [...text.slice(start, end).matchAll(/(?<=\s)\\#/g)]
    .map(({ index }) => start + index)
    .find((at) => toFile(embedded, at) === toFile(embedded, at + 1));
  if (sign === undefined) return [];
  let stop = sign;
  while (stop < end && !isLineEndInFile(embedded, stop)) stop++;
  const span = spanFrom(sign, stop);
  const message = say("shell.kept-comment");
  return [trap("shell-comment-in-command", embedded, span, message, [], { misread: span })];
}

/** Whether a space of the text is a line end and an indentation in the file. */
function isLineEndInFile({ offsets }: Embedded, at: number): boolean {
  if (typeof offsets === "number") return false;
  const [place = 0, next = 0] = [offsets[at], offsets[at + 1]];
  return next - place > 1;
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

/** The removal of a backslash at the end of continued lines, if another command follows; it would become words. */
function danglingBelow(text: string, from: number, indent: string): TextChange[] {
  let next = nextLineAt(text, from);
  while (next < text.length && /\\\r?\n$/.test(text.slice(from, next))) {
    const line = text.slice(next, nextLineAt(text, next));
    const [, white = "", word = ""] = /^([ \t]*)(\S*)/.exec(line) ?? [];
    if (white.length <= indent.length && (COMMAND.test(word) || /^(?:[A-Za-z_]\w*=|\.\/)/.test(word))) {
      const at = text.lastIndexOf("\\", next);
      return [{ span: spanFrom(text.slice(0, at).trimEnd().length, at + 1), newText: "" }];
    }
    from = next;
    next = nextLineAt(text, next);
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
): ShellFix[] {
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
      ...danglingBelow(text, end + all.length - flag.length, indentOf(text, commandStart)),
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
