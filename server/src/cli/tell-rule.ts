/** `lightllm-config rule`: prints the page of a rule. */
import { service } from "../service";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { readOptions } from "./options";
import { tell } from "./output";
import { rulePage } from "./rule-help";

/** Runs the subcommand. @throws CliError for a code that no rule has. */
export async function tellRule(words: readonly string[]): Promise<number> {
  const { positionals } = readOptions("rule", words, {});
  const [code, ...others] = positionals;
  if (code === undefined || others.length > 0) throw new CliError(say("cli.rule-name"));
  const [unknown] = service.configuration.readRules({ [code]: "off" }).problems;
  if (unknown !== undefined) throw new CliError(say("cli.rule-none", { why: unknown.replaceAll("`", "'") }));
  const page = rulePage(code);
  if (page === undefined) throw new CliError(say("cli.rule-no-page"));
  tell(page);
  return 0;
}
