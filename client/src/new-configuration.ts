/** `LightLLM: New Configuration…`: five questions, and files that pass every check. Overwrites nothing. */
import { type QuickPickItem, Uri, WorkspaceEdit, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  BEGIN,
  BEGIN_CHOICES,
  type BeginAnswer,
  type BeginChoicesAnswer,
  type BeginParams,
} from "../../server/src/lsp/protocol";
import { CONFIG_LANGUAGE } from "./documents";
import { exists } from "./exists";
import { say } from "./messages";
import { pick } from "./pick";
import { pickOrType } from "./pick-or-type";

/** Answers from a keybinding or another extension; the others are asked. */
export type NewConfigurationOptions = Partial<BeginParams>;

type Files = Extract<BeginAnswer, { kind: "files" }>["files"];

/** Asks what is not answered yet, and writes the files. */
export async function newConfiguration(
  client: BaseLanguageClient,
  options: NewConfigurationOptions = {},
): Promise<void> {
  if (!client.isRunning()) await client.start();
  const choices = await client.sendRequest<BeginChoicesAnswer>(BEGIN_CHOICES);
  const params = await answersOf(choices, options);
  if (!params) return;
  const answer = await client.sendRequest<BeginAnswer>(BEGIN, params);
  if (answer.kind === "refused") void window.showWarningMessage(answer.why);
  else await write(answer.files);
}

/** Shows a launch that passes every check, in an editor that is saved nowhere. */
export async function openExample(client: BaseLanguageClient): Promise<void> {
  if (!client.isRunning()) await client.start();
  const { releases } = await client.sendRequest<BeginChoicesAnswer>(BEGIN_CHOICES);
  const example = { purpose: "one-node", model: "Qwen/Qwen3-8B", gpu: "H100x8", format: "yaml" } as const;
  const params: BeginParams = { ...example, release: releases[0] ?? "" };
  const answer = await client.sendRequest<BeginAnswer>(BEGIN, params);
  if (answer.kind === "refused") return;
  const content = answer.files[0]?.text ?? "";
  const document = await workspace.openTextDocument({ content, language: CONFIG_LANGUAGE });
  await window.showTextDocument(document, { preview: false });
}

/** The answers to all questions; undefined if one is cancelled. */
async function answersOf(
  choices: BeginChoicesAnswer,
  options: NewConfigurationOptions,
): Promise<BeginParams | undefined> {
  const purpose =
    options.purpose ??
    (
      await pick(
        choices.purposes.map(({ id, label }) => ({ id, label })),
        { title: title(1), placeholder: say("client.new-purpose") },
      )
    )?.id;
  const model = purpose && (options.model ?? (await pickModel(choices)));
  const gpu = model && (options.gpu ?? (await pickGpu(choices)));
  const release = gpu && (options.release ?? (await pickLabel(4, choices.releases, "client.new-release")));
  const format = release && (options.format ?? (await pickFormat(choices)));
  return purpose && model && gpu && release && format ? { purpose, model, gpu, release, format } : undefined;
}

function title(step: number): string {
  return say("client.new-title", { step, steps: 5 });
}

const FOLDER = "folder";

async function pickModel({ models }: BeginChoicesAnswer): Promise<string | undefined> {
  const folder = { label: `$(folder) ${say("client.new-folder")}`, id: FOLDER };
  const items: (QuickPickItem & { readonly id: string })[] = [
    folder,
    ...models.map((name) => ({ label: name, id: name })),
  ];
  const chosen = await pickOrType(items, {
    title: title(2),
    placeholder: say("client.new-model"),
    typed: (text) => ({ label: text, id: text }),
  });
  if (chosen?.id !== FOLDER) return chosen?.id;
  const [picked] =
    (await window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: say("client.new-folder-open"),
    })) ?? [];
  return picked?.fsPath;
}

/** GPUs of a usual node. */
const USUAL_COUNT = 8;

async function pickGpu({ gpus }: BeginChoicesAnswer): Promise<string | undefined> {
  const chosen = await pickOrType(
    gpus.map((name) => ({ label: `${name}x${USUAL_COUNT}` })),
    { title: title(3), placeholder: say("client.new-gpu"), typed: (label) => ({ label }) },
  );
  return chosen?.label;
}

async function pickLabel(
  step: number,
  labels: readonly string[],
  placeholder: "client.new-release",
): Promise<string | undefined> {
  const items = labels.map((label) => ({ label }));
  return (await pick(items, { title: title(step), placeholder: say(placeholder) }))?.label;
}

async function pickFormat({ formats }: BeginChoicesAnswer): Promise<BeginParams["format"] | undefined> {
  const items = formats.map((id) => ({ id, label: say(`client.format-${id}`) }));
  return (await pick(items, { title: title(5), placeholder: say("client.new-format") }))?.id;
}

/** Writes files into the workspace; without one, shows them, so that the editor asks where to save. */
async function write(files: Files): Promise<void> {
  const [first, ...others] = workspace.workspaceFolders ?? [];
  const folder = others.length > 0 ? await window.showWorkspaceFolderPick() : first;
  if (!folder) {
    if (first) return;
    for (const { text } of files) {
      const document = await workspace.openTextDocument({ content: text });
      await window.showTextDocument(document, { preview: false });
    }
    return;
  }
  const places = files.map((file) => ({ ...file, uri: Uri.joinPath(folder.uri, file.name) }));
  for (const { uri, name } of places) {
    if (!(await exists(uri))) continue;
    void window.showWarningMessage(say("client.new-exists", { name }));
    return;
  }
  const edit = new WorkspaceEdit();
  for (const { uri, text } of places)
    edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(text) });
  if (!(await workspace.applyEdit(edit))) {
    void window.showWarningMessage(say("client.new-unwritten", { folder: folder.name }));
    return;
  }
  for (const { uri } of places) await window.showTextDocument(uri, { preview: false });
}
