/** Commands that no shell runs, although only a shell understands how they begin. */
import type { CommandWord } from "../../launch/command-line";
import { type Span, spanFrom, type TextChange, type TextFix, type TextProblem } from "../../launch/launch";
import { lineBreakOf } from "../../launch/lines";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import { blockDash, quoteOf, writeElement } from "./elements";
import type { ListStyle } from "./read-command";
import { removeElements } from "./remove";

const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** What a shell does itself; for some of them there are programs too, which do not start what follows. */
const BUILTIN =
  /^(?:exec|cd|export|source|\.|eval|set|unset|ulimit|umask|alias|if|for|while|case|trap|pushd)$/;
/** Signs between the commands of a shell. */
const BETWEEN = /^(?:&&|\|\|?|;|&)$/;
/** A shell, or an option that gives a text to one. */
const SHELL = /(?:^|\/)(?:ba|da|z|k)?sh$|^-\w*c$/;

/** How a notation changes the beginning of a command. */
export interface StartEdits {
  /** Writes `env` before the first word. */
  readonly putEnv?: (first: Span) => readonly TextChange[];
  /** Removes the first word, with what is between it and the next. */
  readonly dropFirst?: (first: Span, next: Span) => readonly TextChange[];
}

/** The problem of the words before a launch that no shell runs; none if they start a program. */
export function shellNeeded(words: readonly CommandWord[], edits: StartEdits): TextProblem | undefined {
  const [first, next] = words;
  const begins = first?.splits ? "" : (first?.text ?? first?.knownStart ?? "");
  if (!first) return undefined;
  if (ASSIGNMENT.test(begins)) {
    const fix = edits.putEnv && fixOf(say("list.put-env"), edits.putEnv(first.span));
    const name = shortened(begins.slice(0, begins.indexOf("=") + 1));
    return problem(first.span, say("list.assignment-first", { name }), fix);
  }
  if (BUILTIN.test(first.text ?? "")) {
    const drop =
      first.text === "exec" && next?.text && !next.text.startsWith("-") ? edits.dropFirst : undefined;
    const fix = drop && next && fixOf(say("list.drop-exec"), drop(first.span, next.span));
    return problem(first.span, say("list.builtin-first", { word: first.text ?? "" }), fix);
  }
  if (words.some(({ text }) => text !== undefined && SHELL.test(text))) return undefined;
  const sign = words.find(({ text }) => text !== undefined && BETWEEN.test(text));
  return sign && problem(sign.span, say("list.sign-before", { sign: sign.text ?? "" }));
}

/** The problem of a sign of a shell among the arguments of a launch: LightLLM gets it, and what follows, as words. */
export function signAmong(words: readonly CommandWord[]): TextProblem | undefined {
  if (words.some(({ text }) => text !== undefined && SHELL.test(text))) return undefined;
  const sign = words.find(
    ({ text }) => text !== undefined && /^(?:&&|\|\|?|;|&|\d?>>?|\d?>&\d|<)$/.test(text),
  );
  if (!sign) return undefined;
  const end = words.at(-1)?.span.end ?? sign.span.end;
  const found = problem(sign.span, say("list.sign-after", { sign: sign.text ?? "" }));
  if (end < sign.span.start) return found;
  const misread = spanFrom(sign.span.start, end);
  return { ...found, misread, ...(BETWEEN.test(sign.text ?? "") && { ofOther: true }) };
}

/** What a shell would replace in a word: variables, commands, the home folder at its start. */
const VARIABLE = String.raw`\$\{[A-Za-z_][^}]*\}|\$[A-Za-z_]\w*`;
const COMMAND = String.raw`\$\([^)]*\)|\`[^\`]*\`|^~(?=/|$)[^\s]*`;
/** Where nothing replaces any of them. */
export const KEEPS_ALL = new RegExp(`${VARIABLE}|${COMMAND}`);
/** In Kubernetes, which replaces `$(NAME)` itself; `$$` is a dollar that is meant as one. */
export const KEEPS_DOLLARS = new RegExp(
  String.raw`(?<!\$)(?:${VARIABLE}|(?!\$\([A-Za-z_][\w.-]*\))(?:${COMMAND}))`,
);
/** In Compose, which replaces `$NAME` and `${NAME}` before it splits the words. */
export const KEEPS_COMMANDS = new RegExp(COMMAND);

/** The words of a launch that have a part which only a shell would replace, so that LightLLM gets it as it is written. */
export function literallyPassed(words: readonly CommandWord[], kept: RegExp): TextProblem[] {
  return words.flatMap(({ text, source, span }): TextProblem[] => {
    const written = text ?? (/^["']/.test(source) ? source.slice(1, -1) : source);
    const part = written.includes("{{") || written.includes("{%") ? undefined : kept.exec(written)?.[0];
    if (part === undefined) return [];
    const message = say("list.not-expanded", { part: shortened(part) });
    return [{ code: "not-expanded", span, message, misread: span, fixes: [] }];
  });
}

/** How a list changes its beginning; nothing for elements that are written elsewhere. */
export function listEdits(text: string, style: ListStyle, isHere: boolean): StartEdits {
  if (!isHere) return {};
  return {
    putEnv: (first) => {
      const source = text.slice(first.start, first.end);
      if (/^[*&!]/.test(source)) return [];
      const dash = style === "yaml-block" ? blockDash(text, first) : undefined;
      if (style === "yaml-block" && !/^[ \t]*-[ \t]+$/.test(dash ?? "")) return [];
      const separator = dash === undefined ? ", " : lineBreakOf(text) + dash;
      const newText = writeElement("env", style, quoteOf(source)) + separator;
      return [{ span: spanFrom(first.start, first.start), newText }];
    },
    dropFirst: (first) => [removeElements(text, first, style)],
  };
}

/** How a text that is split at blanks changes its beginning. */
export const BLANK_EDITS: StartEdits = {
  putEnv: ({ start }) => [{ span: spanFrom(start, start), newText: "env " }],
  dropFirst: (first, next) => [{ span: spanFrom(first.start, next.start), newText: "" }],
};

function fixOf(title: string, edits: readonly TextChange[]): TextFix | undefined {
  return edits.length === 0 ? undefined : { title, kind: "spelling", preferred: true, edits };
}

function problem(span: Span, message: string, fix?: TextFix): TextProblem {
  return { code: "needs-shell", span, message, fixes: fix ? [fix] : [] };
}
