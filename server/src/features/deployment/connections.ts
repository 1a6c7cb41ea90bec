/** Which launch of a deployment calls which: nodes their PD master or config server, other ranks node 0. */
import type { Member } from "../../deployment/deployment";
import type { DeploymentRow } from "./rows";

/** A connection from one launch to another, by the flag that names it. */
export interface DeploymentConnection {
  readonly from: Member;
  readonly to: Member;
  /** Without dashes. */
  readonly flag: string;
}

/** Run modes whose launches take calls, and the flag by which others name them. */
const CALLED: Readonly<Record<string, { readonly flag: string; readonly by: readonly string[] }>> = {
  pd_master: { flag: "pd_master_ip", by: ["prefill", "decode"] },
  config_server: {
    flag: "config_server_host",
    by: ["pd_master", "prefill", "decode"],
  },
};

/** The connections between the launches of a deployment. */
export function connectionsOf(rows: readonly DeploymentRow[]): readonly DeploymentConnection[] {
  const connections: DeploymentConnection[] = [];
  const hasConfigServer = rows.some(({ runMode }) => runMode === "config_server");
  for (const { runMode, member: to, rank } of rows) {
    const called = runMode === undefined ? undefined : CALLED[runMode];
    for (const other of rows) {
      const from = other.member;
      if (called?.by.includes(other.runMode ?? "")) {
        // Nodes find several masters through the config server.
        if (runMode === "config_server" || !hasConfigServer)
          connections.push({ from, to, flag: called.flag });
      }
      const isWorker = other.rank !== undefined && other.rank > 0 && other.runMode === runMode;
      if (rank === 0 && isWorker) connections.push({ from, to, flag: "nccl_host" });
    }
  }
  return connections;
}
