/** Reads a launch from its file, with everything that other notations can express. */

import type { Directive } from "../launch/directives";
import type { Argument, EnvironmentVariable, Launch, LaunchFile, Word } from "../launch/launch";
import { type Origin, originsOf, partsOfWord } from "../launch/origin";
import { isOpenName, isVariableName, type VariableName } from "../launch/variable-name";
import { isPassable, onOneLine } from "../launch/visible-text";
import { say } from "../messages";
import { commentsOf } from "./comments";
import { invented, type OpenContext, openPart } from "./open-part";
import {
  type ContainerNeeds,
  knownWord,
  type PortableArgument,
  type PortableLaunch,
  type PortablePart,
  type PortableVariable,
  type PortableWord,
} from "./portable";
import { UNNAMED } from "./write/unique-names";

/** How many words a flag takes, `each` if it is repeated for each word; `undefined` if unknown. */
export type Arity = (flag: string) => "none" | "one" | "many" | "each" | undefined;

export interface ReadOptions {
  readonly file: LaunchFile;
  /** The launch's index in the file. */
  readonly index: number;
  /** The directives of the file. */
  readonly directives: readonly Directive[];
  readonly arity: Arity;
  /** The release that the file sets. */
  readonly release?: string | undefined;
  readonly needs?: ContainerNeeds | undefined;
}

/** Reads one launch of a file. Never throws. */
export function readLaunch(options: ReadOptions): PortableLaunch | undefined {
  const { file, index, directives, arity, release, needs } = options;
  const launch = file.launches[index];
  if (!launch) return undefined;
  const comments = commentsOf(file.text, launch, directives, index === 0);
  const reader = new Reader(launch, arity);
  const isOpen = ({ name }: EnvironmentVariable) => isOpenName(name);
  const named = launch.environment.filter(
    (one): one is NamedVariable => isVariableName(one.name) && !isOpen(one),
  );
  // An empty name is still being typed.
  const leftOut = launch.environment
    .filter((one) => !(named as readonly EnvironmentVariable[]).includes(one) && one.name !== "")
    .map((one) => ({ name: one.name, open: isOpen(one) }));
  const given = launch.arguments.filter(({ counts, shape }) => counts && shape !== "absent");
  return {
    ...nameOf(launch),
    ...(launch.deployment && { deployment: launch.deployment }),
    ...(release !== undefined && { release }),
    head: [...comments.head, ...wrapperComments(launch)],
    environment: named.map((one) => ({ ...reader.variable(one), comments: comments.of(one) })),
    arguments: given.flatMap((one) =>
      reader
        .argument(one)
        .map((read, at) => ({ ...read, comments: at === 0 ? comments.of(one) : { above: [] } })),
    ),
    aboutEnvironment: comments.environment,
    ...(needs && { needs }),
    below: [
      ...comments.below,
      ...leftOut.map(({ name, open }) =>
        open
          ? say("conversion.variable-of-template", { name })
          : say("conversion.variable-left-out", { name: onOneLine(name) }),
      ),
    ],
    leftOut,
  };
}

type NamedVariable = EnvironmentVariable & { readonly name: VariableName };

/** Programs that start another program without changing how it runs. */
const CHANGES_NOTHING = new Set(["exec", "env", "command", "time", "eval", "bash", "sh", "zsh", "dash"]);

/**
 * Comment with the programs before LightLLM, such as `numactl --cpunodebind=0`: other notations have no place for them.
 */
function wrapperComments({ invocation, form }: Launch): string[] {
  const wrappers = invocation?.wrappers.filter(({ program }) => !CHANGES_NOTHING.has(program)) ?? [];
  const written = wrappers
    .flatMap(({ words }) =>
      words.map(({ text = "", source }) => (form.kind === "list" ? text || source : source)),
    )
    .join(" ");
  const line = onOneLine(written.replace(/\s+/g, " "));
  return line === "" ? [] : [say("conversion.started-by", { command: line.slice(0, LONGEST_NOTE) })];
}

/** The name in the file, unless it is a default name that the writers use. */
function nameOf({ name, form }: Launch): { readonly name?: string } {
  return name === undefined || (form.kind !== "mapping" && UNNAMED.test(name)) ? {} : { name };
}

type WithoutComments<T> = Omit<T, "comments">;

interface ReadWord {
  readonly word: PortableWord;
  readonly note?: string;
}

/** Maximum number of characters of a note. */
const LONGEST_NOTE = 200;

/** Name for words that belong to no flag. */
const MORE = "extra_arguments";

/** Names unknown values; equal values get the same name throughout a launch. */
class Reader {
  private readonly names = new Map<string, string>();

  constructor(
    private readonly launch: Launch,
    private readonly arity: Arity,
  ) {}

  variable({ name, value }: NamedVariable): WithoutComments<PortableVariable> {
    if (value.text === undefined && value.source === "" && !value.parts) {
      // The environment of the container sets it: a field of the pod, or a variable of the host.
      const part = { kind: "variable", name } as const;
      return { name, value: { parts: [part] }, note: say("conversion.set-outside") };
    }
    const { word, note } = this.word(value, name);
    return { name, value: { parts: word.parts }, ...(note !== undefined && { note }) };
  }

  /** The argument, followed by the words that certainly do not belong to it. */
  argument({ flag, written, words, joined }: Argument): WithoutComments<PortableArgument>[] {
    if (flag === "") return [loose(this.words(words, MORE))];
    const takes = this.arity(flag) ?? "one";
    const first = words.findIndex(({ splits }) => splits);
    // `--tp $TP` without quotes means one word; `--tp 8 $EXTRA_ARGS` ends with more arguments.
    // A key may have a list; a flag that is written as a word of `x-arguments` takes one value.
    const isList = takes === "each" && this.launch.form.kind === "mapping" && flag !== written;
    const most = takes === "each" && !isList ? 1 : words.length;
    const cut = Math.min(
      most,
      takes === "many" || first < 0 ? most : Math.max(first, takes === "none" ? 0 : 1),
    );
    const own = this.words(words.slice(0, cut), flag);
    const rest = this.words(words.slice(cut), MORE);
    const startsLikeFlag = /^-(?!\d*\.?\d+$)/.test(words[0]?.text ?? "");
    const values = own.map(({ word }) => (takes === "many" ? word : { parts: word.parts }));
    const argument = {
      flag,
      values,
      ...(takes === "each" && { collects: true }),
      ...(joined && startsLikeFlag && { joined }),
      ...noteOf(own),
    };
    const found =
      isList && values.length > 0 ? values.map((value) => ({ ...argument, values: [value] })) : [argument];
    return rest.length > 0 ? [...found, loose(rest)] : found;
  }

  private words(words: readonly Word[], owner: string): ReadWord[] {
    return words.map((word) => this.word(word, owner));
  }

  private word(word: Word, owner: string): ReadWord {
    const context: OpenContext = { owner, names: this.names };
    if (word.text !== undefined) {
      if (isPassable(word.text)) return { word: knownWord(word.text), ...this.defaultNote(word) };
      const { part, note } = invented(say("conversion.impassable"), context);
      return { word: { parts: [part] }, note };
    }
    const written = partsOfWord(word);
    const notes = new Set<string>();
    const parts = written.map((part): PortablePart => {
      if (part.kind === "text") return isPassable(part.text) ? part : invented(part.text, context).part;
      const open = openPart(part, context);
      notes.add(
        open.renamed !== undefined && written.length > 1 ? `\${${open.renamed}} ${open.note}` : open.note,
      );
      return open.part;
    });
    const note = this.launch.form.kind === "mapping" ? undefined : [...notes].join("; ");
    return { word: { parts, ...(word.splits && { splits: true }) }, ...(note && { note }) };
  }

  /** Note for `${PORT:-8088}`, which is read as 8088. */
  private defaultNote(word: Word): { readonly note?: string } {
    if (this.launch.form.kind === "mapping") return {};
    const defaults = [...new Set(originsOf(word).flatMap(defaultIn))];
    if (defaults.length === 0) return {};
    const [only] = defaults;
    const isAll = defaults.length === 1 && only?.otherwise === word.text;
    const expressions = defaults
      .map(({ source }) => source)
      .reduce((first, second) => say("conversion.and", { first, second }));
    return { note: say(isAll ? "conversion.is-default" : "conversion.with-default", { expressions }) };
  }
}

type Default = Extract<Origin, { from: "default" }>;

/** The shell expressions with a default in an origin, also through variables. */
function defaultIn(origin: Origin): Default[] {
  if (origin.from === "variable") return origin.value?.flatMap(defaultIn) ?? [];
  return origin.from === "default" && isShort(origin.source) ? [origin] : [];
}

function isShort(source: string): boolean {
  return source.length <= LONGEST_NOTE && !/[\r\n]/.test(source);
}

/** Words that belong to no flag. */
function loose(read: readonly ReadWord[]): WithoutComments<PortableArgument> {
  return { values: read.map(({ word }) => word), ...noteOf(read) };
}

function noteOf(read: readonly ReadWord[]): { readonly note?: string } {
  const notes = [...new Set(read.flatMap(({ note }) => note ?? []))];
  return notes.length > 0 ? { note: notes.join("; ") } : {};
}
