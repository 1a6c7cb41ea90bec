/** Which launch of a deployment calls which: nodes their PD master or config server, other ranks node 0. */
import type { Member } from "../../deployment/deployment";
import { usesConfigServer } from "../../deployment/links";
import type { DeploymentRow } from "./rows";

/** A connection from one launch to another, by the flag that names it. */
export interface DeploymentConnection {
  readonly from: Member;
  readonly to: Member;
  /** Without dashes. */
  readonly flag: string;
}

const CONFIG_SERVER = "config_server";

/** The connections between the launches of a deployment. */
export function connectionsOf(rows: readonly DeploymentRow[]): readonly DeploymentConnection[] {
  const connections: DeploymentConnection[] = [];
  const hasConfigServer = rows.some(({ runMode }) => runMode === CONFIG_SERVER);
  for (const { runMode, member: to, rank } of rows) {
    for (const other of rows) {
      const from = other.member;
      const isCaller = other.runMode !== CONFIG_SERVER && usesConfigServer(from);
      if (runMode === CONFIG_SERVER && isCaller) connections.push({ from, to, flag: "config_server_host" });
      // Nodes find several masters through the config server.
      const isNode = other.runMode === "prefill" || other.runMode === "decode";
      if (runMode === "pd_master" && isNode && !hasConfigServer)
        connections.push({ from, to, flag: "pd_master_ip" });
      const isWorker = other.rank !== undefined && other.rank > 0 && other.runMode === runMode;
      if (rank === 0 && isWorker) connections.push({ from, to, flag: "nccl_host" });
    }
  }
  return connections;
}
