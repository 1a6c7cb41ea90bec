/** How a launch is started: by which Python, by which programs before it, and where. */
import type { Span, Word } from "./launch";
import { isPassable } from "./visible-text";

/** Where LightLLM runs. */
export type RunPlace =
  /** The machine of whoever runs the command. */
  | { readonly kind: "here" }
  /** Another machine: that of `ssh host`, or a node that a scheduler such as Slurm picks, which has no name here. */
  | { readonly kind: "remote"; readonly host?: Word }
  /** A container of Docker and its like, of an image or one that runs already: `docker exec NAME`. */
  | { readonly kind: "container"; readonly image?: Word; readonly name?: Word }
  /** A container of a Kubernetes pod, of an image or one that runs already: `kubectl exec NAME`. */
  | { readonly kind: "pod"; readonly image?: Word; readonly name?: Word };

/** A program that starts the next one: `nohup`, `numactl --cpunodebind=0`, `docker run -p 80:80 image`, `bash -c`. */
export interface Wrapper {
  /** Its name without a folder. */
  readonly program: string;
  /** The program with its options and what it needs to start the next one, in order. */
  readonly words: readonly Word[];
  readonly span: Span;
  /** Where it starts the next program, if not where it runs itself. */
  readonly place?: RunPlace;
}

/** The words that start LightLLM, up to its module or file. */
export interface Invocation {
  /** Python as it is written: `python3`, `/opt/env/bin/python`, `$PYTHON`; absent where the file names none. */
  readonly interpreter?: Word;
  /** The options of the interpreter, such as `-u`. */
  readonly options: readonly Word[];
  /** The programs in front of the interpreter, the outermost first. */
  readonly wrappers: readonly Wrapper[];
  /** The innermost place: that of the container for `ssh host docker run image …`. */
  readonly place: RunPlace;
  /** From the first word of the outermost program to the one that names LightLLM; empty where neither is written. */
  readonly span: Span;
}

/** Whether the command of a launch, run in a terminal, does what the file does. A config is started wherever it is read. */
export function runsHere(invocation: Invocation | undefined): boolean {
  return invocation === undefined || invocation.place.kind === "here";
}

/** The interpreter that all of some launches name; `undefined` where one names none, or another one. */
export function sharedInterpreter(
  launches: readonly { readonly invocation?: Invocation }[],
): string | undefined {
  const named = launches.map(({ invocation }) => {
    const text = invocation?.interpreter?.text;
    return text === undefined || text === "" || !isPassable(text) ? undefined : text;
  });
  return new Set(named).size === 1 ? named[0] : undefined;
}
