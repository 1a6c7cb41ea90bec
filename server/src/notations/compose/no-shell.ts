/** Shell syntax in a text that Compose splits itself, without a shell: it drops the first such sign and everything after it. */

import type { CommandWord } from "../../launch/command-line";
import {
  type Launch,
  type Span,
  spanFrom,
  type TextFix,
  type TextProblem,
  withProblems,
} from "../../launch/launch";
import { signsBefore } from "../../launch/lines";
import { say } from "../../messages";
import { type Embedded, spanInFile, toFile } from "../embedded";
import { BLANK_EDITS, shellNeeded } from "../list/needs-shell";
import { signAt } from "./signs";

/** The first sign outside quotes at which Compose stops. */
function firstSign(text: string): Span | undefined {
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === "\\" && quote !== "'") at++;
    // What Compose puts in is known only when it runs.
    else if (text.startsWith("${", at)) at = endOfReference(text, at);
    else if (quote !== "") quote = char === quote ? "" : quote;
    else if (/["'`]/.test(char)) quote = char;
    else {
      const sign = /\d/.test(char) && !/(?:^|\s)$/.test(text.slice(0, at)) ? undefined : signAt(text, at);
      if (sign) return spanFrom(at, at + sign.length);
    }
  }
  return undefined;
}

function endOfReference(text: string, start: number): number {
  const end = text.indexOf("}", start);
  return end < 0 ? text.length : end;
}

/** The launches of a text, each with what Compose, which runs no shell, makes of it. */
export function withoutShell(
  launches: readonly Launch[],
  embedded: Embedded,
  isProgram: boolean,
): readonly Launch[] {
  if (launches.length === 0) return launches;
  const refused = refusedText(embedded);
  if (refused) return launches.map((launch) => withMore(launch, refused));
  const dropped = withDropped(launches, embedded);
  if (dropped !== launches || !isProgram) return dropped;
  const start = shellNeeded(firstWords(embedded), BLANK_EDITS);
  return start ? launches.map((launch) => withMore(launch, start)) : launches;
}

function withMore(launch: Launch, problem: TextProblem): Launch {
  return withProblems(launch, [...(launch.problems ?? []), problem]);
}

/** The first two words of a text, which are compared with words of a shell only. */
function firstWords(embedded: Embedded): CommandWord[] {
  return [...embedded.text.matchAll(/\S+/g)].slice(0, 2).map(({ 0: text, index }) => {
    const span = spanInFile(embedded, spanFrom(index, index + text.length));
    return { text, span, source: text };
  });
}

/** A text that Compose refuses: a parenthesis outside quotes, an open quote, a backslash at the end. */
function refusedText(embedded: Embedded): TextProblem | undefined {
  const { text } = embedded;
  const fault = /[()"'`\\]/.test(text) ? faultIn(text) : undefined;
  if (!fault) return undefined;
  const { at, kind } = fault;
  const from = at - signsBefore(text, at, /[ \t]/).length;
  const fix: TextFix = {
    title: say("shell.remove-backslash"),
    kind: "spelling",
    preferred: true,
    edits: [{ span: spanInFile(embedded, spanFrom(from, at + 1)), newText: "" }],
  };
  const span = spanInFile(embedded, spanFrom(at, at + 1));
  const message = say("compose.refuses-text", { kind, sign: text[at] ?? "" });
  return {
    code: "compose-text",
    span,
    message,
    fixes: kind === "backslash" && isPlain(embedded, from, at) ? [fix] : [],
  };
}

/** Whether each character of a part is one character of the file. */
function isPlain(embedded: Embedded, from: number, to: number): boolean {
  return (
    toFile(embedded, to) - toFile(embedded, from) === to - from &&
    toFile(embedded, to + 1) === toFile(embedded, to) + 1
  );
}

/** The first place of a text that go-shellwords, with which Compose reads it, refuses. */
function faultIn(text: string): { at: number; kind: "other" | "quote" | "backslash" } | undefined {
  let quote: { char: string; at: number } | undefined;
  let dollar: number | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if (char === "\\" && quote?.char !== "'") {
      if (at === text.length - 1) return { at, kind: "backslash" };
      at++;
    } else if (/^\$(?:\w|\{)/.test(text.slice(at, at + 2)) && text[at - 1] !== "$") {
      // What Compose puts in may hold quotes and signs.
      return undefined;
    } else if (char === "`" && (quote === undefined || quote.char === "`"))
      quote = quote ? undefined : { char, at };
    else if (/["']/.test(char) && dollar === undefined && (quote === undefined || quote.char === char))
      quote = quote ? undefined : { char, at };
    else if (quote !== undefined) continue;
    else if (char === ")") dollar = dollar === undefined ? at : undefined;
    else if (char === "(") {
      if (dollar !== undefined || text[at - 1] !== "$") return { at, kind: "other" };
      dollar = at;
    } else if (dollar === undefined && signAt(text, at)) return undefined;
  }
  if (quote) return { at: quote.at, kind: "quote" };
  return dollar === undefined ? undefined : { at: dollar, kind: "other" };
}

function withDropped(launches: readonly Launch[], embedded: Embedded): readonly Launch[] {
  const { text } = embedded;
  const sign = /[;&|<>]/.test(text) ? firstSign(text) : undefined;
  if (!sign) return launches;
  const place = toFile(embedded, sign.start);
  return launches.map((launch) => {
    const starts = launch.span.start < place;
    const problem: TextProblem = {
      code: "compose-no-shell",
      ...(!starts && { variant: "refused" }),
      span: spanInFile(embedded, starts ? spanFrom(sign.start, text.trimEnd().length) : sign),
      message: say(starts ? "compose.drops-rest" : "compose.drops-launch", {
        sign: text.slice(sign.start, sign.end),
      }),
      fixes: runWithShell(embedded),
    };
    return withProblems(launch, [...(launch.problems ?? []), problem]);
  });
}

/** `sh -c '…'` around the text, if that is written without quotes and backslashes, which would have another meaning there. */
function runWithShell(embedded: Embedded): TextFix[] {
  const { text, quoting } = embedded;
  if (quoting.length > 0 || /['"\\\n#]/.test(text)) return [];
  const [start, end] = [0, text.trimEnd().length].map((at) => toFile(embedded, at));
  if (start === undefined || end === undefined) return [];
  const edits = [
    { span: spanFrom(start, start), newText: "sh -c '" },
    { span: spanFrom(end, end), newText: "'" },
  ];
  return [{ title: say("compose.run-with-shell"), kind: "choice", preferred: true, edits }];
}
