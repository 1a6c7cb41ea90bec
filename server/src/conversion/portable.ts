/** A launch independent of its file and notation: read once, written in any format. */

import type { VariableName } from "../launch/variable-name";

/** A part of a word. */
export type PortablePart =
  | { readonly kind: "text"; readonly text: string }
  /** An environment variable. */
  | { readonly kind: "variable"; readonly name: VariableName }
  /** An expression for a shell, in its syntax: `$(hostname -i)`, `${PORT:-8000}`, `${1}`. */
  | { readonly kind: "shell"; readonly source: string };

export interface PortableWord {
  readonly parts: readonly PortablePart[];
  /** It may become zero, one or several words, such as `$EXTRA_ARGS` without quotes and `"$@"`. */
  readonly splits?: boolean;
}

/** Comments of a flag or a variable, without `#`. */
export interface Comments {
  readonly above: readonly string[];
  readonly trailing?: string;
}

export interface PortableArgument {
  /** With dashes; absent for words that belong to no flag. */
  readonly flag?: string;
  readonly values: readonly PortableWord[];
  /** Whether the flag may be repeated to add values. */
  readonly collects?: boolean;
  /** Whether flag and value must be one word, as in `--flag=--value`. */
  readonly joined?: boolean;
  readonly comments: Comments;
  /** A note about the origin of unknown values. */
  readonly note?: string;
}

export interface PortableVariable {
  readonly name: VariableName;
  readonly value: PortableWord;
  readonly comments: Comments;
  readonly note?: string;
}

export interface PortableLaunch {
  /** Its name in the file: `x-name` of a config, the name of a service or container. */
  readonly name?: string;
  /** The name of its deployment that the file gives in a key. */
  readonly deployment?: string;
  /** The release that the file sets for it. */
  readonly release?: string;
  readonly head: readonly string[];
  readonly environment: readonly PortableVariable[];
  /** Comments about the environment as a whole. */
  readonly aboutEnvironment: readonly string[];
  readonly arguments: readonly PortableArgument[];
  readonly below: readonly string[];
  /** Variables that are never written, because their names are invalid or unknown; as in the file. */
  readonly leftOut: readonly LeftOut[];
  /** What a container needs to run it. */
  readonly needs?: ContainerNeeds;
}

/** A variable that is not converted. */
export interface LeftOut {
  readonly name: string;
  /** True if the name is known only when the launch runs; false if it is invalid. */
  readonly open: boolean;
}

/** What a container needs in addition to the command, as far as it is known. */
export interface ContainerNeeds {
  /** Port of the server. */
  readonly port?: number;
  /** The address that it listens on, if that is not every address: a loopback, or an address of one machine. */
  readonly address?: { readonly host: string; readonly isLoopback: boolean };
  /** Number of GPUs that the launch uses on its node. */
  readonly gpus?: number;
  /** Absolute paths that LightLLM reads, the same inside and outside the container. */
  readonly folders: readonly string[];
  /** In GiB. */
  readonly sharedMemory: number;
  /** What the launch names of the machine that runs it; empty if it runs in a container already. */
  readonly machine: NamedOfMachine;
}

/** Flags and variables with values that mean something on one machine only, as they are written: `--quant_cfg q.yaml`. */
export interface NamedOfMachine {
  /** Absolute paths that no mount of the conversion has. */
  readonly paths: readonly string[];
  /** Paths from the folder in which the launch is started. */
  readonly relativePaths: readonly string[];
  /** Names of network devices. */
  readonly networkDevices: readonly string[];
}

/** A word whose text is completely known. */
export function knownWord(text: string): PortableWord {
  return { parts: text === "" ? [] : [{ kind: "text", text }] };
}

/** The text of a word; `undefined` if a part is unknown. */
export function knownText({ parts, splits }: PortableWord): string | undefined {
  if (splits) return undefined;
  let text = "";
  for (const part of parts) {
    if (part.kind !== "text") return undefined;
    text += part.text;
  }
  return text;
}

/** The words of an argument on the command line, the flag included. */
export function argumentWords({ flag, values, joined }: PortableArgument): PortableWord[] {
  if (flag === undefined) return [...values];
  const [first, ...rest] = values;
  if (!joined || !first) return [knownWord(flag), ...values];
  return [{ ...first, parts: [{ kind: "text", text: `${flag}=` }, ...first.parts] }, ...rest];
}

/** The environment as a list of variables; comments about the whole environment move to the first variable. */
export function variablesOf({ environment, aboutEnvironment }: PortableLaunch): PortableVariable[] {
  return environment.map((variable, at) => {
    if (at > 0 || aboutEnvironment.length === 0) return variable;
    const { above, trailing } = variable.comments;
    const gap = above.length > 0 ? [""] : [];
    return {
      ...variable,
      comments: { above: [...aboutEnvironment, ...gap, ...above], ...(trailing && { trailing }) },
    };
  });
}

/** Whether only a shell can produce the words: an expression of a shell, or a word that may become several. */
export function needsShell({ arguments: given, environment }: PortableLaunch): boolean {
  const words = [...given.flatMap(({ values }) => values), ...environment.map(({ value }) => value)];
  return words.some(({ parts, splits }) => splits || parts.some(({ kind }) => kind === "shell"));
}

/** Replaces variables that the launch sets itself by their values, because containers do the same. */
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
