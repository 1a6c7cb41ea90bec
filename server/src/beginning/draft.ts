/** Drafts: the launches of a request with some of the entries, each with its reason as a comment. */
import { say } from "../messages";
import {
  directiveText,
  type JudgedLaunch,
  type LaunchExpressions,
  type PortableArgument,
  type PortableLaunch,
  type PortableVariable,
  service,
} from "../service";
import { startLines } from "./heads";
import { askedNames, hasExampleAddresses, membersOf, type Planned, shownModel } from "./members";
import { judgedConfig } from "./objections";
import type { Entry } from "./purposes";
import type { BeginningRequest } from "./request";
import { wrapped } from "./wrapped";

/** What is tried: a number of GPUs for each node, and the entries beside the ones that are always there. */
export interface Trial {
  /** GPUs of each node. */
  readonly gpus: number;
  readonly entries: readonly Entry[];
  /** The largest settings that certainly fit. */
  readonly longest?: number | undefined;
  readonly fraction?: number | undefined;
  readonly fits?: boolean | undefined;
}

/** A launch of a draft. */
export interface Drafted {
  readonly member: Planned;
  readonly launch: PortableLaunch;
}

/** The launches of a trial. `base` has the facts about the model. */
export function drafted(request: BeginningRequest, base: JudgedLaunch, trial: Trial): readonly Drafted[] {
  const members = membersOf(request);
  return members.map((member) => {
    const bare = launchOf(request, base, trial, members, member);
    if (service.formats[request.format].notation.purpose !== "container") return { member, launch: bare };
    const { document, judged } = judgedConfig(service.formats.yaml.write([bare]), request);
    const needs = service.portableOf(document, judged)?.needs;
    return { member, launch: { ...bare, ...(needs && { needs }) } };
  });
}

/** The GPUs of a trial as a directive names them; undefined for a launch without a model. */
function gpuWritten({ gpu }: BeginningRequest, gpus: number): string {
  const known = service.readGpu(gpu, service.shippedCatalogue());
  const name = known?.name ?? (known ? `${known.bytes}` : gpu);
  return gpus === known?.count ? gpu : `${name}x${gpus}`;
}

function launchOf(
  request: BeginningRequest,
  base: JudgedLaunch,
  trial: Trial,
  members: readonly Planned[],
  member: Planned,
): PortableLaunch {
  const total = member.role === "node" ? trial.gpus * members.length : trial.gpus;
  const gpu = service.readGpu(request.gpu, service.shippedCatalogue());
  const names = {
    ...askedNames(request, members, member),
    tp: total,
    dp: total,
    gpus: trial.gpus,
    gpu: gpu?.name ?? null,
    longest: trial.longest ?? null,
    fraction: trial.fraction ?? null,
  };
  const expressions = service.expressionsIn(base, names);
  const heads = Number(expressions.words("config.num_attention_heads")?.[0] ?? 0);
  const why = (id: string) =>
    wrapped(sayWhy(`beginning.why-${id}`, { heads, fits: trial.fits ? "yes" : "no" }));
  const own = trial.entries.filter((entry) => isFor(entry, member, request, expressions));
  const usesGpu = own.some(({ flag }) => flag === "tp");
  const about = sayWhy(`beginning.about-${member.role}`, {
    model: shownModel(request),
    gpus: trial.gpus,
    gpu: gpu?.name ?? "none",
    nodes: members.length,
    rank: member.number - 1,
  });
  const isPart = usesGpu && gpu?.count !== undefined && trial.gpus < gpu.count;
  return {
    name: member.name,
    release: request.release.name,
    head: [
      ...(request.model.publicName ? [directiveText("model", request.model.publicName)] : []),
      ...(usesGpu ? [directiveText("gpu", gpuWritten(request, trial.gpus))] : []),
      " ",
      ...wrapped(about),
      ...(isPart ? wrapped(say("beginning.some-gpus", { has: gpu?.count ?? 0, gpus: trial.gpus })) : []),
      ...(hasExampleAddresses(request, members) ? wrapped(say("beginning.example-addresses")) : []),
      ...startLines(request, members, member),
    ],
    environment: own.flatMap((entry) => variableOf(entry, expressions, why(entry.id))),
    aboutEnvironment: [],
    arguments: own.flatMap((entry) => argumentOf(entry, expressions, why(entry.id))),
    below: [],
    leftOut: [],
  };
}

/** The reasons are found by the ids of the entries, which the build checks. */
const sayWhy = say as (id: string, values: Readonly<Record<string, string | number>>) => string;

function isFor(
  { flag, if: condition, for: roles }: Entry,
  { role }: Planned,
  { release }: BeginningRequest,
  expressions: LaunchExpressions,
): boolean {
  if (!roles.includes(role) || (flag !== undefined && !release.byName.has(`--${flag}`))) return false;
  return condition === undefined || expressions.holds(condition);
}

function argumentOf(
  { flag, value }: Entry,
  expressions: LaunchExpressions,
  above: readonly string[],
): PortableArgument[] {
  if (flag === undefined) return [];
  const words = value === undefined ? [] : expressions.words(value);
  if (words === undefined) return [];
  return [{ flag: `--${flag}`, values: words.map(word), comments: { above } }];
}

function variableOf(
  { env, value = "" }: Entry,
  expressions: LaunchExpressions,
  above: readonly string[],
): PortableVariable[] {
  if (env === undefined || !isVariableName(env)) return [];
  const [text] = expressions.words(value) ?? [];
  if (text === undefined) return [];
  return [{ name: env, value: word(text), comments: { above } }];
}

function isVariableName(name: string): name is PortableVariable["name"] {
  return /^[A-Za-z_]\w*$/.test(name);
}

function word(text: string): PortableArgument["values"][number] {
  return { parts: [{ kind: "text", text }] };
}
