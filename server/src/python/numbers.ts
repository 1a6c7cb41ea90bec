/** How Python reads a word: the conversions that argparse applies to `type=int` and `type=float`. */

const DIGITS = String.raw`\p{Nd}+(?:_\p{Nd}+)*`;
const INTEGER = new RegExp(`^[+-]?${DIGITS}$`, "u");
const PLAIN_INTEGER = /^-?\d{1,15}$/;
const PLAIN_FLOAT = /^-?\d{1,15}(?:\.\d{1,15})?$/;
const FLOAT = new RegExp(
  String.raw`^[+-]?(?:(?:${DIGITS}\.?(?:${DIGITS})?|\.${DIGITS})(?:[eE][+-]?${DIGITS})?|inf(?:inity)?|nan)$`,
  "iu",
);
/** Characters that Python's `str.strip()` removes, as far as a command line can contain them. */
const SPACE = /^[\s\u0085]+|[\s\u0085]+$/gu;

/** Maximum number of digits that Python 3.11 reads from text (`sys.int_info.default_max_str_digits`). */
const MAX_DIGITS = 4300;

/** Python's `int(text)`: accepts `1_000`, `+3` and `" 7 "`; rejects `8.0` and `1e3`. */
export function readInteger(text: string): bigint | undefined {
  if (PLAIN_INTEGER.test(text)) return BigInt(text);
  const number = text.replace(SPACE, "");
  if (!INTEGER.test(number) || number.replace(/[+_-]/g, "").length > MAX_DIGITS) return undefined;
  const digits = BigInt(inAscii(number).replace(/[+_-]/g, ""));
  return number.startsWith("-") ? -digits : digits;
}

/** Python's `float(text)`: accepts `nan`, `1e3` and `.5`. */
export function readNumber(text: string): number | undefined {
  if (PLAIN_FLOAT.test(text)) return Number(text);
  const number = text.replace(SPACE, "");
  if (!FLOAT.test(number)) return undefined;
  const plain = inAscii(number).replace(/_/g, "").toLowerCase();
  if (plain.endsWith("nan")) return Number.NaN;
  if (plain.includes("inf"))
    return plain.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(plain);
}

/** Converts the decimal digits of any script to ASCII: in Unicode, the ten digits of a script are consecutive. */
function inAscii(number: string): string {
  return number.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    // The mathematical digits are the only place with several sets of ten in a row.
    if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10);
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String((code - zero) % 10);
  });
}
