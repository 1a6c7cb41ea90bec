/** The launches of a workspace by deployment, for a view of an editor. */
import type { Position } from "vscode-languageserver-types";
import type { LaunchDocument } from "../../analysis/document";
import {
  type Deployment,
  type DeploymentReason,
  imagesOfOthers,
  membersIn,
} from "../../deployment/deployment";
import { onOneLine } from "../../launch/visible-text";
import { say } from "../../messages";
import { deploymentReason, nodeInWords } from "./deployment-markdown";
import { type DeploymentRow, deploymentRows } from "./rows";

/** A launch of the workspace; itself a place for the commands of launches. */
export interface ListedLaunch {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
  readonly label: string;
  /** Run mode, address, GPUs and node, as far as they are known. */
  readonly description: string;
  readonly release: string;
  readonly errors: number;
  readonly warnings: number;
}

/** Launches that belong together. */
export interface ListedDeployment {
  readonly name: string;
  /** Why they belong together, as a sentence. */
  readonly reason: string;
  readonly launches: readonly ListedLaunch[];
}

/** The deployments of a workspace, and the launches that belong to none. */
export interface WorkspaceReport {
  readonly deployments: readonly ListedDeployment[];
  readonly alone: readonly ListedLaunch[];
}

const NO_REASON: DeploymentReason = "file";

/** Lists the launches of documents; `deployments` are those among them. */
export function workspaceReport(
  documents: readonly LaunchDocument[],
  deployments: readonly Deployment[],
): WorkspaceReport {
  const together = new Set(deployments.flatMap(({ members }) => members.map(({ launch }) => launch)));
  const images = imagesOfOthers(documents);
  const members = documents.filter((document) => !images.has(document)).flatMap(membersIn);
  const alone = members.filter(({ launch }) => !together.has(launch) && !launch.launch.isMention);
  return {
    deployments: deployments.map((deployment) => ({
      name: onOneLine(deployment.name),
      reason: deploymentReason(deployment.reason),
      launches: deploymentRows(deployment).map(listed),
    })),
    alone: deploymentRows({ name: "", reason: NO_REASON, members: alone, findings: [] }).map(listed),
  };
}

function listed(row: DeploymentRow): ListedLaunch {
  const { label, uri, line, release, errors, warnings } = row;
  return {
    textDocument: { uri },
    position: { line, character: 0 },
    label: onOneLine(label),
    description: onOneLine(describe(row)),
    release,
    errors,
    warnings,
  };
}

function describe(row: DeploymentRow): string {
  const { label, runMode, host, port, gpus } = row;
  const node = nodeInWords(row);
  const address = [host, port].filter((part) => part !== undefined).join(":");
  return [
    // The label may have it.
    runMode !== undefined && label.split(" · ").includes(runMode) ? "" : runMode,
    address,
    gpus === undefined ? "" : say("hover.launch-gpus", { count: gpus }),
    node === undefined ? "" : say("deployment.listed-node", { node }),
  ]
    .filter(Boolean)
    .join(" · ");
}
