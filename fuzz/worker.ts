/** The worker process: runs the checks. It may crash or hang; the supervisor then reports the text. */
import { type Edited, type Failed, failuresOf, keyOf } from "./checks";
import type { Found, Job, Told } from "./messages";
import { notationIdOf, readSeeds, type Seed } from "./seeds";
import { ServerUnderTest } from "./server";
import { session } from "./session";
import { shrink } from "./shrink";

/** Separator between two texts, if a text is shortened together with the previous one. */
const BETWEEN = "\uE000";
/** Number of tries to shorten a text. */
const TRIES = 1_500;
/** Interval between sessions with a server in a separate process. */
const WITH_SERVER = 12;

type Sessions = Extract<Job, { kind: "sessions" }>;

const tell = (told: Told) => process.send?.(told);

process.on("message", (job: Job) => {
  const done = job.kind === "text" ? askOnce(job) : askOnAndOn(job);
  // An error here is an error of the fuzzer; the supervisor shows it.
  done.then(
    () => tell({ kind: "done" }),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function askOnce({ edited, areas }: Extract<Job, { kind: "text" }>): Promise<void> {
  failuresOf(edited, areas, true);
}

async function askOnAndOn(job: Sessions): Promise<void> {
  const seeds = readSeeds(job.root).filter(({ notation }) => job.notations.includes(notation));
  const known = new Set(job.known);
  const server = job.areas.includes("server") ? new ServerUnderTest(job.program) : undefined;
  const last = job.from + (job.count ?? Number.POSITIVE_INFINITY);
  for (let number = job.from; number < last; number++) {
    const edits =
      server && number % WITH_SERVER === WITH_SERVER - 1
        ? await withServer(server, seeds, job, number, known)
        : await inProcess(seeds, job, number, known);
    tell({ kind: "asked", edits, session: number });
    // Lets messages be sent, and the signal to end arrive.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await server?.stop();
}

async function inProcess(
  seeds: readonly Seed[],
  job: Sessions,
  number: number,
  known: Set<string>,
): Promise<number> {
  let edit = 0;
  for (const { edited } of session(seeds, job.seed, number)) {
    edit++;
    tell({ kind: "asks", session: number, edit, edited });
    for (const failed of failuresOf(edited, job.areas)) {
      if (known.has(keyOf(failed))) continue;
      known.add(keyOf(failed));
      const found = await minimised(edited, failed, number, edit);
      report({ ...found, seed: job.seed, session: number, edit });
    }
  }
  return edit;
}

/** Sends all texts of a session to a server with several open documents, and compares its final diagnostics. */
async function withServer(
  server: ServerUnderTest,
  seeds: readonly Seed[],
  job: Sessions,
  number: number,
  known: Set<string>,
): Promise<number> {
  const sessions = [0, 1, 2].map((nth) => [...session(seeds, job.seed, number * 1000 + nth)]);
  const last = sessions.findLast((steps) => steps.length > 0)?.at(-1);
  if (!last) return 0;
  tell({ kind: "asks", session: number, edit: 0, edited: last.edited });
  const failed = await server.hold(sessions, job.seed, number);
  if (failed && !known.has(keyOf(failed))) {
    known.add(keyOf(failed));
    report({
      failed,
      edited: failed.edited ?? last.edited,
      notation: "",
      seed: job.seed,
      session: number,
      edit: 0,
    });
  }
  return sessions.reduce((sum, { length }) => sum + length, 0);
}

function report(found: Found): void {
  tell({ kind: "found", found });
}

/** The shortest text with the same failure, together with the previous text if necessary. */
async function minimised(
  edited: Edited,
  failed: Failed,
  session: number,
  edit: number,
): Promise<Pick<Found, "failed" | "edited" | "notation">> {
  const key = keyOf(failed);
  const made = (text: string): Edited => {
    const [before, after] = text.split(BETWEEN);
    return after === undefined ? { ...edited, before: undefined, text } : { ...edited, before, text: after };
  };
  let shown = failed;
  const fails = (text: string) => {
    const one = made(text);
    tell({ kind: "asks", session, edit, edited: one });
    const same = failuresOf(one, [failed.area], one.text.length < 3_000).find(
      (other) => keyOf(other) === key,
    );
    if (same) shown = same;
    return same !== undefined;
  };
  const withBefore = `${edited.before ?? ""}${BETWEEN}${edited.text}`;
  const start = fails(edited.text) ? edited.text : withBefore;
  const text = fails(start) ? await shrink(start, fails, TRIES) : start;
  if (!fails(text)) shown = failed;
  const short = made(text);
  return {
    failed: shown,
    edited: short,
    notation: notationIdOf(short.languageId, short.uri, short.text) ?? "",
  };
}
