/** The launch that containers of an image run, with what the file that starts them sets. */
import type { ImageLaunch, ImageStart } from "../../launch/built-service";
import type { EnvironmentVariable, Launch } from "../../launch/launch";
import type { LaunchSite } from "../../launch/site";
import type { Installed } from "../pins";
import { NOTHING_INSTALLED } from "../pins";
import { readStage } from "./find";
import { type Instruction, instructionsOf } from "./instructions";
import { stagesOf } from "./stages";

/** A value that `ENV` takes as it is. */
const PLAIN = /^[\w\s.,:/=+@%-]*$/;

/** The one launch of an image; undefined if there is none, several, or one that is not certain. */
export function imageLaunch(text: string, start: ImageStart, from: number): ImageLaunch | undefined {
  const own = stageText(text, start.stage);
  if (own === undefined || !isCertain(own, start)) return undefined;
  const before = `${"\n".repeat(from)}${own}\n`;
  const known = start.variables.filter(({ text: value }) => value !== undefined);
  const set = known.map(({ name, text: value }) => `ENV ${name}="${value}"\n`).join("");
  const command = start.words ? `CMD ${JSON.stringify(start.words)}\n` : "";
  const launch = launchIn(`${before}${set}${command}`);
  if (!launch?.invocation) return undefined;
  const { open: _, ...closed } = launch;
  const site = siteOf(launch, own, start);
  return {
    launch: {
      ...closed,
      environment: environmentOf(launch, start),
      invocation: { ...launch.invocation, place: { kind: "container" }, site },
    },
    text: before,
    from,
    end: before.length,
  };
}

/** The text up to the end of a stage. */
function stageText(text: string, stage: string | undefined): string | undefined {
  // Another sign than the backslash, or an instruction without an end.
  if (/^#[ \t]*escape[ \t]*=/im.test(text) || /\\\s*$/.test(text)) return undefined;
  if (stage === undefined) return text;
  const stages = instructionsOf(text).filter(({ keyword }) => keyword === "FROM");
  const at = stages.findIndex((one) => nameOf(one, text)?.toLowerCase() === stage.toLowerCase());
  return at < 0 ? undefined : text.slice(0, stages[at + 1]?.span.start ?? text.length);
}

function nameOf({ span }: Instruction, text: string): string | undefined {
  return /\s[Aa][Ss]\s+(\S+)\s*$/.exec(text.slice(span.start, span.end))?.[1];
}

/** Whether no unknown value can reach the words of the launch. */
function isCertain(text: string, { buildArguments, variables, site }: ImageStart): boolean {
  const unknown = variables.filter(({ text: value }) => value === undefined || !PLAIN.test(value));
  const isUsed = (name: string) => new RegExp(`\\$\\{?${name}\\b`).test(text);
  if ([...buildArguments, ...unknown.map(({ name }) => name)].some(isUsed)) return false;
  if (variables.some(({ text: value }) => value !== undefined && !PLAIN.test(value))) return false;
  return !site.hasUnknownVariables || !/^[ \t]*(?:CMD|ENTRYPOINT)\b.*\$/im.test(text);
}

/** The launch that the last stage starts. */
function launchIn(text: string): Launch | undefined {
  const after: Installed[] = [];
  const stages = stagesOf(text, instructionsOf(text));
  for (const stage of stages) {
    const base = stage.base === undefined ? undefined : after[stage.base];
    after.push(readStage(stage, base ?? NOTHING_INSTALLED, text).installed);
  }
  const last = stages.at(-1);
  if (!last) return undefined;
  const started = {
    ...last,
    runs: [],
    later: { entrypoints: [], commands: [] },
    entrypoints: last.entrypoints.slice(-1),
    commands: last.commands.slice(-1),
  };
  const { launches } = readStage(started, after.at(-1) ?? NOTHING_INSTALLED, text).found;
  const [launch, another] = launches;
  return another ? undefined : launch;
}

/** The container; the image may have the folder of a word itself if an instruction names that folder. */
function siteOf({ arguments: given }: Launch, text: string, { site }: ImageStart): LaunchSite {
  const folders = given
    .flatMap(({ words }) => words)
    .flatMap((word) => /^\/[^/]+/.exec(word.text ?? "")?.[0] ?? []);
  const made = instructionsOf(text).filter(({ keyword }) => MAKES.has(keyword));
  const isInImage = made.some(({ span }) =>
    folders.some((folder) => text.slice(span.start, span.end).includes(folder)),
  );
  return isInImage ? { ...site, hasAllMounts: false } : site;
}

/** Instructions that may put files into the image. */
const MAKES: ReadonlySet<string> = new Set(["COPY", "ADD", "RUN", "VOLUME"]);

/** The variables of the launch; those that a file or an unknown value may set are not known. */
function environmentOf(launch: Launch, { variables, site }: ImageStart): readonly EnvironmentVariable[] {
  const given = new Map(variables.map((one) => [one.name, one]));
  return [
    ...launch.environment.map((one) =>
      site.hasUnknownVariables && !given.has(one.name)
        ? { ...one, value: { ...one.value, text: undefined } }
        : one,
    ),
    ...variables
      .filter(({ text }) => text === undefined)
      .map(({ name, span }) => ({ name, nameSpan: span, value: { text: undefined, span, source: "" } })),
  ];
}
