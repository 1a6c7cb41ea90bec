/**
 * The site of a launch: what a file says about the container, pod or batch job around it. Facts only, each with its
 * place in the text; what the file leaves open is absent or `undefined`.
 */
import type { Span } from "./launch";
import type { PointedFile } from "./pointed-file";

/** A fact that the text states at a place. */
export interface Stated<T> {
  readonly value: T;
  readonly span: Span;
  /** Whether the text at `span` is exactly the value, so that it can be replaced. */
  readonly isLiteral: boolean;
}

/** Who names a port of the container. */
export type PortNamer =
  | "published"
  | "exposed"
  | "containerPort"
  | "service"
  | "readinessProbe"
  | "livenessProbe"
  | "startupProbe"
  | "healthCheck";

/** A port of the machine under which a port of the container is published. */
export interface OutsidePort {
  /** The address of the machine; absent for all of them. */
  readonly address?: string;
  readonly from: number;
  readonly to: number;
  readonly span: Span;
  /** Whether the text at `span` is exactly the one number. */
  readonly isLiteral: boolean;
}

/** A TCP port of the container that the file names, or a range of ports. */
export interface NamedPort {
  readonly by: PortNamer;
  /** Number of the list, Service or probe it is part of: ports of one group are judged together. */
  readonly group: number;
  /** First and last port; absent if unknown. */
  readonly from?: number;
  readonly to?: number;
  /** The name of the Service. */
  readonly owner?: string;
  /** The name of a container's port that stands for the number. */
  readonly name?: string;
  /** No container of the pod has a port of this name. */
  readonly isMissing?: boolean;
  /** Where it is published on the machine; absent if it is not, or if that is not known. */
  readonly outside?: OutsidePort;
  /** The place of the number, or of the name if no port has it. */
  readonly span: Span;
  /** The file of the place; that of the launch if absent. */
  readonly file?: PointedFile;
  readonly isLiteral: boolean;
}

/** How a list of GPUs is written at a place of the text: `open`, the numbers with `between`, `close`. */
export interface ListForm {
  readonly span: Span;
  readonly open: string;
  readonly between: string;
  readonly close: string;
}

/** How GPUs are given to the container, or to each node of a job. */
export interface GivenGpus {
  /** The words of the file: `nvidia.com/gpu`, `--gpus`, `count`, `device_ids`, `--gres`. */
  readonly by: string;
  readonly count: number;
  /** Whether the file names the GPUs; otherwise it only counts them. */
  readonly isList: boolean;
  /** How other GPUs can be listed instead; absent if that cannot be written. */
  readonly listForm?: ListForm;
  readonly span: Span;
  /** Whether the text at `span` is exactly the number. */
  readonly isLiteral: boolean;
}

/** A folder of the container that comes from outside. */
export interface Mount {
  /** Path in the container, without a slash at its end. */
  readonly target: string;
  /** Path on the host, for a bind mount with an absolute path. */
  readonly source?: string;
  readonly span: Span;
}

/** A Service of Kubernetes that sends requests to the container. */
export interface SiteService {
  readonly name: string;
  /** Its own ports, by which others call it; absent if one is not known. */
  readonly ports?: readonly Stated<number>[];
}

/** Pods that are made from one template. */
export interface Copies {
  readonly count: Stated<number>;
  /** Whether all of them are nodes of one server, as those of a group of a LeaderWorkerSet. */
  readonly isOneServer: boolean;
  /** The number of the first of them, if another template makes those before it; 0 if absent. */
  readonly first?: number;
  /** Whether no other pod belongs to that server. */
  readonly isWhole: boolean;
  /** The names of the pods; absent if they are not known. */
  readonly pods?: PodNames;
}

/** The names of the pods of one server. */
export interface PodNames {
  /** Of its first pod. */
  readonly first: Stated<string>;
  /** What the names of others begin with; a number follows. */
  readonly others: readonly string[];
}

/** Numbers that a text gives for variables, by name; data, so that two readings can be compared. */
export type Counts = Readonly<Record<string, Stated<number>>>;

export interface LaunchSite {
  readonly kind: "container" | "pod" | "job";
  /** Start of the container or job in the text; launches with the same start run in the same one. */
  readonly start: number;
  readonly gpus: readonly GivenGpus[];
  /** The GPUs of the machine that the container has, in its own order; absent if the file says nothing about them. */
  readonly gpuIds?: readonly string[] | "all" | "unknown";
  /** The model of its GPUs, as the text names it: a label of the node, or a kind of `--gres`. */
  readonly gpuModel?: string;
  readonly ports: readonly NamedPort[];
  /** Whether it has the network of its host; absent if unknown, or if another container's network is used. */
  readonly hasHostNetwork?: boolean;
  /** Names the network that it shares with other containers of the file, such as those of its pod. */
  readonly network?: string;
  /** Whether all containers of the file that have this are on one machine, as those of a Compose file. */
  readonly isOfOneMachine?: boolean;
  /** The choices with which it starts, such as the profiles of a Compose file; absent if it always does. */
  readonly choices?: readonly string[];
  readonly mounts: readonly Mount[];
  /** Whether there are no other mounts than these. */
  readonly hasAllMounts: boolean;
  /** Size of `/dev/shm` in bytes. */
  readonly sharedMemory?: Stated<number>;
  /** Names by which other containers reach it. */
  readonly names: readonly Stated<string>[];
  readonly services?: readonly SiteService[];
  /** How often it is started; absent if that is not known. */
  readonly copies?: Copies;
  /** Whether variables come from a file or an object that is not read: any variable may be set. */
  readonly hasUnknownVariables: boolean;
  /**
   * Variables that the scheduler sets, with the numbers that the text gives: the nodes of the whole job, the pods of a
   * group, the number of its first pod.
   */
  readonly counts?: Counts;
  /** Number of nodes of the job. */
  readonly nodes?: Stated<number>;
  /** Number of tasks of the job, and of each of its nodes; absent if it is not written. */
  readonly tasks?: Stated<number | "unknown">;
  readonly tasksOfNode?: Stated<number | "unknown">;
  /** Whether another launch of the file runs in it too. */
  readonly isShared?: boolean;
}

/** A site about which nothing is known. */
export function emptySite(kind: LaunchSite["kind"], start: number): LaunchSite {
  return {
    kind,
    start,
    gpus: [],
    ports: [],
    mounts: [],
    hasAllMounts: false,
    names: [],
    hasUnknownVariables: false,
  };
}

/** A path without slashes at its end and without double ones. */
export function plainPath(path: string): string {
  return path.replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1");
}

/** Whether an address is the machine's own, which others do not reach. */
export function isLoopbackName(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){1,3}|localhost|::1)$/i.test(host);
}

/** Whether a path is a folder or something in it. */
export function isInFolder(path: string, folder: string): boolean {
  return folder === "/" || path === folder || path.startsWith(`${folder}/`);
}
