/** A launch as a process that is started without a shell: its program, words and environment. */

import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { sharedInterpreter } from "../launch/invocation";
import type { Launch } from "../launch/launch";
import { say } from "../messages";
import type { Notation } from "../notations";
import { PYTHON, portableOf } from "./convert";
import { argumentWords, knownText, type PortableWord } from "./portable";
import { resolveLaunch, type Unresolved } from "./resolve";
import { MODULE_WORDS } from "./write/start-command";

export type { Unresolved } from "./resolve";

/** Variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A notation that substitutes the values of variables in the launches it finds. */
export interface ResolvingNotation {
  readonly notation: Notation;
  /** The parts of a launch that are still unknown. */
  unresolved(launch: Launch): readonly Unresolved[];
}

/** A notation that reads launches with the variables of an environment, as the shell that starts them would. */
export function withEnvironment(notation: Notation, environment: Environment): ResolvingNotation {
  const unresolved = new Map<number, readonly Unresolved[]>();
  return {
    notation: {
      ...notation,
      find(text, cache) {
        const file = notation.findIn?.(text, environment) ?? notation.find(text, cache);
        const launches = file.launches.map((launch) => {
          const resolved = resolveLaunch(launch, (name) => environment[name]);
          unresolved.set(launch.span.start, resolved.unresolved);
          return resolved.launch;
        });
        return { ...file, launches };
      },
    },
    unresolved: ({ span }) => unresolved.get(span.start) ?? [],
  };
}

/** The process of a launch. */
export interface LaunchProcess {
  /** The interpreter of the launch, if it is not `python`. */
  readonly interpreter?: string;
  /** The words after the interpreter. */
  readonly words: readonly string[];
  /** The variables that the launch sets. */
  readonly environment: Readonly<Record<string, string>>;
  /** A flag or variable whose value is unknown; then no process can be started. */
  readonly unknown?: string;
}

/** Converts a launch to a process. */
export function processOf(document: LaunchDocument, judged: JudgedLaunch): LaunchProcess {
  const launch = portableOf(document, judged);
  const unknown: string[] = [];
  const known = (owner: string, word: PortableWord): string => {
    const text = knownText(word);
    if (text === undefined) unknown.push(owner);
    return text ?? "";
  };
  const environment = Object.fromEntries(
    launch?.environment.map(({ name, value }) => [name, known(name, value)]) ?? [],
  );
  const words =
    launch?.arguments.flatMap((one) =>
      argumentWords(one).map((word) => known(one.flag ?? say("conversion.command-line"), word)),
    ) ?? [];
  const [first] = unknown;
  const interpreter = sharedInterpreter([judged.launch]);
  return {
    words: [...MODULE_WORDS, ...words],
    environment,
    ...(interpreter !== undefined && interpreter !== PYTHON && { interpreter }),
    ...(first !== undefined && { unknown: first }),
  };
}
