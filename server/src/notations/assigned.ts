/** `NAME=value` words before a program: at the beginning, after `env`, after `docker run -e`. */

import { type CommandWord, partsAfter } from "../launch/command-line";
import { type EnvironmentVariable, spanFrom, type VariablePlace } from "../launch/launch";

/** The part of a word that sets a variable. */
export interface Assigned {
  /** Up to the value, with an option such as `--env=`. */
  readonly whole: string;
  /** The name with its `=`. */
  readonly assigned: string;
  readonly name: string;
}

const USUAL = /^(?:--env=|-e=?)?(([A-Za-z_]\w*)=)/;
/** For places that only a variable can have, whatever its name. */
const ANY = /^(?:--env=|-e=?)?(([^=]+)=)/s;

/** Reads a word; undefined if it sets no variable. */
export function readAssigned(word: string, isVariable: boolean): Assigned | undefined {
  const [whole, assigned = "", name = ""] = (isVariable ? ANY : USUAL).exec(word) ?? [];
  return whole === undefined ? undefined : { whole, assigned, name };
}

const CONTAINERS = /(?:^|\/)(?:docker|podman|nerdctl)$/;
const ENV = /(?:^|\/)env$/;
/** Options of `env` that take a separate value. */
const WITH_VALUE = /^(?:-u|--unset|-C|--chdir|-S|--split-string)$/;

/** Indexes of the words that can only set a variable, even with an invalid name. */
export function placesOfVariables(words: readonly string[]): ReadonlySet<number> {
  const places = new Set<number>();
  // `A-B=1 program`: the shell reads it as the name of a program, which nobody has.
  for (let at = 0; isAssignment(words[at]); at++) places.add(at);
  let inContainer = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    inContainer ||= CONTAINERS.test(word);
    if (/^--env=[^=]+=/s.test(word) || (inContainer && /^-e[^=]+=/s.test(word))) places.add(at);
    if (inContainer && (word === "-e" || word === "--env") && words[at + 1]?.includes("="))
      places.add(at + 1);
    if (!ENV.test(word)) continue;
    for (at++; words[at]?.startsWith("-"); at++) if (WITH_VALUE.test(words[at] ?? "")) at++;
    for (; /^[^-=].*=/s.test(words[at] ?? ""); at++) places.add(at);
    at--;
  }
  return places;
}

/** The variables set by words before a program; `placeOf` describes how one is written, if it can be edited. */
export function assignedIn(
  words: readonly CommandWord[],
  placeOf: (word: CommandWord) => VariablePlace | undefined = () => undefined,
): EnvironmentVariable[] {
  const starts = words.map(({ text, knownStart }) => text ?? knownStart ?? "");
  const places = placesOfVariables(starts);
  return words.flatMap((word, at): EnvironmentVariable[] => {
    const read = readAssigned(starts[at] ?? "", places.has(at));
    if (!read) return [];
    const { whole, assigned, name } = read;
    const parts = word.parts && partsAfter(word.parts, whole.length);
    const value = { text: word.text?.slice(whole.length), ...(parts && { parts }) };
    const offset = word.source.indexOf(assigned);
    // A name that needs escapes is not in the text literally.
    if (offset < 0)
      return places.has(at)
        ? [{ name, nameSpan: word.span, value: { ...value, span: word.span, source: word.source } }]
        : [];
    const nameStart = word.span.start + offset;
    const after = offset + assigned.length;
    const place = placeOf(word);
    return [
      {
        name,
        nameSpan: spanFrom(nameStart, nameStart + name.length),
        value: {
          ...value,
          span: spanFrom(word.span.start + after, word.span.end),
          source: word.source.slice(after),
        },
        ...(place && { place }),
      },
    ];
  });
}

/** Whether a word in the place of a program is a variable. */
function isAssignment(word: string | undefined): boolean {
  return word !== undefined && /^[^-=/][^=/]*=/.test(word);
}
