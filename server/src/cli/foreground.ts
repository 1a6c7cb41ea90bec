/** Runs a program in the place of this one: its terminal, its signals and its exit status are the program's. */

import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants as files, statSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { isatty } from "node:tty";
import { say } from "../messages";
import { CliError } from "./cli-error";

export interface Program {
  /** The interpreter: a path, or a name looked up on the PATH of `environment`. */
  readonly file: string;
  readonly words: readonly string[];
  /** The whole environment of the program. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const onWindows = process.platform === "win32";

/**
 * What others send to this process and mean the program. SIGUSR1 is among them although Node keeps it for its debugger: who
 * sends it to a server that runs wants the server's answer, not a debugger's port opened in front of it.
 */
const SENT = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const;

/** What keys of a terminal send, to every process in its foreground at once. */
const TYPED = ["SIGINT", "SIGQUIT"] as const;

/** What makes the system write the memory of who dies of it into a file. */
const DUMPING: ReadonlySet<NodeJS.Signals> = new Set([
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
 * Starts a program in the foreground, without a shell, and resolves with its exit status. Standard streams and folder are
 * those of this process, signals go on to the program. Where a signal ended it, this process ends by the same one; where
 * that does not end it, as the first process of a container, or would write its memory over the program's, the status is
 * what a shell makes of it, 128 and the signal's number.
 *
 * No standard stream may be touched for the first time while the program runs: Node would set it not to block, and the
 * program shares it.
 *
 * @throws CliError where it cannot be started.
 */
export async function runInForeground({ file, words, environment }: Program): Promise<number> {
  let child: ChildProcess | undefined;
  // Before the start, so that no signal ends this process between the two and leaves the program alone.
  const letGo = takeSignals((signal) => child?.kill(signal));
  let outcome: number | NodeJS.Signals;
  try {
    const [started = file, ...given] = isBehindNohup() ? ["nohup", file, ...words] : [file, ...words];
    child = spawn(started, given, { env: { ...environment }, stdio: "inherit" });
    outcome = await end(child);
  } catch (error) {
    throw new CliError(`run: ${whyNotStarted(file, error)}`);
  } finally {
    letGo();
  }
  return typeof outcome === "number" ? outcome : endBy(outcome);
}

/**
 * The interpreter to start where none is asked for: `python`, or `python3` where there is only that. undefined when neither
 * is on the PATH.
 */
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
 * Whether `nohup` started this process, so that the program is to outlive its terminal. Node takes back what nohup did, for
 * itself and for what it starts; shells tell in `_` what they started.
 */
function isBehindNohup(): boolean {
  return /(?:^|\/)nohup$/.test(process.env._ ?? "");
}

/** Keeps signals from ending this process, and hands over those that the program does not get by itself; gives back how to stop. */
function takeSignals(passOn: (signal: NodeJS.Signals) => void): () => void {
  // On a terminal the program has the signal of a key already, and LightLLM kills at once on a second one. On Windows all
  // signals come from the console, which tells the program too, and to send one is to kill.
  const onTerminal = [0, 1, 2].some((stream) => isatty(stream));
  const passed: readonly NodeJS.Signals[] = onWindows ? [] : onTerminal ? SENT : [...SENT, ...TYPED];
  const taken = [...SENT, ...TYPED].map((signal) => {
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

/** How a program ended: its exit status or the signal that ended it. Rejects where it was not started. */
function end(child: ChildProcess): Promise<number | NodeJS.Signals> {
  return new Promise((resolve, reject) => {
    child.once("exit", (status, signal) => resolve(signal ?? status ?? 0));
    child.on("error", (error) => {
      // Of a program that runs, it is a signal that may not be sent to it: one that has taken another user's rights.
      if (child.pid === undefined) reject(error);
    });
  });
}

/** Ends this process by a signal; the exit status where that does not end it. */
function endBy(signal: NodeJS.Signals): number {
  if (!DUMPING.has(signal)) process.kill(process.pid, signal);
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
