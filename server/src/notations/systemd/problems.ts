/** Typical errors in unit files: shell syntax outside a shell, and lines that systemd ignores. */
import { type Span, spanFrom, type TextProblem } from "../../launch/launch";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import type { StrayLine } from "./unit-lines";
import type { UnitWord } from "./unit-words";

/** Pipes, lists, redirections and background commands of a shell. */
const SHELL_SYNTAX = /^(?:\|\|?|&&?|&>.*|\d*(?:>>?|<)(?:&\d|[^<>]*))$/;

/** Words that only a shell would interpret. */
export function shellSyntax(words: readonly UnitWord[]): TextProblem[] {
  return words
    .filter(({ source }) => SHELL_SYNTAX.test(source))
    .map(({ source, span }) => ({
      code: "systemd-shell-syntax",
      span,
      message: say("systemd.shell-syntax", { word: shortened(source) }),
      fixes: [],
    }));
}

/** Lines without an assignment that should have continued a launch. */
export function ignoredLines(strays: readonly StrayLine[]): TextProblem[] {
  return strays.map(({ span, brokenBy }) => ({
    code: "systemd-ignored-line",
    span,
    message: brokenBy ? say("systemd.broken-line") : say("systemd.ignored-line"),
    fixes: brokenBy
      ? [
          {
            title: say("systemd.remove-space"),
            kind: "spelling",
            preferred: true,
            edits: [{ span: afterBackslash(brokenBy), newText: "" }],
          },
        ]
      : [],
  }));
}

function afterBackslash({ start, end }: Span): Span {
  return spanFrom(start + 1, end);
}
