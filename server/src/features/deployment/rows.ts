/** A deployment as a table: one row for each launch, with what the others need to know of it. */
import { rangeOf } from "../../analysis/document";
import { aboutLaunch } from "../../analysis/launch-name";
import { problemsOf } from "../../analysis/launch-problems";
import type { Deployment, Member } from "../../deployment/deployment";
import { factsOf } from "../../deployment/launch-facts";
import { headOf } from "../../launch/launch";
import { holdsUnknown, show } from "../../python/values";

/** A launch of a deployment. A value is undefined if it is not known, or has no meaning in its run mode. */
export interface DeploymentRow {
  readonly member: Member;
  /** Label of the launch: its name, run mode and model; else the name of its file. */
  readonly label: string;
  readonly uri: string;
  /** Zero-based line of its program or first key. */
  readonly line: number;
  readonly release: string;
  readonly runMode: string | undefined;
  readonly host: string | undefined;
  readonly port: number | undefined;
  /** GPUs on its own machine. */
  readonly gpus: number | undefined;
  /** Rank and number of its nodes, if there are several. */
  readonly rank: number | undefined;
  readonly nodes: number | undefined;
  readonly errors: number;
  readonly warnings: number;
}

/** Run modes that load the model on GPUs. */
const ON_GPUS: ReadonlySet<string | undefined> = new Set(["normal", "prefill", "decode"]);

/** Run modes that listen where other flags than `host` and `port` say. */
const LISTENS: Readonly<Record<string, { readonly host: string; readonly port: string }>> = {
  config_server: { host: "config_server_host", port: "config_server_port" },
  visual_only: { host: "host", port: "visual_rpyc_port" },
};

/** The rows of a deployment, in the order of its launches. */
export function deploymentRows(deployment: Deployment): readonly DeploymentRow[] {
  return deployment.members.map((member) => rowOf(member, deployment));
}

function rowOf(member: Member, { findings }: Deployment): DeploymentRow {
  const { document, launch } = member;
  const facts = factsOf(member);
  const text = (name: string) => {
    const value = facts.value(name);
    return value === null || holdsUnknown(value) ? undefined : show(value).replace(/^(["'])(.*)\1$/, "$2");
  };
  const count = (name: string) => {
    const value = facts.value(name);
    return typeof value === "bigint" ? Number(value) : undefined;
  };
  const runMode = text("run_mode");
  const { host, port } = LISTENS[runMode ?? ""] ?? { host: "host", port: "port" };
  const [gpus, nodes] = [count("tp"), count("nnodes")];
  const isSpread = nodes === undefined || nodes > 1;
  const own = [...problemsOf(document, launch), ...findings.filter((finding) => finding.member === member)];
  const { uri } = document.document;
  return {
    member,
    label: aboutLaunch(launch) || fileNameOf(uri),
    uri,
    line: rangeOf(document.document, headOf(launch.launch)).start.line,
    release: launch.release.name,
    runMode,
    host: text(host),
    port: count(port),
    gpus:
      ON_GPUS.has(runMode) && gpus !== undefined && nodes !== undefined && nodes > 0 && gpus % nodes === 0
        ? gpus / nodes
        : undefined,
    rank: isSpread ? count("node_rank") : undefined,
    nodes: isSpread ? nodes : undefined,
    errors: own.filter(({ severity }) => severity === "error").length,
    warnings: own.filter(({ severity }) => severity === "warning").length,
  };
}

/** The last part of a URI or path. */
export function fileNameOf(uri: string): string {
  const name = uri.split(/[\\/]/).at(-1) ?? uri;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
