/** Problems of a command line that is a list. */

import type { CommandWord } from "../../launch/command-line";
import type { Launch, TextProblem } from "../../launch/launch";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import { quoteOf, writeElement } from "./elements";
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
