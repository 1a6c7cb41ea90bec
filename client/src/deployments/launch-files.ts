/** The files of the workspace that may hold launches: what the editor excludes is not looked at, nothing is followed out of the workspace. */
import { type CancellationToken, type Uri, workspace } from "vscode";
import { type FileWithText, LAUNCH_FILES } from "../../../server/src/lsp/protocol";
import { LAUNCH_WORD } from "../documents";
import { readShort } from "../read-short";

/** Limits: files of a workspace, and the size of one in bytes. A person writes such a file by hand. */
const MOST_FILES = 5000;
const LONGEST_FILE = 1_000_000;
/** Files that are read at the same time. */
const AT_ONCE = 32;

/** Finds and reads the files; their texts in the editor go before those on the disk. Empty if it is cancelled. */
export async function launchFiles(token: CancellationToken): Promise<FileWithText[]> {
  const found = await Promise.all(
    LAUNCH_FILES.map((pattern) => workspace.findFiles(pattern, excluded(), MOST_FILES, token)),
  );
  const uris = [...new Map(found.flat().map((uri) => [uri.toString(), uri])).values()].slice(0, MOST_FILES);
  const files: FileWithText[] = [];
  for (let at = 0; at < uris.length && !token.isCancellationRequested; at += AT_ONCE) {
    const read = await Promise.all(uris.slice(at, at + AT_ONCE).map(textOf));
    for (const file of read) if (file) files.push(file);
  }
  return token.isCancellationRequested ? [] : files;
}

/** What the settings for files and for search exclude, and packages. */
function excluded(): string {
  const patterns = ["files.exclude", "search.exclude"].flatMap((name) => {
    const set = workspace.getConfiguration().get<Record<string, unknown>>(name) ?? {};
    return Object.entries(set).flatMap(([pattern, is]) => (is === true ? [pattern] : []));
  });
  return `{${[...new Set([...patterns, "**/node_modules/**"])].join(",")}}`;
}

/** The file, if its text may hold a launch. */
async function textOf(uri: Uri): Promise<FileWithText | undefined> {
  const key = uri.toString();
  const open = workspace.textDocuments.find((document) => document.uri.toString() === key);
  const text = open?.getText() ?? (await readShort(uri, LONGEST_FILE).catch(() => undefined));
  return text?.includes(LAUNCH_WORD) || (text !== undefined && key.includes(LAUNCH_WORD))
    ? { uri: key, text }
    : undefined;
}
