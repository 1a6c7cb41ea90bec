/** What a service of a Compose file says about its container: GPUs, ports, network, mounts, shared memory, names. */
import { isMap, isScalar, isSeq, type ParsedNode, type Scalar } from "yaml";
import { spanFrom } from "../../launch/launch";
import { emptySite, type LaunchSite, type Mount, type NamedPort, plainPath } from "../../launch/site";
import { mapOf, mountsIn, statedAt, statedScalar, yamlItems } from "../containers/yaml-stated";
import {
  askedPorts,
  dockerSize,
  END_OF_MOUNT,
  firstGpus,
  hostPath,
  mountTo,
  type PortInContainer,
  portIn,
  type StatedText,
  shortMount,
  wholeNumber,
} from "../site-values";
import { spanOf } from "../yaml-text/nodes";
import type { MapEntry, MapNode, YamlTree } from "../yaml-text/tree";

/** The keys of a service, with those of services that it extends. */
export interface ServiceKeys {
  readonly map: MapNode;
  readonly key: Scalar.Parsed;
  /** The value in force. */
  entry(name: string): MapEntry | undefined;
  /** The values of all services in the chain, because Compose joins lists. */
  every(name: string): readonly MapEntry[];
  /** Whether it extends a service of another file. */
  readonly isPartial: boolean;
}

/** The container of a service. */
export function serviceSite(service: ServiceKeys, tree: YamlTree): LaunchSite {
  const { map, isPartial } = service;
  const volumes = service.every("volumes").map((entry) => yamlItems(entry, tree));
  const isKnown = !isPartial && volumes.every((items) => items !== undefined);
  const { mounts, hasAllMounts } = mountsIn(
    volumes.flatMap((items) => items ?? []),
    (node) => mountOf(node, tree),
  );
  const memory = memoryOf(service, mounts, hasAllMounts && isKnown, tree);
  const start = tree.document.start + map.range[0];
  return {
    ...emptySite("container", start),
    ...gpusOf(service, tree),
    isOfOneMachine: true,
    ...choicesOf(service, tree),
    ports: portsOf(service, tree),
    ...networkOf(service, tree),
    mounts,
    hasAllMounts: hasAllMounts && isKnown && !service.entry("volumes_from") && !service.entry("configs"),
    ...(memory && { sharedMemory: memory }),
    names: namesOf(service, tree),
    hasUnknownVariables: isPartial || service.every("env_file").length > 0,
  };
}

/** Shared memory, unless another place of the service sets it too. */
function memoryOf(service: ServiceKeys, mounts: readonly Mount[], isKnown: boolean, tree: YamlTree) {
  const isOther = service.entry("ipc") !== undefined || service.entry("tmpfs") !== undefined;
  const isMounted = mounts.some(({ target }) => target === "/dev/shm");
  if (isOther || isMounted || !isKnown) return undefined;
  return dockerSize(statedScalar(service.entry("shm_size")?.value, tree));
}

function networkOf(service: ServiceKeys, tree: YamlTree): Pick<LaunchSite, "hasHostNetwork"> {
  const mode = service.entry("network_mode");
  if (!mode) {
    const networks = service.entry("networks")?.value;
    const names = isSeq(networks)
      ? (networks.items as ParsedNode[]).map((item) => statedScalar(item, tree)?.text)
      : isMap(networks)
        ? tree.entries(networks as MapNode).map(({ key }) => String(key.source))
        : [];
    // A network named `host` may be the host's.
    return service.isPartial || names.some((one) => one === undefined || one === "host")
      ? {}
      : { hasHostNetwork: false };
  }
  const text = statedScalar(mode.value, tree)?.text;
  if (text === "host") return { hasHostNetwork: true };
  return text === "bridge" || text === "default" ? { hasHostNetwork: false } : {};
}

function namesOf(service: ServiceKeys, tree: YamlTree): LaunchSite["names"] {
  const own = statedScalar(service.key, tree);
  const given = ["container_name", "hostname"].map((key) => statedScalar(service.entry(key)?.value, tree));
  return [own, ...given].flatMap((stated) =>
    stated
      ? [
          {
            value: stated.text,
            span: stated.spanOf(0, stated.text.length),
            isLiteral: stated.isLiteral(0, stated.text.length),
          },
        ]
      : [],
  );
}

type Group = Pick<NamedPort, "by" | "group">;

function portsOf(service: ServiceKeys, tree: YamlTree): NamedPort[] {
  const published: Group = { by: "published", group: 0 };
  const found = [
    ...service.every("ports").flatMap((entry) => listed(entry, published, tree)),
    ...service.every("expose").flatMap((entry) => listed(entry, { by: "exposed", group: 0 }, tree)),
  ];
  if (service.isPartial && found.length > 0) {
    const { span } = found[0] as NamedPort;
    found.push({ ...published, span, isLiteral: false });
  }
  return [...found, ...healthPorts(service, tree)];
}

function listed(entry: MapEntry, group: Group, tree: YamlTree): NamedPort[] {
  const items = yamlItems(entry, tree);
  const span = spanOf(entry.key, tree.document);
  if (!items) return [{ ...group, span, isLiteral: false }];
  return items.flatMap((node): NamedPort[] => {
    const port = isMap(node) ? longPort(node as MapNode, tree) : shortPort(node, tree);
    return port ? [{ ...group, ...port }] : [];
  });
}

/** The part after the last colon that is not in `${…}`. */
const CONTAINER_SIDE = /[^:{}]*(?:\$\{[^}]*\}[^:{}]*)*$/;

function shortPort(node: ParsedNode, tree: YamlTree): PortInContainer | undefined {
  const stated = statedScalar(node, tree) ?? statedScalar(node, tree, CONTAINER_SIDE);
  return stated ? portIn(stated) : { span: spanOf(node, tree.document), isLiteral: false };
}

function longPort(map: MapNode, tree: YamlTree): PortInContainer | undefined {
  const protocol = statedAt(map, "protocol", tree)?.text;
  if (protocol !== undefined && protocol !== "tcp") return undefined;
  const target = statedAt(map, "target", tree);
  const port = target && portIn(target);
  const published = statedAt(map, "published", tree);
  const outside = published && !tree.entry(map, "host_ip") ? portIn(published) : undefined;
  if (port && outside?.from !== undefined && outside.to !== undefined) {
    const { from, to, span, isLiteral } = outside;
    return { ...port, outside: { from, to, span, isLiteral } };
  }
  return target ? port : { span: spanOf(map as ParsedNode, tree.document), isLiteral: false };
}

/** The ports that `healthcheck.test` asks inside the container. */
function healthPorts(service: ServiceKeys, tree: YamlTree): NamedPort[] {
  const check = mapOf(service.entry("healthcheck")?.value);
  const test = check && tree.entry(check, "test");
  const nodes = isSeq(test?.value)
    ? yamlItems(test, tree)
    : isScalar(test?.value)
      ? [test.value as ParsedNode]
      : [];
  return (nodes ?? []).flatMap((node) => {
    const stated = statedScalar(node, tree);
    return stated
      ? askedPorts(stated).map((port) => ({ by: "healthCheck" as const, group: 1, ...port }))
      : [];
  });
}

/** `/data:/models:ro`, or the long form with `target`. */
function mountOf(node: ParsedNode, tree: YamlTree): Mount | undefined {
  const map = mapOf(node);
  if (!map) {
    const stated = statedScalar(node, tree);
    if (stated) return shortMount(stated);
    const end = statedScalar(node, tree, END_OF_MOUNT);
    return end && mountTo(end);
  }
  const target = statedAt(map, "target", tree);
  if (!target?.text.startsWith("/")) return undefined;
  const source = statedAt(map, "source", tree);
  return {
    target: plainPath(target.text),
    ...hostPath(source?.text),
    span: target.spanOf(0, target.text.length),
  };
}

/** The GPUs of `deploy.resources.reservations.devices`, or of `gpus`. */
function gpusOf(service: ServiceKeys, tree: YamlTree): Pick<LaunchSite, "gpus" | "gpuIds"> {
  const gpus = service.entry("gpus");
  const deploy = mapOf(service.entry("deploy")?.value);
  const resources = deploy && tree.map(deploy, "resources");
  const reservations = resources && tree.map(resources, "reservations");
  const devices = reservations && tree.entry(reservations, "devices");
  const items = [devices, gpus].flatMap((entry) => (isSeq(entry?.value) ? [yamlItems(entry, tree)] : []));
  const all = items.flatMap((list) => list ?? []).flatMap((node) => mapOf(node) ?? []);
  const own = all.filter((one) => isGpu(one, gpus !== undefined, tree));
  const [only, other] = own;
  const isAll = statedScalar(gpus?.value, tree)?.text === "all";
  if (!devices && !gpus && !service.isPartial) return { gpus: [] };
  if (isAll && !only && !service.isPartial) return { gpus: [], gpuIds: "all" };
  if (!only || other || items.includes(undefined) || service.isPartial)
    return { gpus: [], gpuIds: "unknown" };
  return givenIn(only, tree);
}

/** The profiles of a service: it starts if one of them is chosen. */
function choicesOf(service: ServiceKeys, tree: YamlTree): Pick<LaunchSite, "choices"> {
  const entry = service.entry("profiles");
  if (!entry) return {};
  const names = yamlItems(entry, tree)?.map((node) => statedScalar(node, tree)?.text ?? "");
  return names?.length === 0 ? {} : { choices: names ?? [""] };
}

function isGpu(device: MapNode, isKey: boolean, tree: YamlTree): boolean {
  const driver = statedAt(device, "driver", tree)?.text;
  if (driver !== undefined && driver !== "nvidia") return false;
  const capabilities = yamlItems(tree.entry(device, "capabilities"), tree)?.map(
    (node) => statedScalar(node, tree)?.text,
  );
  return isKey || (capabilities?.some((one) => one === "gpu" || one === "nvidia") ?? false);
}

function givenIn(device: MapNode, tree: YamlTree): Pick<LaunchSite, "gpus" | "gpuIds"> {
  const count: StatedText | undefined = statedAt(device, "count", tree);
  const number = wholeNumber(count);
  if (number) {
    const { value, span, isLiteral } = number;
    const key = tree.entry(device, "count")?.key;
    const listForm = key && {
      span: spanFrom(spanOf(key, tree.document).start, span.end),
      open: 'device_ids: ["',
      between: '", "',
      close: '"]',
    };
    const given = { by: "count", count: value, isList: false, span, isLiteral };
    return { gpus: [{ ...given, ...(isLiteral && listForm && { listForm }) }], gpuIds: firstGpus(value) };
  }
  if (count?.text === "all" || count?.text === "-1") return { gpus: [], gpuIds: "all" };
  const list = tree.entry(device, "device_ids");
  const ids = yamlItems(list, tree)?.map((node) => statedScalar(node, tree)?.text);
  const known = ids?.filter((id) => id !== undefined);
  if (!list || !known || tree.entry(device, "count") || known.length !== ids?.length)
    return { gpus: [], gpuIds: "unknown" };
  const span = spanOf((list.value ?? list.key) as ParsedNode, tree.document);
  const isFlow = isSeq(list.value) && list.value.flow === true && !list.apart;
  const listForm = isFlow ? { span, open: '["', between: '", "', close: '"]' } : undefined;
  return {
    gpus: [
      {
        by: "device_ids",
        count: new Set(known).size,
        isList: true,
        span,
        isLiteral: false,
        ...(listForm && { listForm }),
      },
    ],
    gpuIds: known,
  };
}
