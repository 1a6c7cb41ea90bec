/** The variables that `ENV` and `ARG` set. */
import type { Allowance } from "../../launch/bounds";
import { type EnvironmentVariable, spanFrom } from "../../launch/launch";
import { type Embedded, toFile } from "../embedded";
import { referencesIn } from "../references";
import type { Instruction } from "./instructions";

/** Any name is taken, as Docker takes it: whether it is one is for a rule to say. */
const NAME = /^((?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\\\S|[^\s"'\\=])+)(=|\s+|$)/;
/** A word of `NAME=value`: quoted parts and escaped characters keep their white space. */
const WORD = /^(?:"(?:\\.|[^"\\])*"?|'[^']*'?|\\.|[^\s"'\\])*/s;

/** What values may refer to: the variables set before, and how much they may still become. */
export interface Known {
  textOf(name: string): string | undefined;
  readonly allowance: Allowance;
}

/** The variables of an `ENV` or `ARG` instruction. */
export function variablesOf(
  file: string,
  body: Embedded,
  keyword: "ENV" | "ARG",
  known: Known,
): EnvironmentVariable[] {
  const { text } = body;
  const found: EnvironmentVariable[] = [];
  let at = /^\s*/.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    const match = NAME.exec(text.slice(at));
    const name = match?.[1];
    if (name === undefined) break;
    const nameSpan = spanFrom(toFile(body, at), toFile(body, at + name.length - 1) + 1);
    const assigned = match?.[2] === "=";
    // `ENV NAME some words` sets one variable to the rest of the line; `ARG NAME` leaves it to the builder.
    const toLineEnd = !assigned && keyword === "ENV";
    const start = assigned || toLineEnd ? at + (match?.[0].length ?? 0) : at + name.length;
    const rest = text.slice(start);
    const length = assigned ? (WORD.exec(rest)?.[0].length ?? 0) : toLineEnd ? rest.trimEnd().length : 0;
    const end = start + length;
    const span = spanFrom(toFile(body, start), end > start ? toFile(body, end - 1) + 1 : toFile(body, start));
    const given = assigned || toLineEnd;
    const written = text.slice(start, end);
    const value = given ? expand(assigned ? unquoted(written) : [[written, true]], known) : undefined;
    const parts =
      given && value === undefined ? { parts: referencesIn(written.replace(/^(["'])(.*)\1$/s, "$2")) } : {};
    const source = file.slice(span.start, span.end);
    found.push({ name: nameIn(name), nameSpan, value: { text: value, span, source, ...parts } });
    at = end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
  }
  return found;
}

/** A name without the quotes around it. */
function nameIn(written: string): string {
  return written.replace(/^(["'])(.*)\1$/s, "$2");
}

/** The variables of an `ENV` instruction with their places in it. */
export function placedIn(
  { span: whole, escapeChar }: Pick<Instruction, "span" | "escapeChar">,
  variables: readonly EnvironmentVariable[],
  file: string,
): EnvironmentVariable[] {
  return variables.map((variable, at): EnvironmentVariable => {
    const { nameSpan, value } = variable;
    const before = variables[at - 1]?.value.span.end;
    const behind = variables[at + 1]?.nameSpan.start;
    const assigned = file[nameSpan.end] === "=";
    return {
      ...variable,
      place: {
        form: { kind: "instruction", assigned, escapeChar },
        span: spanFrom(nameSpan.start, value.span.end),
        ...(before !== undefined && { before }),
        ...(behind !== undefined && { behind }),
        ...(variables.length === 1 && { whole }),
      },
    };
  });
}

/** A stretch of a value, and whether variables count in it. */
type Part = readonly [text: string, expands: boolean];

function unquoted(written: string): Part[] {
  const parts: Part[] = [];
  for (const [part] of written.matchAll(/"(?:\\.|[^"\\])*"?|'[^']*'?|\\.|[^"'\\]+/gs)) {
    if (part.startsWith("'"))
      parts.push([part.slice(1, part.length > 1 && part.endsWith("'") ? -1 : undefined), false]);
    else if (part.startsWith("\\")) parts.push([part.slice(1), false]);
    else if (part.startsWith('"')) {
      const inside = part.slice(1, part.length > 1 && part.endsWith('"') ? -1 : undefined);
      for (const [piece] of inside.matchAll(/\\["\\$]|[^\\]+|\\/g))
        parts.push(piece.length > 1 && piece.startsWith("\\") ? [piece.slice(1), false] : [piece, true]);
    } else parts.push([part, true]);
  }
  return parts;
}

/** The value with the variables before it put in; nothing where one of them is not known, or it becomes too long. */
function expand(parts: readonly Part[], { textOf, allowance }: Known): string | undefined {
  let value = "";
  for (const [text, expands] of parts) {
    let unknown = false;
    value += expands
      ? text.replace(
          /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::-([^}$]*))?\}|\{|\()/g,
          (_, bare?: string, braced?: string, otherwise?: string) => {
            const found = unknown ? undefined : (textOf(bare ?? braced ?? "") ?? otherwise);
            unknown ||= found === undefined || !allowance.allows(found.length);
            return unknown ? "" : (found ?? "");
          },
        )
      : text;
    if (unknown) return undefined;
  }
  return value;
}
