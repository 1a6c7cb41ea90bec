/** What the subcommands share in reading their options and files; every fault is a `CliError` of one sentence. */

import { type ParseArgsConfig, parseArgs } from "node:util";
import { type Catalogue, type Notation, type NotationId, type Release, service } from "../service";
import { CliError } from "./cli-error";

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
    throw new CliError(`${subcommand}: ${first}. Try: lightllm-config ${subcommand} --help`);
  }
}

/** A release by name. @throws CliError for one that is not known. */
export function releaseNamed(subcommand: string, name: string, catalogue: Catalogue): Release {
  const release = service.findRelease(name, catalogue);
  if (release) return release;
  const names = catalogue.releases.map((one) => one.name);
  throw new CliError(`${subcommand}: there is no release '${name}'. Known: ${names.join(", ")}`);
}

/** A notation by name; nothing where none is asked for. @throws CliError for one that is not known. */
export function notationNamed(subcommand: string, name: string | undefined): Notation | undefined {
  if (name === undefined) return undefined;
  if (!Object.hasOwn(service.notations, name)) {
    const names = Object.keys(service.notations).join(", ");
    throw new CliError(`${subcommand}: there is no notation '${name}'. Known: ${names}`);
  }
  return service.notations[name as NotationId];
}

/** Why a file cannot be read or written, in words. */
export function whyNot(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EROFS":
      return "its disk is read-only";
    case "ENOSPC":
    case "EDQUOT":
      return "no space is left on its disk";
    case "EFBIG":
      return "it would become too large";
    case "EISDIR":
      return "it is a folder";
    case "ENOTDIR":
      return "a part of its path is no folder";
    case "ELOOP":
      return "its links lead in a circle";
    case "ENAMETOOLONG":
      return "its name is too long";
    case "EIO":
      return "its disk or terminal fails";
    case "EMFILE":
    case "ENFILE":
      return "too many files are open";
    case "ETXTBSY":
    case "EBUSY":
      return "it is in use";
    default:
      return String(code ?? error);
  }
}
