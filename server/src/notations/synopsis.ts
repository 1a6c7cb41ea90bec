/** Commands in documentation that describe a syntax instead of a launch: `… [-h] [--host HOST]`, `… <options>`, `… ...`. */
import type { Argument, Launch, Word } from "../launch/launch";

/** `[-h]`, `[--host`, `[options]`, `{a,b}`, `--port|`: the syntax of a usage text. */
const NOTATION =
  /^\[(?:-{1,2}[A-Za-z]|[A-Za-z][\w-]*(?:\.\.\.|…)?\]?(?:$|\.\.\.|…))|^\{[\w-]+(?:[,|][\w-]+)+\}$|^\|$/;
/** "And so on". */
const ELLIPSIS = /^(?:\.\.\.|…)$/;

/** The launches among the commands of a page; in each, an ellipsis stands for any number of words. */
export function withoutSynopses(launches: readonly Launch[]): Launch[] {
  return launches.filter((launch) => !isSynopsis(launch)).map(withElisions);
}

function isSynopsis({ arguments: given }: Launch): boolean {
  if (given.some(({ words }) => words.some(({ source }) => NOTATION.test(source)))) return true;
  return given.length > 0 && given.every(({ flag, words }) => flag === "" && words.every(isLeftOut));
}

/** Whether a word only stands for others. */
function isLeftOut({ source, parts }: Word): boolean {
  return (
    ELLIPSIS.test(source) ||
    (parts ?? []).some(
      (part) => part.kind === "open" && "language" in part && part.language === "placeholder",
    )
  );
}

function withElisions(launch: Launch): Launch {
  const given = launch.arguments;
  if (!given.some(({ words }) => words.some(isEllipsis))) return launch;
  return { ...launch, arguments: given.map(withElision) };
}

function isEllipsis({ source }: Word): boolean {
  return ELLIPSIS.test(source);
}

function withElision(argument: Argument): Argument {
  return { ...argument, words: argument.words.map((word) => (isEllipsis(word) ? moreWords(word) : word)) };
}

/** An ellipsis as any number of unknown words. */
function moreWords({ span, source, ...word }: Word): Word {
  const origin = { from: "expression", language: "placeholder", source, span } as const;
  return { ...word, text: undefined, span, source, splits: true, parts: [{ kind: "open", ...origin }] };
}
