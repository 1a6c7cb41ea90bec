/** Launches in docstrings: commands on lines of their own, in running text, and in examples of Python. */
import { type Launch, spanFrom, type TextProblem } from "../../launch/launch";
import { type Line, linesOf } from "../../launch/lines";
import { joinParts } from "../console";
import { type Embedded, toFile } from "../embedded";
import { withoutProse } from "../markdown/code";
import { inlineCode } from "../markdown/inline";
import { mayHoldLaunch } from "../program";
import { findInShell } from "../shell/find";
import { withoutSynopses } from "../synopsis";
import { pythonTraits } from "./traits";

interface Found {
  readonly launches: readonly Launch[];
  readonly problems: readonly TextProblem[];
}

/** Code in one or two backquotes; three begin a block. */
const INLINE = /(?<![`\\])(`{1,2})(?!`)(.*?[^`])\1(?!`)/gs;
/** A label before a command: `Usage: python -m …`. */
const LABEL = /^.*?[:：][ \t]+(?=(?:\w+=\S*[ \t]+)*\S*python[\d.]*[ \t])/;
/** A line that prepares the command below it. */
const PREPARES = /^[ \t]*(?:[$%][ \t]+)?(?:export[ \t]+)?[A-Za-z_]\w*=|\\[ \t]*$/;
const PROMPT = /^[ \t]*(?:>>>|\.\.\.)(?:[ \t]|$)/;

/** The launches in the text of a docstring. */
export function findInDocstring(docstring: Embedded, file: string): Found {
  const mentions = inlineCode(docstring, INLINE);
  const found = [
    ...mentions.map(({ embedded }) => mentionsIn(embedded)),
    ...commandsOf(withBlanks(docstring, mentions)).map((command) => launchesIn(command, file)),
  ];
  return {
    launches: found.flatMap(({ launches }) => launches),
    problems: found.flatMap(({ problems }) => problems),
  };
}

function mentionsIn(code: Embedded): Found {
  const launches = withoutSynopses(findInShell(code, pythonTraits).launches);
  const mentions = launches.filter(({ arguments: given }) => given.length > 0);
  return {
    launches: mentions.map(({ problems: _, ...launch }) => ({ ...launch, isMention: true })),
    problems: [],
  };
}

function launchesIn(command: Embedded, file: string): Found {
  const { launches, problems } = withoutProse(file, findInShell(command, pythonTraits));
  const shown = withoutSynopses(launches);
  return { launches: shown.filter(({ arguments: given }) => given.length > 0), problems };
}

/** The docstring without the code in its running text. */
function withBlanks(docstring: Embedded, code: readonly { readonly embedded: Embedded }[]): Embedded {
  const places = new Set(
    code.flatMap(({ embedded }) => Array.from(embedded.text, (_, at) => toFile(embedded, at))),
  );
  const text = Array.from({ length: docstring.text.length }, (_, at) => {
    const char = docstring.text[at] ?? "";
    return char !== "\n" && places.has(toFile(docstring, at)) ? " " : char;
  });
  return { ...docstring, text: text.join("") };
}

/**
 * The commands, each with the lines above that prepare it: prose around them, with its apostrophes and brackets, is no
 * shell text.
 */
function commandsOf(docstring: Embedded): Embedded[] {
  const lines = linesOf(docstring.text);
  const starts = lines.flatMap((line, at) => {
    const isContinued = /\\[ \t]*$/.test(lines[at - 1]?.text ?? "");
    return mayHoldLaunch(line.text) && !isContinued && !isPython(line) ? [firstOf(lines, at)] : [];
  });
  return starts.map((start, at) => {
    const end = lines[starts[at + 1] ?? lines.length]?.start ?? docstring.text.length;
    const first = lines[start] as Line;
    const label = LABEL.exec(first.text)?.[0].length ?? 0;
    return joinParts(docstring, [spanFrom(first.start + label, end)]);
  });
}

function firstOf(lines: readonly Line[], launch: number): number {
  let first = launch;
  while (PREPARES.test(lines[first - 1]?.text ?? "")) first--;
  return first;
}

/** Whether a line is an example of Python: after its prompt, or a statement. */
function isPython({ text }: Line): boolean {
  return PROMPT.test(text) && /[(["']/.test(text);
}

/**
 * The file with nothing but the examples of a docstring, at their places; undefined if it has none that may start
 * LightLLM.
 */
export function examplesIn(docstring: Embedded, file: string): string | undefined {
  const examples = linesOf(docstring.text).filter(({ text }) => PROMPT.test(text));
  if (!examples.some(({ text }) => mayHoldLaunch(text))) return undefined;
  const written: string[] = file.split("").map((char) => (char === "\n" ? char : " "));
  for (const { start, end, text } of examples) {
    for (let at = start + (PROMPT.exec(text)?.[0].length ?? 0); at < end; at++) {
      const place = toFile(docstring, at);
      // An escape in the docstring is longer than its character.
      if (file[place] === docstring.text[at]) written[place] = docstring.text[at] ?? "";
    }
  }
  return written.join("");
}
