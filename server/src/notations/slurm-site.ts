/** The job of Slurm in which a launch runs: from the options of `srun`, and from the `#SBATCH` lines of a script. */
import type { WrapperOption } from "../launch/invocation";
import { type Span, spanFrom } from "../launch/launch";
import { emptySite, type GivenGpus, type LaunchSite, type Stated } from "../launch/site";
import { type Embedded, spanInFile, toFile } from "./embedded";
import { type StatedText, statedWord, wholeNumber } from "./site-values";

/** An option with its known value; undefined for a switch, and for a value that is not known. */
interface JobOption {
  readonly name: string;
  readonly value: StatedText | undefined;
}

/** The site of a step with these options, inside the job around it. */
export function jobSite(
  program: string,
  options: readonly WrapperOption[],
  { start }: Span,
  around: LaunchSite | undefined,
): LaunchSite {
  const job = around?.kind === "job" ? around : undefined;
  const own = options.map(({ name, value }) => ({ name, value: value && statedWord(value) }));
  const site = siteFrom(own, job?.start ?? start, job);
  // `sbatch` and `salloc` start one command; a step of `srun` starts it once for each task.
  const count = program === "srun" ? tasksIn(site) : undefined;
  return { ...site, ...(count && { copies: { count, isOneServer: true, isWhole: false } }) };
}

/** The number of tasks of a step: as written, else as many on each node, else one on each. */
function tasksIn({ tasks, tasksOfNode, nodes }: LaunchSite): Stated<number> | undefined {
  if (tasks) return tasks.value === "unknown" ? undefined : { ...tasks, value: tasks.value };
  const each = tasksOfNode?.value ?? 1;
  if (!nodes || each === "unknown") return undefined;
  return { ...nodes, value: nodes.value * each, isLiteral: nodes.isLiteral && each === 1 };
}

const BATCH = /^#SBATCH[ \t]+(.+)$/gm;
const OPTION = /(--?[A-Za-z][\w-]*)(?:=|[ \t]+(?=[^-\s]))?("[^"\n]*"|[^\s"#]+)?/g;

/** The job of a batch script, from its `#SBATCH` lines; undefined if it has none. */
export function batchSite(embedded: Embedded): LaunchSite | undefined {
  const { text } = embedded;
  if (!text.includes("#SBATCH")) return undefined;
  const options: JobOption[] = [];
  // Slurm reads these lines up to the first command.
  const head = /^(?:[ \t]*(?:#.*)?\r?\n)*/.exec(text)?.[0] ?? "";
  for (const line of head.matchAll(BATCH)) {
    const start = line.index + line[0].length - (line[1]?.length ?? 0);
    for (const option of (line[1] ?? "").matchAll(OPTION)) {
      const [whole, name = "", written] = option;
      const at = start + option.index + whole.length - (written?.length ?? 0);
      options.push({ name, value: written === undefined ? undefined : statedAt(embedded, at, written) });
    }
  }
  return options.length > 0 ? siteFrom(options, toFile(embedded, 0), undefined) : undefined;
}

function statedAt(embedded: Embedded, at: number, written: string): StatedText {
  const quoted = written.startsWith('"') ? 1 : 0;
  const text = quoted ? written.slice(1, -1) : written;
  const from = at + quoted;
  return {
    text,
    spanOf: (start, end) => spanInFile(embedded, spanFrom(from + start, from + end)),
    isLiteral: () => true,
  };
}

const NODES = ["--nodes", "-N"];
const NODE_COUNTS = ["SLURM_JOB_NUM_NODES", "SLURM_NNODES"];
const TASKS = ["--ntasks", "-n"];
const PER_NODE = ["--gres", "--gpus-per-node"];

function siteFrom(options: readonly JobOption[], start: number, job: LaunchSite | undefined): LaunchSite {
  const last = (names: readonly string[]) => options.findLast(({ name }) => names.includes(name));
  const countsNodes = last(NODES);
  const nodes = countsNodes ? wholeNumber(countsNodes.value) : job?.nodes;
  const perTask = last(["--gpus-per-task"]);
  const inAll = last(["--gpus", "-G"]);
  const perNode = last(PER_NODE);
  const gpus = perTask
    ? givenBy(perTask)
    : perNode
      ? givenBy(perNode)
      : inAll
        ? ofEachNode(inAll, nodes)
        : (job?.gpus ?? []);
  const tasks = last(TASKS);
  const tasksOfNode = last(["--ntasks-per-node"]);
  const model = modelIn(perTask ?? perNode ?? inAll) ?? job?.gpuModel;
  return {
    ...emptySite("job", start),
    gpus,
    ...(model !== undefined && { gpuModel: model }),
    hasHostNetwork: true,
    ...(nodes && { nodes }),
    ...countsOf(job, nodes),
    ...countedBy("tasks", tasks, job),
    ...countedBy("tasksOfNode", tasksOfNode, job),
  };
}

/** The variables with the nodes of the job, of which a step may use some. */
function countsOf(
  job: LaunchSite | undefined,
  nodes: Stated<number> | undefined,
): Pick<LaunchSite, "counts"> {
  if (job) return job.counts ? { counts: job.counts } : {};
  return nodes ? { counts: Object.fromEntries(NODE_COUNTS.map((name) => [name, nodes])) } : {};
}

/** A number of tasks: of an option, else that of the job around. */
function countedBy(
  name: "tasks" | "tasksOfNode",
  option: JobOption | undefined,
  job: LaunchSite | undefined,
): Pick<LaunchSite, "tasks" | "tasksOfNode"> {
  if (!option) return job?.[name] ? { [name]: job[name] } : {};
  const number = wholeNumber(option.value);
  const span = option.value?.spanOf(0, option.value.text.length);
  if (number) return { [name]: number };
  return { [name]: { value: "unknown", span: span ?? spanFrom(0, 0), isLiteral: false } };
}

/** `gpu:8`, `gpu:h100:8`, `h100:8`, `8`; nothing for several kinds of devices. */
function givenBy({ name, value }: JobOption): GivenGpus[] {
  if (!value) return [];
  const { text } = value;
  const isGres = name === "--gres";
  const [, kind = "", digits] = /^((?:[A-Za-z][\w.-]*:)*)(\d{1,6})$/.exec(text) ?? [];
  if (digits === undefined || isGres !== kind.startsWith("gpu:")) return [];
  const from = text.length - digits.length;
  return [
    {
      by: name,
      count: Number(digits),
      isList: false,
      span: value.spanOf(from, text.length),
      isLiteral: value.isLiteral(from, text.length),
    },
  ];
}

/** The kind of GPU: `h100` of `gpu:h100:8`. */
function modelIn(option: JobOption | undefined): string | undefined {
  const kind = /^(?:gpu:)?((?!gpu:)[A-Za-z][\w.-]*)(?::\d{1,6})?$/.exec(option?.value?.text ?? "")?.[1];
  return kind === "gpu" ? undefined : kind;
}

/** The GPUs of the whole job, shared out evenly over its nodes; nothing if the number of nodes is not written. */
function ofEachNode(option: JobOption, nodes: Stated<number> | undefined): GivenGpus[] {
  if (!nodes || nodes.value < 1) return [];
  return givenBy(option).flatMap((given) =>
    given.count % nodes.value === 0
      ? [{ ...given, count: given.count / nodes.value, isLiteral: nodes.value === 1 && given.isLiteral }]
      : [],
  );
}
