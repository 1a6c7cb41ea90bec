/** Shell syntax in a text that Compose splits itself, without a shell: it drops the first such sign and everything after it. */
import {
  type Launch,
  type Span,
  spanFrom,
  type TextFix,
  type TextProblem,
  withProblems,
} from "../../launch/launch";
import { say } from "../../messages";
import { type Embedded, spanInFile, toFile } from "../embedded";
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

/** The launches of a text, each with the problem that Compose drops a part of the text. */
export function withDropped(launches: readonly Launch[], embedded: Embedded): readonly Launch[] {
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
