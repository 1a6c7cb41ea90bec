/** Reads options and input notations for all subcommands; every error is a `CliError` of one sentence. */

import { type ParseArgsConfig, parseArgs } from "node:util";
import { type Catalogue, type Notation, type NotationId, type Release, service } from "../service";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import type { Changes } from "./gather/git-changes";
import { complain } from "./output";

/** Parses a subcommand's arguments. @throws CliError for an unknown option. */
export function readOptions<const T extends NonNullable<ParseArgsConfig["options"]>>(
  subcommand: string,
  words: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [first = ""] = message.split(/\.?\n|\.\s/);
    throw new CliError(say("cli.option-fault", { subcommand, fault: first }));
  }
}

/** The input's notation, with the old name of the option. */
export const NOTATION_OPTIONS = { notation: { type: "string" }, as: { type: "string" } } as const;

/** The options that select changed files. */
export const CHANGES_OPTIONS = { changed: { type: "string" }, staged: { type: "boolean" } } as const;

/** The words with a revision for a `--changed` that names none: what is not committed yet. */
export function withRevision(words: readonly string[]): string[] {
  return words.map((word) => (word === "--changed" ? "--changed=HEAD" : word));
}

/** The requested changes. @throws CliError if both options are used. */
export function changesOf(
  subcommand: string,
  { changed, staged }: { readonly changed?: string | undefined; readonly staged?: boolean | undefined },
): Changes | undefined {
  if (changed !== undefined && staged) throw new CliError(say("cli.changed-and-staged", { subcommand }));
  if (staged) return { kind: "staged" };
  return changed === undefined ? undefined : { kind: "since", revision: changed || "HEAD" };
}

/**
 * The value of `--notation` or `--format`, also under the old name `--as`; prints a hint about the new name on stderr.
 */
export function byNewName(
  subcommand: string,
  name: "notation" | "format",
  value: string | undefined,
  as: string | undefined,
): string | undefined {
  if (as !== undefined) complain(`lightllm-config: ${say("cli.old-name", { subcommand, name })}\n`);
  return value ?? as;
}

/** The value of an option with a fixed set of words. @throws CliError that lists them for any other word. */
export function choiceOf<T extends string>(
  subcommand: string,
  what: "format" | "notation" | "severity" | "purpose",
  value: string,
  known: readonly T[],
): T {
  const found = known.find((one) => one === value);
  if (found === undefined)
    throw new CliError(
      say("cli.not-one-of", { subcommand, what: say(`cli.what-${what}`), value, known: known.join(", ") }),
    );
  return found;
}

/** A release by name. @throws CliError for an unknown one. */
export function releaseNamed(subcommand: string, name: string, catalogue: Catalogue): Release {
  const release = service.findRelease(name, catalogue);
  if (release) return release;
  const names = catalogue.releases.map((one) => one.name);
  throw new CliError(say("cli.no-release", { subcommand, name, known: names.join(", ") }));
}

/** A notation by name; undefined if the option is not used. @throws CliError for an unknown one. */
export function notationNamed(subcommand: string, name: string | undefined): Notation | undefined {
  if (name === undefined) return undefined;
  const names = Object.keys(service.notations) as NotationId[];
  return service.notations[choiceOf(subcommand, "notation", name, names)];
}

/** The input notation of `check`, `import` and `migrate`. @throws CliError for an unknown one. */
export function askedNotation(
  subcommand: string,
  { notation, as }: { readonly notation?: string | undefined; readonly as?: string | undefined },
): Notation | undefined {
  return notationNamed(subcommand, byNewName(subcommand, "notation", notation, as));
}

/** The error for standard input whose notation is not given. */
export function unknownInput(subcommand: string): CliError {
  return new CliError(
    say("cli.say-notation", { subcommand, known: Object.keys(service.notations).join("|") }),
  );
}
