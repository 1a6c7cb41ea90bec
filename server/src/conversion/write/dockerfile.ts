/** A Dockerfile with a stage for each launch: its environment, and the `CMD` that starts it. */
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
import { assignment } from "./shell-words";

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
  return `${stages.join("\n\n")}\n`;
}

function stageLines(original: PortableLaunch, { python }: WriteOptions): string[] {
  const launch = withOwnVariables(original);
  const environment = variablesOf(launch);
  const { arguments: given, below } = launch;
  // What is not known when the image is built is set when it starts.
  const built = environment.filter(({ value }) => isPlain(knownText(value)));
  const later = environment.filter((variable) => !built.includes(variable));
  const asWords = later.length === 0 && given.every(isExact);
  return [
    ...built.flatMap(environmentLines),
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
  const start = [python, ...MODULE_WORDS].map((word) => JSON.stringify(word)).join(", ");
  const lines = [`CMD [${start}`];
  for (const argument of given) {
    lines[lines.length - 1] += ", \\";
    lines.push(...asComments(saidOf(argument.comments).filter(Boolean), "     "));
    lines.push(
      `     ${wordsOf(argument)
        .map((word) => JSON.stringify(knownText(word)))
        .join(", ")}`,
    );
  }
  lines[lines.length - 1] += "]";
  return lines;
}

/** The command for the image's shell, with what is set when it starts. */
function commandLines(launch: PortableLaunch, python: string): string[] {
  const set = launch.environment.map((variable) => `${assignment(variable)} `).join("");
  const lines = execLines({ ...launch, arguments: launch.arguments.map(withoutComments) }, python);
  const [start = "", ...rest] = lines;
  const about = asComments(launch.arguments.flatMap(aboutFlag));
  // The end of a line would end the instruction.
  if (lines.some((line) => line.replace(/\\$/, "").includes("\n")))
    return [...about, `CMD ${JSON.stringify(["bash", "-c", `${set}${lines.join("\n")}`])}`];
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

/** A Dockerfile's line ends with the line. */
function isPlain(text: string | undefined): boolean {
  return text !== undefined && !/[\n\r]/.test(text);
}
