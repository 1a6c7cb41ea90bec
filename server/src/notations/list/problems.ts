/** Problems of a command line that is a list. */

import type { CommandWord } from "../../launch/command-line";
import { type Launch, type Span, spanFrom, type TextFix, type TextProblem } from "../../launch/launch";
import { lineBreakOf } from "../../launch/lines";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import { mayHoldLaunch } from "../program";
import { blockDash, quoteOf, writeElement } from "./elements";
import type { ListStyle } from "./read-command";
import { separatorsOf, styleAt } from "./separators";

/** A flag, white space, and more: a shell would split it, but a list does not. */
const FLAG_AND_MORE = /^(--?[A-Za-z_][\w-]*)\s+\S/;
/** Words as a shell would split them; templates, references and quoted parts are kept whole. */
const PARTS = /(?:\{\{.*?\}\}|\$\{[^}]*\}|\$\([^)]*\)|"[^"]*"|'[^']*'|\S)+/gs;

/** Elements with a flag and its value: `"--tp 8"`. */
export function elementsWithSpace(
  text: string,
  launch: Launch,
  words: readonly CommandWord[],
): TextProblem[] {
  return words.flatMap((word): TextProblem[] => {
    const [, flag] = FLAG_AND_MORE.exec(word.text ?? unquoted(word)) ?? [];
    if (!flag) return [];
    const style = styleAt(text, launch, word.span);
    const { inside } = separatorsOf(text, launch, word.span);
    const elements = word.source.length > LONGEST_ELEMENT ? [] : elementsOf(word);
    const newText = elements.map((part) => writeElement(part, style, quoteOf(word.source)));
    return [
      {
        code: "list-element-with-space",
        span: word.span,
        flag,
        message: say("list.element-with-space", { element: shown(word) }),
        fixes: !isPlain(word.source, launch)
          ? []
          : [
              {
                title: say("list.split", { count: newText.length }),
                kind: "spelling",
                preferred: true,
                edits: [{ span: word.span, newText: newText.join(inside) }],
              },
            ],
      },
    ];
  });
}

/** A word that a shell would not change, apart from a reference of the notation. */
const PLAIN_WORD = /^(?:[\w@%+=:,./-]|\$\([A-Za-z_]\w*\))+$/;

/**
 * A command, or `-m` with the module, in one element: the system looks for a program, or Python for a module, of this
 * name.
 *
 * @param mayHaveShell whether the image may have an entry point that gives the element to a shell.
 */
export function unsplitCommand(
  text: string,
  words: readonly CommandWord[],
  style: ListStyle,
  mayHaveShell: boolean,
): TextProblem | undefined {
  const at = words.findIndex((word, index) => isUnsplit(written(word), words[index - 1]));
  const word = words[at];
  if (!word || word.splits || written(word).includes("{{")) return undefined;
  // Flags with their values among the others have the same fault.
  const unsplit = words.filter((one) => one === word || (!one.splits && FLAG_AND_MORE.test(written(one))));
  const isPlain = unsplit.every(
    (one) => one.source.length <= LONGEST_ELEMENT && partsIn(one).every((part) => PLAIN_WORD.test(part)),
  );
  const edits = unsplit.map((one) => {
    const dash = style === "yaml-block" ? blockDash(text, one.span) : undefined;
    const between = dash === undefined ? ", " : lineBreakOf(text) + dash.replace(/-(?=[ \t]+-)/g, " ");
    const newText = partsIn(one)
      .map((part) => writeElement(part, style, quoteOf(one.source)))
      .join(between);
    return { span: one.span, newText };
  });
  const fix: TextFix = {
    title: say("list.split", { count: partsIn(word).length }),
    kind: mayHaveShell ? "choice" : "spelling",
    preferred: true,
    edits,
  };
  const message =
    at > 0
      ? say("list.module-with-space", { element: shown(word) })
      : say("list.program-with-space", { image: mayHaveShell ? "unknown" : "other" });
  return {
    code: "list-element-with-space",
    ...(mayHaveShell && at === 0 && { variant: "image" }),
    span: word.span,
    message,
    cutsOff: true,
    fixes: isPlain ? [fix] : [],
  };
}

function partsIn(word: CommandWord): string[] {
  return written(word).match(/\S+/g) ?? [];
}

function isUnsplit(element: string, before: CommandWord | undefined): boolean {
  if (!before) return /\S\s+\S/.test(element) && mayHoldLaunch(element);
  return /^-\w*m\s+lightllm\./.test(element) && PYTHON.test(before.text ?? "");
}

/** Strings that Python joins to one element, because a comma is missing. */
export function joinedElements(
  words: readonly { readonly joined?: { readonly span: Span; readonly gaps: readonly number[] } }[],
  text: string,
): TextProblem[] {
  return words.flatMap(({ joined }): TextProblem[] => {
    if (!joined) return [];
    const { span, gaps } = joined;
    const element = `\`${shortened(text.slice(span.start, span.end))}\``;
    const fix: TextFix = {
      title: say("list.put-comma", { count: gaps.length }),
      kind: "spelling",
      preferred: true,
      edits: gaps.map((at) => ({ span: spanFrom(at, at), newText: "," })),
    };
    const message = say("list.joined", { element });
    return [{ code: "list-element-with-space", span, message, fixes: [fix] }];
  });
}

const PYTHON = /(?:^|\/)python[\d.]*$/;

function written(word: CommandWord): string {
  return word.text ?? unquoted(word);
}

/** Longer elements get no fix. */
const LONGEST_ELEMENT = 2_000;

/**
 * Whether an element can be rewritten in parts: it has no Python expression, and no template with quotes of its own.
 */
function isPlain(source: string, { form }: Launch): boolean {
  if (source.length > LONGEST_ELEMENT || /\{\{[^}]*["'\\]/.test(source)) return false;
  return form.kind !== "list" || form.style !== "python" || /^(?:"[^"\\{}]*"|'[^'\\{}]*')$/.test(source);
}

function elementsOf(word: CommandWord): string[] {
  const parts = (word.text ?? unquoted(word)).match(PARTS) ?? [];
  return parts.map((part) => (/^(["'])[^"']*\1$/.test(part) ? part.slice(1, -1) : part));
}

/** An unknown word as written, without quotes. */
function unquoted({ source }: CommandWord): string {
  const quote = quoteOf(source);
  return quote ? source.slice(source.indexOf(quote) + 1, source.endsWith(quote) ? -1 : undefined) : source;
}

function shown(word: CommandWord): string {
  return `\`${shortened(word.text ?? unquoted(word))}\``;
}
