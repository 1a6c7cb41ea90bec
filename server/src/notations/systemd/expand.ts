/** Substitutes specifiers and variables in the words of a command line, like systemd without a shell. */
import type { CommandWord } from "../../launch/command-line";
import type { WordPart } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import { type Embedded, HOLE } from "../embedded";
import type { ServiceEnvironment } from "./service-environment";
import { specifiersIn } from "./specifiers";
import { splitValue, type UnitWord } from "./unit-words";

/** `${NAME}`, or `$$` for a literal dollar. */
const REFERENCE = /\$(?:\$|\{([^}]*)\})/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The variable's name if a word is exactly `$NAME`, whose value is split into words. */
export function splittingName({ text }: Pick<UnitWord, "text">): string | undefined {
  return /^\$(?![{$])/.test(text) && text.length > 1 ? text.slice(1) : undefined;
}

/** The names of the variables that a word refers to, each once. */
export function referencedNames(word: Pick<UnitWord, "text">): readonly string[] {
  const splitting = splittingName(word);
  const names = splitting === undefined ? [] : [splitting];
  for (const [, name] of word.text.matchAll(/\$\$|\$\{([^}]*)\}/g)) if (name !== undefined) names.push(name);
  return [...new Set(names)].filter((name) => NAME.test(name));
}

/**
 * The words that a program receives for a written one.
 *
 * @param environment the variables to substitute; undefined if the command line turns this off with `:`.
 */
export function expandedWords(word: UnitWord, environment: ServiceEnvironment | undefined): CommandWord[] {
  const { span, source } = word;
  const name = environment && splittingName(word);
  if (name !== undefined) {
    const value = environment?.value(name);
    const origin: Origin = { from: "variable", name, source: word.text, span };
    if (value === undefined || value === "unknown")
      return [{ text: undefined, span, source, splits: true, parts: [{ kind: "open", ...origin }] }];
    const origins = [{ ...origin, assigned: value.assigned }];
    return splitValue(value.text).map((text) => ({ text, span, source, origins }));
  }
  const { parts, origins } = filled(word.text, environment);
  const [only] = parts;
  if (parts.every((part) => part.kind === "text")) {
    const text = parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
    return [{ text, span, source, ...(origins.length > 0 && { origins }) }];
  }
  return [{ text: undefined, span, source, parts, ...(only?.kind === "text" && { knownStart: only.text }) }];
}

interface Filled {
  readonly parts: readonly WordPart[];
  /** Origins of known values. */
  readonly origins: readonly Origin[];
}

function filled(text: string, environment: ServiceEnvironment | undefined): Filled {
  const parts: WordPart[] = [];
  const origins: Origin[] = [];
  const add = (part: WordPart) => {
    const last = parts.at(-1);
    if (part.kind === "text" && last?.kind === "text")
      parts[parts.length - 1] = { kind: "text", text: last.text + part.text };
    else if (part.kind !== "text" || part.text !== "") parts.push(part);
  };
  for (const part of specifiersIn(text)) {
    if (part.kind === "open" || !environment) add(part);
    else for (const one of referencesIn(part.text, environment, origins)) add(one);
  }
  return { parts: parts.length > 0 ? parts : [{ kind: "text", text: "" }], origins };
}

/** The parts of a text with `${NAME}` substituted; adds the origins of known values to `origins`. */
function referencesIn(text: string, environment: ServiceEnvironment, origins: Origin[]): WordPart[] {
  const parts: WordPart[] = [];
  for (let rest = text; rest !== ""; ) {
    const found = REFERENCE.exec(rest);
    if (!found) {
      parts.push({ kind: "text", text: rest });
      break;
    }
    const [source, name] = found;
    parts.push({ kind: "text", text: rest.slice(0, found.index) });
    rest = rest.slice(found.index + source.length);
    if (name === undefined) parts.push({ kind: "text", text: "$" });
    else {
      const value = environment.value(name);
      if (value !== undefined && value !== "unknown") {
        parts.push({ kind: "text", text: value.text });
        origins.push({ from: "variable", name, source, assigned: value.assigned });
      } else if (NAME.test(name)) parts.push({ kind: "open", from: "variable", name, source });
      else parts.push({ kind: "open", from: "expression", language: "template", source });
    }
  }
  return parts;
}

/** The text that a shell receives for a word, with the place of each character in the file. */
export function shellTextOf(word: UnitWord, environment: ServiceEnvironment | undefined): Embedded {
  let text = "";
  const offsets: number[] = [];
  const holes = new Map<number, Origin>();
  const known = new Map<number, Origin>();
  const token = /%[%a-zA-Z]|\$\$|\$\{[^}]*\}/y;
  for (let at = 0; at < word.text.length; ) {
    token.lastIndex = at;
    const source = token.exec(word.text)?.[0] ?? word.text[at] ?? "";
    const place = word.offsets[at] ?? word.span.end;
    const { parts, origins } = source.length > 1 ? filled(source, environment) : verbatimPart(source);
    const [origin] = origins;
    for (const part of parts) {
      const written = part.kind === "text" ? part.text : HOLE;
      if (part.kind === "open") holes.set(place, part);
      else if (origin) known.set(place, origin);
      for (let index = 0; index < written.length; index++) offsets.push(place);
      text += written;
    }
    at += source.length;
  }
  const quoting = word.quote === "'" ? "unit-single" : "unit-double";
  return {
    text,
    offsets: [...offsets, word.offsets.at(-1) ?? word.span.end],
    quoting: word.quote === "" ? [] : [quoting],
    ...(holes.size > 0 && { holes }),
    ...(known.size > 0 && { known }),
  };
}

function verbatimPart(text: string): Filled {
  return { parts: [{ kind: "text", text }], origins: [] };
}
