/** A Dockerfile with a stage for each launch: its environment, and the `CMD` that starts it. */
import { doubleQuoted, onOneLine } from "../../launch/visible-text";
import { setInImage } from "../../notations/dockerfile/write-variable";
import {
  argumentWords,
  knownText,
  type PortableArgument,
  type PortableLaunch,
  type PortableVariable,
  variablesOf,
  withOwnVariables,
} from "../portable";
import { execLines } from "./command";
import { aboutFlag, allComments, joinedCommentLines as asComments, headLines } from "./comment-lines";
import { publishedPort } from "./reachable";
import { assignment, isOfShells } from "./shell-words";
import { besideImage, lightllmImage, MODULE_WORDS } from "./start-command";
import { uniqueNames } from "./unique-names";
import type { WriteOptions } from "./write-options";

const INSTRUCTION = { kind: "instruction", assigned: true, escapeChar: "\\" } as const;

/** The text of the file. */
export function writeDockerfile(launches: readonly PortableLaunch[], options: WriteOptions): string {
  const names = uniqueNames(launches);
  const stages = launches.map((launch, at) => {
    const alias = launches.length > 1 ? ` AS ${names[at]}` : "";
    return [
      ...headLines(besideImage(launch, options.tags[at])),
      `FROM ${lightllmImage(options.tags[at])}${alias}`,
      ...stageLines(launch, options),
    ].join("\n");
  });
  const text = `${stages.join("\n\n")}\n`;
  // A comment of the original must not become a parser directive of Docker: after a first comment there are none.
  return DIRECTIVE.test(text) ? `#\n${text}` : text;
}

/** A parser directive of Docker at the top of a file. */
const DIRECTIVE = /^#\s*[A-Za-z]\w*\s*=/;

function stageLines(original: PortableLaunch, { python }: WriteOptions): string[] {
  const launch = withOwnVariables(original);
  const environment = variablesOf(launch);
  const { arguments: given, below } = launch;
  // A value that is unknown when the image is built is set when it starts.
  const built = environment.filter(({ value }) => isPlain(knownText(value)));
  const open = environment.filter((variable) => !built.includes(variable));
  const { port, notes } = publishedPort(launch);
  const asWords = open.length === 0 && given.every(isExact);
  // A variable for the program only must not affect the shell that starts it.
  const later = asWords ? [] : environment.filter((one) => open.includes(one) || isOfShells(one));
  return [
    ...built.filter((one) => !later.includes(one)).flatMap(environmentLines),
    ...asComments(notes),
    ...(port === undefined ? [] : [`EXPOSE ${port}`]),
    "",
    ...(asWords ? wordLines(given, python) : commandLines({ ...launch, environment: later }, python)),
    ...asComments(below),
  ];
}

function environmentLines({ name, value, comments }: PortableVariable): string[] {
  return [
    ...asComments(allComments(comments)),
    `ENV ${setInImage(name, knownText(value) ?? "", INSTRUCTION)}`,
  ];
}

/** The command in exec form, in which nothing is substituted. */
function wordLines(given: readonly PortableArgument[], python: string): string[] {
  const start = [python, ...MODULE_WORDS].map(doubleQuoted).join(", ");
  const lines = [`CMD [${start}`];
  for (const argument of given) {
    lines[lines.length - 1] += ", \\";
    lines.push(...asComments(allComments(argument.comments).filter(Boolean), "     "));
    lines.push(
      `     ${argumentWords(argument)
        .map((word) => doubleQuoted(knownText(word) ?? ""))
        .join(", ")}`,
    );
  }
  lines[lines.length - 1] += "]";
  return lines;
}

/** The command for the image's shell, which also sets variables that are known only at the start. */
function commandLines(launch: PortableLaunch, python: string): string[] {
  const set = launch.environment
    .filter((one) => !isOfShells(one))
    .map((variable) => `${assignment(variable)} `)
    .join("");
  const lines = execLines({ ...launch, arguments: launch.arguments.map(withoutComments) }, python);
  const [start = "", ...rest] = lines;
  const about = asComments(launch.arguments.flatMap(aboutFlag));
  // A line break would end the instruction, and some shells do not support `$'…'`.
  const needsBash = /\$'/.test(set) || lines.some((line) => /\n|\$'/.test(line.replace(/\\$/, "")));
  if (needsBash || set.includes("\n")) {
    const words = ["bash", "-c", `${set}${lines.join("\n")}`];
    return [...about, `CMD [${words.map(doubleQuoted).join(",")}]`];
  }
  return [...about, `CMD ${set}${start}`, ...rest];
}

function withoutComments(argument: PortableArgument): PortableArgument {
  return { ...argument, comments: { above: [] } };
}

function isExact(argument: PortableArgument): boolean {
  return argumentWords(argument).every((word) => {
    const text = knownText(word);
    return text !== undefined && !text.includes("$");
  });
}

/** An instruction ends at the end of its line, and has no escapes for invisible characters. */
function isPlain(text: string | undefined): boolean {
  return text !== undefined && onOneLine(text) === text;
}
