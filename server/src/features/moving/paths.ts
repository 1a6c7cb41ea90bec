/** Flags that name files and folders: where the paths are, and what completes one at the cursor. */
import { type CompletionItem, CompletionItemKind, TextEdit } from "vscode-languageserver-types";
import { type EvaluatedDocument, type LaunchDocument, rangeOf } from "../../analysis/document";
import { type Span, writtenFor } from "../../launch/launch";
import { type SuggestCommand, thenValues } from "../completion/suggest-command";

/** Flags that name a folder, and those that name a file. */
const FOLDERS: readonly string[] = [
  "model_dir",
  "mtp_draft_model_dir",
  "afs_image_embed_dir",
  "disk_cache_dir",
];
const FILES: readonly string[] = [
  "quant_cfg",
  "vit_quant_cfg",
  "ep_redundancy_expert_config_path",
  "kv_quant_calibration_config_path",
  "hypercorn_config",
  "chat_template",
];

/** A path that is written as the value of a flag. */
export interface WrittenPath {
  readonly path: string;
  readonly span: Span;
}

/** The paths of a document, as far as they are completely written; none where launches run in containers. */
export function pathsIn({ launches, notation, file }: LaunchDocument): WrittenPath[] {
  if (notation.purpose === "container") return [];
  const found = new Map<number, WrittenPath>();
  for (const { launch } of launches) {
    for (const { flag, words } of writtenFor(launch)) {
      if (!isPathFlag(flag)) continue;
      for (const { text, span } of words)
        if (text && file.text.slice(span.start, span.end).includes(text))
          found.set(span.start, { path: text, span });
    }
  }
  return [...found.values()];
}

function isPathFlag(flag: string): boolean {
  const key = flag.replace(/^--/, "");
  return FOLDERS.includes(key) || FILES.includes(key);
}

/** A path that is being typed. */
export interface TypedPath {
  /** What is typed up to the last separator; empty for a bare name. */
  readonly folder: string;
  /** The part of the name that is typed. */
  readonly name: string;
  readonly wantsFolder: boolean;
  /** The item for an entry of the folder. */
  item(name: string, isFolder: boolean, options: SuggestCommand): CompletionItem;
}

/** The path at an offset; undefined if no flag there takes one. */
export function typedPath(launchDocument: EvaluatedDocument, offset: number): TypedPath | undefined {
  const { file, notation, document } = launchDocument;
  const cursor = notation.purpose === "container" ? undefined : notation.cursorAt(file, offset);
  if (cursor?.kind !== "value" || !isPathFlag(cursor.flag)) return undefined;
  const { typed } = cursor;
  const [, folder = "", name = ""] = /^(.*[\\/])?([^\\/]*)$/s.exec(typed) ?? [];
  if (/[$`{}<>|*?]/.test(typed)) return undefined;
  return {
    folder,
    name,
    wantsFolder: FOLDERS.includes(cursor.flag.replace(/^--/, "")),
    item(entry, isFolder, options) {
      const path = `${folder}${entry}${isFolder ? "/" : ""}`;
      const newText = notation.insertValue(path, cursor) + (cursor.suffix ?? "");
      return {
        label: `${entry}${isFolder ? "/" : ""}`,
        kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
        filterText: path,
        sortText: `${isFolder ? 0 : 1} ${entry}`,
        textEdit: TextEdit.replace(rangeOf(document, cursor.replace), newText),
        ...(isFolder && thenValues(`${path.slice(0, -1)}=`, options)),
      };
    },
  };
}
