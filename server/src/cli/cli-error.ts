import { say } from "./cli-texts";

/** An error that the user can fix, in one sentence; the program ends with status 2. */
export class CliError extends Error {}

/** Whether a word of the command line was not UTF-8: Node replaces the bytes, so that it names another file. */
export function isNoUtf8(word: string): boolean {
  return word.includes("\uFFFD");
}

/** Why a file cannot be read or written, in words. */
export function whyNot(error: unknown): string {
  const { code, path } = error as NodeJS.ErrnoException;
  switch (code) {
    case "ENOENT":
      return say(path !== undefined && isNoUtf8(path) ? "cli.why-name" : "cli.why-nothing-there");
    case "ENXIO":
      return say("cli.why-no-reader");
    case "EACCES":
    case "EPERM":
      return say("cli.why-denied");
    case "EROFS":
      return say("cli.why-read-only");
    case "ENOSPC":
    case "EDQUOT":
      return say("cli.why-full");
    case "EFBIG":
      return say("cli.why-too-large");
    case "EISDIR":
      return say("cli.why-folder");
    case "ENOTDIR":
      return say("cli.why-no-folder");
    case "ELOOP":
      return say("cli.why-circle");
    case "ENAMETOOLONG":
      return say("cli.why-long-name");
    case "EIO":
      return say("cli.why-broken");
    case "EMFILE":
    case "ENFILE":
      return say("cli.why-many-open");
    case "ETXTBSY":
    case "EBUSY":
      return say("cli.why-in-use");
    default:
      return String(code ?? error);
  }
}
