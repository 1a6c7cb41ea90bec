/** The YAML config: a key for each flag, `env` for the environment, a document for each launch. */
import { directiveComment } from "../../launch/directive-comment";
import { shortened } from "../../launch/visible-text";
import { say } from "../../messages";
import { escapeReferences } from "../../notations/references";
import { MORE_ARGUMENTS } from "../../notations/yaml-config/more-arguments";
import { writeScalar } from "../../notations/yaml-text/scalars";
import type {
  Comments,
  PortableArgument,
  PortableLaunch,
  PortablePart,
  PortableVariable,
  PortableWord,
} from "../portable";
import { aboutFlag, commentLines, headLines, withComments } from "./comment-lines";
import { shellArgument } from "./shell-words";

/** The text of the config. */
export function writeYamlConfig(launches: readonly PortableLaunch[]): string {
  return launches.map((launch) => `${documentLines(launch).join("\n")}\n`).join("---\n");
}

function documentLines(launch: PortableLaunch): string[] {
  const { name, deployment, environment, aboutEnvironment, arguments: given, below } = launch;
  const head = headLines(launch);
  const lines = [
    ...(name === undefined ? [] : [`x-name: ${writeScalar(name)}`]),
    ...(deployment === undefined ? [] : [`x-deployment: ${writeScalar(deployment)}`]),
    ...argumentLines(collected(given)),
    ...(aboutEnvironment.length > 0 ? ["", ...commentLines(aboutEnvironment)] : []),
    ...environmentLines(environment),
  ];
  // A launch without flags still needs a document.
  if (lines.length === 0) lines.push("{}");
  const documented = head.length > 0 && (head.length > 1 || !directiveComment(head[0] ?? ""));
  return [
    ...head,
    ...(documented ? [""] : []),
    ...lines,
    ...(below.length > 0 ? ["", ...commentLines(below)] : []),
  ];
}

/** The keys in the order of the arguments; words that have no key are between them. */
function argumentLines(given: readonly PortableArgument[]): string[] {
  const lines: string[] = [];
  let more = 0;
  for (let at = 0; at < given.length; at++) {
    const argument = given[at] as PortableArgument;
    const words: PortableArgument[] = [];
    while (at < given.length && !isKey(given[at] as PortableArgument, given))
      words.push(given[at++] as PortableArgument);
    if (words.length > 0) {
      lines.push(...moreLines(words, ++more));
      at--;
      continue;
    }
    const comments = commentsOf(argument);
    if (at > 0 && comments.above.length > 0) lines.push("");
    lines.push(...withComments(keyLine(argument), comments));
  }
  return lines;
}

/** A key can occur only once, so a repeatable flag has a list. */
function collected(given: readonly PortableArgument[]): PortableArgument[] {
  return given.flatMap((argument, at) => {
    const { flag, collects } = argument;
    if (!collects) return [argument];
    if (given.findIndex((other) => other.flag === flag) !== at) return [];
    const all = given.filter((other) => other.flag === flag);
    return [{ ...argument, values: all.flatMap(({ values }) => values) }];
  });
}

/** Whether an argument becomes a key: a mapping has each key once, and LightLLM uses the last of equal flags. */
function isKey(argument: PortableArgument, given: readonly PortableArgument[]): boolean {
  const { flag, values, joined } = argument;
  if (flag === undefined || joined || values.some(({ splits }) => splits)) return false;
  if (values.some(hasDollarBeforeOpen)) return false;
  if (given.findLast((other) => other.flag === flag) !== argument) return false;
  const name = /^--([A-Za-z_][\w-]*)$/.exec(flag)?.[1];
  return name !== undefined && name !== "env" && !name.startsWith("x-");
}

/** Whether a `$` is directly before `${NAME}`: `$$` means a literal dollar, so a key cannot express this. */
function hasDollarBeforeOpen({ parts }: PortableWord): boolean {
  return parts.some((part, at) => {
    const before = parts[at - 1];
    return part.kind !== "text" && before?.kind === "text" && before.text.endsWith("$");
  });
}

function keyLine({ flag = "", values }: PortableArgument): string {
  const [only] = values;
  const name = writeScalar(flag.slice(2), true);
  if (!only) return `${name}: true`;
  if (values.length === 1) return `${name}: ${scalar(only)}`;
  return `${name}: [${values.map((word) => scalar(word, true)).join(", ")}]`;
}

/** Known and unknown parts, quoted for PyYAML. */
function scalar(word: PortableWord, inFlow = false): string {
  return writeScalar(word.parts.map(partText).join(""), inFlow);
}

function partText(part: PortablePart): string {
  if (part.kind === "text") return escapeReferences(part.text);
  // In a config, `${@}` is substituted, and `$@` is plain text.
  return part.kind === "variable" ? `\${${part.name}}` : part.source.replace(/^\$([@*])$/, "$${$1}");
}

/** Words in shell syntax. */
function moreLines(more: readonly PortableArgument[], number: number): string[] {
  const notes = [...new Set(more.flatMap(({ note }) => note ?? []))].join("; ");
  const key = number === 1 ? MORE_ARGUMENTS : `${MORE_ARGUMENTS}-${number}`;
  const line = `${key}: ${writeScalar(more.map((argument) => shellArgument(argument)).join(" "))}`;
  return withComments(line, { above: more.flatMap(aboutFlag), ...(notes !== "" && { trailing: notes }) });
}

function environmentLines(environment: readonly PortableVariable[]): string[] {
  if (environment.length === 0) return [];
  const lines = environment
    .map(expressible)
    .flatMap((variable) =>
      withComments(
        `  ${writeScalar(variable.name, true)}: ${scalar(variable.value)}`,
        commentsOf(variable),
        "  ",
      ),
    );
  return ["env:", ...lines];
}

/** A variable whose value no key can express comes from outside, with a note that says what it was. */
function expressible(variable: PortableVariable): PortableVariable {
  const { name, value } = variable;
  if (!hasDollarBeforeOpen(value)) return variable;
  const text = shortened(value.parts.map(sourceOf).join(""));
  const outside: PortableWord = { parts: [{ kind: "variable", name }] };
  return { ...variable, value: outside, note: say("conversion.stands-for", { text }) };
}

function sourceOf(part: PortablePart): string {
  if (part.kind === "text") return part.text;
  return part.kind === "variable" ? `\${${part.name}}` : part.source;
}

/** The comments of the original, and notes about unknown values. */
function commentsOf({ comments, note }: PortableArgument | PortableVariable): Comments {
  const trailing = [comments.trailing, note].filter((one) => one !== undefined);
  return { above: comments.above, ...(trailing.length > 0 && { trailing: trailing.join("; ") }) };
}
