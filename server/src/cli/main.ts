#!/usr/bin/env node
import { onOneLine } from "../service";
import { version } from "../version";
/** The command line: `lightllm-config <subcommand>`. */
import { say } from "./cli-texts";
import { chooseLanguage } from "./language";
import { complain, tell, watchStreams } from "./output";
import { SUBCOMMANDS } from "./subcommands";

function overview(): string {
  const width = Math.max(...Object.keys(SUBCOMMANDS).map((name) => name.length));
  const lines = Object.entries(SUBCOMMANDS).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary()}`,
  );
  return [say("cli.overview"), "", say("cli.usage"), "", ...lines].join("\n");
}

/** Prints a usage error on standard error; returns the exit status. */
export function usageError(message: string): number {
  complain(`lightllm-config: ${onOneLine(message)}\n`);
  return 2;
}

async function main(all: readonly string[]): Promise<number | undefined> {
  const [name, ...words] = await chooseLanguage(all);
  if (name === "--version" || name === "-V") {
    tell(`${version}\n`);
    return 0;
  }
  if (name === undefined || name === "--help" || name === "-h") {
    tell(`${overview()}\n`);
    return name === undefined ? 2 : 0;
  }
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (!subcommand) return usageError(say("cli.no-subcommand", { name }));
  const own = words.includes("--") ? words.slice(0, words.indexOf("--")) : words;
  if (own.includes("--help") || own.includes("-h")) {
    tell(`${subcommand.help()}\n`);
    return 0;
  }
  return subcommand.run(words);
}

watchStreams();

main(process.argv.slice(2)).then(
  (status) => {
    if (status !== undefined) process.exitCode = status;
  },
  (error: unknown) => {
    process.exitCode = usageError(error instanceof Error ? error.message : String(error));
  },
);
