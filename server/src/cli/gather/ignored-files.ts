/** What `.gitignore` files say of the files of a folder, as Git reads them: those above the folder, too. */
import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import { readPlainFile } from "../../files/plain-file";

/** The rules of one `.gitignore`. */
interface Rules {
  /** The folder that its patterns are relative to. */
  readonly folder: string;
  readonly ignores: Ignore;
}

/** The rules that count in a folder, outermost first. */
export type IgnoreRules = readonly Rules[];

/** Size limit of a `.gitignore`, in bytes. */
const LONGEST = 1_000_000;

/** The rules that count in a folder before its own `.gitignore`: those of the folders above it in its repository. */
export async function rulesAbove(folder: string): Promise<IgnoreRules> {
  const above: string[] = [];
  for (let at = folder; !existsSync(join(at, ".git")); ) {
    const parent = dirname(at);
    // Outside a repository only the folder's own files count.
    if (parent === at) return [];
    above.unshift(parent);
    at = parent;
  }
  let rules: IgnoreRules = [];
  for (const one of above) rules = await withRulesOf(one, rules);
  return rules;
}

/** The rules with those of a folder's own `.gitignore`, and at the root of a repository of `.git/info/exclude`. */
export async function withRulesOf(folder: string, rules: IgnoreRules): Promise<IgnoreRules> {
  const files = [join(folder, ".git", "info", "exclude"), join(folder, ".gitignore")];
  const own: Rules[] = [];
  for (const file of files) {
    const text = await readPlainFile(file, LONGEST).catch(() => undefined);
    if (text) own.push({ folder, ignores: ignore().add(text.toString("utf8").replace(/^\uFEFF/, "")) });
  }
  return own.length > 0 ? [...rules, ...own] : rules;
}

/** Whether rules ignore a file or folder; the innermost rule that says anything counts. */
export function isIgnored(path: string, isFolder: boolean, rules: IgnoreRules): boolean {
  for (const { folder, ignores } of [...rules].reverse()) {
    const inside = relative(folder, path).split(sep).join("/");
    const { ignored, unignored } = ignores.test(isFolder ? `${inside}/` : inside);
    if (ignored || unignored) return ignored;
  }
  return false;
}
