/** The pods of a manifest: which pod a container belongs to, and what the pod says about its containers. */
import { isMap, type ParsedNode } from "yaml";
import { spanFrom } from "../../launch/launch";
import type { Copies, Counts } from "../../launch/site";
import { mapOf, statedAt, statedScalar, yamlItems } from "../containers/yaml-stated";
import { type StatedText, wholeNumber } from "../site-values";
import type { MapNode, YamlTree } from "../yaml-text/tree";

/** A pod, or the template of one. */
export interface Pod {
  readonly spec: MapNode;
  /** Its labels; a value that is not known is `undefined`. Absent if the labels are not in the text. */
  readonly labels?: ReadonlyMap<string, string | undefined>;
  /** The containers that run at the same time, in order. */
  readonly containers: readonly MapNode[];
  /** Whether the list of containers is complete. */
  readonly hasAllContainers: boolean;
  /** How often it is started. */
  readonly copies?: Copies;
  /** Variables that its group sets, with their numbers. */
  readonly counts?: Counts;
  /** The object that it is, or that makes it; what is not known of it is `undefined`. */
  readonly owner: PodOwner;
  /** Name of the object, if it is a pod itself. */
  readonly name?: StatedText;
}

/** An object as others name it. */
export interface PodOwner {
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

/** The pod of each container. */
export function podsIn(tree: YamlTree): ReadonlyMap<MapNode, Pod> {
  const found = new Map<MapNode, Pod>();
  const around = templates(tree);
  const copies = copiesIn(tree);
  const counts = countsIn(tree);
  for (const spec of tree.maps) {
    const entry = tree.entry(spec, "containers");
    if (!entry) continue;
    const items = yamlItems(entry, tree);
    const first = yamlItems(tree.entry(spec, "initContainers"), tree) ?? [];
    const sidecars = first.flatMap((node) => mapOf(node) ?? []).filter((map) => isSidecar(map, tree));
    const containers = [...(items ?? []).flatMap((node) => mapOf(node) ?? []), ...sidecars];
    const template = around.get(spec);
    const metadata = template && tree.map(template, "metadata");
    const labels = metadata && labelsOf(tree.entry(metadata, "labels")?.value, tree);
    const isPod = template && statedAt(template, "kind", tree)?.text === "Pod";
    const name = isPod && metadata ? statedAt(metadata, "name", tree) : undefined;
    const own = template && copies.get(template);
    const counted = template && counts.get(template);
    const pod: Pod = {
      spec,
      ...(own && { copies: own }),
      ...(counted && { counts: counted }),
      ...(labels && { labels }),
      containers,
      hasAllContainers: items !== undefined,
      owner: ownerOf(spec, tree),
      ...(name && { name }),
    };
    for (const container of containers) found.set(container, pod);
  }
  return found;
}

/** The innermost object around the specification of a pod. */
function ownerOf(spec: MapNode, tree: YamlTree): PodOwner {
  const [from, , to] = spec.range;
  const object = tree.maps.findLast(
    (map) => map.range[0] <= from && to <= map.range[2] && tree.text(map, "kind") !== undefined,
  );
  const metadata = object && tree.map(object, "metadata");
  return {
    kind: object && tree.text(object, "kind"),
    name: metadata && statedAt(metadata, "name", tree)?.text,
    namespace: metadata && statedAt(metadata, "namespace", tree)?.text,
  };
}

/** How often the pods of each template are started. */
function copiesIn(tree: YamlTree): ReadonlyMap<MapNode, Copies> {
  const found = new Map<MapNode, Copies>();
  for (const map of tree.maps) {
    const kind = tree.text(map, "kind");
    const spec = kind === undefined ? undefined : tree.map(map, "spec");
    if (!spec) continue;
    if (kind === "LeaderWorkerSet") {
      const group = tree.map(spec, "leaderWorkerTemplate");
      const size = group && wholeNumber(statedAt(group, "size", tree));
      const workers = group && tree.map(group, "workerTemplate");
      const hasLeader = group !== undefined && tree.entry(group, "leaderTemplate") !== undefined;
      if (!size || !workers) continue;
      const count = hasLeader ? { ...size, value: size.value - 1 } : size;
      const isOneGroup = [undefined, "1"].includes(tree.text(spec, "replicas"));
      const pods = podNames(map, isOneGroup ? ["-", "-0-"] : ["-0-"], tree);
      const first = hasLeader && { first: 1 };
      found.set(workers, { count, isOneServer: true, isWhole: !hasLeader, ...first, ...pods });
    } else if (/^(?:StatefulSet|Deployment|ReplicaSet)$/.test(kind ?? "")) {
      const count = wholeNumber(statedAt(spec, "replicas", tree));
      const template = tree.map(spec, "template");
      const isNumbered = kind === "StatefulSet" && !tree.entry(spec, "ordinals");
      const pods = isNumbered ? podNames(map, ["-"], tree) : {};
      if (count && template) found.set(template, { count, isOneServer: false, isWhole: false, ...pods });
    }
  }
  return found;
}

/** The variables of the pods of each group of a LeaderWorkerSet. */
function countsIn(tree: YamlTree): ReadonlyMap<MapNode, Counts> {
  const found = new Map<MapNode, Counts>();
  for (const map of tree.maps) {
    const spec = tree.text(map, "kind") === "LeaderWorkerSet" ? tree.map(map, "spec") : undefined;
    const group = spec && tree.map(spec, "leaderWorkerTemplate");
    const size = group && wholeNumber(statedAt(group, "size", tree));
    const leader = group && tree.map(group, "leaderTemplate");
    const workers = group && tree.map(group, "workerTemplate");
    const counts: Counts = size ? { LWS_GROUP_SIZE: size } : {};
    if (workers) found.set(workers, counts);
    const entry = group && tree.entry(group, "leaderTemplate");
    const { start } = tree.document;
    const first = entry && {
      value: 0,
      span: spanFrom(start + entry.key.range[0], start + entry.key.range[1]),
    };
    if (leader && first) found.set(leader, { ...counts, LWS_WORKER_INDEX: { ...first, isLiteral: false } });
  }
  return found;
}

/** The names of the pods of an object: the first one ends with `-0`. */
function podNames(object: MapNode, ends: readonly string[], tree: YamlTree): Pick<Copies, "pods"> {
  const metadata = tree.map(object, "metadata");
  const name = metadata && statedAt(metadata, "name", tree);
  if (!name) return {};
  const { text, spanOf } = name;
  const first = { value: `${text}-0`, span: spanOf(0, text.length), isLiteral: false };
  return { pods: { first, others: ends.map((end) => `${text}${end}`) } };
}

function isSidecar(container: MapNode, tree: YamlTree): boolean {
  return tree.text(container, "restartPolicy") === "Always";
}

/** The mapping around each value of `spec`. */
function templates(tree: YamlTree): ReadonlyMap<ParsedNode, MapNode> {
  const found = new Map<ParsedNode, MapNode>();
  for (const map of tree.maps) {
    const spec = tree.entry(map, "spec")?.value;
    if (isMap(spec)) found.set(spec as ParsedNode, map);
  }
  return found;
}

/** Labels by name; undefined if a template may add some. */
export function labelsOf(
  node: ParsedNode | null | undefined,
  tree: YamlTree,
): ReadonlyMap<string, string | undefined> | undefined {
  const map = mapOf(node);
  if (!map) return undefined;
  return new Map(
    tree.entries(map).flatMap(({ key, value }): [string, string | undefined][] => {
      const name = statedScalar(key, tree)?.text;
      return name === undefined ? [] : [[name, statedScalar(value, tree)?.text]];
    }),
  );
}

/** The named ports of a container. */
export function portsOfContainer(container: MapNode, tree: YamlTree) {
  const items = yamlItems(tree.entry(container, "ports"), tree);
  const ports = (items ?? []).flatMap((node) => {
    const map = mapOf(node);
    if (!map) return [];
    const protocol = statedAt(map, "protocol", tree)?.text ?? "TCP";
    if (protocol !== "TCP") return [];
    const number = statedAt(map, "containerPort", tree);
    return [{ map, number, name: statedAt(map, "name", tree)?.text }];
  });
  return { ports, isKnown: items !== undefined || tree.entry(container, "ports") === undefined };
}
