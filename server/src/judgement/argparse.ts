/**
 * What Python's argparse makes of a launch's words: which flag each belongs to, and every fault it would stop at.
 *
 * It follows `ArgumentParser._parse_known_args` of CPython 3.11 (abbreviations on, one parser, no positionals).
 * Argparse stops at the first fault; here reading goes on, so that an editor can show all of them.
 */
import type { Flag, Release } from "../catalogue/types";
import type { Argument, Launch, Word } from "../launch/launch";
import { readsAsInteger, readsAsNumber } from "./python";

/** A flag's words as argparse assigns them. */
export interface Assignment {
  readonly flag: Flag;
  readonly argument: Argument;
  readonly words: readonly Word[];
}

/** Something argparse objects to, or that happens silently and is worth telling. */
export type Fault =
  | { readonly kind: "unknown"; readonly argument: Argument }
  | { readonly kind: "ambiguous"; readonly argument: Argument; readonly names: readonly string[] }
  | { readonly kind: "abbreviated"; readonly argument: Argument; readonly flag: Flag }
  | { readonly kind: "help"; readonly argument: Argument }
  | { readonly kind: "missing"; readonly argument: Argument; readonly flag: Flag; readonly found?: Word }
  | {
      readonly kind: "switchValue";
      readonly argument: Argument;
      readonly flag: Flag;
      readonly words: readonly Word[];
    }
  | {
      readonly kind: "surplus";
      readonly argument: Argument;
      readonly flag: Flag;
      readonly words: readonly Word[];
    }
  | { readonly kind: "type"; readonly argument: Argument; readonly flag: Flag; readonly word: Word }
  | { readonly kind: "choice"; readonly argument: Argument; readonly flag: Flag; readonly word: Word }
  | {
      readonly kind: "repeated";
      readonly argument: Argument;
      readonly flag: Flag;
      readonly earlier: Argument;
    };

export interface ParsedArguments {
  readonly assignments: readonly Assignment[];
  readonly faults: readonly Fault[];
}

/** What a word on the command line is taken for. */
export type Reading =
  | { readonly kind: "value" }
  | { readonly kind: "flag"; readonly flag: Flag; readonly name: string; readonly exact: boolean }
  | { readonly kind: "help" }
  | { readonly kind: "unknown" }
  | { readonly kind: "ambiguous"; readonly names: readonly string[] };

const HELP = ["-h", "--help"];
const NEGATIVE_NUMBER = /^-\d+$|^-\d*\.\d+$/;

/** What argparse takes a word for (`_parse_optional`), before any value is assigned. */
export function readWord(text: string, release: Release): Reading {
  if (!text.startsWith("-")) return { kind: "value" };
  const exact = exactly(text, release);
  if (exact) return exact;
  if (text.length === 1) return { kind: "value" };
  const equals = text.indexOf("=");
  const name = equals < 0 ? text : text.slice(0, equals);
  const beforeEquals = equals < 0 ? undefined : exactly(name, release);
  if (beforeEquals) return beforeEquals;
  const names = namesBeginningWith(name, release);
  const only = names[0];
  if (names.length > 1) return { kind: "ambiguous", names };
  if (only !== undefined) {
    const flag = release.byName.get(only);
    return flag ? { kind: "flag", flag, name: only, exact: false } : { kind: "help" };
  }
  if (NEGATIVE_NUMBER.test(text) || text.includes(" ")) return { kind: "value" };
  return { kind: "unknown" };
}

function exactly(name: string, release: Release): Reading | undefined {
  const flag = release.byName.get(name);
  if (flag) return { kind: "flag", flag, name, exact: true };
  return HELP.includes(name) ? { kind: "help" } : undefined;
}

function namesBeginningWith(prefix: string, release: Release): string[] {
  const names = [...release.byName.keys()].filter((name) => name.startsWith(prefix));
  return [...HELP.filter((name) => name.startsWith(prefix)), ...names];
}

/** Assigns the words of a launch to the flags of a release. */
export function parseArguments(launch: Launch, release: Release): ParsedArguments {
  const assignments = new Map<Flag, Assignment>();
  const faults: Fault[] = [];
  for (const argument of launch.arguments) {
    if (!argument.counts || argument.shape === "unfinished") continue;
    const reading = readWord(argument.flag, release);
    if (argument.shape === "absent") {
      if (reading.kind !== "flag" && reading.kind !== "help") faults.push({ kind: "unknown", argument });
      continue;
    }
    switch (reading.kind) {
      case "flag": {
        const { flag } = reading;
        if (!reading.exact) faults.push({ kind: "abbreviated", argument, flag });
        const { words, fault } = take(argument, flag, release);
        if (fault) faults.push(fault);
        faults.push(...valueFaults(argument, flag, words));
        const earlier = assignments.get(flag);
        if (earlier && flag.repeat === "last") {
          faults.push({ kind: "repeated", argument, flag, earlier: earlier.argument });
        }
        assignments.set(flag, { flag, argument, words });
        break;
      }
      case "help":
        faults.push({ kind: "help", argument });
        break;
      case "ambiguous":
        faults.push({ kind: "ambiguous", argument, names: reading.names });
        break;
      default:
        faults.push({ kind: "unknown", argument });
    }
  }
  return { assignments: [...assignments.values()], faults };
}

/** The words a flag takes of those behind it, and what is wrong with their number. */
function take(
  argument: Argument,
  flag: Flag,
  release: Release,
): { readonly words: readonly Word[]; readonly fault?: Fault } {
  const { words } = argument;
  const first = words[0];
  if (flag.arity === "none") {
    return first ? { words: [], fault: { kind: "switchValue", argument, flag, words } } : { words: [] };
  }
  const end = words.findIndex(({ text }) => text !== undefined && readWord(text, release).kind !== "value");
  const values = end < 0 ? words : words.slice(0, end);
  if (values.length === 0) {
    return { words: [], fault: { kind: "missing", argument, flag, ...(first && { found: first }) } };
  }
  // A YAML key stands once, so a list is how it repeats a flag that collects: one occurrence for each item.
  const repeats = flag.repeat === "append" && argument.shape === "list";
  if (flag.arity === "one" && words.length > 1 && !repeats) {
    return { words: values.slice(0, 1), fault: { kind: "surplus", argument, flag, words: words.slice(1) } };
  }
  return { words: values };
}

function valueFaults(argument: Argument, flag: Flag, words: readonly Word[]): Fault[] {
  const faults: Fault[] = [];
  for (const word of words) {
    if (word.text === undefined) continue;
    if (!converts(word.text, flag)) faults.push({ kind: "type", argument, flag, word });
    else if (flag.choices && !flag.choices.includes(word.text))
      faults.push({ kind: "choice", argument, flag, word });
  }
  return faults;
}

/** Whether the flag's type converts the word; a switch has none to convert. */
export function converts(text: string, flag: Flag): boolean {
  if (flag.kind === "integer") return readsAsInteger(text);
  return flag.kind === "number" ? readsAsNumber(text) : true;
}
