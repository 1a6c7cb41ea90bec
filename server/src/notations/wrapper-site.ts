/** The site that the programs before LightLLM make: a container of `docker run`, a job of Slurm. */
import type { Wrapper, WrapperOption } from "../launch/invocation";
import type { Word } from "../launch/launch";
import { partsOfWord } from "../launch/origin";
import {
  emptySite,
  type GivenGpus,
  type LaunchSite,
  type Mount,
  type NamedPort,
  plainPath,
} from "../launch/site";
import {
  dockerSize,
  END_OF_MOUNT,
  firstGpus,
  hostPath,
  mountTo,
  portIn,
  type StatedText,
  shortMount,
  statedWord,
  wholeNumber,
} from "./site-values";
import { jobSite } from "./slurm-site";

const DOCKER = /^(?:docker|podman|nerdctl)$/;
const SLURM = /^(?:srun|sbatch|salloc)$/;

/** The site after all wrappers, as a field; empty if nothing is known about it. */
export function siteIn(
  wrappers: readonly Wrapper[],
  outside: LaunchSite | undefined,
): { readonly site?: LaunchSite } {
  const site = wrappers.reduce((around, wrapper) => siteOfWrapper(wrapper, around), outside);
  return site ? { site } : {};
}

function siteOfWrapper(wrapper: Wrapper, around: LaunchSite | undefined): LaunchSite | undefined {
  const { program, place, options = [], span } = wrapper;
  if (!place) return around;
  if (options.some(({ name }) => name === "")) return undefined;
  if (SLURM.test(program)) return jobSite(program, options, span, around);
  // Singularity has the network and the devices of its host.
  if (place.kind === "container" && !DOCKER.test(program) && program !== "docker-compose") return around;
  // A running container, another machine, a service of a Compose file: what it has is not written here.
  return place.kind === "container" && place.image && DOCKER.test(program)
    ? containerSite(options, span.start, program)
    : undefined;
}

/** The container of `docker run` with these options. */
function containerSite(options: readonly WrapperOption[], start: number, program: string): LaunchSite {
  const values = (...names: string[]) =>
    options.flatMap(({ name, value }) => (value && names.includes(name) ? [value] : []));
  const mounts = values("-v", "--volume").map(volumeOf);
  const more = values("--mount").map(longMount);
  const tmpfs = values("--tmpfs", "--volumes-from");
  const network = values("--network", "--net").at(-1);
  const ports = [
    ...portsOf(values("-p", "--publish"), "published"),
    ...portsOf(values("--expose"), "exposed"),
  ];
  const all = [...mounts, ...more];
  const sharesMemory = values("--ipc").length > 0 || tmpfs.length > 0;
  const memory = shmOf(values("--shm-size").at(-1));
  const isOverSharedMemory = all.some((one) => !one || one.target === "/dev/shm");
  return {
    ...emptySite("container", start),
    ...gpusOf(values("--gpus").at(-1), options, program),
    ports: ports.map((port) => ({ ...port, group: 0 })),
    ...networkOf(network),
    mounts: all.filter((one) => one !== undefined),
    hasAllMounts: tmpfs.length === 0 && all.every((one) => one !== undefined),
    ...(memory && !sharesMemory && !isOverSharedMemory && { sharedMemory: memory }),
    names: values("--name", "--hostname", "-h", "--network-alias").flatMap((word) => {
      const stated = statedWord(word);
      return stated
        ? [
            {
              value: stated.text,
              span: stated.spanOf(0, stated.text.length),
              isLiteral: stated.isLiteral(0, stated.text.length),
            },
          ]
        : [];
    }),
    hasUnknownVariables: values("--env-file").length > 0,
  };
}

function shmOf(word: Word | undefined) {
  return word && dockerSize(statedWord(word));
}

/** A network of its own, the host's, or one that is not known. */
function networkOf(word: Word | undefined): Pick<LaunchSite, "hasHostNetwork"> {
  if (!word) return { hasHostNetwork: false };
  const { text } = word;
  if (text === undefined || /^(?:container|ns|pod):|^none$/.test(text)) return {};
  return { hasHostNetwork: text === "host" };
}

function portsOf(words: readonly Word[], by: NamedPort["by"]): Omit<NamedPort, "group">[] {
  return words.flatMap((word) => {
    const stated = statedWord(word);
    if (!stated) return [{ by, span: word.span, isLiteral: false }];
    const port = portIn(stated);
    return port ? [{ by, ...port }] : [];
  });
}

function volumeOf(word: Word): Mount | undefined {
  const stated = statedWord(word);
  if (stated) return shortMount(stated);
  const end = partsOfWord(word).at(-1);
  if (end?.kind !== "text" || !END_OF_MOUNT.test(end.text)) return undefined;
  return mountTo({ text: end.text, spanOf: () => word.span, isLiteral: () => false });
}

/** `--mount type=bind,source=/data,target=/models`. */
function longMount(word: Word): Mount | undefined {
  const stated = statedWord(word);
  const keys = new Map(
    stated?.text.split(",").map((part): [string, string] => {
      const [key = "", ...value] = part.split("=");
      return [key, value.join("=")];
    }),
  );
  const target = keys.get("target") ?? keys.get("destination") ?? keys.get("dst");
  if (!target?.startsWith("/")) return undefined;
  const source = keys.get("source") ?? keys.get("src");
  return { target: plainPath(target), ...hostPath(source), span: word.span };
}

/** The GPUs of `--gpus`, or of devices of the Container Device Interface. */
function gpusOf(
  word: Word | undefined,
  options: readonly WrapperOption[],
  program: string,
): Pick<LaunchSite, "gpus" | "gpuIds"> {
  const devices = options.flatMap(({ name, value }) =>
    name === "--device" && value?.text?.includes("nvidia.com/gpu=") ? [value] : [],
  );
  if (!word) {
    const isNowhere = !options.some(({ name }) => name === "--device");
    return { gpus: cdiGpus(devices), ...(!isNowhere && { gpuIds: "unknown" as const }) };
  }
  const stated = statedWord(word);
  if (!stated || devices.length > 0) return { gpus: [], gpuIds: "unknown" };
  if (stated.text === "all") return { gpus: [], gpuIds: "all" };
  const given = givenIn(stated, word.source === stated.text && program === "docker");
  if (!given) return { gpus: [], gpuIds: "unknown" };
  const ids = given.isList ? listedIds(stated) : program === "docker" ? firstGpus(given.count) : undefined;
  return { gpus: [given], gpuIds: ids ?? "unknown" };
}

const DEVICES = /^"?device=([^",]+|[^"]+(?="))"?$/;

/** The GPUs of `--gpus '"device=0,1"'`. */
function listedIds({ text }: StatedText): string[] {
  return (DEVICES.exec(text)?.[1] ?? "").split(",").filter((one) => one !== "");
}

/** `--gpus 2`, `--gpus '"device=0,1"'`, `--gpus count=2`; undefined for `all` and other forms. */
function givenIn(stated: StatedText, isUnquoted: boolean): GivenGpus | undefined {
  const { text } = stated;
  const number = wholeNumber(stated);
  const by = "--gpus";
  if (number) {
    const { value: count, span, isLiteral } = number;
    // Docker reads the value as a line of CSV, so a list needs double quotes, and the shell quotes around them.
    const listForm = { span, open: `'"device=`, between: ",", close: `"'` };
    return { by, count, isList: false, span, isLiteral, ...(isUnquoted && isLiteral && { listForm }) };
  }
  const [, list] = DEVICES.exec(text) ?? [];
  if (list === undefined || (list.includes(",") && !text.startsWith('"'))) return undefined;
  const at = text.indexOf("=") + 1;
  const listForm = { span: stated.spanOf(at, at + list.length), open: "", between: ",", close: "" };
  return {
    by,
    count: list.split(",").filter((one) => one !== "").length,
    isList: true,
    span: stated.spanOf(0, text.length),
    isLiteral: false,
    ...(text.startsWith('"') && stated.isLiteral(at, at + list.length) && { listForm }),
  };
}

function cdiGpus(devices: readonly Word[]): GivenGpus[] {
  const [first] = devices;
  if (!first || devices.some(({ text = "" }) => /=all$/.test(text))) return [];
  return [
    {
      by: "--device",
      count: new Set(devices.map(({ text }) => text)).size,
      isList: true,
      span: first.span,
      isLiteral: false,
    },
  ];
}
