/**
 * How PyYAML reads a plain scalar, and which word Python's `str()` makes of it.
 * The patterns are those of YAML 1.1 as PyYAML's resolver has them; they differ from the `yaml` package's in
 * places that matter here: `1e3` and `y` are strings, `0o17` is a string, `12:30` is 750.
 */
import type { Span } from "../../launch/launch";
import { doubleQuoted, holdsHidden } from "../../launch/visible-text";
import { floatWord, integerWord } from "./number-words";
import { timestampWord } from "./timestamps";

export type Scalar =
  | { readonly kind: "null" }
  /** PyYAML takes it for a value of a type, and cannot construct it. */
  | { readonly kind: "refused"; readonly type: "number" | "date" | "tag" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "integer" | "float" | "date" | "string"; readonly word: string };

const NULL = /^(?:~|null|Null|NULL|)$/;
const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INTEGER =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const DATE =
  /^\d{4}-\d\d-\d\d$|^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/;

/** Begins like no value of another type. This test alone decides most scalars. */
const WORD = /^(?![YyNnTtFfOo])[/A-Za-z]/;

/** Maximum number and length of remembered scalars. */
const MOST_KNOWN = 2000;
const LONGEST_KNOWN = 50;
const known = new Map<string, Scalar>();

/** A plain (unquoted, untagged) scalar as PyYAML constructs it. Remembered, because launches repeat their values. */
export function readPlain(source: string): Scalar {
  if (WORD.test(source)) return { kind: "string", word: source };
  let read = known.get(source);
  if (!read) {
    read = typeOf(source);
    if (known.size >= MOST_KNOWN) known.clear();
    if (source.length <= LONGEST_KNOWN) known.set(source, read);
  }
  return read;
}

function typeOf(source: string): Scalar {
  if (NULL.test(source)) return { kind: "null" };
  if (TRUE.test(source)) return { kind: "boolean", value: true };
  if (FALSE.test(source)) return { kind: "boolean", value: false };
  if (INTEGER.test(source)) return constructed("integer", integerWord(source), "number");
  if (FLOAT.test(source)) return constructed("float", floatWord(source), "number");
  if (DATE.test(source)) return constructed("date", timestampWord(source), "date");
  return { kind: "string", word: source };
}

function constructed(
  kind: "integer" | "float" | "date",
  word: string | undefined,
  type: "number" | "date" | "tag",
): Scalar {
  return word === undefined ? { kind: "refused", type } : { kind, word };
}

const BOOLEANS: ReadonlySet<string> = new Set(["yes", "true", "on", "no", "false", "off"]);

/**
 * A scalar with one of YAML's own tags, `!!int "8"`, as PyYAML constructs it; bytes, which `!!binary` makes, are no word.
 *
 * @param tag the last part of its name: `int`. @param text the text without quotes.
 */
export function readTagged(tag: string, text: string): Scalar {
  const word = text.toLowerCase();
  switch (tag) {
    case "str":
      return { kind: "string", word: text };
    case "null":
      return { kind: "null" };
    case "bool":
      return BOOLEANS.has(word)
        ? { kind: "boolean", value: TRUE.test(word) }
        : { kind: "refused", type: "tag" };
    case "int":
      return constructed("integer", integerWord(text), "tag");
    case "float":
      return constructed("float", floatWord(text), "tag");
    case "timestamp":
      return constructed("date", timestampWord(text), "tag");
    default:
      return { kind: "refused", type: "tag" };
  }
}

/** Whether a word needs quotes to reach LightLLM unchanged. */
export function needsQuotes(word: string): boolean {
  if (/^\s|\s$|: |:$| #|^[-?:] |^[-?:]$|^[,[\]{}#&*!|>'"%@`]/.test(word) || holdsHidden(word)) return true;
  // PyYAML reads these as values of special types.
  if (word === "=" || word === "<<") return true;
  const read = readPlain(word);
  return !("word" in read) || read.word !== word;
}

/** A word as a YAML scalar that PyYAML reads back as exactly this word; inside `[ ]` or `{ }` commas are quoted too. */
export function writeScalar(word: string, inFlow = false): string {
  if (!needsQuotes(word) && !(inFlow && /[,[\]{}]/.test(word))) return word;
  return doubleQuoted(word);
}

/** A scalar in its previous quotes, or with as few as YAML allows. */
export function requoted(text: string, span: Span, word: string): string {
  const quote = text[span.start];
  if (quote === "'" && text[span.end - 1] === "'" && !holdsHidden(word))
    return `'${word.replaceAll("'", "''")}'`;
  if (quote === '"' && text[span.end - 1] === '"') return doubleQuoted(word);
  return writeScalar(word, true);
}
