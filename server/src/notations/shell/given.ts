/**
 * Variables that the file sets around a script: `environment:` of Compose, `ENV` of a Dockerfile, the environment of a
 * process.
 */
import { LONGEST_WORD } from "../../launch/bounds";
import { type EnvironmentVariable, type Span, spanFrom } from "../../launch/launch";
import { originsOf } from "../../launch/origin";
import type { ShellValue } from "./scope";

/**
 * Maximum length of a value to substitute, in UTF-16 units, if every command of a file may use it. Paths are shorter.
 */
const LONGEST_VALUE = 4096;

/** The variables of a script's context, by name. */
export class GivenVariables {
  private byName: ReadonlyMap<string, EnvironmentVariable> | undefined;

  /**
   * @param longest maximum length of a known value, in UTF-16 units; longer values are unknown. @param others for names
   * that are not among the variables.
   */
  constructor(
    private readonly environment: readonly EnvironmentVariable[],
    private readonly longest: number = LONGEST_VALUE,
    private readonly others?: GivenVariables,
  ) {}

  /** The environment of a process, which has no places in the file. */
  static ofProcess(environment: Readonly<Record<string, string | undefined>>): GivenVariables {
    const nowhere = spanFrom(0, 0);
    const variables = Object.entries(environment).map(([name, text]) => ({
      name,
      nameSpan: nowhere,
      value: { text: text ?? "", span: nowhere, source: "" },
    }));
    return new GivenVariables(variables, LONGEST_WORD);
  }

  /** The value of a variable; `"unknown"` if it is set to an unknown value. */
  value(name: string): ShellValue | "unknown" | undefined {
    const variable = this.find(name);
    if (!variable) return this.others?.value(name);
    const { value } = variable;
    // `ARG NAME`, or a name that is passed on: the variable may not be set.
    if (value.text === undefined && value.source === "" && !value.parts) return undefined;
    if (value.text === undefined || value.text.length > this.longest) return "unknown";
    const { text } = value;
    const { start, end } = insideQuotes(value);
    // If the value is literal, each character has its own place; otherwise the whole value is the place of all.
    const isVerbatim = value.source.includes(text) && end - start === text.length;
    const offsets = Array.from({ length: text.length + 1 }, (_, at) =>
      at === text.length ? end : isVerbatim ? start + at : start,
    );
    const home = { text, offsets, quoting: [] };
    const places = Array.from({ length: text.length }, (_, at) => at);
    const assigned = placeOf(variable);
    const origins = originsOf(value);
    return {
      pieces: [
        {
          text,
          places,
          known: true,
          quoted: false,
          fromVariable: true,
          home,
          ...(origins.length > 0 && { origins }),
        },
      ],
      span: spanFrom(0, text.length),
      ...(assigned && { assigned }),
    };
  }

  /** The place where a variable is set; undefined if it is set outside the file. */
  place(name: string): Span | undefined {
    const variable = this.find(name);
    return variable ? placeOf(variable) : this.others?.place(name);
  }

  private find(name: string): EnvironmentVariable | undefined {
    this.byName ??= new Map(this.environment.map((one) => [one.name, one]));
    return this.byName.get(name);
  }
}

function placeOf({ nameSpan, value, place }: EnvironmentVariable): Span | undefined {
  if (place) return place.span;
  if (nameSpan.end === 0) return undefined;
  return nameSpan.end <= value.span.start ? spanFrom(nameSpan.start, value.span.end) : nameSpan;
}

function insideQuotes({ span, source }: EnvironmentVariable["value"]): Span {
  const quoted = source.length > 1 && /^["']/.test(source) && source.at(-1) === source[0];
  return quoted ? spanFrom(span.start + 1, span.end - 1) : span;
}
