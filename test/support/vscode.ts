/** A test double of the editor's API, with the parts that the client's tests need. */
import { vi } from "vitest";

export class Disposable {
  constructor(private readonly end: () => void) {}
  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const one of all) one.dispose();
    });
  }
  dispose(): void {
    this.end();
  }
}

/** An event with a function to fire it. */
export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => unknown>();
  readonly event = (listener: (value: T) => unknown): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };
  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }
}

/** A position in a document; all lines of a test are short. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export class Range {
  constructor(
    readonly startLine: number,
    readonly startCharacter: number,
    readonly endLine: number,
    readonly endCharacter: number,
  ) {}
  contains({ line }: Place): boolean {
    return this.startLine <= line && line <= this.endLine;
  }
}

export enum LanguageStatusSeverity {
  Information = 0,
  Warning = 1,
  Error = 2,
}

export interface StatusItem {
  text?: string;
  detail?: string;
  severity?: LanguageStatusSeverity;
  dispose(): void;
}

/** Events of the editor; tests fire them. */
export const events = {
  activeEditor: new EventEmitter<unknown>(),
  selection: new EventEmitter<unknown>(),
  text: new EventEmitter<unknown>(),
  extensions: new EventEmitter<void>(),
  shell: new EventEmitter<{ readonly terminal: unknown }>(),
};

/** An entry of the status bar. */
export interface BarItem {
  text?: string;
  tooltip?: string;
  command?: string;
  show(): void;
  dispose(): void;
}

/** The visible entries of the status bar. */
export const barItems = new Set<BarItem>();

export enum StatusBarAlignment {
  Left = 1,
  Right = 2,
}

/** The visible status items. */
export const statusItems = new Set<StatusItem>();

export enum ViewColumn {
  Beside = -2,
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export enum TreeItemCollapsibleState {
  None = 0,
  Collapsed = 1,
  Expanded = 2,
}

export enum TextEditorRevealType {
  InCenterIfOutsideViewport = 2,
}

export enum QuickPickItemKind {
  Separator = -1,
}

export const CodeActionKind = { QuickFix: { value: "quickfix" } };

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class TreeItem {
  description?: string;
  tooltip?: string;
  iconPath?: ThemeIcon;
  command?: { command: string; arguments?: unknown[] };
  constructor(
    readonly label: string,
    readonly collapsibleState: TreeItemCollapsibleState,
  ) {}
}

/** The diagnostics that the extension itself lists, by URI. */
export const diagnosticEntries = new Map<string, unknown>();

export class CancellationTokenSource {
  readonly token = { isCancellationRequested: false };
  cancel(): void {
    this.token.isCancellationRequested = true;
  }
}

/** A view as the editor has it: what it shows, and whether it is seen. */
export class FakeTreeView {
  message = "";
  visible = true;
  readonly reveal = vi.fn(async (_node: unknown, _options: unknown) => undefined);
  private readonly visibility = new EventEmitter<{ readonly visible: boolean }>();
  readonly onDidChangeVisibility = this.visibility.event;
  constructor(
    readonly provider: {
      getChildren(node?: unknown): unknown;
      getTreeItem(node: unknown): TreeItem;
    },
  ) {}
  see(visible: boolean): void {
    this.visible = visible;
    this.visibility.fire({ visible });
  }
  /** Each row with its indentation, its label and its description. */
  lines(node?: unknown, indent = ""): string[] {
    return (this.provider.getChildren(node) as unknown[]).flatMap((child) => {
      const { label, description } = this.provider.getTreeItem(child);
      return [`${indent}${label} ${description}`, ...this.lines(child, `${indent}  `)];
    });
  }
  dispose(): void {}
}

/** The parts of a URI that a path needs. */
export class Uri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
    readonly query = "",
  ) {}
  get fsPath(): string {
    return this.path;
  }
  with(change: { path: string }): Uri {
    return new Uri(this.scheme, change.path, this.query);
  }
  static from({ scheme, path, query }: { scheme: string; path: string; query?: string }): Uri {
    return new Uri(scheme, path, query);
  }
  static parse(text: string): Uri {
    const [, scheme = "", path = ""] = /^([\w-]+):(?:\/\/)?(.*)$/.exec(text) ?? [];
    return new Uri(scheme, path);
  }
  static joinPath({ scheme, path }: Uri, ...parts: string[]): Uri {
    const joined = new URL(parts.join("/"), `file://${path}/`).pathname;
    return new Uri(scheme, joined.replace(/(?<=.)\/$/, ""));
  }
  toString(): string {
    return this.scheme === "file" ? `file://${this.path}` : `${this.scheme}:${this.path}`;
  }
}

/** An edit that records the files it makes. */
export class WorkspaceEdit {
  readonly inserted: [Uri, string][] = [];
  readonly replaced: [Uri, Range, string][] = [];
  replace(uri: Uri, range: Range, text: string): void {
    this.replaced.push([uri, range, text]);
  }
  insert(uri: Uri, _position: Position, text: string): void {
    this.inserted.push([uri, text]);
  }
  readonly created: {
    readonly uri: Uri;
    readonly options: { overwrite?: boolean; contents?: Uint8Array };
  }[] = [];
  createFile(uri: Uri, options: { overwrite?: boolean; contents?: Uint8Array }): void {
    this.created.push({ uri, options });
  }
}

/** A terminal that records its input. */
export interface FakeTerminal {
  show(): void;
  sendText(text: string, execute?: boolean): void;
}

export const window = {
  activeTextEditor: undefined as unknown,
  /** Absent in editors before 1.93. */
  onDidChangeTerminalShellIntegration: undefined as typeof events.shell.event | undefined,
  visibleTextEditors: [] as unknown[],
  showWarningMessage: vi.fn(async (_message: string, ..._choices: unknown[]) => undefined as unknown),
  setStatusBarMessage: vi.fn((_text: string, _milliseconds: number) => undefined),
  createTerminal: vi.fn((_options: Record<string, unknown>): FakeTerminal => ({ show() {}, sendText() {} })),
  showTextDocument: vi.fn(async (_document: unknown, _options?: unknown) => undefined as unknown),
  onDidChangeActiveTextEditor: events.activeEditor.event,
  onDidChangeTextEditorSelection: events.selection.event,
  showInformationMessage: vi.fn(async (_message: string, ..._choices: string[]) => undefined as unknown),
  createQuickPick: vi.fn(),
  createStatusBarItem(): BarItem {
    const item: BarItem = { show: () => void barItems.add(item), dispose: () => void barItems.delete(item) };
    return item;
  },
  showOpenDialog: vi.fn(async () => undefined as unknown),
  showWorkspaceFolderPick: vi.fn(async () => undefined as unknown),
  createInputBox: vi.fn(),
  withProgress: (_options: unknown, task: () => Promise<unknown>) => task(),
  createTreeView: vi.fn(
    (_id: string, { treeDataProvider }: { treeDataProvider: FakeTreeView["provider"] }) =>
      new FakeTreeView(treeDataProvider),
  ),
};

export const workspace = {
  workspaceFolders: undefined as unknown,
  isTrusted: true,
  openTextDocument: vi.fn(async (options: unknown) => options),
  textDocuments: [] as unknown[],
  findFiles: vi.fn(async (_pattern: string, _exclude: string) => [] as Uri[]),
  getConfiguration: vi.fn((_section?: string): { get(name: string, usual?: unknown): unknown } => ({
    get: (_name, usual) => usual,
  })),
  onDidChangeConfiguration: () => new Disposable(() => {}),
  onDidOpenTextDocument: () => new Disposable(() => {}),
  onDidCloseTextDocument: () => new Disposable(() => {}),
  onDidSaveTextDocument: () => new Disposable(() => {}),
  asRelativePath: ({ path }: Uri) => path.slice(1),
  registerTextDocumentContentProvider: vi.fn(
    (_scheme: string, _provider: { provideTextDocumentContent(uri: Uri): string }) =>
      new Disposable(() => {}),
  ),
  onDidChangeTextDocument: events.text.event,
  fs: {
    stat: vi.fn(async (_uri: unknown) => ({}) as unknown),
    readFile: vi.fn(async (_uri: unknown) => new Uint8Array()),
  },
  applyEdit: vi.fn(async (_edit: unknown, _metadata?: unknown) => true),
};

export const languages = {
  match: () => 10,
  setTextDocumentLanguage: async (document: object, languageId: string) => ({ ...document, languageId }),
  createDiagnosticCollection: () => ({
    set: (uri: Uri, items: unknown) => void diagnosticEntries.set(uri.toString(), items),
    delete: (uri: Uri) => void diagnosticEntries.delete(uri.toString()),
    clear: () => diagnosticEntries.clear(),
    dispose: () => diagnosticEntries.clear(),
  }),
  createLanguageStatusItem(): StatusItem {
    const item: StatusItem = { dispose: () => void statusItems.delete(item) };
    statusItems.add(item);
    return item;
  },
};

export const commands = {
  executeCommand: vi.fn(async (_command: string, ..._words: unknown[]) => undefined as unknown),
  registerCommand: vi.fn(
    (_command: string, _run: (...words: never[]) => unknown) => new Disposable(() => {}),
  ),
};

export const env = {
  language: "en",
  shell: "/bin/bash",
  clipboard: { writeText: vi.fn(async (_text: string) => undefined) },
};

export const extensions = {
  onDidChange: events.extensions.event,
  getExtension: vi.fn((_id: string) => undefined as unknown),
};

export enum ShellQuoting {
  Escape = 1,
  Strong = 2,
  Weak = 3,
}

export class ShellExecution {
  constructor(
    readonly command: unknown,
    readonly args: readonly unknown[],
    readonly options: unknown,
  ) {}
}

export const TaskGroup = { Test: "test" };

export class Task {
  group: unknown;
  constructor(
    readonly definition: unknown,
    readonly scope: unknown,
    readonly name: string,
    readonly source: string,
    readonly execution: ShellExecution,
    readonly matchers: string,
  ) {}
}

interface TaskProvider {
  provideTasks(): unknown;
  resolveTask(task: unknown): unknown;
}

export const taskProviders = new Map<string, TaskProvider>();

export const tasks = {
  registerTaskProvider(type: string, provider: TaskProvider) {
    taskProviders.set(type, provider);
    return new Disposable(() => taskProviders.delete(type));
  },
};

export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 } as const;
