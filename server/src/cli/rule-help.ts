/** The page of a rule. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The Markdown of a rule's page, without its title; undefined if the pages are not beside the program. */
export function ruleHelp(code: string): string | undefined {
  const page = rulePage(code);
  return page?.replace(/^# .*\n+/, "").trimEnd();
}

/** The whole page of a rule. */
export function rulePage(code: string): string | undefined {
  if (!/^[a-z\d-]+$/.test(code)) return undefined;
  const path = join(__dirname, "..", "docs", "rules", `${code}.md`);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
