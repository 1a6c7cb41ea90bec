/** The files that Git says are changed. Only `git diff` is run, without hooks, monitors or programs of the repository. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { CliError } from "../cli-error";
import { say } from "../cli-texts";
import { shownPath } from "./walk";

/** Settings that keep Git from starting other programs. */
const QUIET = ["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "diff.external="];

/** Limit for the names that Git prints, in bytes. */
const MOST_OUTPUT = 256_000_000;

/** The changes to look for: `staged`, or those since a revision. */
export type Changes = { readonly kind: "staged" } | { readonly kind: "since"; readonly revision: string };

/**
 * The changed files that still exist, as paths for people.
 *
 * @param paths files and folders that limit the search; none: the whole repository.
 * @throws CliError if there is no repository, no Git, or no such revision.
 */
export function changedFiles(subcommand: string, changes: Changes, paths: readonly string[]): string[] {
  const since = changes.kind === "since" ? changes.revision : undefined;
  if (since?.startsWith("-")) throw new CliError(say("cli.git-no-revision", { subcommand, revision: since }));
  const which = since === undefined ? ["--cached"] : ["--merge-base", since];
  const top = git(subcommand, ["--relative", "--no-prefix", "--name-only", "-z", ...which, "--", ...paths]);
  return top.split("\0").flatMap((name) => (name === "" ? [] : [shownPath(join(process.cwd(), name))]));
}

function git(subcommand: string, words: readonly string[]): string {
  const settings = QUIET.flatMap((setting) => ["-c", setting]);
  const options = ["--no-ext-diff", "--no-textconv", "--no-color", "--diff-filter=d", "--ignore-submodules"];
  const { GIT_EXTERNAL_DIFF: _, GIT_PAGER: __, ...environment } = process.env;
  const { stdout, stderr, status, error } = spawnSync(
    "git",
    ["--no-pager", ...settings, "diff", ...options, ...words],
    {
      encoding: "utf8",
      maxBuffer: MOST_OUTPUT,
      env: { ...environment, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" },
    },
  );
  if (error) throw new CliError(say("cli.git-none", { subcommand }));
  if (status !== 0) {
    const why = stderr.replace(/^(?:fatal|error|warning): /, "").split("\n")[0] ?? "";
    throw new CliError(say("cli.git-fails", { subcommand, why }));
  }
  return stdout;
}
