/** Finds the launches of a Dockerfile: commands that its images start, and commands that run during the build. */

import { isWithin, type Launch, spanFrom, type TextProblem, withProblems } from "../../launch/launch";
import { lineAt, nextLineAt } from "../../launch/lines";
import { say } from "../../messages";
import { type Embedded, verbatim } from "../embedded";
import { isMarkedAsArguments } from "../list/marked";
import { KEEPS_ALL, shellNeeded } from "../list/needs-shell";
import {
  type CommandContext,
  type FoundLaunches,
  joinLaunches,
  NOTHING_FOUND,
  readCommand,
  readShell,
} from "../list/read-command";
import { type Around, type Installed, NOTHING_INSTALLED } from "../pins";
import { argumentsStart, mayHoldLaunch } from "../program";
import { inImage, type Outside } from "../read-invocation";
import type { ExecForm } from "./exec-form";
import { type Instruction, instructionsOf } from "./instructions";
import { ignoredArguments, withBlankSigns } from "./problems";
import { stageSite } from "./stage-site";
import { type BuildStage, type Command, type Starts, stagesOf } from "./stages";
import { dockerfileTraits } from "./traits";

export function findInDockerfile(text: string): FoundLaunches {
  const instructions = instructionsOf(text);
  const after: Installed[] = [];
  const stages = stagesOf(text, instructions).map((stage) => {
    const before = stage.base === undefined ? undefined : after[stage.base];
    const { found, installed } = readStage(stage, before ?? NOTHING_INSTALLED, text);
    after.push(installed);
    return found;
  });
  const scripts = instructions
    .filter(({ keyword }) => keyword === "COPY" || keyword === "ADD")
    .flatMap(({ hereDocuments }) => hereDocuments)
    .map((body) =>
      readShell(verbatim(text, body), {
        text,
        notation: dockerfileTraits,
        environment: [],
        outside: IN_IMAGE,
      }),
    );
  const found = joinLaunches([...stages, ...scripts]);
  return {
    ...found,
    launches: withBlankSigns(found.launches).map((launch) => withCutOffFlags(launch, instructions, text)),
  };
}

/** Reports a line that begins with a flag below the instruction of a launch: a backslash is missing. */
function withCutOffFlags(launch: Launch, instructions: readonly Instruction[], text: string): Launch {
  const own = instructions.find(({ span }) => isWithin(launch.span, span));
  const last = own?.lines.at(-1);
  if (!own || !last || own.hereDocuments.length > 0) return launch;
  const line = lineAt(text, nextLineAt(text, last.end));
  const flag = /^[ \t]*(--[A-Za-z]\S*)/.exec(line.text);
  if (!flag || line.start <= last.start) return launch;
  const start = line.start + flag[0].length - (flag[1]?.length ?? 0);
  const problem: TextProblem = {
    code: "shell-missing-backslash",
    span: spanFrom(start, line.start + flag[0].length),
    message: say("shell.missing-backslash-in-dockerfile"),
    fixes: [
      {
        title: say("shell.continue-line"),
        kind: "spelling",
        preferred: true,
        edits: [{ span: spanFrom(last.end, last.end), newText: ` ${own.escapeChar}` }],
      },
    ],
    cutsOff: true,
  };
  return withProblems(launch, [...(launch.problems ?? []), problem]);
}

/** In a container of an unknown image. */
const IN_IMAGE = inImage("container", undefined);

/** The commands of a stage, and the packages installed at its end. */
export function readStage(
  { runs, entrypoints, commands, later, inherited, environment, image, ports }: BuildStage,
  before: Installed,
  text: string,
): { readonly found: FoundLaunches; readonly installed: Installed } {
  const images = image.pin ? [image.pin] : [];
  const outside = inImage("container", image.word);
  const found: FoundLaunches[] = [];
  let installed = before;
  for (const run of runs) {
    const read = readRun(run, { images, installed }, outside, text);
    installed = read.installed ?? installed;
    found.push(read);
  }
  const around = { images, installed };
  const started = inImage("container", image.word, stageSite(ports));
  const outer = { environment, around, outside: started };
  const context: CommandContext = { text, notation: dockerfileTraits, keeps: KEEPS_ALL, ...outer };
  found.push(...readStarts({ entrypoints, commands, inherited }, context));
  // `ONBUILD`: an image that is built from this one has these instructions.
  found.push(...readStarts({ ...later, inherited: entrypoints.at(-1) ?? inherited }, context));
  return { found: joinLaunches(found), installed };
}

/** The launches that an image starts. */
function readStarts(
  { entrypoints, commands, inherited }: Starts & Pick<BuildStage, "inherited">,
  context: CommandContext,
): FoundLaunches[] {
  const found: FoundLaunches[] = [];
  const entrypoint = entrypoints.at(-1) ?? inherited;
  const starts = entrypoint && isProgram(entrypoint) ? entrypoint : undefined;
  const last = commands.at(-1);
  for (const one of entrypoints) {
    // The last `ENTRYPOINT` is used, and receives the words of the last `CMD` as arguments.
    const takesArguments = one === starts && last?.list && !isProgram(last);
    const ignored =
      one === entrypoint && !one.list && last
        ? ignoredArguments(one.shell, last.shell, last.list?.items[0]?.word.text)
        : undefined;
    if (!takesArguments) found.push(withIgnored(awaitingArguments(one, readAlone(one, context)), ignored));
  }
  for (const command of commands) {
    const apart = entrypoint === inherited || commands.length > 1;
    found.push(readAsArguments(entrypoint, apart, command, context));
  }
  return found;
}

function withIgnored(found: FoundLaunches, problem: TextProblem | undefined): FoundLaunches {
  if (!problem) return found;
  const launches = found.launches.map((one) => withProblems(one, [...(one.problems ?? []), problem]));
  return { ...found, launches };
}

/** An entry point in exec form receives more words when a container is started. */
function awaitingArguments({ list }: Command, { launches, problems }: FoundLaunches): FoundLaunches {
  return { launches: list ? launches.map((launch) => ({ ...launch, open: true })) : launches, problems };
}

/** Reads a command as the arguments of an entry point. */
function readAsArguments(
  entrypoint: Command | undefined,
  apart: boolean,
  command: Command,
  context: CommandContext,
): FoundLaunches {
  const marked = isMarkedAsArguments(context.text, command.instruction.span.start);
  const isApart = isProgram(command) && !(entrypoint?.list && beginsForShell(entrypoint.list));
  if (marked || !entrypoint?.list || !command.list || isApart)
    return readAlone(command, { ...context, mayBeArguments: entrypoint !== undefined, mayHaveShell: true });
  const together = readLists([{ ...entrypoint.list, apart }, command.list], context);
  // Launches in a shell command of the entry point are already found there.
  return together.launches.some(({ form }) => form.kind === "list")
    ? together
    : readAlone(command, { ...context, mayBeArguments: true });
}

/** Whether an entry point is only what a shell would understand before a command: `["A=1"]`. */
function beginsForShell({ items }: ExecForm): boolean {
  return (
    shellNeeded(
      items.map(({ word }) => word),
      {},
    ) !== undefined
  );
}

function isProgram({ list }: Command): boolean {
  return list !== undefined && argumentsStart(list.items.map(({ word }) => word)) !== undefined;
}

/** The launches of a command in exec form; each has the problems of its lists. */
function readLists(lists: readonly ExecForm[], context: CommandContext): FoundLaunches {
  const found = readCommand(lists, context);
  const problems = lists.flatMap((list) => list.problems);
  if (problems.length === 0) return found;
  const launches = found.launches.map((launch) =>
    withProblems(launch, [...problems, ...(launch.problems ?? [])]),
  );
  return { ...found, launches };
}

function readAlone({ instruction, list, shell }: Command, context: CommandContext): FoundLaunches {
  const onlyArguments = isMarkedAsArguments(context.text, instruction.span.start);
  if (list) return readLists([list], { ...context, onlyArguments });
  return readShell(shell, context, onlyArguments ? { holds: "from-first-flag" } : {});
}

/** `RUN`: a command, or here-documents with one. */
function readRun(
  { instruction, list, shell, variables }: Command,
  around: Around,
  outside: Outside,
  text: string,
): FoundLaunches {
  const environment = [...variables];
  const outer = { environment, around, outside };
  const context: CommandContext = { text, notation: dockerfileTraits, keeps: KEEPS_ALL, ...outer };
  const written = text.slice(instruction.span.start, instruction.span.end);
  if (!mayHoldLaunch(written) && !around.installed.inSources) return NOTHING_FOUND;
  if (list) return readLists([list], context);
  const command = withoutOptions(shell);
  const [body] = instruction.hereDocuments;
  if (!body) return readShell(command, context);
  // `RUN <<EOF` runs the here-document itself; any other command may write it to a file.
  const whole = /^\s*<<-?["']?[\w.-]+["']?\s*$/.test(command.text)
    ? verbatim(text, body)
    : verbatim(text, spanFrom(instruction.bodyStart, instruction.span.end));
  return readShell(whole, context);
}

/** Removes Docker's own options such as `--mount=…`. */
function withoutOptions(embedded: Embedded): Embedded {
  const length = /^(?:\s*--\S+(?:\s+|\\\n)+)*/.exec(embedded.text)?.[0].length ?? 0;
  const { offsets } = embedded;
  return typeof offsets === "number"
    ? embedded
    : { ...embedded, text: embedded.text.slice(length), offsets: offsets.slice(length) };
}
