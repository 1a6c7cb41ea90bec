/** How Python reads a word: the conversions that argparse applies to `type=int` and `type=float`. */

const DIGITS = String.raw`\p{Nd}+(?:_\p{Nd}+)*`;
const INTEGER = new RegExp(`^[+-]?${DIGITS}$`, "u");
const FLOAT = new RegExp(
  String.raw`^[+-]?(?:(?:${DIGITS}\.?(?:${DIGITS})?|\.${DIGITS})(?:[eE][+-]?${DIGITS})?|inf(?:inity)?|nan)$`,
  "iu",
);
/** What Python's `str.strip()` removes, as far as a command line can hold it. */
const SPACE = /^[\s\u0085]+|[\s\u0085]+$/gu;

/** Python 3.11 reads no longer number from text (`sys.int_info.default_max_str_digits`). */
const MAX_DIGITS = 4300;

/** Whether Python's `int(text)` succeeds: `1_000`, `+3` and `" 7 "` do, `8.0` and `1e3` do not. */
export function readsAsInteger(text: string): boolean {
  const number = text.replace(SPACE, "");
  return INTEGER.test(number) && number.replace(/[+_-]/g, "").length <= MAX_DIGITS;
}

/** Whether Python's `float(text)` succeeds: `nan`, `1e3` and `.5` do. */
export function readsAsNumber(text: string): boolean {
  return FLOAT.test(text.replace(SPACE, ""));
}
