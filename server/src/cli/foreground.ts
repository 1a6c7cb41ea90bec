/** Runs a program in place of this one, with the same terminal, signals and exit status. */

import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants as files, statSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { isatty } from "node:tty";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";

export interface Program {
  /** The interpreter: a path, or a name to look up on the PATH of `environment`. */
  readonly file: string;
  readonly words: readonly string[];
  /** The full environment of the program. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const onWindows = process.platform === "win32";

/**
 * Signals that other processes send to this process and that the program must receive. Node reserves SIGUSR1 for its
 * debugger, but the sender expects the server's reaction, not an open debugger port.
 */
const FORWARDED = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const;

/** Signals of keys, which the terminal sends to all foreground processes. */
const TYPED = ["SIGINT", "SIGQUIT"] as const;

/** Signals that dump core. */
const CORE_DUMPING: ReadonlySet<NodeJS.Signals> = new Set([
  "SIGQUIT",
  "SIGILL",
  "SIGTRAP",
  "SIGABRT",
  "SIGBUS",
  "SIGFPE",
  "SIGSEGV",
  "SIGXCPU",
  "SIGXFSZ",
  "SIGSYS",
]);

/**
 * Starts a program in the foreground, without a shell, and resolves with its exit status. It uses the standard streams
 * and the folder of this process, and receives its signals. If a signal ended the program, this process ends with the
 * same signal; if that is not possible (as the first process of a container) or would overwrite the program's core
 * dump, the status is 128 + the signal's number, as in shells.
 *
 * While the program runs, do not use a standard stream for the first time: Node would make it non-blocking, also for
 * the program, which shares it.
 *
 * @throws CliError if it cannot be started.
 */
export async function runInForeground({ file, words, environment }: Program): Promise<number> {
  let child: ChildProcess | undefined;
  // Before the start, so that no signal can end this process and leave the program alone.
  const letGo = takeSignals((signal) => child?.kill(signal));
  let outcome: number | NodeJS.Signals;
  try {
    const [started = file, ...given] = isStartedByNohup() ? ["nohup", file, ...words] : [file, ...words];
    child = spawn(started, given, { env: { ...environment }, stdio: "inherit" });
    outcome = await end(child);
  } catch (error) {
    throw new CliError(`run: ${whyNotStarted(file, error)}`);
  } finally {
    letGo();
  }
  return typeof outcome === "number" ? outcome : endBy(outcome);
}

/** The default interpreter: `python`, or `python3` if only that exists; undefined if neither is on the PATH. */
export function interpreterOnPath(environment: Program["environment"]): string | undefined {
  const isPath = (name: string) => (onWindows ? name.toUpperCase() === "PATH" : name === "PATH");
  const [, path] = Object.entries(environment).find(([name]) => isPath(name)) ?? [];
  const folders = path?.split(delimiter) ?? [];
  return ["python", "python3"].find((name) =>
    folders.some((folder) => mayBeExecuted(join(folder, onWindows ? `${name}.exe` : name))),
  );
}

function mayBeExecuted(path: string): boolean {
  try {
    accessSync(path, files.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Whether `nohup` started this process, so that the program must outlive its terminal. Node resets the signal handling
 * of nohup for itself and its children; shells set `_` to the program they started.
 */
function isStartedByNohup(): boolean {
  return /(?:^|\/)nohup$/.test(process.env._ ?? "");
}

/** Forwards signals to the program instead of ending this process; returns a function that stops this. */
function takeSignals(passOn: (signal: NodeJS.Signals) => void): () => void {
  // In a terminal, the program receives key signals itself, and LightLLM exits at once on a second one. On Windows all
  // signals come from the console, which also sends them to the program, and sending one would kill it.
  const onTerminal = [0, 1, 2].some((stream) => isatty(stream));
  const passed: readonly NodeJS.Signals[] = onWindows
    ? []
    : onTerminal
      ? FORWARDED
      : [...FORWARDED, ...TYPED];
  const taken = [...FORWARDED, ...TYPED].map((signal) => {
    const listener = () => {
      if (passed.includes(signal)) passOn(signal);
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  return () => {
    for (const { signal, listener } of taken) process.off(signal, listener);
  };
}

/** The exit status or signal with which a program ended. Rejects if it was not started. */
function end(child: ChildProcess): Promise<number | NodeJS.Signals> {
  return new Promise((resolve, reject) => {
    child.once("exit", (status, signal) => resolve(signal ?? status ?? 0));
    child.on("error", (error) => {
      // If the program already runs, the error is that a signal could not be sent, because it has changed its user.
      if (child.pid === undefined) reject(error);
    });
  });
}

/** Ends this process with a signal; returns the exit status to use if it does not end. */
function endBy(signal: NodeJS.Signals): number {
  if (!CORE_DUMPING.has(signal)) process.kill(process.pid, signal);
  return 128 + constants.signals[signal];
}

function whyNotStarted(file: string, error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
    case "ENOTDIR":
      return say("cli.run-no-program", { file });
    case "EACCES":
      return say("cli.run-not-executable", { file });
    default: {
      const [why = ""] = (error instanceof Error ? error.message : String(error)).split(/\.?\n|\.\s/);
      return say("cli.run-not-started", { file, why });
    }
  }
}
