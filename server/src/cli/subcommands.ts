/** The subcommands: summary, help text, and implementation. */

import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { aboutFiles, notationOption, otherFormats } from "./notation-help";

/** Implementation of a subcommand; returns the exit status, or undefined while it keeps running. */
export interface Subcommand {
  summary(): string;
  help(): string;
  run(words: readonly string[]): Promise<number | undefined>;
}

/** By name, in the order of the overview. */
export const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  new: {
    summary: () => say("help.new-summary"),
    help: () => say("help.new"),
    async run(words) {
      const { beginFiles } = await import("./new");
      return beginFiles(words);
    },
  },
  check: {
    summary: () => say("help.check-summary"),
    help: () => say("help.check", { about: aboutFiles(), notation: notationOption("files") }),
    async run(words) {
      const { check } = await import("./check");
      return check(words);
    },
  },
  render: {
    summary: () => say("help.render-summary"),
    help: () =>
      say("help.render", { notation: notationOption("file"), formats: otherFormats(["command", "shell"]) }),
    async run(words) {
      const { render } = await import("./render");
      return render(words);
    },
  },
  import: {
    summary: () => say("help.import-summary"),
    help: () => say("help.import", { notation: notationOption("files") }),
    async run(words) {
      const { importFiles } = await import("./import");
      return importFiles(words);
    },
  },
  run: {
    summary: () => say("help.run-summary"),
    help: () => say("help.run", { notation: notationOption("file") }),
    async run(words) {
      const { runSubcommand } = await import("./run");
      return runSubcommand(words);
    },
  },
  migrate: {
    summary: () => say("help.migrate-summary"),
    help: () => say("help.migrate", { notation: notationOption("files") }),
    async run(words) {
      const { migrateFiles } = await import("./migrate");
      return migrateFiles(words);
    },
  },
  explain: {
    summary: () => say("help.explain-summary"),
    help: () => say("help.explain"),
    async run(words) {
      const { explain } = await import("./explain");
      return explain(words);
    },
  },
  fit: {
    summary: () => say("help.fit-summary"),
    help: () => say("help.fit", { notation: notationOption("file") }),
    async run(words) {
      const { printFit } = await import("./print-fit");
      return printFit(words);
    },
  },
  rule: {
    summary: () => say("help.rule-summary"),
    help: () => say("help.rule"),
    async run(words) {
      const { tellRule } = await import("./tell-rule");
      return tellRule(words);
    },
  },
  schema: {
    summary: () => say("help.schema-summary"),
    help: () => say("help.schema"),
    async run(words) {
      const { printSchema } = await import("./schema");
      return printSchema(words);
    },
  },
  completions: {
    summary: () => say("help.completions-summary"),
    help: () => say("help.completions"),
    async run(words) {
      const { printCompletions } = await import("./completions");
      return printCompletions(words, SUBCOMMANDS);
    },
  },
  lsp: {
    summary: () => say("help.lsp-summary"),
    help: () => say("help.lsp"),
    async run(words) {
      if (!words.includes("--stdio") && !words.includes("--node-ipc")) {
        throw new CliError(say("cli.lsp-stdio"));
      }
      const { serveNode } = await import("../lsp/node");
      serveNode();
      return undefined;
    },
  },
};
