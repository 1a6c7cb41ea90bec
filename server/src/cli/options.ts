/** What the subcommands share in reading their options and files; every fault is a `CliError` of one sentence. */

import { type ParseArgsConfig, parseArgs } from "node:util";
import { say } from "../messages";
import { type Catalogue, type Notation, type NotationId, type Release, service } from "../service";
import { CliError } from "./cli-error";
import { complain } from "./output";

/** Reads a subcommand's words. @throws CliError for an option that it does not have. */
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

/** What an input is, and what an option was called before. */
export const NOTATION_OPTIONS = { notation: { type: "string" }, as: { type: "string" } } as const;

/** The value of `--notation` or `--format`, also if it is given by its old name, `--as`; a hint on stderr tells the new one. */
export function byNewName(
  subcommand: string,
  name: "notation" | "format",
  value: string | undefined,
  as: string | undefined,
): string | undefined {
  if (as !== undefined) complain(`lightllm-config: ${say("cli.old-name", { subcommand, name })}\n`);
  return value ?? as;
}

/** A value of an option that takes one of several words. @throws CliError that names them, for any other. */
export function oneOf<T extends string>(
  subcommand: string,
  what: "format" | "notation",
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

/** A release by name. @throws CliError for one that is not known. */
export function releaseNamed(subcommand: string, name: string, catalogue: Catalogue): Release {
  const release = service.findRelease(name, catalogue);
  if (release) return release;
  const names = catalogue.releases.map((one) => one.name);
  throw new CliError(say("cli.no-release", { subcommand, name, known: names.join(", ") }));
}

/** A notation by name; nothing where none is asked for. @throws CliError for one that is not known. */
export function notationNamed(subcommand: string, name: string | undefined): Notation | undefined {
  if (name === undefined) return undefined;
  const names = Object.keys(service.notations) as NotationId[];
  return service.notations[oneOf(subcommand, "notation", name, names)];
}

/** The notation that `check`, `import` and `migrate` are told. @throws CliError for one that is not known. */
export function askedNotation(
  subcommand: string,
  { notation, as }: { readonly notation?: string | undefined; readonly as?: string | undefined },
): Notation | undefined {
  return notationNamed(subcommand, byNewName(subcommand, "notation", notation, as));
}

/** Standard input, whose notation nothing tells. */
export function unknownInput(subcommand: string): CliError {
  return new CliError(
    say("cli.say-notation", { subcommand, known: Object.keys(service.notations).join("|") }),
  );
}
