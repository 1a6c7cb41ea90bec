/** What the container files have in common: a list of words, or a script where only a shell can make the words. */
import {
  knownWord,
  needsShell,
  type PortableArgument,
  type PortableLaunch,
  type PortableVariable,
  type PortableWord,
  variablesOf,
  withOwnVariables,
  wordsOf,
} from "../portable";
import { execLines } from "./command";
import { withComments } from "./comment-lines";
import { MODULE_WORDS } from "./program";
import { assignment, isOfShells, type ShellDialect } from "./shell-words";

/** How a container is told what to run. */
export interface Started {
  /** What the container's own environment can say. */
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
    // What is for the program only must not reach the shell that starts it.
    environment: environment.filter((variable) => !forShell(variable) && !isOfShells(variable)),
    run: { kind: "script", lines: [...exports, ...execLines(launch, python, dialect)] },
  };
}

/** `PATH=/opt/bin:$PATH` means the container's own PATH, which only a shell in it knows. */
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

/** A script as the lines of a block of YAML. */
export function blockLines(lines: readonly string[], indent: string): string[] {
  return lines.flatMap((line) => line.split("\n")).map((line) => (line === "" ? "" : `${indent}${line}`));
}

/** The words of an argument as lines of a YAML list, each as `write` has it. */
export function itemLines(
  argument: PortableArgument,
  indent: string,
  write: (word: PortableWord) => string,
): string[] {
  const items = wordsOf(argument).map((word) => `${indent}- ${write(word)}`);
  const [first = "", ...rest] = items;
  const last = rest.pop();
  if (last === undefined) return withComments(first, argument.comments, indent);
  const { above, behind } = argument.comments;
  return [
    ...withComments(first, { above }, indent),
    ...rest,
    ...withComments(last, { above: [], ...(behind !== undefined && { behind }) }),
  ];
}
