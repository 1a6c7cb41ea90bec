/**
 * Substitutes variables in the words of a launch by their values in the environment, as the shell that starts it would.
 */

import { argumentsOf } from "../launch/command-line";
import type { Argument, EnvironmentVariable, Launch, Word } from "../launch/launch";
import { type Origin, partsOfWord } from "../launch/origin";
import { isOpenName } from "../launch/variable-name";
import { say } from "../messages";
import { openPart } from "./open-part";

/** A part that is still unknown. */
export interface Unresolved {
  /** The flag or variable that contains it. */
  readonly owner: string;
  /** The variable that is not set; absent if the part is not a variable. */
  readonly variable?: string;
  /** The part as written. */
  readonly source: string;
  /** Only a shell can evaluate it. */
  readonly needsShell?: boolean;
  /** The name of a variable is unknown, not its value. */
  readonly isName?: boolean;
}

export interface ResolvedLaunch {
  readonly launch: Launch;
  readonly unresolved: readonly Unresolved[];
}

type Lookup = (name: string) => string | undefined;

/**
 * The launch with all known values substituted; variables that the launch sets take precedence over the environment.
 */
export function resolveLaunch(launch: Launch, outer: Lookup): ResolvedLaunch {
  const unresolved: Unresolved[] = [];
  const own = new Map<string, string>();
  const lookup: Lookup = (name) => own.get(name) ?? outer(name);
  const resolver = new Resolver(lookup, unresolved);
  const environment = launch.environment.flatMap((variable): EnvironmentVariable[] => {
    if (isOpenName(variable.name)) unresolved.push({ owner: "env", source: variable.name, isName: true });
    // It is passed on from outside, or set by the container's environment.
    if (variable.value.text === undefined && variable.value.source === "" && !variable.value.parts) {
      const text = outer(variable.name);
      return text === undefined ? [] : [{ ...variable, value: { ...variable.value, text } }];
    }
    const [value] = resolver.words([variable.value], variable.name, false);
    // In `A=1 program $A`, the shell expands `$A` before it sets A.
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

  /** The argument; several if one of its words contains several, with flags among them. */
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

  /** The words with known values; unknown parts are recorded and stay as they are. */
  words(words: readonly Word[], owner: string, maySplit: boolean): Word[] {
    return words.flatMap((word, at): Word[] => {
      if (word.text !== undefined) return [word];
      const { parts: _, splits, ...rest } = word;
      let text = "";
      for (const part of partsOfWord(word)) {
        // The word directly after a flag is its value.
        const mayBeNone = splits === true && (at > 0 || !owner.startsWith("-"));
        const value = part.kind === "text" ? part.text : this.value(part, owner, mayBeNone);
        if (value === undefined) return [word];
        text += value;
      }
      if (!splits || !maySplit) return [{ ...rest, text }];
      return text.split(/\s+/).flatMap((piece) => (piece === "" ? [] : [{ ...rest, text: piece }]));
    });
  }

  /**
   * The value of a part. As in a shell, an unset variable becomes no word if the word may be empty, and a variable that
   * is extended may be unset.
   */
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
