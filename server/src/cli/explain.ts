/** `lightllm-config explain`: what changes between two releases. */
import { service } from "../service";
import { CliError } from "./cli-error";
import { colours } from "./colours";
import { oneOf, readOptions, releaseNamed } from "./options";
import { printJson, tell } from "./output";

const TITLES = {
  gone: "Gone",
  added: "New",
  defaults: "Other defaults",
  values: "Other values",
  variables: "Environment variables",
} as const;

/** Runs the subcommand. */
export function explain(words: readonly string[]): number {
  const { values, positionals } = readOptions("explain", words, {
    from: { type: "string" },
    to: { type: "string" },
    format: { type: "string" },
  });
  const { from: first, to: second } = values;
  if (positionals.length > 0)
    throw new CliError(`explain: '${positionals[0]}' is too much; releases are named by --from and --to`);
  const format = oneOf("explain", "format", values.format ?? "text", ["text", "json"]);
  const catalogue = service.shippedCatalogue();
  if (first === undefined) throw new CliError("explain: say from which release: --from v1.1.0");
  const from = releaseNamed("explain", first, catalogue);
  const to = second === undefined ? catalogue.newest : releaseNamed("explain", second, catalogue);
  const changes = service.releaseChanges(from, to, catalogue);
  if (format === "json") {
    printJson({ from: from.name, to: to.name, ...changes });
    return 0;
  }
  const paint = colours();
  const lines = [`LightLLM ${from.name} (${from.date}) → ${to.name} (${to.date})`];
  for (const [part, title] of Object.entries(TITLES)) {
    const list = changes[part as keyof typeof TITLES];
    if (list.length === 0) continue;
    const width = Math.max(...list.map(({ name }) => name.length));
    lines.push("", paint.bold(`${title} (${list.length})`));
    for (const { name, text } of list) lines.push(`  ${name.padEnd(width)}  ${text.replaceAll("`", "")}`);
  }
  if (lines.length === 1) lines.push("", "Nothing changes in the flags or the environment variables.");
  tell(`${lines.join("\n")}\n`);
  return 0;
}
