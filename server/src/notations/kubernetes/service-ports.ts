/** The Services of a manifest, and the launches whose pods they select. */
import type { ParsedNode } from "yaml";
import type { Launch } from "../../launch/launch";
import type { PointedFile } from "../../launch/pointed-file";
import type { NamedPort, SiteService, Stated } from "../../launch/site";
import { mapOf, statedAt, yamlItems } from "../containers/yaml-stated";
import { wholeNumber } from "../site-values";
import { spanOf } from "../yaml-text/nodes";
import type { MapNode, YamlTree } from "../yaml-text/tree";
import { portOfPod } from "./container-site";
import { labelsOf, type Pod } from "./pods";

/** A Service with a selector. */
export interface ServiceObject {
  readonly name: Stated<string> | undefined;
  readonly namespace: string | undefined;
  readonly selector: ReadonlyMap<string, string | undefined>;
  /** The port of the pod for each of its TCP ports: a number or a name. */
  readonly targets: readonly (ParsedNode | null | undefined)[];
  /** Its own TCP ports; absent if one is not known. */
  readonly ports?: readonly Stated<number>[];
  readonly tree: YamlTree;
}

/** The launches of a container, and their pod. */
export interface PodLaunches {
  readonly launches: readonly Launch[];
  readonly container: MapNode;
  readonly pod: Pod | undefined;
  readonly tree: YamlTree;
}

/** The Services of a document. */
export function servicesIn(tree: YamlTree): ServiceObject[] {
  return tree.maps.flatMap((map): ServiceObject[] => {
    if (tree.text(map, "kind") !== "Service") return [];
    const spec = tree.map(map, "spec");
    const chosen = spec && tree.entry(spec, "selector")?.value;
    const selector = labelsOf(chosen, tree);
    if (
      !spec ||
      hasTemplate(chosen, tree) ||
      !selector ||
      selector.size === 0 ||
      [...selector.values()].includes(undefined)
    )
      return [];
    const ports = yamlItems(tree.entry(spec, "ports"), tree) ?? [];
    const targets = ports.flatMap((node) => {
      const port = mapOf(node);
      if (!port || (statedAt(port, "protocol", tree)?.text ?? "TCP") !== "TCP") return [];
      return [(tree.entry(port, "targetPort") ?? tree.entry(port, "port"))?.value];
    });
    const own = ports.flatMap((node) => {
      const port = mapOf(node);
      if (!port || (statedAt(port, "protocol", tree)?.text ?? "TCP") !== "TCP") return [];
      return [wholeNumber(statedAt(port, "port", tree))];
    });
    const known = own.filter((port) => port !== undefined);
    const isHeadless = statedAt(spec, "clusterIP", tree)?.text === "None";
    const metadata = tree.map(map, "metadata");
    const name = metadata && statedAt(metadata, "name", tree);
    return [
      {
        name: name && { value: name.text, span: name.spanOf(0, name.text.length), isLiteral: true },
        namespace: metadata && statedAt(metadata, "namespace", tree)?.text,
        selector,
        targets,
        // A headless Service leads to every port of its pods.
        ...(!isHeadless && known.length > 0 && known.length === own.length && { ports: known }),
        tree,
      },
    ];
  });
}

/** Whether a template is a part of a node: what it adds is not known. */
function hasTemplate(node: ParsedNode | null | undefined, { document }: YamlTree): boolean {
  const span = node && spanOf(node, document);
  return !span || document.unknown.some((one) => one.start < span.end && span.start < one.end);
}

/** The launches of a file with the ports and names of the Services that select their pods. */
export function withServices(
  all: readonly PodLaunches[],
  services: readonly ServiceObject[],
): ReadonlyMap<Launch, Launch> {
  const changed = new Map<Launch, Launch>();
  if (services.length === 0) return changed;
  for (const { launches, container, pod, tree } of all) {
    const own = services.filter((service) => selects(service, pod));
    if (own.length === 0) continue;
    for (const launch of launches) {
      const served = servedBy(launch, own, { container, pod, tree });
      if (served) changed.set(launch, served);
    }
  }
  return changed;
}

/** The previous result for a launch, so that it stays the same object while nothing changes. */
const before = new WeakMap<
  Launch,
  { readonly services: readonly ServiceObject[]; readonly served: Launch }
>();

function servedBy(
  launch: Launch,
  services: readonly ServiceObject[],
  { container, pod, tree }: Omit<PodLaunches, "launches">,
): Launch | undefined {
  const { invocation } = launch;
  const site = invocation?.site;
  if (!invocation || !site) return undefined;
  const known = before.get(launch);
  if (
    known &&
    known.services.length === services.length &&
    known.services.every((one, at) => one === services[at])
  )
    return known.served;
  const ports = services.flatMap((service, at) => portsServed(service, at, { container, pod, tree }));
  const names = [...site.names, ...services.flatMap(({ name }) => name ?? [])];
  const served = {
    ...launch,
    invocation: {
      ...invocation,
      site: { ...site, ports: [...site.ports, ...ports], names, services: services.flatMap(siteService) },
    },
  };
  before.set(launch, { services, served });
  return served;
}

/** The ports of a container that a Service sends to. @param file the file of the Service; that of the container if absent. */
export function portsServed(
  { name, targets, tree: source }: ServiceObject,
  at: number,
  { container, pod, tree }: Omit<PodLaunches, "launches">,
  file?: PointedFile,
): NamedPort[] {
  const owner = name && { owner: name.value };
  const named = { by: "service" as const, group: FIRST_GROUP + at, ...owner, ...(file && { file }) };
  return targets.flatMap((node) => portOfPod(node, container, pod, tree, named, source));
}

function siteService({ name, ports }: ServiceObject): SiteService[] {
  return name ? [{ name: name.value, ...(ports && { ports }) }] : [];
}

/** After the groups of a container's own ports and probes. */
const FIRST_GROUP = 10;

/** Whether a Service selects a pod: its labels, in its namespace. */
export function selects({ selector, namespace }: ServiceObject, pod: Pod | undefined): boolean {
  const labels = pod?.labels;
  if (!labels || namespace !== pod.owner.namespace) return false;
  for (const [name, value] of selector) if (labels.get(name) !== value) return false;
  return true;
}
