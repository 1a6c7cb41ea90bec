#!/usr/bin/env node
/** The command line: `lightllm-config <subcommand>`. */
import { version } from "../version";

/** What a subcommand does; it returns the exit status, or nothing while it goes on serving. */
interface Subcommand {
  readonly summary: string;
  readonly help: string;
  run(words: readonly string[]): Promise<number | undefined>;
}

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  check: {
    summary: "Say what LightLLM would make of the launches in files",
    help: [
      "Usage: lightllm-config check [options] FILE…",
      "       lightllm-config check [options] --as NOTATION -",
      "       lightllm-config check [options] -- ARGUMENT…",
      "",
      "Finds the launches in YAML configs, shell scripts, Dockerfiles, compose files, Kubernetes manifests, Markdown,",
      "reStructuredText and Python, and says what LightLLM would refuse, replace, ignore or die of, and how to mend it.",
      "What depends on the model is read from the config.json in --model_dir, where that folder is here. '-' reads standard",
      "input; behind '--' stand the words of one launch that is about to run here, for a container's entry point.",
      "",
      "A launch is judged by the release that is asked for, here or in a comment of the file; else by the LightLLM whose",
      "source lies in this folder or is installed in the active Python environment; else by the version that an image or a",
      "package beside it names; else by the newest release that knows all its flags and values.",
      "",
      "  --release NAME   judge by this release",
      "  --source PATH    judge by the LightLLM in this checkout or Python environment's site-packages",
      "  --format FORMAT  text (default) or json",
      "  --as NOTATION    what the files are: yaml, shell, dockerfile, compose, kubernetes, markdown,",
      "                   restructuredtext, python",
      "",
      "Exit status: 0 no errors, 1 errors found, 2 could not run.",
      "",
      "Examples:",
      "  lightllm-config check launch.sh deploy/*.yaml",
      '  lightllm-config check --release v1.2.0 -- "$@"',
    ].join("\n"),
    async run(words) {
      const { check } = await import("./check");
      return check(words);
    },
  },
  migrate: {
    summary: "Carry the launches in files over to another release",
    help: [
      "Usage: lightllm-config migrate --to NAME [options] FILE…",
      "",
      "Prints a diff: flags and values that are gone are replaced by what took their place, environment variables too, and",
      "old defaults that mattered are written down. What was done and why, and what cannot be carried over, is told on",
      "standard error.",
      "",
      "  --to NAME        the release to move to",
      "  --from NAME      the release the launches are for; found out for each one where it is not given",
      "  --source PATH    they are for the LightLLM in this checkout or site-packages",
      "  --write          change the files instead of printing a diff ('-': print the new text)",
      "  --new-defaults   leave to the new defaults what was left to the old ones",
      "  --comments       say in a comment which old defaults were written down",
      "  --as NOTATION    what the files are: yaml, shell, dockerfile, compose, kubernetes, markdown,",
      "                   restructuredtext, python",
      "",
      "Exit status: 0 every launch starts in the new release, 1 one does not, 2 could not run.",
      "",
      "Examples:",
      "  lightllm-config migrate --to v1.2.0 launch.sh",
      "  lightllm-config migrate --to v1.2.0 --write deploy/*.yaml",
    ].join("\n"),
    async run(words) {
      const { migrateFiles } = await import("./migrate");
      return migrateFiles(words);
    },
  },
  explain: {
    summary: "Say what changes between two releases",
    help: [
      "Usage: lightllm-config explain --from NAME [--to NAME] [--format text|json]",
      "",
      "Prints the flags that are gone and new from one LightLLM release to another, other defaults and values, and the",
      "environment variables that are read. Without --to it compares with the newest release.",
      "",
      "Example:",
      "  lightllm-config explain --from v1.1.0 --to v1.2.0",
    ].join("\n"),
    async run(words) {
      const { explain } = await import("./explain");
      return explain(words);
    },
  },
  schema: {
    summary: "Print the JSON Schema of a release's YAML config, or of a LightLLM's own source",
    help: [
      "Usage: lightllm-config schema --release <release>",
      "       lightllm-config schema --source <folder>",
      "       lightllm-config schema --list",
      "",
      "Prints the JSON Schema of the YAML config of one LightLLM release, or the releases that are known.",
      "",
      "  --release NAME   this release; the newest where neither this nor --source is given",
      "  --source FOLDER  the flags of the LightLLM in this folder: a checkout, the package or the site-packages it is",
      "                   installed in, or the api_cli.py itself. The file is read as text; nothing of it runs.",
      "  --list           name the releases",
      "",
      "Examples:",
      "  lightllm-config schema --release v1.1.0 > lightllm.schema.json",
      "  lightllm-config schema --source ~/src/lightllm > lightllm.schema.json",
    ].join("\n"),
    async run(words) {
      const { printSchema } = await import("./schema");
      return printSchema(words);
    },
  },
  lsp: {
    summary: "Start the language server",
    help: [
      "Usage: lightllm-config lsp --stdio",
      "",
      "Starts the language server. It speaks the Language Server Protocol on standard input and output.",
      "",
      "Example, in Neovim:",
      '  vim.lsp.start({ name = "lightllm", cmd = { "lightllm-config", "lsp", "--stdio" } })',
    ].join("\n"),
    async run(words) {
      if (!words.includes("--stdio") && !words.includes("--node-ipc")) {
        return usageError("lsp: say how to talk to the client: lightllm-config lsp --stdio");
      }
      const { serveNode } = await import("../lsp/node");
      serveNode();
      return undefined;
    },
  },
};

function overview(): string {
  const width = Math.max(...Object.keys(SUBCOMMANDS).map((name) => name.length));
  const lines = Object.entries(SUBCOMMANDS).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
  );
  return [
    "lightllm-config: language support for LightLLM launch configurations",
    "",
    "Usage: lightllm-config <subcommand> [--help]",
    "",
    ...lines,
  ].join("\n");
}

/** Says on standard error what was wrong with the call; the status for it. */
export function usageError(message: string): number {
  process.stderr.write(`lightllm-config: ${message}\n`);
  return 2;
}

async function main([name, ...words]: readonly string[]): Promise<number | undefined> {
  if (name === "--version" || name === "-V") {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (name === undefined || name === "--help" || name === "-h") {
    process.stdout.write(`${overview()}\n`);
    return name === undefined ? 2 : 0;
  }
  const subcommand = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (!subcommand) return usageError(`there is no subcommand '${name}'. Try: lightllm-config --help`);
  const own = words.includes("--") ? words.slice(0, words.indexOf("--")) : words;
  if (own.includes("--help") || own.includes("-h")) {
    process.stdout.write(`${subcommand.help}\n`);
    return 0;
  }
  return subcommand.run(words);
}

// Whoever reads the output may have had enough of it, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

main(process.argv.slice(2)).then(
  (status) => {
    if (status !== undefined) process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`lightllm-config: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
