/** A Dockerfile with a stage for each launch: its environment, and the `CMD` that starts it. */
import { doubleQuoted, onOneLine } from "../../launch/visible-text";
import { setInImage } from "../../notations/dockerfile/write-variable";
import {
  knownText,
  type PortableArgument,
  type PortableLaunch,
  type PortableVariable,
  variablesOf,
  withOwnVariables,
  wordsOf,
} from "../portable";
import { execLines } from "./command";
import { aboutFlag, joinedCommentLines as asComments, headLines, saidOf } from "./comment-lines";
import { namesOf } from "./names";
import type { WriteOptions } from "./options";
import { besideImage, imageOf, MODULE_WORDS } from "./program";
import { assignment, isOfShells } from "./shell-words";

const INSTRUCTION = { kind: "instruction", assigned: true, escapeChar: "\\" } as const;

/** The text of the file. */
export function writeDockerfile(launches: readonly PortableLaunch[], options: WriteOptions): string {
  const names = namesOf(launches);
  const stages = launches.map((launch, at) => {
    const alias = launches.length > 1 ? ` AS ${names[at]}` : "";
    return [
      ...headLines(besideImage(launch, options.tags[at])),
      `FROM ${imageOf(options.tags[at])}${alias}`,
      ...stageLines(launch, options),
    ].join("\n");
  });
  const text = `${stages.join("\n\n")}\n`;
  // A comment of the original must not tell Docker what reads the file: behind a first comment none does.
  return DIRECTIVE.test(text) ? `#\n${text}` : text;
}

/** What Docker takes for a directive at the top of a file. */
const DIRECTIVE = /^#\s*[A-Za-z]\w*\s*=/;

function stageLines(original: PortableLaunch, { python }: WriteOptions): string[] {
  const launch = withOwnVariables(original);
  const environment = variablesOf(launch);
  const { arguments: given, below } = launch;
  // What is not known when the image is built is set when it starts.
  const built = environment.filter(({ value }) => isPlain(knownText(value)));
  const open = environment.filter((variable) => !built.includes(variable));
  const asWords = open.length === 0 && given.every(isExact);
  // What is for the program only must not reach the shell that starts it.
  const later = asWords ? [] : environment.filter((one) => open.includes(one) || isOfShells(one));
  return [
    ...built.filter((one) => !later.includes(one)).flatMap(environmentLines),
    ...(launch.needs?.port === undefined ? [] : [`EXPOSE ${launch.needs.port}`]),
    "",
    ...(asWords ? wordLines(given, python) : commandLines({ ...launch, environment: later }, python)),
    ...asComments(below),
  ];
}

function environmentLines({ name, value, comments }: PortableVariable): string[] {
  return [...asComments(saidOf(comments)), `ENV ${setInImage(name, knownText(value) ?? "", INSTRUCTION)}`];
}

/** The command in exec form, in which nothing is put in for anything. */
function wordLines(given: readonly PortableArgument[], python: string): string[] {
  const start = [python, ...MODULE_WORDS].map(doubleQuoted).join(", ");
  const lines = [`CMD [${start}`];
  for (const argument of given) {
    lines[lines.length - 1] += ", \\";
    lines.push(...asComments(saidOf(argument.comments).filter(Boolean), "     "));
    lines.push(
      `     ${wordsOf(argument)
        .map((word) => doubleQuoted(knownText(word) ?? ""))
        .join(", ")}`,
    );
  }
  lines[lines.length - 1] += "]";
  return lines;
}

/** The command for the image's shell, with what is set when it starts. */
function commandLines(launch: PortableLaunch, python: string): string[] {
  const set = launch.environment
    .filter((one) => !isOfShells(one))
    .map((variable) => `${assignment(variable)} `)
    .join("");
  const lines = execLines({ ...launch, arguments: launch.arguments.map(withoutComments) }, python);
  const [start = "", ...rest] = lines;
  const about = asComments(launch.arguments.flatMap(aboutFlag));
  // The end of a line would end the instruction, and `$'…'` is not known to every shell of an image.
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
  return wordsOf(argument).every((word) => {
    const text = knownText(word);
    return text !== undefined && !text.includes("$");
  });
}

/** A Dockerfile's line ends with the line, and has no escapes for what is not seen. */
function isPlain(text: string | undefined): boolean {
  return text !== undefined && onOneLine(text) === text;
}
