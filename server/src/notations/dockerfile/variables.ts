/** The variables that `ENV` and `ARG` set. */
import type { Allowance } from "../../launch/bounds";
import { type EnvironmentVariable, type Span, spanFrom, type Word } from "../../launch/launch";
import type { Origin } from "../../launch/origin";
import { type Embedded, toFile } from "../embedded";
import { referencesIn } from "../references";
import type { Instruction } from "./instructions";

/** Any name that Docker accepts; a rule reports invalid names. */
const NAME = /^((?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\\\S|[^\s"'\\=])+)(=|\s+|$)/;
/** The value in `NAME=value`: quoted parts and escaped characters keep their white space. */
const WORD = /^(?:"(?:\\.|[^"\\])*"?|'[^']*'?|\\.|[^\s"'\\])*/s;

/** Context of values: the variables set before, and the budget for substitutions. */
export interface Known {
  variable(name: string): EnvironmentVariable | undefined;
  readonly allowance: Allowance;
}

/** The variables of an `ENV` or `ARG` instruction. */
export function instructionVariables(
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
    // `ENV NAME some words` sets one variable to the rest of the line; `ARG NAME` and `ARG NAME=` are set by the
    // builder.
    const toLineEnd = !assigned && keyword === "ENV";
    const start = assigned || toLineEnd ? at + (match?.[0].length ?? 0) : at + name.length;
    const rest = text.slice(start);
    const length = assigned ? (WORD.exec(rest)?.[0].length ?? 0) : toLineEnd ? rest.trimEnd().length : 0;
    const end = start + length;
    const span = spanFrom(toFile(body, start), end > start ? toFile(body, end - 1) + 1 : toFile(body, start));
    const written = text.slice(start, end);
    const given = keyword === "ENV" ? assigned || toLineEnd : !/^(?:""|'')?$/.test(written);
    const value = given ? expand(assigned ? unquoted(written) : [[written, true]], known) : UNKNOWN;
    const inside = written.replace(/^(["'])(.*)\1$/s, "$2");
    const parts =
      given && value.text === undefined && !OF_PARAMETER.test(inside)
        ? { parts: referencesIn(inside, { assigned: (one) => placeOf(known.variable(one)) }) }
        : {};
    const source = file.slice(span.start, span.end);
    found.push({ name: nameIn(name), nameSpan, value: { ...value, span, source, ...parts } });
    at = end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
  }
  return found;
}

/** A name without quotes. */
function nameIn(written: string): string {
  return written.replace(/^(["'])(.*)\1$/s, "$2");
}

/** The variables of an `ENV` instruction with their places. */
export function placedIn(
  { span: whole, escapeChar }: Pick<Instruction, "span" | "escapeChar">,
  variables: readonly EnvironmentVariable[],
  file: string,
): EnvironmentVariable[] {
  return variables.map((variable, at): EnvironmentVariable => {
    const { nameSpan, value } = variable;
    const previousEnd = variables[at - 1]?.value.span.end;
    const nextStart = variables[at + 1]?.nameSpan.start;
    const assigned = file[nameSpan.end] === "=";
    return {
      ...variable,
      place: {
        form: { kind: "instruction", assigned, escapeChar },
        span: spanFrom(nameSpan.start, value.span.end),
        ...(previousEnd !== undefined && { previousEnd }),
        ...(nextStart !== undefined && { nextStart }),
        ...(variables.length === 1 && { whole }),
      },
    };
  });
}

/** A part of a value, and whether variables are substituted in it. */
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

/** A value as far as it is known, with the origins of substituted parts. */
type Expanded = Pick<Word, "text" | "origins">;

const UNKNOWN: Expanded = { text: undefined };
/** Docker takes the sign or digit after a dollar for the name of a variable, as a shell does for its parameters. */
const REFERENCE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::-([^}$]*))?\}|\{|\(|[\d@*#?$!-])/g;
const OF_PARAMETER = /\$[\d@*#?$!-]/;

/** The value with earlier variables substituted; unknown if one of them is unknown, or if it becomes too long. */
function expand(parts: readonly Part[], { variable, allowance }: Known): Expanded {
  let value = "";
  const origins: Origin[] = [];
  for (const [text, expands] of parts) {
    let unknown = false;
    value += expands
      ? text.replace(REFERENCE, (source, bare?: string, braced?: string, otherwise?: string) => {
          const name = bare ?? braced ?? "";
          const known = unknown ? undefined : variable(name);
          // An empty default means that the variable may be set.
          const found = unknown ? undefined : (known?.value.text ?? (otherwise || undefined));
          unknown ||= found === undefined || !allowance.allows(found.length);
          if (unknown || found === undefined) return "";
          const assigned = placeOf(known);
          const of = { name, source, ...(assigned && { assigned }) };
          origins.push(
            known?.value.text === undefined
              ? { from: "default", ...of, otherwise: found, whenEmpty: true }
              : { from: "variable", ...of },
          );
          return found;
        })
      : text;
    if (unknown) return UNKNOWN;
  }
  return { text: value, ...(origins.length > 0 && { origins }) };
}

/** The place where a variable is set, name and value. */
function placeOf(variable: EnvironmentVariable | undefined): Span | undefined {
  return variable && spanFrom(variable.nameSpan.start, variable.value.span.end);
}
