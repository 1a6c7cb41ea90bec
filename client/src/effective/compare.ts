/**
 * `LightLLM: Compare Effective Configuration…`: with another launch, with another release, or with the same launch
 * after a fix, in the editor's own comparison.
 */
import {
  type CodeAction,
  CodeActionKind,
  commands,
  languages,
  type QuickPickItem,
  QuickPickItemKind,
  Range,
  Uri,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  EFFECTIVE,
  type EffectiveAnswer,
  type EffectiveParams,
  type PlaceParams,
  RELEASE,
  type ReleaseAnswer,
} from "../../../server/src/lsp/protocol";
import { DOCUMENTS } from "../documents";
import { launchPlace } from "../launch-at-cursor";
import { say } from "../messages";
import { pick } from "../pick";
import { textDocumentOf } from "../shown-texts";
import { comparableText, type ShownLaunch } from "./shown-rows";

interface Other extends QuickPickItem {
  /** Absent for a title between entries. */
  readonly params?: EffectiveParams;
  /** The name of the other side; that of its launch if absent. */
  readonly name?: string;
}

/** Lets the user pick what to compare the launch at the cursor with, and shows the comparison. */
export async function compareEffective(client: BaseLanguageClient): Promise<void> {
  const place = launchPlace(client);
  const ask = (params: EffectiveParams) => client.sendRequest<EffectiveAnswer>(EFFECTIVE, params);
  const own = place && (await ask(place));
  if (!place || !own) {
    void window.showInformationMessage(say("client.open-to-compare"));
    return;
  }
  const release = await client.sendRequest<ReleaseAnswer | null>(RELEASE, place);
  const items = [
    ...titled(say("client.compare-releases"), releasesFor(place, own, release)),
    ...titled(say("client.compare-fixes"), await fixesFor(client, place, own)),
    ...titled(say("client.compare-launches"), await launchesFor(ask, place, own)),
  ];
  const chosen = await pick(items, {
    title: say("client.compare-title"),
    placeholder: say("client.compare-which", { label: own.label }),
  });
  const other = chosen?.params && (await ask(chosen.params));
  if (!chosen || !other) return;
  const name = chosen.name ?? other.label;
  const left = textDocumentOf(own.label, comparableText(own));
  const right = textDocumentOf(name, comparableText(other));
  const title = say("client.compare-sides", { left: own.label, right: name });
  await commands.executeCommand("vscode.diff", left, right, title, { preview: true });
}

function titled(label: string, items: readonly Other[]): Other[] {
  return items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...items];
}

function releasesFor(place: PlaceParams, own: ShownLaunch, answer: ReleaseAnswer | null): Other[] {
  const others = (answer?.choices ?? []).filter(({ release }) => release !== own.release);
  return others.map(({ release, description }) => ({
    label: release,
    description,
    name: `LightLLM ${release}`,
    params: { ...place, release },
  }));
}

/** The fixes of the launch that edit only its own file. */
async function fixesFor(client: BaseLanguageClient, place: PlaceParams, own: ShownLaunch): Promise<Other[]> {
  const { start, end } = own.launch;
  const uri = Uri.parse(place.textDocument.uri);
  const range = new Range(start.line, start.character, end.line, end.character);
  const actions =
    (await commands.executeCommand<CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      range,
      CodeActionKind.QuickFix.value,
    )) ?? [];
  const seen = new Set<string>();
  return actions.flatMap(({ title, edit, diagnostics = [] }): Other[] => {
    const [changed, ...others] = edit?.entries() ?? [];
    const isOwn = diagnostics.some(({ source }) => source === "lightllm");
    if (!isOwn || !changed || others.length > 0 || changed[0].toString() !== uri.toString()) return [];
    const edits = changed[1].map((one) => client.code2ProtocolConverter.asTextEdit(one));
    const key = JSON.stringify(edits);
    if (seen.has(key)) return [];
    seen.add(key);
    const description = diagnostics[0]?.message;
    return [
      {
        label: title,
        name: title,
        params: { ...place, edits },
        ...(description !== undefined && { description }),
      },
    ];
  });
}

/** The other launches of the open files. */
async function launchesFor(
  ask: (params: EffectiveParams) => Promise<EffectiveAnswer>,
  place: PlaceParams,
  own: ShownLaunch,
): Promise<Other[]> {
  const open = workspace.textDocuments.filter(
    (document) => !document.isClosed && languages.match(DOCUMENTS, document) > 0,
  );
  const start = { line: 0, character: 0 };
  const found = await Promise.all(
    open.map(async ({ uri }) => {
      const textDocument = { uri: uri.toString() };
      const launches = (await ask({ textDocument, position: start }).catch(() => null))?.launches ?? [];
      return launches.map(({ label, position }): Other & { params: EffectiveParams } => ({
        label,
        description: `${workspace.asRelativePath(uri)}:${position.line + 1}`,
        params: { textDocument, position },
      }));
    }),
  );
  const isOther = ({ params: { textDocument, position } }: { params: EffectiveParams }) =>
    textDocument.uri !== place.textDocument.uri || !contains(own.launch, position.line);
  return found.flat().filter(isOther);
}

function contains({ start, end }: ShownLaunch["launch"], line: number): boolean {
  return start.line <= line && line <= end.line;
}
