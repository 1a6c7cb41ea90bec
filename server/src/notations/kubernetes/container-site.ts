/** What a manifest says about a container and its pod: GPUs, ports and probes, network, mounts, shared memory. */
import { isScalar, type ParsedNode } from "yaml";
import {
  emptySite,
  type GivenGpus,
  type LaunchSite,
  type Mount,
  type NamedPort,
  type PortNamer,
  plainPath,
  type Stated,
} from "../../launch/site";
import { mapOf, mountsIn, statedAt, statedScalar, yamlItems } from "../containers/yaml-stated";
import { askedPorts, hostPath, portIn, quantity, wholeNumber } from "../site-values";
import { spanOf } from "../yaml-text/nodes";
import type { MapNode, YamlTree } from "../yaml-text/tree";
import { type Pod, portsOfContainer } from "./pods";

/** The site of a container. */
export function podSite(container: MapNode, pod: Pod | undefined, tree: YamlTree): LaunchSite {
  const start = tree.document.start + container.range[0];
  const { mounts, hasAllMounts } = mountsOf(container, pod, tree);
  const memory = memoryOf(container, pod, tree);
  return {
    ...emptySite("pod", start),
    gpus: gpusOf(container, tree),
    ...(pod && gpuModelOf(pod, tree)),
    ports: [...containerPorts(container, tree), ...probePorts(container, pod, tree)],
    ...(pod && networkOf(pod, tree)),
    ...(pod?.copies && { copies: pod.copies }),
    ...(pod?.counts && { counts: pod.counts }),
    ...(pod && { network: `pod ${tree.document.start + pod.spec.range[0]}` }),
    mounts,
    hasAllMounts,
    ...(memory && { sharedMemory: memory }),
    names: pod?.name
      ? [{ value: pod.name.text, span: pod.name.spanOf(0, pod.name.text.length), isLiteral: true }]
      : [],
    hasUnknownVariables: tree.entry(container, "envFrom") !== undefined,
  };
}

function networkOf({ spec }: Pod, tree: YamlTree): Pick<LaunchSite, "hasHostNetwork"> {
  const entry = tree.entry(spec, "hostNetwork");
  if (!entry) return { hasHostNetwork: false };
  const text = statedScalar(entry.value, tree)?.text;
  return text === undefined ? {} : { hasHostNetwork: /^true$/i.test(text) };
}

/** Labels of nodes that name their GPU: of NVIDIA's GPU feature discovery, and of clouds. */
const GPU_LABELS = [
  "nvidia.com/gpu.product",
  "cloud.google.com/gke-accelerator",
  "k8s.amazonaws.com/accelerator",
];

/** The model of the GPUs of the nodes that a pod may run on. */
function gpuModelOf({ spec }: Pod, tree: YamlTree): Pick<LaunchSite, "gpuModel"> {
  const selector = tree.map(spec, "nodeSelector");
  const label = selector && tree.entries(selector).find(({ key }) => GPU_LABELS.includes(String(key.source)));
  const text = statedScalar(label?.value, tree)?.text;
  return text === undefined || text === "" ? {} : { gpuModel: text };
}

/** `nvidia.com/gpu` in limits and requests; nothing if the container may get GPUs in another way too. */
function gpusOf(container: MapNode, tree: YamlTree): GivenGpus[] {
  const resources = tree.map(container, "resources");
  if (!resources || tree.entry(resources, "claims")) return [];
  return ["limits", "requests"].flatMap((key): GivenGpus[] => {
    const map = tree.map(resources, key);
    const entries = map ? tree.entries(map) : [];
    const isOther = entries.some(({ key: name }) =>
      /^(?!nvidia\.com\/gpu$).*(?:\/gpu|\/mig-)/.test(String(name.source)),
    );
    const given = entries.find(({ key: name }) => name.source === "nvidia.com/gpu");
    const number = wholeNumber(statedScalar(given?.value, tree));
    if (isOther || !number) return [];
    const { value, span, isLiteral } = number;
    return [{ by: `nvidia.com/gpu`, count: value, isList: false, span, isLiteral }];
  });
}

function containerPorts(container: MapNode, tree: YamlTree): NamedPort[] {
  const { ports, isKnown } = portsOfContainer(container, tree);
  const group = { by: "containerPort" as const, group: 0 };
  const found = ports.map(({ map, number, name }): NamedPort => {
    const port = number ? portIn(number) : undefined;
    const place = port ?? { span: spanOf(map as ParsedNode, tree.document), isLiteral: false };
    return { ...group, ...place, ...(name !== undefined && { name }) };
  });
  if (isKnown) return found;
  const span = spanOf(container as ParsedNode, tree.document);
  return [...found, { ...group, span, isLiteral: false }];
}

const PROBES: readonly (readonly [key: string, by: PortNamer])[] = [
  ["readinessProbe", "readinessProbe"],
  ["livenessProbe", "livenessProbe"],
  ["startupProbe", "startupProbe"],
];
const LIFECYCLE = ["httpGet", "tcpSocket"];

function probePorts(container: MapNode, pod: Pod | undefined, tree: YamlTree): NamedPort[] {
  return PROBES.flatMap(([key, by], at): NamedPort[] => {
    const probe = tree.map(container, key);
    if (!probe) return [];
    const group = at + 1;
    const asked = LIFECYCLE.flatMap((kind) => {
      const map = tree.map(probe, kind);
      const host = map && statedAt(map, "host", tree);
      return map && !host ? [tree.entry(map, "port")?.value] : [];
    });
    const own = asked.flatMap((node) => portOfPod(node, container, pod, tree, { by, group }));
    const exec = tree.map(probe, "exec");
    const words = exec && yamlItems(tree.entry(exec, "command"), tree);
    const inside = (words ?? []).flatMap((node) => {
      const stated = statedScalar(node, tree);
      return stated
        ? askedPorts(stated).map((port): NamedPort => ({ by: "healthCheck", group, ...port }))
        : [];
    });
    return [...own, ...inside];
  });
}

/**
 * A port that a probe or a Service names, by number or by name; none if another container of the pod may have it.
 *
 * @param container the container of the launch.
 */
export function portOfPod(
  node: ParsedNode | null | undefined,
  container: MapNode,
  pod: Pod | undefined,
  tree: YamlTree,
  named: Pick<NamedPort, "by" | "group" | "owner" | "file">,
  source: YamlTree = tree,
): NamedPort[] {
  const stated = isScalar(node) ? statedScalar(node as ParsedNode, source) : undefined;
  if (!stated) return [];
  const others = (pod?.containers ?? []).filter((one) => one !== container);
  const all = [container, ...others].map((one) => ({ one, ...portsOfContainer(one, tree) }));
  const place = {
    span: stated.spanOf(0, stated.text.length),
    isLiteral: stated.isLiteral(0, stated.text.length),
  };
  const isWhole = pod?.hasAllContainers === true && all.every(({ isKnown }) => isKnown);
  if (/^\d+$/.test(stated.text)) {
    const port = Number(stated.text);
    const mayBeOther = others.length > 0 && !isDeclaredOnlyHere(port, container, all);
    return isWhole && !mayBeOther ? [{ ...named, from: port, to: port, ...place }] : [];
  }
  const name = stated.text;
  const declared = all.flatMap(({ one, ports }) =>
    ports.filter((port) => port.name === name).map((port) => ({ one, number: port.number })),
  );
  const [found] = declared;
  if (!found) {
    const unnamed = all.every(({ ports }) => ports.every((port) => port.number));
    return isWhole && unnamed ? [{ ...named, name, isMissing: true, ...place }] : [];
  }
  const port = found.one === container && found.number ? portIn(found.number) : undefined;
  // The number is the container's own.
  const { file: _, ...own } = named;
  return port?.from === undefined ? [] : [{ ...own, name, ...port }];
}

/** Whether of several containers, each declares its ports, and no other one declares this port. */
function isDeclaredOnlyHere(
  port: number,
  container: MapNode,
  all: readonly { readonly one: MapNode; readonly ports: ReturnType<typeof portsOfContainer>["ports"] }[],
): boolean {
  return all.every(
    ({ one, ports }) =>
      one === container ||
      (ports.length > 0 && ports.every(({ number }) => number && Number(number.text) !== port)),
  );
}

function mountsOf(container: MapNode, pod: Pod | undefined, tree: YamlTree) {
  const entry = tree.entry(container, "volumeMounts");
  const volumes = volumesOf(pod, tree);
  const known = mountsIn(entry ? yamlItems(entry, tree) : [], (node): Mount | undefined => {
    const map = mapOf(node);
    const path = map && statedAt(map, "mountPath", tree);
    if (!map || !path?.text.startsWith("/")) return undefined;
    const volume = volumes.get(tree.text(map, "name") ?? "");
    const host = volume && tree.map(volume, "hostPath");
    const source = host && !tree.entry(map, "subPath") ? statedAt(host, "path", tree)?.text : undefined;
    return { target: plainPath(path.text), ...hostPath(source), span: path.spanOf(0, path.text.length) };
  });
  return { ...known, hasAllMounts: known.hasAllMounts && pod !== undefined };
}

function volumesOf(pod: Pod | undefined, tree: YamlTree): ReadonlyMap<string, MapNode> {
  const items = pod ? (yamlItems(tree.entry(pod.spec, "volumes"), tree) ?? []) : [];
  return new Map(
    items.flatMap((node): [string, MapNode][] => {
      const map = mapOf(node);
      const name = map && tree.text(map, "name");
      return map && name !== undefined ? [[name, map]] : [];
    }),
  );
}

/** The limit of the volume in memory that is mounted at `/dev/shm`. */
function memoryOf(container: MapNode, pod: Pod | undefined, tree: YamlTree): Stated<number> | undefined {
  if (!pod || tree.entry(pod.spec, "hostIPC")) return undefined;
  const mounts = yamlItems(tree.entry(container, "volumeMounts"), tree) ?? [];
  const shared = mounts
    .flatMap((node) => mapOf(node) ?? [])
    .filter((map) => plainPath(statedAt(map, "mountPath", tree)?.text ?? "") === "/dev/shm");
  const [only, other] = shared;
  const volume = only && !other ? volumesOf(pod, tree).get(tree.text(only, "name") ?? "") : undefined;
  const empty = volume && tree.map(volume, "emptyDir");
  if (!empty || statedAt(empty, "medium", tree)?.text !== "Memory") return undefined;
  return quantity(statedAt(empty, "sizeLimit", tree));
}
