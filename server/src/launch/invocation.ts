/** How a launch is started: the Python interpreter, the programs before it, and where it runs. */
import type { Span, Word } from "./launch";
import type { LaunchSite } from "./site";
import { isPassable } from "./visible-text";

/** Where LightLLM runs. */
export type RunPlace =
  /** The machine on which the command is entered. */
  | { readonly kind: "here" }
  /** Another machine: `ssh host`, or a node that a scheduler such as Slurm selects, without a known name. */
  | { readonly kind: "remote"; readonly host?: Word }
  /** A container of Docker or a similar tool, new (with its image) or running: `docker exec NAME`. */
  | { readonly kind: "container"; readonly image?: Word; readonly name?: Word }
  /** A container of a Kubernetes pod, new (with its image) or running: `kubectl exec NAME`. */
  | { readonly kind: "pod"; readonly image?: Word; readonly name?: Word };

/** An option of a program before LightLLM: `-p 8000:8000`, `--gpus=all`, `--rm`. */
export interface WrapperOption {
  /** With its dashes; empty for a word that may stand for any options. */
  readonly name: string;
  /** Absent for a switch. */
  readonly value?: Word;
}

/** A program that starts the next one: `nohup`, `numactl --cpunodebind=0`, `docker run -p 80:80 image`, `bash -c`. */
export interface Wrapper {
  /** Name without folder. */
  readonly program: string;
  /** The program with its options and arguments, in order. */
  readonly words: readonly Word[];
  readonly span: Span;
  /** Where it starts the next program, if not in its own place. */
  readonly place?: RunPlace;
  /** Its options in order, if it has a `place`. */
  readonly options?: readonly WrapperOption[];
}

/** The words that start LightLLM, up to its module or file. */
export interface Invocation {
  /** Python as written: `python3`, `/opt/env/bin/python`, `$PYTHON`; absent if the file names none. */
  readonly interpreter?: Word;
  /** The options of the interpreter, such as `-u`. */
  readonly options: readonly Word[];
  /** The programs before the interpreter, outermost first. */
  readonly wrappers: readonly Wrapper[];
  /** The innermost place: that of the container for `ssh host docker run image …`. */
  readonly place: RunPlace;
  /** What the file says about that place. */
  readonly site?: LaunchSite;
  /** From the first word of the outermost program to the word that names LightLLM; empty if neither is written. */
  readonly span: Span;
}

/**
 * Whether the command of a launch has the same effect in a local terminal as in the file. A config has no place of its
 * own, so it always does.
 */
export function runsHere(invocation: Invocation | undefined): boolean {
  return invocation === undefined || invocation.place.kind === "here";
}

/** The interpreter of several launches; `undefined` if one has none or they differ. */
export function sharedInterpreter(
  launches: readonly { readonly invocation?: Invocation }[],
): string | undefined {
  const named = launches.map(({ invocation }) => {
    const text = invocation?.interpreter?.text;
    return text === undefined || text === "" || !isPassable(text) ? undefined : text;
  });
  return new Set(named).size === 1 ? named[0] : undefined;
}
