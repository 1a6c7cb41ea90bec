/** Common parts of the container formats: a list of words, or a script if only a shell can produce the words. */
import {
  argumentWords,
  knownWord,
  needsShell,
  type PortableArgument,
  type PortableLaunch,
  type PortableVariable,
  type PortableWord,
  variablesOf,
  withOwnVariables,
} from "../portable";
import { execLines } from "./command";
import { withComments } from "./comment-lines";
import { assignment, isOfShells, type ShellDialect } from "./shell-words";
import { MODULE_WORDS } from "./start-command";

/** What a container runs. */
export interface Started {
  /** Variables that the container's own environment can have. */
  readonly environment: readonly PortableVariable[];
  readonly run:
    | {
        readonly kind: "words";
        readonly program: readonly PortableWord[];
        readonly arguments: readonly PortableArgument[];
      }
    /** A command for `bash -c`. */
    | { readonly kind: "script"; readonly lines: readonly string[] };
}

/** Splits a launch into environment and command. */
export function startedIn(original: PortableLaunch, python: string, dialect: ShellDialect): Started {
  const launch = extending(withOwnVariables(original));
  const environment = variablesOf(launch);
  const { arguments: given } = launch;
  if (!needsShell(launch)) {
    return {
      environment,
      run: { kind: "words", program: [python, ...MODULE_WORDS].map(knownWord), arguments: given },
    };
  }
  const forShell = ({ value }: PortableVariable) => value.parts.some(({ kind }) => kind === "shell");
  const exports = environment
    .filter((variable) => forShell(variable) && !isOfShells(variable))
    .map((variable) => `export ${assignment(variable, dialect)}`);
  return {
    // A variable for the program only must not affect the shell that starts it.
    environment: environment.filter((variable) => !forShell(variable) && !isOfShells(variable)),
    run: { kind: "script", lines: [...exports, ...execLines(launch, python, dialect)] },
  };
}

/** `PATH=/opt/bin:$PATH` refers to the container's own PATH, which only a shell inside it knows. */
function extending(launch: PortableLaunch): PortableLaunch {
  const environment = launch.environment.map((variable) => {
    const { name, value } = variable;
    if (value.parts.length === 1) return variable;
    const parts = value.parts.map((part) =>
      part.kind === "variable" && part.name === name
        ? ({ kind: "shell", source: `\${${name}}` } as const)
        : part,
    );
    return { ...variable, value: { ...value, parts } };
  });
  return { ...launch, environment };
}

/** A script as the lines of a YAML block scalar. */
export function blockLines(lines: readonly string[], indent: string): string[] {
  return lines.flatMap((line) => line.split("\n")).map((line) => (line === "" ? "" : `${indent}${line}`));
}

/** The words of an argument as lines of a YAML list, each formatted by `write`. */
export function itemLines(
  argument: PortableArgument,
  indent: string,
  write: (word: PortableWord) => string,
): string[] {
  const items = argumentWords(argument).map((word) => `${indent}- ${write(word)}`);
  const [first = "", ...rest] = items;
  const last = rest.pop();
  if (last === undefined) return withComments(first, argument.comments, indent);
  const { above, trailing } = argument.comments;
  return [
    ...withComments(first, { above }, indent),
    ...rest,
    ...withComments(last, { above: [], ...(trailing !== undefined && { trailing }) }),
  ];
}
