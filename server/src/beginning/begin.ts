/**
 * Begins a configuration: proposes launches for a purpose, a model, GPUs and a release, and writes only what no check
 * objects to. Reads and writes no files.
 */
import { say } from "../messages";
import { type JudgedLaunch, service } from "../service";
import { type Drafted, drafted, type Trial } from "./draft";
import { filesOf } from "./heads";
import { hasNames, membersOf, shownModel } from "./members";
import { judgedConfig, judgedModel, objectionsTo } from "./objections";
import { beginningFacts, type Entry } from "./purposes";
import type { Beginning, BeginningRequest, BegunFile } from "./request";

export { type ModelReading, modelNamed, purposeOf } from "./model";
export { PURPOSES, type PurposeId } from "./purposes";
export * from "./request";

/** Interpreter of the written commands. */
const PYTHON = "python";

/** Names and addresses: no spaces, nothing that a shell or YAML reads differently. */
const HOST = /^[A-Za-z\d](?:[\w.:-]*[A-Za-z\d])?$/;

/** The files of a request, or why there are none. */
export function begin(request: BeginningRequest): Beginning {
  const base = judgedModel(request);
  const why = refusalOf(request, base);
  if (why !== undefined) return { kind: "refused", why };
  let first: readonly string[] | undefined;
  for (const gpus of countsOf(request)) {
    const attempt = withCures(request, base, gpus);
    if (attempt.objections.length === 0)
      return { kind: "files", files: withProposals(request, base, attempt).files };
    // What is said of any number of GPUs is said of all.
    if (first && first.join() === attempt.objections.join()) break;
    first ??= attempt.objections;
  }
  const { name } = request.release;
  return {
    kind: "refused",
    why: say("beginning.objection", { release: name, why: (first?.[0] ?? "").replaceAll("`", "'") }),
  };
}

function refusalOf(request: BeginningRequest, base: JudgedLaunch): string | undefined {
  const { purpose, release, hosts } = request;
  const { needs = [], unfit } = beginningFacts().purposes[purpose];
  const missing = needs.filter((names) => !names.split("|").some((name) => isKnown(name, request)));
  if (missing.length > 0) {
    const flags = missing.map((names) => `--${names.split("|")[0]}`);
    return say("beginning.lacks", { release: release.name, missing: flags.join(", ") });
  }
  const count = membersOf(request).length;
  if (hosts && hosts.length !== count) return say("beginning.hosts-count", { count, given: hosts.length });
  const odd = hosts?.find((host) => !HOST.test(host));
  if (odd !== undefined) return say("beginning.hosts-form", { host: odd });
  const model = shownModel(request);
  const isUnfit = unfit !== undefined && service.expressionsIn(base, {}).holds(unfit);
  if (isUnfit && (purpose === "multimodal" || purpose === "reward" || purpose === "expert-parallel"))
    return say(`beginning.not-${purpose}`, { model });
  return undefined;
}

/** Whether a release has a flag or a variable. */
function isKnown(name: string, { release }: BeginningRequest): boolean {
  if (release.byName.has(`--${name}`)) return true;
  const variable = service.shippedCatalogue().environment()[name];
  return variable?.releases.includes(release.rulesOf) ?? false;
}

/** Numbers of GPUs to try, the most first. */
function countsOf({ gpu }: BeginningRequest): number[] {
  const count = service.readGpu(gpu, service.shippedCatalogue())?.count ?? 1;
  return Array.from({ length: count }, (_, at) => count - at);
}

/** A trial, what is written for it, and what the checks say of that. */
interface Attempt {
  readonly trial: Trial;
  readonly files: readonly BegunFile[];
  readonly objections: readonly string[];
}

/** The entries that are always there, with as few of the cures as the checks need. */
function withCures(request: BeginningRequest, base: JudgedLaunch, gpus: number): Attempt {
  const { entries } = beginningFacts();
  const always = entries.filter(({ use = "always" }) => use === "always");
  const launches = drafted(request, base, { gpus, entries: always });
  const fit = fitOf(request, launches);
  const trial: Trial = {
    gpus,
    entries: always,
    longest: fit?.largest?.maxReqTotalLen,
    fraction: fit?.largest?.memFraction,
    fits: fit?.fits === "yes",
  };
  let best = attempted(request, base, trial);
  for (const cure of entries.filter(({ use }) => use === "cure")) {
    if (best.objections.length === 0) break;
    const cured = withMore(request, base, best, [cure]);
    if (cured.objections.length < best.objections.length) best = cured;
  }
  return best;
}

/** What the first launch with a language model takes of its GPUs. */
function fitOf(request: BeginningRequest, launches: readonly Drafted[]) {
  for (const { launch } of launches) {
    const report = service.fitReport(judgedConfig(service.formats.yaml.write([launch]), request).judged);
    if (report) return report;
  }
  return undefined;
}

/** The attempt with every proposal to which no check objects. */
function withProposals(request: BeginningRequest, base: JudgedLaunch, attempt: Attempt): Attempt {
  const proposals = beginningFacts().entries.filter(({ use }) => use === "proposal");
  const all = withMore(request, base, attempt, proposals);
  if (all.objections.length === 0) return all;
  let now = attempt;
  for (const together of grouped(proposals)) {
    const more = withMore(request, base, now, together);
    if (more.objections.length === 0) now = more;
  }
  return now;
}

function withMore(
  request: BeginningRequest,
  base: JudgedLaunch,
  { trial }: Attempt,
  more: readonly Entry[],
): Attempt {
  return attempted(request, base, { ...trial, entries: inOrder([...trial.entries, ...more]) });
}

/** Proposals that belong together are one. */
function grouped(proposals: readonly Entry[]): Entry[][] {
  const groups = new Map<string, Entry[]>();
  for (const entry of proposals) {
    const key = entry.with ?? ` ${entry.id}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()];
}

function inOrder(entries: readonly Entry[]): Entry[] {
  return beginningFacts().entries.filter((entry) => entries.includes(entry));
}

function attempted(request: BeginningRequest, base: JudgedLaunch, trial: Trial): Attempt {
  const files = filesFor(request, drafted(request, base, trial));
  return { trial, files, objections: objectionsTo(files, request) };
}

/** The texts of the files. */
function filesFor(request: BeginningRequest, launches: readonly Drafted[]): BegunFile[] {
  const { format, release } = request;
  const { write, isProgram } = service.formats[format];
  const network = launches.length === 1 ? {} : ({ network: hasNames(format) ? "names" : "host" } as const);
  return filesOf(request, launches).map((file) => ({
    name: file.name,
    executable: isProgram,
    text: write(withoutRepetition(file.launches.map(({ launch }) => launch)), {
      python: PYTHON,
      tags: file.launches.map(() => imageTag(release.name)),
      ...network,
    }),
  }));
}

/** Tag of LightLLM's image. */
function imageTag(release: string): string {
  return release.startsWith("v") ? release : "main";
}

/** In a file of several launches, each reason once, and the release at the top. */
function withoutRepetition(launches: readonly Drafted["launch"][]): Drafted["launch"][] {
  const said = new Set<string>();
  const once = <
    One extends Drafted["launch"]["arguments"][number] | Drafted["launch"]["environment"][number],
  >(
    one: One,
  ): One => {
    const text = one.comments.above.join("\n");
    if (said.has(text)) return { ...one, comments: { above: [] } };
    said.add(text);
    return one;
  };
  return launches.map((launch, at) => {
    const { release, ...rest } = launch;
    return {
      ...rest,
      ...(at === 0 && release !== undefined && { release }),
      environment: launch.environment.map(once),
      arguments: launch.arguments.map(once),
    };
  });
}
