/** Writes files so that each is replaced whole or not at all. */
import { randomBytes } from "node:crypto";
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CliError } from "./cli-error";
import { whyNot } from "./options";

/** Replaces a file's text; its mode stays, and a link goes on pointing to it. @throws CliError where it cannot be written. */
export function replaceFile(subcommand: string, path: string, text: string): void {
  let temporary: string | undefined;
  try {
    const target = realpathSync(path);
    const { mode } = statSync(target);
    temporary = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString("hex")}`);
    writeFileSync(temporary, text, { flag: "wx" });
    chmodSync(temporary, mode);
    renameSync(temporary, target);
  } catch (error) {
    if (temporary) rmSync(temporary, { force: true });
    throw new CliError(`${subcommand}: '${path}' cannot be written: ${whyNot(error)}`);
  }
}
