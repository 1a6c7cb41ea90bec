/** Variables that the file sets around a script: `environment:` of Compose, `ENV` of a Dockerfile, the environment of a process. */
import { LONGEST_WORD } from "../../launch/bounds";
import { type EnvironmentVariable, type Span, spanFrom } from "../../launch/launch";
import { originsOf } from "../../launch/origin";
import type { Value } from "./scope";

/** How long a value may be to be put in, in UTF-16 units, where every command of a file may use it. A path has no more. */
const LONGEST_VALUE = 4096;

/** What a script is given, by name. */
export class GivenVariables {
  private byName: ReadonlyMap<string, EnvironmentVariable> | undefined;

  /** @param longest the length of a value beyond which it is taken for unknown, in UTF-16 units. */
  constructor(
    private readonly environment: readonly EnvironmentVariable[],
    private readonly longest: number = LONGEST_VALUE,
  ) {}

  /** The environment of a process, which is written nowhere. */
  static ofProcess(environment: Readonly<Record<string, string | undefined>>): GivenVariables {
    const nowhere = spanFrom(0, 0);
    const variables = Object.entries(environment).map(([name, text]) => ({
      name,
      nameSpan: nowhere,
      value: { text: text ?? "", span: nowhere, source: "" },
    }));
    return new GivenVariables(variables, LONGEST_WORD);
  }

  /** What a variable holds; `"unknown"` where it is set and its value is not known. */
  value(name: string): Value | "unknown" | undefined {
    const variable = this.find(name);
    if (!variable) return undefined;
    const { value } = variable;
    // `ARG NAME`, and a name that is passed on: it may not be set at all.
    if (value.text === undefined && value.source === "" && !value.parts) return undefined;
    if (value.text === undefined || value.text.length > this.longest) return "unknown";
    const { text } = value;
    const { start, end } = insideQuotes(value);
    // Each character is at its place where the value is written as it is; else all of them are the whole value.
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

  /** Where a variable is set; nothing for one that is given from outside of the file. */
  place(name: string): Span | undefined {
    const variable = this.find(name);
    return variable && placeOf(variable);
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
