/** Hands the variables that a container is given to the shell text that runs in it. */
import { type EnvironmentVariable, spanFrom } from "../../launch/launch";
import { isVariableName } from "../../launch/variable-name";
import { type Embedded, toFile } from "../embedded";

/** How long a value may be to be put in, in UTF-16 units, where every command of a file may use it. A path has no more. */
const LONGEST_VALUE = 4096;

/**
 * The shell text with assignments of the known variables that it uses in front, as if the script itself had made them.
 * Their characters stand where the file sets the variable, so that a change of the value is made there.
 */
export function withVariables(
  embedded: Embedded,
  environment: readonly EnvironmentVariable[],
  longest = LONGEST_VALUE,
): Embedded {
  const used = environment.filter(
    ({ name, value: { text } }) =>
      text !== undefined && text.length <= longest && isVariableName(name) && uses(embedded.text, name),
  );
  if (used.length === 0) return embedded;
  let text = "";
  const offsets: number[] = [];
  const add = (part: string, place: (at: number) => number) => {
    for (let at = 0; at < part.length; at++) offsets.push(place(at));
    text += part;
  };
  for (const { name, value } of used) {
    const known = value.text ?? "";
    const { start, end } = insideQuotes(value);
    const verbatim = value.source.includes(known) && end - start === known.length;
    add(`${name}='`, () => start);
    for (const [at, char] of known.split("").entries()) {
      add(char === "'" ? "'\\''" : char, () => (verbatim ? start + at : start));
    }
    add("'\n", () => end);
  }
  add(embedded.text, (at) => toFile(embedded, at));
  offsets.push(toFile(embedded, embedded.text.length));
  return { ...embedded, text, offsets };
}

function uses(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const behind = text[at + name.length] ?? "";
    if ((text[at - 1] === "$" || text[at - 1] === "{") && !/\w/.test(behind)) return true;
  }
  return false;
}

function insideQuotes({ span, source }: EnvironmentVariable["value"]) {
  const quoted = source.length > 1 && /^["']/.test(source) && source.at(-1) === source[0];
  return quoted ? spanFrom(span.start + 1, span.end - 1) : span;
}
