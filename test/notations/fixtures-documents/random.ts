/** Random argument lists, and how a shell and Python may write them. */
import fc from "fast-check";

const FLAGS = ["--tp", "--port", "--model_dir", "--host", "--nccl_host", "--data_type", "--use_x"];

/** Values as people have them, and values that every layer of quoting has to get through. */
const value = fc
  .oneof(
    fc.integer({ min: 0, max: 99999 }).map(String),
    fc.stringMatching(/^[\w./:@=+,][\w./:@=+,-]{0,12}$/),
    fc.string({
      unit: fc.constantFrom(..."ab 8'\"\\#;|&<*?[]()!~^é中\u{1f600}"),
      minLength: 1,
      maxLength: 10,
    }),
  )
  .filter((text) => !/^-/.test(text));

/** The words of a launch. */
export const givenWords = fc
  .array(fc.tuple(fc.constantFrom(...FLAGS), fc.array(value, { maxLength: 2 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((args) => args.flatMap(([flag, values]) => [flag, ...values]));

/** A word as a shell takes it, in one of the ways people write it. */
function forShell(word: string, style: number): string {
  if (/^[\w./:@=+,-]+$/.test(word) && style !== 1) return word;
  if (style === 2 && !/[\\"`$!]/.test(word)) return `"${word}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Words with a way to write each of them in a shell. */
export const shellWords = fc
  .tuple(givenWords, fc.array(fc.nat(2), { minLength: 20, maxLength: 20 }))
  .map(([given, styles]) => ({
    given,
    written: given.map((word, at) => forShell(word, styles[at] ?? 0)),
  }));

/** A Python literal of a text, in one of the ways Python has. */
export function forPython(text: string, style: number): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  switch (style) {
    case 1:
      return `'${escaped.replaceAll("'", "\\'")}'`;
    case 2:
      return /["\\]/.test(text) ? `"${escaped.replaceAll('"', '\\"')}"` : `r"${text}"`;
    case 3:
      return `"""${escaped.replaceAll('"', '\\"')}"""`;
    case 4: {
      const half = Math.floor(text.length / 2);
      return /[\u{10000}-\u{10ffff}]/u.test(text)
        ? forPython(text, 0)
        : `(${forPython(text.slice(0, half), 1)}\n  ${forPython(text.slice(half), 0)})`;
    }
    default:
      return `"${Array.from(escaped.replaceAll('"', '\\"'), (char) => (char.length === 1 && char > "~" ? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}` : char)).join("")}"`;
  }
}
