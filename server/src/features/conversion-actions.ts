/** Conversions in the light bulb: as commands of the editor, or as new files. */

import type { CodeAction, WorkspaceEdit } from "vscode-languageserver-types";
import type { LaunchDocument } from "../analysis/document";
import type { JudgedLaunch } from "../analysis/judge-file";
import { conversionOf } from "../conversion/conversion";
import { FORMATS } from "../conversion/convert";
import { say } from "../messages";
import { CONVERT_KIND } from "./code-action-kinds";
import { CONVERSIONS, CONVERT_COMMAND, type LaunchPlace } from "./command-ids";

/** How an editor handles a conversion. */
export type ConversionMeans =
  /** It has our commands, which show the result. */
  | { readonly kind: "commands" }
  /** It creates files; `isFree` checks the name. */
  | { readonly kind: "files"; isFree(uri: string): boolean };

type Target = (typeof CONVERSIONS)[number];

/** Maximum number in a file name to try. */
const MOST_FILES = 9;

/** Conversions of a launch to every other notation. */
export function conversionActions(
  launchDocument: LaunchDocument,
  judged: JudgedLaunch,
  place: LaunchPlace,
  means: ConversionMeans,
): CodeAction[] {
  const several = launchDocument.launches.length > 1 ? "yes" : "other";
  if (means.kind === "commands") {
    const title = say("actions.convert-to", { several });
    return [{ title, kind: CONVERT_KIND, command: { title, command: CONVERT_COMMAND, arguments: [place] } }];
  }
  return CONVERSIONS.filter(
    ({ format }) => FORMATS[format].notation.id !== judged.launch.notation.id,
  ).flatMap((target): CodeAction[] => {
    const title = say("actions.convert", { several, format: target.format });
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

/** A free file name next to the document: `launch.sh` becomes `launch.lightllm.yaml`. */
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
 * The edit that creates a file with a text. Its name was free when checked. If the file exists by now, the text is
 * inserted before its content, unsaved. The edit must not fail in that case, because some editors, such as Neovim,
 * would then empty the file.
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
