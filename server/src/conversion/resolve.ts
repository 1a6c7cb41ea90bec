/** Puts in for the unknown words of a launch what the environment says, as the shell would that starts it. */

import { argumentsOf } from "../launch/command-line";
import type { Argument, EnvironmentVariable, Launch, Word } from "../launch/launch";
import { type Origin, partsOfWord } from "../launch/origin";
import { isOpenName } from "../launch/variable-name";
import { say } from "../messages";
import { openPart } from "./open-part";

/** What keeps a word from being known. */
export interface Unresolved {
  /** The flag or the variable that it is for. */
  readonly owner: string;
  /** The variable that is not set; absent where no variable could tell. */
  readonly variable?: string;
  /** What stands there, as it is written. */
  readonly source: string;
  /** Only a shell can work it out. */
  readonly needsShell?: boolean;
  /** It is the name of a variable that is not known, and not a value. */
  readonly isName?: boolean;
}

export interface ResolvedLaunch {
  readonly launch: Launch;
  readonly unresolved: readonly Unresolved[];
}

type Lookup = (name: string) => string | undefined;

/** The launch with its words and variables as far as they can be known; what the launch sets itself goes before the environment. */
export function resolveLaunch(launch: Launch, outer: Lookup): ResolvedLaunch {
  const unresolved: Unresolved[] = [];
  const own = new Map<string, string>();
  const lookup: Lookup = (name) => own.get(name) ?? outer(name);
  const resolver = new Resolver(lookup, unresolved);
  const environment = launch.environment.flatMap((variable): EnvironmentVariable[] => {
    if (isOpenName(variable.name)) unresolved.push({ owner: "env", source: variable.name, isName: true });
    // Passed on from outside, or set by the container's surroundings.
    if (variable.value.text === undefined && variable.value.source === "" && !variable.value.parts) {
      const text = outer(variable.name);
      return text === undefined ? [] : [{ ...variable, value: { ...variable.value, text } }];
    }
    const [value] = resolver.words([variable.value], variable.name, false);
    // `A=1 program $A` expands before the program has its A.
    const isPrefix = variable.place?.form.kind === "prefix";
    if (value?.text !== undefined && !isPrefix) own.set(variable.name, value.text);
    return value ? [{ ...variable, value }] : [];
  });
  const given = launch.arguments.flatMap((argument) => resolver.argument(argument));
  return { launch: { ...launch, environment, arguments: given }, unresolved };
}

class Resolver {
  constructor(
    private readonly lookup: Lookup,
    private readonly unresolved: Unresolved[],
  ) {}

  /** The argument; more than one where a word of it holds several, with flags among them. */
  argument(argument: Argument): Argument[] {
    const { words, flag, flagSpan, written, joined, counts, inherited } = argument;
    if (!counts || words.every(({ text }) => text !== undefined)) return [argument];
    const owner = flag === "" ? say("conversion.command-line") : flag;
    const mayGrow = words.some(({ splits }) => splits);
    const resolved = this.words(words, owner, mayGrow);
    if (!mayGrow) return [{ ...argument, words: resolved }];
    const head = flag === "" || joined ? [] : [{ text: flag, span: flagSpan, source: written }];
    const [first, ...rest] = resolved;
    const joinedFirst =
      joined && first ? [{ ...first, text: `${flag}=${first.text ?? ""}` }, ...rest] : resolved;
    return argumentsOf([...head, ...joinedFirst]).map((one) => ({ ...one, inherited }));
  }

  /** Words that are known; what is not is noted and stays as it is. */
  words(words: readonly Word[], owner: string, maySplit: boolean): Word[] {
    return words.flatMap((word, at): Word[] => {
      if (word.text !== undefined) return [word];
      const { parts: _, splits, ...rest } = word;
      let text = "";
      for (const part of partsOfWord(word)) {
        // Right behind a flag stands its value.
        const mayBeNone = splits === true && (at > 0 || !owner.startsWith("-"));
        const value = part.kind === "text" ? part.text : this.value(part, owner, mayBeNone);
        if (value === undefined) return [word];
        text += value;
      }
      if (!splits || !maySplit) return [{ ...rest, text }];
      return text.split(/\s+/).flatMap((piece) => (piece === "" ? [] : [{ ...rest, text: piece }]));
    });
  }

  /** What is put in. As in a shell, words that may be none are none, and a variable that is extended may begin with nothing. */
  private value(origin: Origin, owner: string, mayBeNone: boolean): string | undefined {
    const { part, renamed } = openPart(origin, { owner, names: new Map() });
    const isDefault = origin.from === "default" && renamed === undefined;
    const variable = renamed === undefined && part.kind === "variable" ? part.name : undefined;
    const found = isDefault ? this.defaulted(origin) : variable && this.lookup(variable);
    if (found !== undefined) return found;
    const isAllWords = origin.from === "parameter" && origin.name === "@";
    if (variable === owner || isAllWords || (mayBeNone && variable !== undefined)) return "";
    const { source } = origin;
    const needsShell = origin.from !== "expression" || origin.language === "shell";
    this.unresolved.push({
      owner,
      source,
      ...(variable !== undefined && { variable }),
      ...(needsShell && { needsShell }),
    });
    return undefined;
  }

  /** `${NAME:-default}` */
  private defaulted({
    name,
    otherwise,
    whenEmpty,
  }: Extract<Origin, { from: "default" }>): string | undefined {
    const value = this.lookup(name);
    return value === undefined || (whenEmpty && value === "") ? otherwise : value;
  }
}
