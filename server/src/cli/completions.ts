/** `lightllm-config completions`: completion for shells, from the same help texts as `--help`. */
import { service } from "../service";
import { CliError } from "./cli-error";
import { say } from "./cli-texts";
import { readOptions } from "./options";
import { print } from "./output";

/** What completion shows of a subcommand. */
interface Described {
  summary(): string;
  help(): string;
}

interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly string[];
}

/** The options of a subcommand, by its help text. */
function optionsOf(help: string): string[] {
  return [...new Set(help.match(/--[a-z][a-z-]*[a-z]/g) ?? [])].filter((option) => option !== "--");
}

const SHELLS: Readonly<Record<string, (all: readonly Completed[]) => string>> = {
  bash: inBash,
  zsh: inZsh,
  fish: inFish,
};

/** Prints the script for a shell. @throws CliError for any other. */
export async function printCompletions(
  words: readonly string[],
  subcommands: Readonly<Record<string, Described>>,
): Promise<number> {
  const { positionals } = readOptions("completions", words, {});
  const [shell = "", ...others] = positionals;
  const script = Object.hasOwn(SHELLS, shell) && others.length === 0 ? SHELLS[shell] : undefined;
  if (!script) throw new CliError(say("cli.completions-shell", { known: Object.keys(SHELLS).join("|") }));
  print(script(completedOf(subcommands)));
  return 0;
}

function completedOf(subcommands: Readonly<Record<string, Described>>): Completed[] {
  return Object.entries(subcommands).map(([name, { summary, help }]) => ({
    name,
    summary: summary(),
    options: [...optionsOf(help()), "--help"],
  }));
}

function releases(): string {
  return service
    .shippedCatalogue()
    .releases.map(({ name }) => name)
    .join(" ");
}

const NAME = "lightllm-config";
const FUNCTION = "_lightllm_config";

function inBash(all: readonly Completed[]): string {
  const cases = all.map(({ name, options }) => `    ${name}) words='${options.join(" ")}' ;;`);
  return [
    `${FUNCTION}() {`,
    "  local current=$" + "{COMP_WORDS[COMP_CWORD]} previous=$" + "{COMP_WORDS[COMP_CWORD-1]} words=",
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W '${all.map(({ name }) => name).join(" ")}' -- "$current"))`,
    "    return",
    "  fi",
    "  case $previous in --release | --to | --from)",
    `    COMPREPLY=($(compgen -W '${releases()}' -- "$current"))`,
    "    return ;;",
    "  esac",
    "  case $" + "{COMP_WORDS[1]} in",
    ...cases,
    "  esac",
    '  case $current in -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;; esac',
    "}",
    `complete -o default -F ${FUNCTION} ${NAME}`,
    "",
  ].join("\n");
}

function inZsh(all: readonly Completed[]): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return [
    `#compdef ${NAME}`,
    `${FUNCTION}() {`,
    "  local -a subcommands",
    `  subcommands=(${all.map(({ name, summary }) => quoted(`${name}:${summary.replaceAll(":", "\\:")}`)).join(" ")})`,
    "  if (( CURRENT == 2 )); then",
    "    _describe subcommand subcommands",
    "    return",
    "  fi",
    "  case $words[CURRENT-1] in --release | --to | --from)",
    `    compadd -- ${releases()}`,
    "    return ;;",
    "  esac",
    "  case $words[CURRENT] in -*)",
    "    case $words[2] in",
    ...all.map(({ name, options }) => `      ${name}) compadd -- ${options.join(" ")} ;;`),
    "    esac",
    "    return ;;",
    "  esac",
    "  _files",
    "}",
    `compdef ${FUNCTION} ${NAME}`,
    "",
  ].join("\n");
}

function inFish(all: readonly Completed[]): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, "\\$&")}'`;
  return [
    ...all.map(
      ({ name, summary }) =>
        `complete -c ${NAME} -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ),
    ...all.flatMap(({ name, options }) =>
      options.map(
        (option) =>
          `complete -c ${NAME} -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}${
            ["--release", "--to", "--from"].includes(option) ? ` -x -a ${quoted(releases())}` : ""
          }`,
      ),
    ),
    "",
  ].join("\n");
}
