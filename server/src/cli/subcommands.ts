/** The subcommands: summary, help text, and implementation. */
import { CliError } from "./cli-error";
import { aboutFiles, notationOption } from "./notation-help";

/** Implementation of a subcommand; returns the exit status, or undefined while it keeps running. */
export interface Subcommand {
  readonly summary: string;
  help(): string;
  run(words: readonly string[]): Promise<number | undefined>;
}

/** By name, in the order of the overview. */
export const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  check: {
    summary: "Say what LightLLM would make of the launches in files",
    help: () =>
      [
        "Usage: lightllm-config check [options] FILE…",
        "       lightllm-config check [options] --notation NAME -",
        "       lightllm-config check [options] -- ARGUMENT…",
        "",
        ...aboutFiles(
          "Finds the launches in FILES, and says what LightLLM would refuse, replace, ignore or die of, and how to mend it.",
        ),
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
        ...notationOption("what the files are"),
        "",
        "Files are read as UTF-8, UTF-16 with its mark, or GB18030, which is said where it is not UTF-8. Only plain text files are",
        "read: any other is named on standard error, and the others are checked all the same.",
        "",
        "Exit status: 0 no errors, 1 errors found, 2 could not run, or could not read a file.",
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
  render: {
    summary: "Write launches as the command, script or manifest that starts them",
    help: () =>
      [
        "Usage: lightllm-config render [options] FILE",
        "",
        "Writes each launch of a YAML config, or of any file with launches, in another form. Words are quoted so that LightLLM",
        "gets them exactly; '${NAME}' stays a variable. A launch that LightLLM would refuse is not rendered, and why is told.",
        "'-' reads a config from standard input.",
        "",
        "  --format FORMAT  command   one line for each launch (default)",
        "                   shell     a script: environment, comments, a flag on each line; with several launches, the one",
        "                             that its first word names",
        "                   compose, kubernetes, dockerfile, python (a list for subprocess),",
        "                   systemd, yaml",
        "  --document N     only the launch with this number, counted from 1",
        "  --name NAME      only the launch with this x-name, service or container name",
        "  --python PATH    the interpreter that starts LightLLM; the one the launch names, else 'python'",
        "  --output FILE    write to this file, whole or not at all; -o for short",
        "  --force          render what LightLLM would refuse, too",
        "  --release NAME   judge by this release",
        "  --source PATH    judge by the LightLLM in this checkout or Python environment's site-packages",
        ...notationOption("what FILE is"),
        "",
        "Exit status: 0 rendered, 1 LightLLM would refuse a launch, 2 could not run.",
        "",
        "Examples:",
        "  lightllm-config render deepseek-r1.lightllm.yaml",
        "  lightllm-config render --format shell -o start.sh deepseek-r1.lightllm.yaml",
        "  lightllm-config render --format kubernetes --name prefill pd.lightllm.yaml | kubectl apply -f -",
      ].join("\n"),
    async run(words) {
      const { render } = await import("./render");
      return render(words);
    },
  },
  import: {
    summary: "Make a YAML config of the launches in scripts and manifests",
    help: () =>
      [
        "Usage: lightllm-config import [options] FILE…",
        "",
        "Writes a YAML config with a document for each launch in the files; flags stay in their order, and comments with them.",
        "What is not known before the launch runs is kept as ${NAME}, or as the shell writes it, and told in a comment beside it;",
        'words that no key can stand for, as "$@", are kept under x-arguments. Rendering the config gives the same words again.',
        "",
        "  --output FILE    write to this file, whole or not at all; -o for short",
        "  --release NAME   the release that the launches are for; found out for each where it is not given",
        "  --source PATH    they are for the LightLLM in this checkout or site-packages",
        ...notationOption("what the files are"),
        "",
        "Exit status: 0 imported, 2 could not run.",
        "",
        "Examples:",
        "  lightllm-config import start.sh -o deepseek-r1.lightllm.yaml",
        "  kubectl get deployment lightllm -o yaml | lightllm-config import --notation kubernetes -",
      ].join("\n"),
    async run(words) {
      const { importFiles } = await import("./import");
      return importFiles(words);
    },
  },
  run: {
    summary: "Check a launch and start it in the foreground",
    help: () =>
      [
        "Usage: lightllm-config run [options] FILE",
        "",
        "Checks a launch and starts LightLLM with it: in the foreground, with the environment there is and what 'env' sets.",
        "${NAME} is taken from the environment. Signals go on to LightLLM, and its exit status is the status of this command.",
        "Nothing is started where an error is found.",
        "",
        "  --document N     the launch with this number, counted from 1, of a file with several",
        "  --name NAME      the launch with this x-name",
        "  --python PATH    the interpreter that has LightLLM; the one the launch names, else 'python' on the PATH",
        "  --dry-run        check, and print the command instead of starting it",
        "  --force          start although errors were found",
        "  --release NAME   judge by this release",
        "  --source PATH    judge by the LightLLM in this checkout or Python environment's site-packages",
        ...notationOption("what FILE is"),
        "",
        "Exit status: that of LightLLM; 1 errors found, 2 could not start.",
        "",
        "Examples:",
        "  lightllm-config run lightllm.yaml",
        "  NODE_RANK=1 lightllm-config run --name prefill --python /opt/venv/bin/python pd.lightllm.yaml",
      ].join("\n"),
    async run(words) {
      const { runLaunch } = await import("./run");
      return runLaunch(words);
    },
  },
  migrate: {
    summary: "Carry the launches in files over to another release",
    help: () =>
      [
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
        ...notationOption("what the files are"),
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
    help: () =>
      [
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
    help: () =>
      [
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
    help: () =>
      [
        "Usage: lightllm-config lsp --stdio",
        "",
        "Starts the language server. It speaks the Language Server Protocol on standard input and output.",
        "",
        "Example, in Neovim:",
        '  vim.lsp.start({ name = "lightllm", cmd = { "lightllm-config", "lsp", "--stdio" } })',
      ].join("\n"),
    async run(words) {
      if (!words.includes("--stdio") && !words.includes("--node-ipc")) {
        throw new CliError("lsp: say how to talk to the client: lightllm-config lsp --stdio");
      }
      const { serveNode } = await import("../lsp/node");
      serveNode();
      return undefined;
    },
  },
};
