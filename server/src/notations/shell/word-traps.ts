/** Traps in the words of a launch: characters and joints that a shell reads otherwise than they look. */

import { type Launch, type Span, spanFrom, type TextProblem } from "../../launch/launch";
import { lineStartAt } from "../../launch/lines";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import { type Embedded, toFile } from "../embedded";
import { quotesIn, trap } from "./trap";

/** Placeholders that nobody has filled in. */
export function placeholderTraps(
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

/** Dashes and quotes of word processors. */
export function typographicTraps(text: string, { start, end }: Span, embedded: Embedded): TextProblem[] {
  const slice = text.slice(start, end);
  const found: TextProblem[] = [];
  const [dashQuoted, isInQuotes] = [quotesIn(text), quotesIn(text)];
  for (const match of slice.matchAll(DASHES)) {
    const from = start + match.index + (match[1]?.length ?? 0);
    if (dashQuoted(from)) continue;
    const span = spanFrom(from, from + (match[2]?.length ?? 1));
    const message = say("shell.dash");
    const fix = { title: say("shell.write-dashes"), edits: [{ span, newText: "--" }] };
    // The flag and its value look like values of the flag before.
    const next = /\s[-\u2010-\u2015\u2212]/.exec(text.slice(span.end, end))?.index;
    const misread = spanFrom(from, next === undefined ? end : span.end + next);
    found.push(trap("typographic-character", embedded, span, message, [fix], { misread }));
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

/** `8\` at the end of a line and `--dp` at the start of the next form one word, `8--dp`. */
export function gluedTraps(launch: Launch, embedded: Embedded): TextProblem[] {
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
