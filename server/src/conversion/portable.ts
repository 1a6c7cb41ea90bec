/** A launch free of the file and the language it was written in: what is read once, and written in any notation. */

import type { VariableName } from "../launch/variable-name";

/** A stretch of a word. */
export type PortablePart =
  | { readonly kind: "text"; readonly text: string }
  /** A variable that is taken from the environment: `NAME`. */
  | { readonly kind: "variable"; readonly name: VariableName }
  /** What only a shell can tell, as it writes it: `$(hostname -i)`, `${PORT:-8000}`, `${1}`. */
  | { readonly kind: "shell"; readonly source: string };

export interface PortableWord {
  readonly parts: readonly PortablePart[];
  /** It may become no word, one, or several, as `$EXTRA_ARGS` without quotes and `"$@"`. */
  readonly splits?: boolean;
}

/** What people wrote beside a flag or a variable, without the `#`. */
export interface Comments {
  readonly above: readonly string[];
  readonly behind?: string;
}

export interface PortableArgument {
  /** With its dashes; absent for words that belong to no flag. */
  readonly flag?: string;
  readonly values: readonly PortableWord[];
  /** Whether the flag may stand several times, each time for one more value. */
  readonly collects?: boolean;
  /** Whether flag and value must be one word, as in `--flag=--value`. */
  readonly joined?: boolean;
  readonly comments: Comments;
  /** What a reader should know of the values: where what is not known comes from. */
  readonly note?: string;
}

export interface PortableVariable {
  readonly name: VariableName;
  readonly value: PortableWord;
  readonly comments: Comments;
  readonly note?: string;
}

export interface PortableLaunch {
  /** What the file calls it: `x-name` of a config, the name of a service or a container. */
  readonly name?: string;
  /** The release that the file itself names for it. */
  readonly release?: string;
  readonly head: readonly string[];
  readonly environment: readonly PortableVariable[];
  /** About the environment as a whole. */
  readonly aboutEnvironment: readonly string[];
  readonly arguments: readonly PortableArgument[];
  readonly below: readonly string[];
  /** The variables that are written nowhere, since their names are none or not known, as the file has them. */
  readonly leftOut: readonly LeftOut[];
  /** What a container must have to run it. */
  readonly needs?: ContainerNeeds;
}

/** A variable that is not carried over. */
export interface LeftOut {
  readonly name: string;
  /** Whether the name is only known when the launch runs; what is no name otherwise. */
  readonly open: boolean;
}

/** What a container needs beside the command, as far as it is known. */
export interface ContainerNeeds {
  /** Where the server listens. */
  readonly port?: number;
  /** How many GPUs the launch takes on its node. */
  readonly gpus?: number;
  /** Absolute paths that are read, the same inside as outside. */
  readonly folders: readonly string[];
  /** In GiB. */
  readonly sharedMemory: number;
}

/** A word of which all is known. */
export function knownWord(text: string): PortableWord {
  return { parts: text === "" ? [] : [{ kind: "text", text }] };
}

/** The text of a word; nothing where a part of it is not known. */
export function knownText({ parts, splits }: PortableWord): string | undefined {
  if (splits) return undefined;
  let text = "";
  for (const part of parts) {
    if (part.kind !== "text") return undefined;
    text += part.text;
  }
  return text;
}

/** The words of an argument as the command line has them, the flag among them. */
export function wordsOf({ flag, values, joined }: PortableArgument): PortableWord[] {
  if (flag === undefined) return [...values];
  const [first, ...rest] = values;
  if (!joined || !first) return [knownWord(flag), ...values];
  return [{ ...first, parts: [{ kind: "text", text: `${flag}=` }, ...first.parts] }, ...rest];
}

/** The environment where it has no place of its own: what is said of the whole stands above the first variable. */
export function variablesOf({ environment, aboutEnvironment }: PortableLaunch): PortableVariable[] {
  return environment.map((variable, at) => {
    if (at > 0 || aboutEnvironment.length === 0) return variable;
    const { above, behind } = variable.comments;
    const gap = above.length > 0 ? [""] : [];
    return {
      ...variable,
      comments: { above: [...aboutEnvironment, ...gap, ...above], ...(behind && { behind }) },
    };
  });
}

/** Whether only a shell can make the words: one of them falls apart, or holds what a shell works out. */
export function needsShell({ arguments: given, environment }: PortableLaunch): boolean {
  const words = [...given.flatMap(({ values }) => values), ...environment.map(({ value }) => value)];
  return words.some(({ parts, splits }) => splits || parts.some(({ kind }) => kind === "shell"));
}

/** The launch with the variables that its own environment sets put into its words, as every container does. */
export function withOwnVariables(launch: PortableLaunch): PortableLaunch {
  const known = new Map<string, string>();
  const filled = (word: PortableWord): PortableWord => ({
    ...word,
    parts: word.parts.map((part) => {
      const text = part.kind === "variable" ? known.get(part.name) : undefined;
      return text === undefined ? part : { kind: "text", text };
    }),
  });
  const environment = launch.environment.map((variable) => {
    const value = filled(variable.value);
    const text = knownText(value);
    if (text !== undefined) known.set(variable.name, text);
    return { ...variable, value };
  });
  const given = launch.arguments.map((one) => ({ ...one, values: one.values.map(filled) }));
  return { ...launch, environment, arguments: given };
}
