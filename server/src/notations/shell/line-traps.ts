/** Traps at the ends of lines: text that continues the launch but should not, or the reverse. */

import {
  headOf,
  type Launch,
  type Span,
  spanFrom,
  type TextChange,
  type TextProblem,
} from "../../launch/launch";
import { endsInOpenBackslash, lineStartAt, nextLineAt } from "../../launch/lines";
import { say } from "../../messages";
import { type Embedded, toFile } from "../embedded";
import { commentMoves, commentsIn, indentOf, linesOut } from "./line-edits";
import { endsInBackslash } from "./literal-pieces";
import type { Command } from "./shell-parser";
import { quotesIn, trap } from "./trap";

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
  if (found.length === 0) {
    // Compose refuses such a text, which is said elsewhere.
    const isSplit = launch.form.kind === "shell" && launch.form.splitOnly === true;
    const last = isSplit ? undefined : lastBackslash(text, end, embedded);
    found.push(...(last ? [last] : brokenOff(text, start, end, embedded)));
  }
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
    return [{ ...problem, variant: "refused", ofOther: true }];
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

/** Whether a place is in a comment of its line. */
function isInComment(text: string, at: number): boolean {
  const start = lineStartAt(text, at);
  const isQuoted = quotesIn(text.slice(start, at));
  for (const { index } of text.slice(start, at).matchAll(/(?<=^|\s)#/g)) if (!isQuoted(index)) return true;
  return false;
}

/** A backslash, empty lines, and a flag below them: the first empty line ends the command. */
function emptyLine(
  text: string,
  commandStart: number,
  end: number,
  embedded: Embedded,
): TextProblem | undefined {
  const found = /^([ \t]*)\\\r?\n([ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*)[ \t]*--[A-Za-z]/.exec(
    text.slice(end),
  );
  if (!found) return undefined;
  const at = end + (found[1]?.length ?? 0);
  const lines = found[2] ?? "";
  const start = nextLineAt(text, at);
  const removal = linesOut(text, start, start + lines.length);
  const comments = commentsIn(lines);
  const title = say("shell.remove-empty-lines");
  const fixes =
    comments.length > 0
      ? commentMoves(text, commandStart, comments, [removal], say("shell.move-comment"))
      : [{ title, edits: [removal] }];
  const effect = { cutsOff: true };
  return trap(
    "shell-missing-backslash",
    embedded,
    spanFrom(at, at + 1),
    say("shell.empty-line"),
    fixes,
    effect,
  );
}

/** A backslash as the last character of the text, which is read as a word or as the end of one. */
function lastBackslash(text: string, end: number, embedded: Embedded): TextProblem | undefined {
  const at = end - 1;
  const isFree = end === text.length && endsInOpenBackslash(text);
  if (!isFree) return undefined;
  const span = spanFrom(at, end);
  const fix = {
    title: say("shell.remove-backslash"),
    edits: [{ span: spanFrom(text.slice(0, at).trimEnd().length, end), newText: "" }],
  };
  const isScript = endsInBackslash(embedded);
  const message = isScript ? say("shell.dangling-backslash") : say("shell.last-backslash");
  const found = trap(
    "shell-dangling-backslash",
    embedded,
    span,
    message,
    [fix],
    isScript ? {} : { misread: span },
  );
  return isScript ? found : { ...found, variant: "refused" };
}

/** Lines that begin with a flag after the end of a command: a backslash is missing, or a comment ended the command. */
function brokenOff(text: string, commandStart: number, end: number, embedded: Embedded): TextProblem[] {
  const rest = text.slice(end);
  const emptied = emptyLine(text, commandStart, end, embedded);
  if (emptied) return [emptied];
  const cutOff = /^[ \t]*\\\r?\n((?:[ \t]*#[^\n]*\n)(?:[ \t]*(?:#[^\n]*)?\n)*)([ \t]*)(--[A-Za-z])/.exec(
    rest,
  );
  if (cutOff) {
    const from = end + rest.indexOf("#");
    const to = end + cutOff[0].length - (cutOff[2]?.length ?? 0) - (cutOff[3]?.length ?? 0);
    const lineStart = lineStartAt(text, from);
    const message = say("shell.comment");
    const comments = commentsIn(text.slice(lineStart, to));
    const removal = linesOut(text, lineStart, to);
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
    const removal = linesOut(text, lineStart, lineStart + others.length);
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
