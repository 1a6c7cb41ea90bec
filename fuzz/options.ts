/** The options of `npm run fuzz`. */
import { parseArgs } from "node:util";
import type { NotationId } from "../server/src/notations";
import { NOTATIONS } from "../server/src/notations";
import { AREAS, type Area } from "./checks";

export const HELP = `npm run fuzz -- [--minutes N] [--seed S] …

Makes random edits to texts of every notation, sends every request to the language service after each edit, and reports failures,
each with the shortest text that shows it. The same seed makes the same edits.

  --minutes N      how long; 1 if neither this nor --edits is given
  --edits N        how many edits
  --seed S         an integer; random if absent
  --session K      only this session of the seed, to repeat a report
  --notation A,B   only these: ${Object.keys(NOTATIONS).join(", ")}
  --only A,B       check only these areas: ${AREAS.join(", ")}
  --without A,B    do not check these areas
  --findings N     stop after this number of different failures; 25 if absent
  --save FOLDER    write the text of each failure into a folder, in the form of fuzz/corpus

Exit status: 0 without failures, 1 with failures, 2 if it could not run.
`;

export interface Options {
  readonly minutes: number;
  readonly edits: number;
  readonly seed: number;
  readonly session?: number | undefined;
  readonly notations: readonly NotationId[];
  readonly areas: readonly Area[];
  readonly findings: number;
  readonly save?: string | undefined;
}

/** An error in the command's arguments; the message is a sentence. */
export class UsageError extends Error {}

/** Reads the options from the command's arguments; `help` if requested. @throws UsageError */
export function readOptions(words: readonly string[]): Options | "help" {
  const { values } = parse(words);
  if (values.help) return "help";
  const minutes = numberOf("minutes", values.minutes);
  const edits = numberOf("edits", values.edits);
  const without = namesOf("without", values.without, AREAS) ?? [];
  const only = namesOf("only", values.only, AREAS) ?? AREAS;
  return {
    minutes: minutes ?? (edits === undefined && values.session === undefined ? 1 : Number.POSITIVE_INFINITY),
    edits: edits ?? Number.POSITIVE_INFINITY,
    seed: wholeOf("seed", values.seed) ?? Math.floor(Math.random() * 1_000_000),
    session: wholeOf("session", values.session),
    notations:
      namesOf("notation", values.notation, Object.keys(NOTATIONS) as NotationId[]) ??
      (Object.keys(NOTATIONS) as NotationId[]),
    areas: only.filter((area) => !without.includes(area)),
    findings: wholeOf("findings", values.findings) ?? 25,
    save: values.save,
  };
}

function parse(words: readonly string[]) {
  const text = { type: "string" } as const;
  const options = {
    minutes: text,
    edits: text,
    seed: text,
    session: text,
    notation: text,
    only: text,
    without: text,
    findings: text,
    save: text,
  } as const;
  try {
    return parseArgs({ args: [...words], options: { ...options, help: { type: "boolean", short: "h" } } });
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See npm run fuzz -- --help.`);
  }
}

function numberOf(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number) || number <= 0)
    throw new UsageError(`--${name} takes a number above 0, not '${value}'.`);
  return number;
}

function wholeOf(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,15}$/.test(value)) throw new UsageError(`--${name} takes a whole number, not '${value}'.`);
  return Number(value);
}

function namesOf<Name extends string>(
  option: string,
  value: string | undefined,
  all: readonly Name[],
): Name[] | undefined {
  const names = value?.split(",").map((name) => name.trim());
  const wrong = names?.find((name) => !(all as readonly string[]).includes(name));
  if (wrong !== undefined) throw new UsageError(`--${option} knows no '${wrong}', but ${all.join(", ")}.`);
  return names as Name[] | undefined;
}
