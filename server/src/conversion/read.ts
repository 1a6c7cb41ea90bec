/** Reads a launch out of its file, with everything that another notation can say too. */
import type { Argument, EnvironmentVariable, Launch, LaunchFile, Span, Word } from "../launch/launch";
import { isOpenName, isVariableName, type VariableName } from "../launch/variable-name";
import { isPassable, onOneLine } from "../launch/visible-text";
import { commentsOf } from "./comments";
import { invented, type OpenContext, type OpenReader, openPart, readerOf } from "./open-part";
import {
  type ContainerNeeds,
  knownWord,
  type PortableArgument,
  type PortableLaunch,
  type PortablePart,
  type PortableVariable,
  type PortableWord,
} from "./portable";
import { UNNAMED } from "./write/names";

/** How many words a flag takes, `each` for one that stands once for each; nothing where that is not known. */
export type Arity = (flag: string) => "none" | "one" | "many" | "each" | undefined;

export interface ReadOptions {
  readonly file: LaunchFile;
  /** The launch's number in the file. */
  readonly index: number;
  readonly arity: Arity;
  /** The release that the file itself names. */
  readonly release?: string | undefined;
  readonly needs?: ContainerNeeds | undefined;
}

/** Reads one launch of a file. Never throws. */
export function readLaunch({ file, index, arity, release, needs }: ReadOptions): PortableLaunch | undefined {
  const launch = file.launches[index];
  if (!launch) return undefined;
  const comments = commentsOf(file.text, launch, index === 0);
  const reader = new Reader(file.text, launch, arity);
  const written = ({ start, end }: Span) => file.text.slice(start, end);
  const isOpen = ({ name, nameSpan }: EnvironmentVariable) =>
    isOpenName(name) || isOpenName(written(nameSpan));
  const named = launch.environment.filter(
    (one): one is NamedVariable => isVariableName(one.name) && !isOpen(one),
  );
  // A name that is still to be typed is none yet.
  const leftOut = launch.environment
    .filter((one) => !(named as readonly EnvironmentVariable[]).includes(one) && one.name !== "")
    .map((one) => ({ name: isOpen(one) ? written(one.nameSpan) : one.name, open: isOpen(one) }));
  const given = launch.arguments.filter(({ counts, shape }) => counts && shape !== "absent");
  return {
    ...nameOf(launch),
    ...(release !== undefined && { release }),
    head: [...comments.head, ...startedBehind(file.text, launch)],
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
          ? `env: ${name} is set by a template`
          : `env: ${onOneLine(name)} is no name of a variable, and is left out`,
      ),
    ],
    leftOut,
  };
}

type NamedVariable = EnvironmentVariable & { readonly name: VariableName };

/** The interpreter, whatever it is called, with its options in front of LightLLM's module or file. */
const INTERPRETER = /(?:^|\s)(?:\S+(?:\s+-\S+)*\s+-m|\S*python[\d.]*["']?(?:\s+-\S+)*)\s*$/;
const ASSIGNMENTS =
  /^(?:(?:exec|env|command|time)\s+|[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\$\([^)]*\)|[^\s"'])*\s+)*/;

/** What stands in front of the program, as `numactl --cpunodebind=0`: no other notation has a place for it, so it is told. */
function startedBehind(text: string, { form, head, span }: Launch): string[] {
  if (form.kind !== "shell" || !head || head.start < span.start) return [];
  const inFront = text.slice(span.start, head.start).replace(/(?:\\\r?\n|[ \t])+/g, " ");
  // What is put together of several places has no front.
  if (inFront.includes("\n")) return [];
  const wrapper = `${inFront.trimStart().replace(INTERPRETER, "")} `.replace(ASSIGNMENTS, "").trim();
  return wrapper === "" ? [] : [`Was started behind: ${wrapper.slice(0, LONGEST_NOTE)}`];
}

/** The name that the file gives, unless it is the one that is written for none. */
function nameOf({ name, notation }: Launch): { readonly name?: string } {
  return name === undefined || (notation !== "yaml" && UNNAMED.test(name)) ? {} : { name };
}

type WithoutComments<T> = Omit<T, "comments">;

interface ReadWord {
  readonly word: PortableWord;
  readonly note?: string;
}

/** Beyond this many characters nobody looks for what a value is the default of, and nobody reads a note. */
const LONGEST_NAME = 80;
const LONGEST_NOTE = 200;

/** What words that belong to no flag are named by. */
const MORE = "extra_arguments";

/** Names what is not known, the same thing the same throughout a launch. */
class Reader {
  private readonly names = new Map<string, string>();

  constructor(
    private readonly text: string,
    private readonly launch: Launch,
    private readonly arity: Arity,
  ) {}

  variable({ name, value, place }: NamedVariable): WithoutComments<PortableVariable> {
    if (value.text === undefined && value.source === "" && !value.parts) {
      // Set by whoever starts the container: a field of the pod, the environment of the host.
      const part = { kind: "variable", name } as const;
      return { name, value: { parts: [part] }, note: "set from outside" };
    }
    const { word, note } = this.word(value, name, readerOf(this.launch, place ?? "nowhere"));
    return { name, value: { parts: word.parts }, ...(note !== undefined && { note }) };
  }

  /** The argument, and behind it the words that surely are not its own. */
  argument({ flag, words, joined }: Argument): WithoutComments<PortableArgument>[] {
    if (flag === "") return [loose(this.words(words, MORE))];
    const takes = this.arity(flag) ?? "one";
    const first = words.findIndex(({ splits }) => splits);
    // `--tp $TP` without quotes means one word; `--tp 8 $EXTRA_ARGS` ends with more of the command line.
    const isList = takes === "each" && this.launch.form.kind === "mapping";
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

  private word(word: Word, owner: string, reader: OpenReader = readerOf(this.launch)): ReadWord {
    const context: OpenContext = {
      notation: this.launch.notation,
      reader,
      owner,
      names: this.names,
      setsItself: (name) => setsVariable(this.text, name),
    };
    if (word.text !== undefined) {
      if (isPassable(word.text)) return { word: knownWord(word.text), ...this.defaultNote(word) };
      const { part, note } = invented("a text with characters that no command line can hold", context);
      return { word: { parts: [part] }, note };
    }
    const written = word.parts ?? [{ kind: "open", source: this.text.slice(word.span.start, word.span.end) }];
    const notes = new Set<string>();
    const parts = written.flatMap((part): PortablePart[] => {
      if (part.kind === "text") return isPassable(part.text) ? [part] : [invented(part.text, context).part];
      if (part.source.startsWith("~")) return homeIn(part.source, context, notes);
      const open = openPart(this.asWritten(part), context);
      notes.add(
        open.renamed !== undefined && written.length > 1 ? `\${${open.renamed}} ${open.note}` : open.note,
      );
      return [open.part];
    });
    const note = this.launch.notation === "yaml" ? undefined : [...notes].join("; ");
    return { word: { parts, ...(word.splits && { splits: true }) }, ...(note && { note }) };
  }

  /** A template is read as something that the shell will know; the file tells what it is. */
  private asWritten({ source, span }: Extract<NonNullable<Word["parts"]>[number], { kind: "open" }>): string {
    const written = span && this.text.slice(span.start, span.end);
    return written !== undefined && /^(?:\{\{|\{%|<[^(])/.test(written) ? written : source;
  }

  /** `${PORT:-8088}` is read as 8088. */
  private defaultNote({ span }: Word): { readonly note?: string } {
    const opening = this.text.slice(Math.max(0, span.start - LONGEST_NAME), span.start);
    const length = /\$\{[A-Za-z_]\w*:?[-=]["']?$/.exec(opening)?.[0].length;
    if (length === undefined || this.launch.notation === "yaml") return {};
    const whole = /^[^}\n]*\}/.exec(this.text.slice(span.start - length, span.start + LONGEST_NOTE))?.[0];
    return whole === undefined ? {} : { note: `the default of ${whole}` };
  }
}

/** `~/models` is `${HOME}/models`. */
function homeIn(source: string, context: OpenContext, notes: Set<string>): PortablePart[] {
  const rest = /^~(?=\/|$)/.test(source) ? source.slice(1) : undefined;
  const { part, note } = openPart(rest === undefined ? source : "$HOME", context);
  notes.add(note);
  return rest ? [part, { kind: "text", text: rest }] : [part];
}

/** Words that belong to no flag. */
function loose(read: readonly ReadWord[]): WithoutComments<PortableArgument> {
  return { values: read.map(({ word }) => word), ...noteOf(read) };
}

function noteOf(read: readonly ReadWord[]): { readonly note?: string } {
  const notes = [...new Set(read.flatMap(({ note }) => note ?? []))];
  return notes.length > 0 ? { note: notes.join("; ") } : {};
}

/** Whether a script gives a variable its value: by an assignment, in a loop, or from its input. */
function setsVariable(text: string, name: string): boolean {
  const assigned = `(?:^|[\\s;({])${name}(?:\\[[^\\]\\n]*\\])?\\+?=`;
  return new RegExp(
    `${assigned}|\\b(?:for|select)\\s+${name}\\b|\\b(?:read|mapfile|readarray)\\b[^\\n;|]*\\b${name}\\b`,
  ).test(text);
}
