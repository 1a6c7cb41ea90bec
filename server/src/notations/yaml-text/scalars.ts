/**
 * How PyYAML reads a plain scalar, and which word Python's `str()` makes of it.
 * The patterns are those of YAML 1.1 as PyYAML's resolver has them; they differ from the `yaml` package's in
 * places that matter here: `1e3` and `y` are strings, `0o17` is a string, `12:30` is 750.
 */
import type { Span } from "../../launch/launch";
import { doubleQuoted, holdsHidden } from "../../launch/visible-text";

export type Scalar =
  | { readonly kind: "null" }
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

/** A plain (unquoted, untagged) scalar as PyYAML constructs it. */
export function readPlain(source: string): Scalar {
  if (NULL.test(source)) return { kind: "null" };
  if (TRUE.test(source)) return { kind: "boolean", value: true };
  if (FALSE.test(source)) return { kind: "boolean", value: false };
  if (INTEGER.test(source)) return { kind: "integer", word: integerWord(source) };
  if (FLOAT.test(source)) return { kind: "float", word: floatWord(source) };
  if (DATE.test(source)) return { kind: "date", word: dateWord(source) };
  return { kind: "string", word: source };
}

const BOOLEANS: ReadonlySet<string> = new Set(["yes", "true", "on", "no", "false", "off"]);

/**
 * A scalar with one of YAML's own tags, `!!int "8"`, as PyYAML constructs it; `undefined` if it rejects the value or does
 * not know the tag.
 *
 * @param tag the last part of its name: `int`. @param text the text without quotes.
 */
export function readTagged(tag: string, text: string): Scalar | undefined {
  const word = text.toLowerCase();
  switch (tag) {
    case "str":
      return { kind: "string", word: text };
    case "null":
      return { kind: "null" };
    case "bool":
      return BOOLEANS.has(word) ? { kind: "boolean", value: TRUE.test(word) } : undefined;
    case "int":
      return INTEGER.test(text) && /\d/.test(text) ? { kind: "integer", word: integerWord(text) } : undefined;
    case "float":
      return FLOAT.test(text) || /^[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?$/.test(text)
        ? { kind: "float", word: floatWord(text) }
        : undefined;
    case "timestamp":
      return DATE.test(text) ? { kind: "date", word: dateWord(text) } : undefined;
    default:
      return undefined;
  }
}

function integerWord(source: string): string {
  const negative = source.startsWith("-");
  const digits = source.replace(/^[-+]/, "").replaceAll("_", "");
  let value: bigint;
  if (digits.includes(":")) value = sexagesimal(digits);
  else if (/^0[bx]/.test(digits)) value = digits.length > 2 ? BigInt(digits) : 0n;
  else if (digits.length > 1 && digits.startsWith("0")) value = BigInt(`0o${digits.slice(1)}`);
  else value = BigInt(digits);
  return String(negative ? -value : value);
}

function sexagesimal(digits: string): bigint {
  return digits.split(":").reduce((sum, part) => sum * 60n + BigInt(part), 0n);
}

function floatWord(source: string): string {
  const negative = source.startsWith("-");
  const digits = source.replace(/^[-+]/, "").replaceAll("_", "").toLowerCase();
  if (digits === ".inf") return negative ? "-inf" : "inf";
  if (digits === ".nan") return "nan";
  const value = digits.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  return pythonFloat(negative ? -value : value);
}

/** Python's `repr` of a float: shortest digits, `.0` for a whole number, exponent from 1e16 and below 1e-4. */
export function pythonFloat(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
    const power = Number(exponent);
    return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?$/;

/** Python's `str` of the date or datetime of a timestamp. */
function dateWord(source: string): string {
  const match = TIMESTAMP.exec(source);
  if (!match) return source;
  const [
    ,
    year,
    month = "",
    day = "",
    hour = "",
    minute,
    second,
    fraction = "",
    zone,
    sign = "+",
    hours = "0",
    minutes = "00",
  ] = match;
  const two = (digits: string) => digits.padStart(2, "0");
  const micro = fraction.slice(0, 6).padEnd(6, "0");
  const time = `${two(hour)}:${minute}:${second}${micro === "000000" ? "" : `.${micro}`}`;
  const offset = zone === undefined ? "" : `${sign}${two(hours)}:${minutes}`;
  return `${year}-${two(month)}-${two(day)} ${time}${offset}`;
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
