/**
 * A systemd unit file that starts a launch; if there are several, each instance of the unit starts the launch with its
 * name.
 */
import { say } from "../../messages";
import { commandWord, environmentWord, isPlainUnitWord } from "../../notations/systemd/unit-quote";
import { inCommandQuotes } from "../../notations/unit-text";
import {
  argumentWords,
  knownText,
  type PortableArgument,
  type PortableLaunch,
  type PortableVariable,
  type PortableWord,
  variablesOf,
  withOwnVariables,
} from "../portable";
import { execLines } from "./command";
import { allComments, headLines, joinedCommentLines } from "./comment-lines";
import { serviceNotes } from "./reachable";
import { writeShellScript } from "./shell-script";
import { assignment } from "./shell-words";
import { MODULE_WORDS } from "./start-command";
import { uniqueNames } from "./unique-names";
import type { WriteOptions } from "./write-options";

/** Looks up programs in the PATH, which systemd itself does only for its own fixed folders. */
const ENV = "/usr/bin/env";

/** The text of the file. */
export function writeSystemdUnit(launches: readonly PortableLaunch[], options: WriteOptions): string {
  const [only] = launches;
  const names = uniqueNames(launches);
  const lines =
    launches.length === 1 && only
      ? unit(headLines(only), only.name === undefined ? [] : names, serviceLines(only, options))
      : unit(joinedCommentLines([say("conversion.starts-one-of", { names: names.join(", ") })]), names, [
          // `%i` is the name of the instance, the first argument of the script.
          `ExecStart=${ENV} bash -c ${quotedText(writeShellScript(launches, options))} lightllm %i`,
        ]);
  return `${lines.join("\n")}\n`;
}

function unit(head: readonly string[], names: readonly string[], service: readonly string[]): string[] {
  return [
    ...head,
    "[Unit]",
    `Description=LightLLM ${names.join(", ")}`.trimEnd(),
    "Wants=network-online.target",
    "After=network-online.target",
    "",
    "[Service]",
    ...service,
    "",
    "[Install]",
    "WantedBy=multi-user.target",
  ];
}

function serviceLines(original: PortableLaunch, { python }: WriteOptions): string[] {
  const launch = withOwnVariables(original);
  const environment = variablesOf(launch);
  const fixed = environment.filter(({ value }) => knownText(value) !== undefined);
  const open = environment.filter((variable) => !fixed.includes(variable));
  const started = isForShell(launch, open)
    ? [`ExecStart=${ENV} bash -c ${quotedText(script({ ...launch, environment: open }, python))}`]
    : commandLines(launch.arguments, open, python);
  const passed = [...new Set([...mentioned(launch), ...open.flatMap(({ value }) => namesIn(value))])];
  return [
    ...(isPlainName(launch.name) ? [`SyslogIdentifier=${environmentValue(launch.name)}`] : []),
    ...fixed.flatMap(({ name, value, comments }) => [
      ...joinedCommentLines(allComments(comments)),
      `Environment=${environmentWord(name, knownText(value) ?? "")}`,
    ]),
    ...(passed.length === 0 ? [] : [`PassEnvironment=${passed.join(" ")}`]),
    ...joinedCommentLines(serviceNotes(launch)),
    ...started,
    ...joinedCommentLines(launch.below),
  ];
}

/** A value outside command lines: `%` begins a specifier, and quotes are literal. */
function environmentValue(text: string): string {
  return text.replaceAll("%", "%%");
}

/** A name without spaces, quotes and backslashes, which mean something else in a unit. */
function isPlainName(name: string | undefined): name is string {
  return name !== undefined && /^[^\s"'\\;#]+$/.test(name);
}

/** The program with one argument per line, and the comments above it. */
function commandLines(
  given: readonly PortableArgument[],
  open: readonly PortableVariable[],
  python: string,
): string[] {
  const set = open.map(({ name, value }) => assigned(name, value));
  const isPath = python.startsWith("/") && isPlainUnitWord(python);
  const env = isPath && set.length === 0 ? [] : [ENV];
  const start = [...env, ...set, ...[python, ...MODULE_WORDS].map(commandWord)].join(" ");
  const parts = [
    { lines: [`ExecStart=${start}`] },
    ...given.map((argument) => ({
      lines: [
        ...joinedCommentLines(allComments(argument.comments).filter(Boolean), "  "),
        `  ${argumentWords(argument).map(unitWord).join(" ")}`,
      ],
    })),
  ];
  return parts.flatMap(({ lines }, at) =>
    at < parts.length - 1 ? [...lines.slice(0, -1), `${lines.at(-1)} \\`] : lines,
  );
}

/** A word; `$NAME` if it may become several. */
function unitWord(word: PortableWord): string {
  const known = knownText(word);
  if (known !== undefined) return commandWord(known);
  const [only] = word.parts;
  if (word.splits && only?.kind === "variable") return `$${only.name}`;
  return quotedParts("", word);
}

/** `NAME=value` after `env`. */
function assigned(name: string, value: PortableWord): string {
  return quotedParts(`${name}=`, value);
}

function quotedParts(start: string, { parts }: PortableWord): string {
  const inside = parts.map((part) =>
    part.kind === "variable"
      ? `\${${part.name}}`
      : part.kind === "text"
        ? inCommandQuotes(part.text, '"')
        : "",
  );
  return `"${start}${inside.join("")}"`;
}

/** A text as one word on one line. */
function quotedText(text: string): string {
  return `"${inCommandQuotes(text, '"')}"`;
}

/** The command for a shell, with the variables that only a shell can set. */
function script(launch: PortableLaunch, python: string): string {
  const exports = launch.environment.map((variable) => `export ${assignment(variable)}`);
  return [...exports, ...execLines({ ...launch, environment: [] }, python)].join("\n");
}

/**
 * Whether systemd cannot produce the words itself: a shell expression, or a variable that is unknown before the start.
 */
function isForShell({ arguments: given }: PortableLaunch, open: readonly PortableVariable[]): boolean {
  const words = given.flatMap(({ values }) => values);
  const used = new Set([...words, ...open.map(({ value }) => value)].flatMap(namesIn));
  const needs = ({ parts, splits }: PortableWord) =>
    parts.some(({ kind }) => kind === "shell") || (splits && (parts.length > 1 || parts[0]?.kind === "text"));
  return [...words, ...open.map(({ value }) => value)].some(needs) || open.some(({ name }) => used.has(name));
}

function namesIn({ parts }: PortableWord): string[] {
  return parts.flatMap((part) => (part.kind === "variable" ? part.name : []));
}

function mentioned({ arguments: given }: PortableLaunch): string[] {
  return given.flatMap(({ values }) => values).flatMap(namesIn);
}
