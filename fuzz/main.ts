/** Supervises the worker process: restarts it after a crash or hang, shortens such texts, and reports. */
import { type ChildProcess, fork } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Edited, type Failed, keyOf } from "./checks";
import { corpusFiles } from "./corpus";
import type { Found, Job, Told } from "./messages";
import { HELP, type Options, readOptions, UsageError } from "./options";
import { shrink } from "./shrink";

/** Paths of the bundled programs. */
export interface Programs {
  /** The project's folder. */
  readonly root: string;
  readonly worker: string;
  /** The command-line program, whose server is tested. */
  readonly program: string;
}

/**
 * A worker that works for this time (ms) without a message hangs. The checks of one text take about a hundredth of it. On a
 * busy machine a worker may get a small part of the time, so its own work counts, as far as the system tells it.
 */
const HANGS_AFTER = 60_000;
/** A worker that waits hangs, too, after this many times the limit. */
const MOST_WAITS = 15;
/** Time limit (ms) for each try while a hanging text is shortened, and the number of tries. */
const TRY_HANGS_AFTER = 5_000;
const TRIES = 60;

/** Interval of progress messages, in ms. */
const SAYS_EVERY = 60_000;

/** Runs the command. @returns its exit status */
export async function main(words: readonly string[], programs: Programs): Promise<number> {
  try {
    const options = readOptions(words);
    if (options !== "help") return await fuzz(options, programs);
    process.stdout.write(HELP);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
}

async function fuzz(options: Options, programs: Programs): Promise<number> {
  const { seed, session, areas, notations } = options;
  console.log(`Seed ${seed}; ${areas.join(", ")}; ${notations.join(", ")}.`);
  const until = Date.now() + options.minutes * 60_000;
  const found: Found[] = [];
  let edits = 0;
  let says = Date.now() + SAYS_EVERY;
  const next = (from: number): Job => ({
    kind: "sessions",
    root: programs.root,
    program: programs.program,
    seed,
    from,
    count: session === undefined ? undefined : session - from + 1,
    areas,
    notations,
    known: found.map(({ failed }) => keyOf(failed)),
  });
  let from = session ?? 0;
  for (;;) {
    const worker = new Worker(programs);
    const end = await worker.run(next(from), HANGS_AFTER, (told) => {
      if (told.kind === "asked") edits += told.edits;
      if (told.kind === "found") take(told.found);
      if (Date.now() > says) {
        says += SAYS_EVERY;
        console.log(`… ${edits} edits, ${found.length} findings`);
      }
      return edits >= options.edits || found.length >= options.findings || Date.now() > until;
    });
    if (end === "stopped" || end === "done") break;
    const last = worker.asks;
    if (!last) {
      console.error(`The worker ${end} before it checked anything; its output says why.`);
      return 2;
    }
    const failed: Failed = {
      check: `the process ${end}`,
      area: "reading",
      of: String(last.edited.uri),
      message: `The process ${end} with this text.`,
    };
    // Another failure of the same kind is counted, not shown.
    if (!found.some((one) => keyOf(one.failed) === keyOf(failed))) {
      const edited = await shortest(last.edited, end, options, programs);
      take({ failed, edited, notation: "", seed, session: last.session, edit: last.edit });
    }
    if (session !== undefined) break;
    from = last.session + 1;
  }
  console.log(`${edits} edits, ${found.length} failures; seed ${seed}.`);
  return found.length > 0 ? 1 : 0;

  function take(one: Found): void {
    found.push(one);
    console.log(reportOf(one));
    if (options.save) save(options.save, one, found.length);
  }
}

/** Shortens a text that crashes or hangs a process, by tries in separate processes. */
async function shortest(
  edited: Edited,
  end: "died" | "hangs",
  { areas }: Options,
  programs: Programs,
): Promise<Edited> {
  const fails = async (text: string) => {
    const worker = new Worker(programs);
    return (
      (await worker.run(
        { kind: "text", edited: { ...edited, text }, areas },
        TRY_HANGS_AFTER,
        () => false,
      )) === end
    );
  };
  if (!(await fails(edited.text))) return edited;
  return { ...edited, before: undefined, text: await shrink(edited.text, fails, TRIES) };
}

/** A worker process. */
class Worker {
  /** Its last text. */
  asks: Extract<Told, { kind: "asks" }> | undefined;
  private readonly child: ChildProcess;

  constructor({ worker }: Programs) {
    this.child = fork(worker, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  }

  /** Runs a job until it is done, stopped, crashed, or silent for too long. */
  run(
    job: Job,
    hangsAfter: number,
    hear: (told: Told) => boolean,
  ): Promise<"done" | "stopped" | "died" | "hangs"> {
    const { child } = this;
    return new Promise((resolve) => {
      let watchdog: NodeJS.Timeout;
      const end = (how: "done" | "stopped" | "died" | "hangs") => {
        clearTimeout(watchdog);
        child.removeAllListeners();
        child.kill("SIGKILL");
        resolve(how);
      };
      let workedBefore: number | undefined;
      let waits = 0;
      const look = () => {
        const worked = workOf(child.pid);
        const isBusy =
          worked === undefined || workedBefore === undefined || worked - workedBefore >= hangsAfter;
        if (isBusy || ++waits >= MOST_WAITS) end("hangs");
        else watchdog = setTimeout(look, hangsAfter);
      };
      const wait = () => {
        clearTimeout(watchdog);
        waits = 0;
        workedBefore = workOf(child.pid);
        watchdog = setTimeout(look, hangsAfter);
      };
      child.on("message", (told: Told) => {
        wait();
        if (told.kind === "asks") this.asks = told;
        if (told.kind === "done") end("done");
        else if (hear(told)) end("stopped");
      });
      child.on("exit", () => end("died"));
      wait();
      child.send(job);
    });
  }
}

/** The processor time (ms) that a process has used; `undefined` where the system has no `/proc`. */
function workOf(pid: number | undefined): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The fields after the name, which is in parentheses: the 12th and 13th count hundredths of a second.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

function reportOf({ failed, seed, session, edit, notation, edited }: Found): string {
  const text = (value: string) => `${shown(value).replace(/^/gm, "    | ")}\n    ${JSON.stringify(value)}`;
  return [
    "",
    `${failed.check}: ${failed.of}`,
    `  area ${failed.area}, notation ${notation || edited.uri}, seed ${seed}, session ${session}, edit ${edit}`,
    `  ${shown(failed.message).replaceAll("\n", "\n  ")}`,
    ...(edited.before === undefined ? [] : ["  before:", text(edited.before)]),
    "  text:",
    text(edited.text),
    `  again: npm run fuzz -- --seed ${seed} --session ${session}`,
  ].join("\n");
}

/** A text without terminal control characters. */
function shown(text: string): string {
  return text.replace(/[^\P{C}\n\t]/gu, (char) => JSON.stringify(char).slice(1, -1));
}

function save(folder: string, { failed, edited }: Found, number: number): void {
  const name = `${keyOf(failed)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)}-${number}`;
  for (const [file, text] of corpusFiles(name, failed.area, edited)) {
    const path = join(folder, file);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
  }
}
