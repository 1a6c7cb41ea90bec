/** `lightllm-config explain`: the deployments of files, or the differences between two releases. */

import { existsSync } from "node:fs";
import { service } from "../service";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { colours } from "./colours";
import { DEPLOYMENT_FORMATS, explainFiles } from "./explain-files";
import { spokenLanguage } from "./language";
import { choiceOf, readOptions, releaseNamed } from "./options";
import { printJson, tell } from "./output";
import { askedJudge } from "./own-lightllm";

const PARTS = ["gone", "added", "defaults", "values", "variables", "behaviour"] as const;

/** Runs the subcommand. */
export async function explain(words: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions("explain", words, {
    from: { type: "string" },
    to: { type: "string" },
    release: { type: "string" },
    source: { type: "string" },
    format: { type: "string" },
    flag: { type: "string" },
    defaults: { type: "boolean" },
  });
  const { from: first, to: second } = values;
  const [only, ...others] = positionals;
  const flag = values.flag ?? (others.length === 0 ? flagNamed(only) : undefined);
  if (flag !== undefined) return tellFlag(flag, values.release);
  if (first === undefined && second === undefined && positionals.length > 0) {
    const form = choiceOf("explain", "format", values.format ?? "text", DEPLOYMENT_FORMATS);
    return explainFiles(positionals, form, await askedJudge("explain", values), values.defaults);
  }
  if (positionals.length > 0) throw new CliError(say("cli.explain-too-much", { word: positionals[0] ?? "" }));
  const format = choiceOf("explain", "format", values.format ?? "text", ["text", "json"]);
  const catalogue = service.shippedCatalogue();
  if (first === undefined) throw new CliError(say("cli.explain-from"));
  const from = releaseNamed("explain", first, catalogue);
  const to = second === undefined ? catalogue.newest : releaseNamed("explain", second, catalogue);
  const changes = service.releaseChanges(from, to, catalogue);
  if (format === "json") {
    printJson({ from: from.name, to: to.name, ...changes });
    return 0;
  }
  const paint = colours();
  const lines = [
    say("cli.explain-title", { from: from.name, fromDate: from.date, to: to.name, toDate: to.date }),
  ];
  for (const part of PARTS) {
    const list = changes[part];
    if (list.length === 0) continue;
    const width = Math.max(...list.map(({ name }) => name.length));
    lines.push("", paint.bold(`${say(`cli.explain-${part}`)} (${list.length})`));
    for (const { name, text } of list) lines.push(`  ${name.padEnd(width)}  ${text.replaceAll("`", "")}`);
  }
  if (lines.length === 1) lines.push("", say("cli.explain-nothing"));
  tell(`${lines.join("\n")}\n`);
  return 0;
}

/** A word that names no file but a flag; undefined for any other. */
function flagNamed(word: string | undefined): string | undefined {
  if (word === undefined || !/^-{0,2}\w[\w-]*$/.test(word) || existsSync(word)) return undefined;
  const catalogue = service.shippedCatalogue();
  return service.explainFlag(word, catalogue.newest, catalogue) === undefined ? undefined : word;
}

/** Prints the documentation of a flag. @throws CliError if no release has it. */
function tellFlag(name: string, asked: string | undefined): number {
  const catalogue = service.shippedCatalogue();
  const release = asked === undefined ? catalogue.newest : releaseNamed("explain", asked, catalogue);
  const language = spokenLanguage().toLowerCase().startsWith("zh") ? "zh" : "en";
  const text = service.explainFlag(name, release, catalogue, language);
  if (text === undefined) throw new CliError(say("cli.explain-no-flag", { name }));
  const plain = text.replace(/\*\*|`/g, "").replace(/ {2}$/gm, "");
  tell(`${plain.replace(/\[([^\]\n]+)\]\((https?:[^)\s]+)\)/g, "$1: $2")}\n`);
  return 0;
}
