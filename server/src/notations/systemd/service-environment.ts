/** The variables of a service: `Environment=`, `EnvironmentFile=`, `PassEnvironment=`, `UnsetEnvironment=`. */
import type { EnvironmentVariable, Span, WordPart } from "../../launch/launch";
import { spanFrom } from "../../launch/launch";
import { specifiersIn } from "./specifiers";
import type { UnitAssignment } from "./unit-lines";
import { type UnitWord, unitWords } from "./unit-words";

/** The environment of a service's command. */
export interface ServiceEnvironment {
  /** The variables in order; a value is unknown if a file may set it, too. */
  readonly variables: readonly EnvironmentVariable[];
  /** The value; `"unknown"` if it may be set to an unknown value, undefined if this file does not set it. */
  value(name: string): { readonly text: string; readonly assigned: Span } | "unknown" | undefined;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Reads the environment from all assignments of a service, in order. */
export function serviceEnvironment(assignments: readonly UnitAssignment[]): ServiceEnvironment {
  let set: EnvironmentVariable[] = [];
  let passed = new Set<string>();
  let unset: string[] = [];
  let files = 0;
  for (const assignment of assignments) {
    const words = unitWords(assignment.value);
    const isEmpty = assignment.value.text === "";
    switch (assignment.key) {
      case "Environment":
        set = isEmpty ? [] : [...set, ...variablesOf(assignment, words)];
        break;
      case "EnvironmentFile":
        files = isEmpty ? 0 : files + 1;
        break;
      case "PassEnvironment":
        passed = new Set(isEmpty ? [] : [...passed, ...words.map(({ text }) => text)]);
        break;
      case "UnsetEnvironment":
        unset = isEmpty ? [] : [...unset, ...words.map(({ text }) => text)];
        break;
    }
  }
  const last = new Map(set.map((one) => [one.name, one]));
  const isUnset = ({ name, value: { text } }: EnvironmentVariable) =>
    unset.includes(name) || (text !== undefined && unset.includes(`${name}=${text}`));
  const kept = [...last.values()].filter((one) => !isUnset(one));
  const variables = files > 0 ? kept.map(withUnknownValue) : kept;
  const byName = new Map(variables.map((one) => [one.name, one]));
  return {
    variables,
    value(name) {
      if (unset.includes(name)) return undefined;
      const variable = byName.get(name);
      if (!variable) return files > 0 || passed.has(name) ? "unknown" : undefined;
      const { text } = variable.value;
      return text === undefined ? "unknown" : { text, assigned: variable.place?.span ?? variable.nameSpan };
    },
  };
}

/** A later file may set it to another value. */
function withUnknownValue(variable: EnvironmentVariable): EnvironmentVariable {
  const { name, value } = variable;
  const part: WordPart = { kind: "open", from: "variable", name, source: `\${${name}}` };
  return { ...variable, value: { span: value.span, source: value.source, text: undefined, parts: [part] } };
}

function variablesOf({ span: whole }: UnitAssignment, words: readonly UnitWord[]): EnvironmentVariable[] {
  return words.flatMap((word, at): EnvironmentVariable[] => {
    const { text, offsets, span, source } = word;
    const equals = text.indexOf("=");
    const name = text.slice(0, Math.max(0, equals));
    if (!NAME.test(name)) return [];
    const place = (index: number) => offsets[index] ?? span.end;
    const parts = specifiersIn(text.slice(equals + 1));
    const known = parts.every((part) => part.kind === "text");
    const value = parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
    const start = place(equals + 1);
    const end = Math.max(start, offsets.at(-1) ?? start);
    const previousEnd = words[at - 1]?.span.end;
    const nextStart = words[at + 1]?.span.start;
    return [
      {
        name,
        nameSpan: spanFrom(place(0), place(0) + name.length),
        value: {
          text: known ? value : undefined,
          span: spanFrom(start, end),
          source: source.slice(source.indexOf("=") + 1),
          ...(!known && { parts }),
        },
        place: {
          form: { kind: "assignment" },
          span,
          ...(previousEnd !== undefined && { previousEnd }),
          ...(nextStart !== undefined && { nextStart }),
          ...(words.length === 1 && { whole }),
        },
      },
    ];
  });
}
