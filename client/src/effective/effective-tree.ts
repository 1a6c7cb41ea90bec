/** The effective configuration of a launch as a tree: its groups, and in them its values. */
import {
  EventEmitter,
  type ProviderResult,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type Uri,
} from "vscode";
import { say } from "../messages";
import {
  type Selection,
  type ShownGroup,
  type ShownLaunch,
  type ShownRow,
  selectedGroups,
} from "./shown-rows";

/** A group or a value. */
export type TreeNode =
  | { readonly kind: "group"; readonly group: ShownGroup }
  | { readonly kind: "row"; readonly row: ShownRow; readonly parent: TreeNode };

/** The icon of each origin; its shape says it too, so that no colour is needed. */
const ICONS: Readonly<Record<ShownRow["kind"], ThemeIcon>> = {
  written: new ThemeIcon("edit"),
  variable: new ThemeIcon("symbol-variable"),
  derived: new ThemeIcon("lightbulb"),
  replaced: new ThemeIcon("warning", new ThemeColor("list.warningForeground")),
  default: new ThemeIcon("circle-small"),
  unknown: new ThemeIcon("question"),
};

/** The command of a row: shows where its value is decided. */
export const GO_TO = "lightllm.goToEffectiveValue";

export class EffectiveTree implements TreeDataProvider<TreeNode> {
  private readonly changes = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changes.event;
  private roots: readonly TreeNode[] = [];
  private children = new Map<TreeNode, readonly TreeNode[]>();
  private uri: Uri | undefined;
  private launch: Range | undefined;

  /** Shows a configuration, or nothing. */
  show(effective: ShownLaunch | undefined, uri: Uri | undefined, selection: Selection): void {
    this.uri = uri;
    const start = effective?.launch.start;
    this.launch = start && new Range(start.line, start.character, start.line, start.character);
    this.children = new Map();
    this.roots = effective ? selectedGroups(effective, selection).map((group) => this.groupNode(group)) : [];
    this.changes.fire(undefined);
  }

  private groupNode(group: ShownGroup): TreeNode {
    const parent: TreeNode = { kind: "group", group };
    this.children.set(
      parent,
      group.rows.map((row) => ({ kind: "row", row, parent })),
    );
    return parent;
  }

  /** The value that is written on a line; undefined if none is shown. */
  at(line: number): TreeNode | undefined {
    for (const nodes of this.children.values())
      for (const node of nodes) if (node.kind === "row" && node.row.range?.start.line === line) return node;
    return undefined;
  }

  getChildren(node?: TreeNode): ProviderResult<TreeNode[]> {
    return [...(node ? (this.children.get(node) ?? []) : this.roots)];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.kind === "row" ? node.parent : undefined;
  }

  getTreeItem(node: TreeNode): TreeItem {
    return node.kind === "group" ? groupItem(node.group) : this.rowItem(node.row);
  }

  private rowItem(row: ShownRow): TreeItem {
    const { name, value, why, short, kind, range } = row;
    const item = new TreeItem(name, TreeItemCollapsibleState.None);
    const shown = value === "" ? say("client.effective-empty") : value;
    item.description = short === "" ? shown : say("client.effective-value", { value: shown, short });
    item.tooltip = say("client.effective-tooltip", { name, value: shown, why });
    item.iconPath = ICONS[kind];
    item.contextValue = "value";
    item.accessibilityInformation = { label: item.tooltip };
    const place =
      range && new Range(range.start.line, range.start.character, range.end.line, range.end.character);
    const title = say("client.effective-go");
    item.command = { command: GO_TO, title, arguments: [this.uri, place ?? this.launch] };
    return item;
  }
}

function groupItem({ title, rows }: ShownGroup): TreeItem {
  const differing = rows.filter(({ differs }) => differs).length;
  const state = differing > 0 ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(title, state);
  // With it, a group stays open or closed while its values change.
  item.id = `group ${title}`;
  const isPart = differing < rows.length;
  item.description = say("client.effective-count", { count: rows.length, differing: isPart ? differing : 0 });
  return item;
}
