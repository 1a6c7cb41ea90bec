/** Finds the launches of Kubernetes manifests: the command of each container. */

import { isScalar, isSeq, type Scalar, type YAMLSeq } from "yaml";
import { Allowance } from "../../launch/bounds";
import { type Span, withProblems } from "../../launch/launch";
import { keepMeanings } from "../../launch/meaning";
import type { LaunchSite } from "../../launch/site";
import { isMarked, type YamlSource, yamlList, yamlShell } from "../containers/yaml-list";
import { unknownWords } from "../list/items";
import { KEEPS_DOLLARS } from "../list/needs-shell";
import { notTextProblem } from "../list/not-text";
import {
  type CommandContext,
  type CommandList,
  type FoundLaunches,
  joinLaunches,
  readCommand,
  readShell,
  withName,
} from "../list/read-command";
import { NOTHING_AROUND } from "../pins";
import { mayHoldLaunch } from "../program";
import { inImage } from "../read-invocation";
import { sourceOf, spanOf } from "../yaml-text/nodes";
import type { YamlDocument, YamlStream } from "../yaml-text/stream";
import { templateLines } from "../yaml-text/template-lines";
import { type MapEntry, YamlTree } from "../yaml-text/tree";
import { podSite } from "./container-site";
import { type Container, containersOf, referencesTo } from "./containers";
import { podsIn } from "./pods";
import { type PodLaunches, type ServiceObject, servicesIn, withServices } from "./service-ports";
import { keepContainers } from "./services-beside";
import { kubernetesTraits } from "./traits";

/** What a document of a manifest has. */
export interface Manifest {
  readonly found: FoundLaunches;
  readonly containers: readonly PodLaunches[];
  readonly services: readonly ServiceObject[];
}

export function findInKubernetes(text: string, cache: YamlStream<Manifest>): FoundLaunches {
  const documents = cache.read(
    text,
    (document, earlier) => {
      const manifest = readManifest(text, document);
      keepMeanings(manifest.found.launches, earlier?.found.launches);
      return manifest;
    },
    (written) => mayHoldLaunch(written) || SERVICE.test(written),
  );
  const all = joinLaunches(documents.map(({ found }) => found));
  const containers = documents.flatMap((one) => one.containers);
  const served = withServices(
    containers,
    documents.flatMap(({ services }) => services),
  );
  keepContainers(containers, served);
  return served.size === 0
    ? all
    : { ...all, launches: all.launches.map((launch) => served.get(launch) ?? launch) };
}

/** A document that other documents do not depend on. */
export function isAlone(document: string): boolean {
  return !SERVICE.test(document);
}

const SERVICE = /\bkind["']?:[ \t]*["']?Service["']?[ \t]*(?:$|[#,}\r])/m;

function readManifest(text: string, document: YamlDocument): Manifest {
  const allowance = new Allowance(document.text.length);
  const tree = new YamlTree(document);
  const source = { text, tree, lines: templateLines(document), ...referencesTo([], allowance) };
  const pods = podsIn(tree);
  const read = containersOf(source, allowance).map((one) => {
    const { name, map: container } = one;
    const pod = pods.get(container);
    const found = withName(name, readContainer(one, podSite(container, pod, tree), source, allowance));
    return { found, container, pod };
  });
  return {
    found: joinLaunches(read.map(({ found }) => found)),
    containers: read.map(({ found: { launches }, container, pod }) => ({ launches, container, pod, tree })),
    services: SERVICE.test(document.written) ? servicesIn(tree) : [],
  };
}

function readContainer(
  { command, args, script, pin, image, environment, notTexts }: Container,
  site: LaunchSite,
  outer: YamlSource,
  allowance: Allowance,
): FoundLaunches {
  const source = { ...outer, ...referencesTo(environment, allowance) };
  const around = { ...NOTHING_AROUND, images: pin ? [pin] : [] };
  const outside = inImage("pod", image, site);
  const context: CommandContext = {
    text: source.text,
    notation: kubernetesTraits,
    keeps: KEEPS_DOLLARS,
    environment,
    around,
    outside,
    mayBeArguments: command === undefined,
  };
  const lists = [command, args].flatMap((entry) => listOf(entry, source));
  const marked = isMarked(args, source) ? args : isMarked(command, source) ? command : undefined;
  const found = marked
    ? readCommand(listOf(marked, source), { ...context, onlyArguments: true })
    : readCommand(lists, context);
  const strings = [command, args, script].flatMap((entry) => stringOf(entry, source));
  const all = joinLaunches([found, ...strings.map((embedded) => readShell(embedded, context))]);
  const problems = notTexts.map(notTextProblem);
  return {
    ...all,
    launches: all.launches.map((one) => withProblems(one, [...(one.problems ?? []), ...problems])),
  };
}

function listOf(entry: MapEntry | undefined, source: YamlSource): CommandList[] {
  if (!entry) return [];
  const { key, value, apart } = entry;
  if (isSeq(value)) return [yamlList(value as YAMLSeq.Parsed, source, apart)];
  const { document } = source.tree;
  const span = isScalar(value) && value.source ? spanOf(value, document) : lineBelow(key, source);
  const written = span ? sourceOf(span, document) : "";
  // `args: {{ toYaml .Values.args }}` stands for any number of words.
  return span && /^\{\{.*\}\}$/s.test(written)
    ? [{ items: [unknownWords(span, written)], style: "yaml-flow", span }]
    : [];
}

/** The template on the line below a key without a value. */
function lineBelow(key: Scalar.Parsed, { text, tree, lines }: YamlSource): Span | undefined {
  const from = tree.document.start + key.range[1];
  return lines.find(
    ({ start, role }) => role === "value" && start > from && /^:\s*$/.test(text.slice(from, start)),
  );
}

/** A command written as one string, which custom resources allow and a shell runs. */
function stringOf(entry: MapEntry | undefined, source: YamlSource) {
  const value = entry?.value;
  return isScalar(value) && value.source ? [yamlShell(value as Scalar.Parsed, source)] : [];
}
