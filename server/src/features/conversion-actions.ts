/** The light bulb's conversions: as commands of the editor, or as files to be made beside. */

import type { CodeAction, WorkspaceEdit } from "vscode-languageserver-types";
import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { conversionOf } from "../conversion/conversion";
import { FORMATS } from "../conversion/convert";
import { say } from "../messages";
import { CONVERT_KIND } from "./code-action-kinds";
import { CONVERSIONS, type LaunchPlace } from "./launch-commands";

/** What an editor can do with a conversion. */
export type ConversionMeans =
  /** It has our commands, which show the result. */
  | { readonly kind: "commands" }
  /** It makes files, of names that are free. */
  | { readonly kind: "files"; isFree(uri: string): boolean };

type Target = (typeof CONVERSIONS)[number];

/** How many files of one name are counted through for one that is free. */
const MOST_FILES = 9;

/** Writing a launch in each notation but its own. */
export function conversionActions(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  place: LaunchPlace,
  means: ConversionMeans,
): CodeAction[] {
  const several = launchDocument.launches.length > 1 ? "yes" : "other";
  return CONVERSIONS.filter(
    ({ format }) => FORMATS[format].notation.id !== judged.launch.notation.id,
  ).flatMap((target): CodeAction[] => {
    const title = say("actions.convert", { several, format: target.format });
    if (means.kind === "commands")
      return [{ title, kind: CONVERT_KIND, command: { title, command: target.command, arguments: [place] } }];
    const uri = freeName(launchDocument.document.uri, target, means);
    if (uri === undefined) return [];
    const file = decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
    const { text } = conversionOf(launchDocument, [judged], target.format);
    return [
      {
        title: say("actions.convert-file", { conversion: title, file }),
        kind: CONVERT_KIND,
        edit: newFile(uri, text),
      },
    ];
  });
}

/** The name of a file beside the document that does not exist: `launch.sh` becomes `launch.lightllm.yaml`. */
function freeName(
  uri: string,
  { format }: Target,
  { isFree }: Extract<ConversionMeans, { kind: "files" }>,
): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  const base = uri.replace(/(?:\.lightllm|\.compose|\.kubernetes)?\.ya?ml$|(?<=[^/])\.[^./]*$/i, "");
  for (let number = 1; number <= MOST_FILES; number++) {
    const name = `${base}${number === 1 ? "" : `-${number}`}${FORMATS[format].notation.ending}`;
    if (isFree(name)) return name;
  }
  return undefined;
}

/**
 * The edit that makes a file with a text. Its name was free when it was asked for. Should it exist by now, the text comes to
 * stand in front of what it holds, unsaved: an editor that is told to fail then may empty the file instead, as Neovim does.
 */
function newFile(uri: string, text: string): WorkspaceEdit {
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: "create", uri, options: { overwrite: false, ignoreIfExists: true } },
      { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
    ],
  };
}
