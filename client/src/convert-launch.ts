/** `LightLLM: Convert to …`: shows launches in another notation, in an editor to the side. Writes no file. */

import {
  languages,
  Position,
  type TextDocument,
  Uri,
  ViewColumn,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  CONVERSIONS,
  CONVERT,
  type ConvertAnswer,
  type ConvertParams,
  DOCUMENTATION_LANGUAGES,
  type PlaceParams,
} from "../../server/src/lsp/protocol";
import { CONFIG_LANGUAGE } from "./documents";
import { exists } from "./exists";
import { launchPlace } from "./launch-at-cursor";
import { say } from "./messages";
import { pick } from "./pick";

/**
 * Converts the launch at a place; without a place, all launches of the active editor into one file. In documentation,
 * it converts only the launch at the cursor.
 */
export async function convertLaunches(
  client: BaseLanguageClient,
  to: ConvertParams["to"],
  given?: PlaceParams,
): Promise<void> {
  const place = launchPlace(client, given);
  const isOne = given !== undefined || isDocumentation();
  const answer =
    place &&
    (await client.sendRequest<ConvertAnswer>(CONVERT, {
      textDocument: place.textDocument,
      ...(isOne && { position: place.position }),
      to,
    } satisfies ConvertParams));
  if (!answer) {
    void window.showInformationMessage(say("client.open-to-convert"));
    return;
  }
  await showNamed(place, to, withRemarks(answer), answer.languageId);
}

/** Lets the user pick a format that the launch is not written in, and converts it. */
export async function convertToPicked(client: BaseLanguageClient, given?: PlaceParams): Promise<void> {
  const language = window.activeTextEditor?.document.languageId;
  const items = CONVERSIONS.filter(
    ({ format }) => language === undefined || LANGUAGE[format] !== language,
  ).map(({ format }) => ({ format, label: say(`client.format-${format}`) }));
  const picked = await pick(items, {
    title: say("client.convert-title"),
    placeholder: say("client.convert-which"),
  });
  if (picked) await convertLaunches(client, picked.format, given);
}

/** The language of a document that is wholly in a format; of the others, files of several formats have it. */
const LANGUAGE: Readonly<Partial<Record<ConvertParams["to"], string>>> = { yaml: CONFIG_LANGUAGE };

/** The text with comments at its start: why LightLLM would refuse it, and what is left out. */
function withRemarks({ text, refused, leftOut }: NonNullable<ConvertAnswer>): string {
  const remarks = [
    ...(refused.length > 0 ? [say("client.converted-refused"), ...refused.map((why) => `- ${why}`)] : []),
    ...(leftOut.length > 0 ? [say("client.not-carried-over", { names: leftOut.join(", ") })] : []),
  ];
  if (remarks.length === 0) return text;
  const comments = remarks.map((line) => `# ${line}\n`).join("");
  const [shebang = ""] = /^#!.*\n/.exec(text) ?? [];
  return `${shebang}${comments}${text.slice(shebang.length)}`;
}

/** The endings of files in a format. */
const ENDINGS: Readonly<Record<(typeof CONVERSIONS)[number]["format"], string>> = {
  yaml: ".lightllm.yaml",
  shell: ".sh",
  compose: ".compose.yaml",
  kubernetes: ".kubernetes.yaml",
  systemd: ".service",
};

/** Maximum number in the name of a file to try. */
const MOST_NAMES = 9;

/** Shows a text beside, as a file that is not saved yet: under a free name beside the file that it was made of. */
async function showNamed(
  place: PlaceParams,
  to: ConvertParams["to"],
  content: string,
  language: string,
): Promise<void> {
  const named = await freeName(Uri.parse(place.textDocument.uri), to);
  const show = async (document: TextDocument) => {
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: false });
  };
  // Without a name, the editor asks for one when it is saved.
  if (!named) return show(await workspace.openTextDocument({ content, language }));
  const opened = await workspace.openTextDocument(named);
  const document = await languages.setTextDocumentLanguage(opened, language);
  const edit = new WorkspaceEdit();
  edit.insert(named, new Position(0, 0), content);
  await workspace.applyEdit(edit);
  await show(document);
}

/** A name beside a file that no file and no editor has: `launch.sh` becomes `launch.lightllm.yaml`. */
async function freeName(uri: Uri, to: ConvertParams["to"]): Promise<Uri | undefined> {
  const ending = (ENDINGS as Readonly<Record<string, string>>)[to];
  if (uri.scheme !== "file" || ending === undefined) return undefined;
  const base = uri.path.replace(/(?:\.lightllm|\.compose|\.kubernetes)?\.ya?ml$|(?<=[^/])\.[^./]*$/i, "");
  for (let number = 1; number <= MOST_NAMES; number++) {
    const path = `${base}${number === 1 ? "" : `-${number}`}${ending}`;
    const isOpen = workspace.textDocuments.some((document) => document.uri.path === path);
    if (!isOpen && !(await exists(uri.with({ path })))) return Uri.from({ scheme: "untitled", path });
  }
  return undefined;
}

/** Whether the launches of the active editor are independent examples. */
function isDocumentation(): boolean {
  return DOCUMENTATION_LANGUAGES.includes(window.activeTextEditor?.document.languageId ?? "");
}
