/** The launches of the workspace as a tree, by deployment. */
import {
  EventEmitter,
  type ProviderResult,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  workspace,
} from "vscode";
import type { DeploymentsAnswer, PlaceParams } from "../../../server/src/lsp/protocol";
import { say } from "../messages";

type Deployment = DeploymentsAnswer["deployments"][number];
/** A launch of the tree; the commands of launches take it as their place. */
export type TreeLaunch = Deployment["launches"][number] & PlaceParams;

/** A deployment, the launches that belong to none, or a launch. */
export type DeploymentNode = Deployment | TreeLaunch;

export class DeploymentTree implements TreeDataProvider<DeploymentNode> {
  private readonly changes = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  private roots: readonly DeploymentNode[] = [];

  show({ deployments, alone }: Pick<DeploymentsAnswer, "deployments" | "alone">): void {
    const others = { name: say("client.deployments-alone"), reason: "", launches: alone };
    // Without deployments, a level of its own for the launches would say nothing.
    this.roots = deployments.length === 0 ? alone : [...deployments, ...(alone.length > 0 ? [others] : [])];
    this.changes.fire(undefined);
  }

  getChildren(node?: DeploymentNode): ProviderResult<DeploymentNode[]> {
    if (!node) return [...this.roots];
    return "launches" in node ? [...node.launches] : [];
  }

  getTreeItem(node: DeploymentNode): TreeItem {
    return "launches" in node ? deploymentItem(node) : launchItem(node);
  }
}

function deploymentItem({ name, reason, launches }: Deployment): TreeItem {
  const item = new TreeItem(name, TreeItemCollapsibleState.Expanded);
  item.id = `deployment ${name}`;
  item.description = say("client.deployments-count", { count: launches.length });
  if (reason !== "") item.tooltip = say("client.deployments-reason", { name, reason });
  item.iconPath = new ThemeIcon("server-environment");
  return item;
}

function launchItem(launch: TreeLaunch): TreeItem {
  const { textDocument, position, label, description, release, errors, warnings } = launch;
  const uri = Uri.parse(textDocument.uri);
  const file = `${workspace.asRelativePath(uri)}:${position.line + 1}`;
  const item = new TreeItem(label, TreeItemCollapsibleState.None);
  const problems = say("client.deployments-problems", { errors, warnings });
  item.description = description;
  item.tooltip = say("client.deployments-launch", { label, description, release, problems, file });
  item.accessibilityInformation = { label: item.tooltip };
  item.iconPath = iconFor(errors, warnings);
  item.contextValue = "launch";
  const range = new Range(position.line, 0, position.line, 0);
  item.command = {
    command: "vscode.open",
    title: say("client.effective-go"),
    arguments: [uri, { selection: range }],
  };
  return item;
}

/** Also by its shape, not only by its colour. */
function iconFor(errors: number, warnings: number): ThemeIcon {
  if (errors > 0) return new ThemeIcon("error", new ThemeColor("list.errorForeground"));
  return warnings > 0
    ? new ThemeIcon("warning", new ThemeColor("list.warningForeground"))
    : new ThemeIcon("pass");
}
