/** The releases as committed: the expected content of the catalogue, independent of its code. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths";

export interface ReleaseFile {
  readonly name: string;
  readonly date: string;
  readonly tagged: boolean;
  readonly flags: readonly {
    readonly name: string;
    readonly aliases: readonly string[];
    readonly default: unknown;
    readonly choices: readonly unknown[] | null;
    readonly arity: string;
    readonly status: string;
  }[];
}

/** Old to new. */
export const releaseFiles: readonly ReleaseFile[] = readdirSync(join(root, "schemas/releases"))
  .map((file): ReleaseFile => JSON.parse(readFileSync(join(root, "schemas/releases", file), "utf8")))
  .sort((a, b) => (a.date < b.date ? -1 : 1));

/** The config keys of a release's flags. */
export function keysOf(release: string): string[] {
  const file = releaseFiles.find(({ name }) => name === release);
  if (!file) throw new Error(`There is no release ${release}.`);
  return file.flags.map(({ name }) => name.slice(2));
}
