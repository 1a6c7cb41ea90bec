/** Something the user can mend, said in one sentence; the program ends with status 2. */
export class CliError extends Error {}

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
