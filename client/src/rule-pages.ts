/**
 * The rule pages: one file of the extension contains all of them, and the editor sees a read-only folder of Markdown.
 * `workbench.editorAssociations` in package.json makes it show them rendered.
 */
import {
  type Disposable,
  EventEmitter,
  type FileChangeEvent,
  FilePermission,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  workspace,
} from "vscode";

const SCHEME = "lightllm-rule";

/** URL of the folder; append the name of a page. */
export const RULE_PAGES = `${SCHEME}:/`;

/** Provides the pages until it is disposed. `extension`: the folder of the extension. */
export function showRulePages(extension: Uri): Disposable {
  const pages = new RulePages(Uri.joinPath(extension, "dist", "rule-pages.json"));
  return workspace.registerFileSystemProvider(SCHEME, pages, { isReadonly: true, isCaseSensitive: true });
}

class RulePages implements FileSystemProvider {
  /** They never change. */
  readonly onDidChangeFile = new EventEmitter<FileChangeEvent[]>().event;
  /** Texts by name; read on first use. */
  private pages: Promise<Readonly<Record<string, string>>> | undefined;

  constructor(private readonly file: Uri) {}

  watch(): Disposable {
    return { dispose() {} };
  }

  async stat(uri: Uri) {
    if (uri.path === "/") return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { length } = await this.readFile(uri);
    return { type: FileType.File, ctime: 0, mtime: 0, size: length, permissions: FilePermission.Readonly };
  }

  async readDirectory(): Promise<[string, FileType][]> {
    return Object.keys(await this.read()).map((name) => [name, FileType.File]);
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const pages = await this.read();
    const name = uri.path.slice(1);
    const text = Object.hasOwn(pages, name) ? pages[name] : undefined;
    if (text === undefined) throw FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(text);
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  private read(): Promise<Readonly<Record<string, string>>> {
    this.pages ??= (async () =>
      JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(this.file))))();
    return this.pages;
  }
}
