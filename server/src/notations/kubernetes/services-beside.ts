/** The Services in other files that select the pod of a launch. */
import { BeyondBounds } from "../../launch/bounds";
import type { Launch } from "../../launch/launch";
import type { FilesAround, PointedFile } from "../../launch/pointed-file";
import { rememberedFor } from "../../launch/remembered";
import type { NamedPort } from "../../launch/site";
import { YamlStream } from "../yaml-text/stream";
import { YamlTree } from "../yaml-text/tree";
import { type Pod, podsIn } from "./pods";
import { type PodLaunches, portsServed, type ServiceObject, selects, servicesIn } from "./service-ports";

/** The container of each launch. */
const containers = new WeakMap<Launch, PodLaunches>();

/** Keeps the containers of launches for `portsBeside`. @param served the launches that replace others. */
export function keepContainers(all: readonly PodLaunches[], served: ReadonlyMap<Launch, Launch>): void {
  for (const one of all) for (const launch of one.launches) containers.set(served.get(launch) ?? launch, one);
}

/**
 * The ports of a launch's container to which Services in other files send. Nothing if another pod may be meant, or if
 * something beside may change the launch.
 *
 * @param text the text of the launch.
 */
export function portsBeside(launch: Launch, text: string, { beside, elsewhere }: FilesAround): NamedPort[] {
  const own = containers.get(launch);
  const { pod } = own ?? {};
  if (!own || !pod?.labels) return [];
  const found = [...chosenIn(beside, pod, beside), ...chosenIn(elsewhere, pod, [...beside, ...elsewhere])];
  if (found.length === 0 || beside.some((file) => changesObjects(file))) return [];
  const ofText = readObjects(text).pods;
  return found.flatMap(({ service, file, among }, at) => {
    const others = among.flatMap((one) => objectsIn(one).pods);
    if (others.some((other) => isSameObject(other.pod, pod))) return [];
    const chosen = [...others, ...ofText].filter((one) => mayBeSelected(service, one));
    return chosen.length === 1 ? portsServed(service, FIRST_BESIDE + at, own, file) : [];
  });
}

/** The Services of files that select a pod. @param among the files in which no other pod may be meant. */
function chosenIn(files: readonly PointedFile[], pod: Pod, among: readonly PointedFile[]) {
  const found: { service: ServiceObject; file: PointedFile; among: readonly PointedFile[] }[] = [];
  for (const file of files)
    for (const service of objectsIn(file).services)
      if (selects(service, pod)) found.push({ service, file, among });
  return found;
}

/** After the Services of the launch's own file. */
const FIRST_BESIDE = 1000;

/** What a kustomization changes in the objects that it names. */
const CHANGES = /^(?:patches|patchesStrategicMerge|patchesJson6902|replacements)[ \t]*:/m;
const changesObjects = rememberedFor(({ text }: PointedFile) => CHANGES.test(text));

interface FoundPod {
  readonly pod: Pod;
  /** Whether templates may add labels. */
  readonly hasTemplates: boolean;
}

interface Objects {
  readonly services: readonly ServiceObject[];
  readonly pods: readonly FoundPod[];
}

const objectsIn = rememberedFor(({ text }: PointedFile) => readObjects(text));

function readObjects(text: string): Objects {
  try {
    const documents = new YamlStream<Objects>().read(
      text,
      (document) => {
        const tree = new YamlTree(document);
        const hasTemplates = document.unknown.length > 0;
        const pods = [...new Set(podsIn(tree).values())].map((pod) => ({ pod, hasTemplates }));
        return { services: servicesIn(tree), pods };
      },
      (written) => MAY_BE_OF_USE.test(written),
    );
    return {
      services: documents.flatMap(({ services }) => services),
      pods: documents.flatMap(({ pods }) => pods),
    };
  } catch (error) {
    if (!(error instanceof BeyondBounds)) throw error;
    return { services: [], pods: [] };
  }
}

const MAY_BE_OF_USE = /\bcontainers\b|\bService\b/;

function mayBeSelected({ selector, namespace }: ServiceObject, { pod, hasTemplates }: FoundPod): boolean {
  const { labels, owner } = pod;
  if (namespace !== owner.namespace) return false;
  return [...selector].every(([name, value]) => {
    const own = labels?.get(name);
    return own === value || (own === undefined && hasTemplates);
  });
}

/** Whether two texts describe one object, as an object and a patch of it do. */
function isSameObject({ owner: a }: Pod, { owner: b }: Pod): boolean {
  return a.kind === b.kind && a.name === b.name && a.name !== undefined;
}
