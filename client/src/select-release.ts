/** `LightLLM: Select Release…`: selects the release that judges a launch, and where to save it. */

import { type ConfigurationTarget, type QuickPickItem, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  directiveText,
  RELEASE_EDIT,
  type ReleaseAnswer,
  type ReleaseEditAnswer,
  type ReleaseEditParams,
} from "../../server/src/lsp/protocol";
import { type LaunchAtCursor, launchAtCursor, placeParams } from "./launch-at-cursor";
import { say } from "./messages";
import { pick } from "./pick";
import { keepRelease, placesFor, withdrawRelease } from "./release-setting";

interface ReleaseItem extends QuickPickItem {
  /** `null`: automatic. `undefined`: an entry for information only. */
  readonly release?: string | null;
}

interface PlaceItem extends QuickPickItem {
  /** `undefined`: a comment above the launch. */
  readonly target: ConfigurationTarget | undefined;
}

/** Arguments from a keybinding. */
export interface SelectReleaseOptions {
  /** The release, without asking; `null` means automatic. */
  readonly release?: string | null;
  /** Where to save it, without asking; `settings` means the narrowest target. */
  readonly keep?: "launch" | "settings";
}

/** Lets the user pick a release and where to save it. */
export async function selectRelease(
  client: BaseLanguageClient,
  options: SelectReleaseOptions = {},
): Promise<void> {
  const launch = await launchAtCursor(client);
  if (!launch) {
    void window.showInformationMessage(say("client.open-to-select"));
    return;
  }
  const release = options.release === undefined ? await pickRelease(launch.answer) : options.release;
  if (release === undefined) return;
  if (release === null) {
    await writeIntoLaunch(client, launch, null);
    await withdrawRelease(launch.document);
    return;
  }
  const places = placeItems(launch, release);
  const place = options.keep
    ? places.find(({ target }) => (target === undefined) === (options.keep === "launch"))
    : await pick(places, {
        title: say("client.keep-title", { release }),
        placeholder: say("client.keep-where"),
      });
  if (!place) return;
  if (place.target === undefined) await writeIntoLaunch(client, launch, release);
  else await keepRelease(launch.document, release, place.target);
}

/** The picked release, `null` for automatic. */
async function pickRelease(answer: ReleaseAnswer): Promise<string | null | undefined> {
  const items = itemsFor(answer);
  const chosen = await pick(items, {
    title: say("client.release-title"),
    placeholder: say("client.select-which", { label: answer.label }),
    active: items.find(({ release }) => release === answer.release),
  });
  if (chosen && chosen.release === undefined) void window.showInformationMessage(answer.detail);
  return chosen?.release;
}

function itemsFor({ choices, release: current, detail: why, warning }: ReleaseAnswer): ReleaseItem[] {
  const releases = choices.map(({ release, description, detail }) => ({
    release,
    label: release === current ? `$(check) ${release}` : release,
    description,
    ...(detail !== undefined && { detail }),
  }));
  const find: ReleaseItem = {
    release: null,
    label: `$(search) ${say("client.select-find")}`,
    detail: say("client.select-find-detail"),
  };
  // The entry is truncated; picking it shows the full text.
  const explain: ReleaseItem = {
    label: `$(${warning ? "warning" : "info"}) ${say("client.select-why", { release: current })}`,
    detail: why,
  };
  return warning ? [explain, ...releases, find] : [...releases, find, explain];
}

function placeItems({ document, answer }: LaunchAtCursor, release: string): PlaceItem[] {
  const before = answer.reason === "modeline" ? say("client.select-comment-first") : undefined;
  return [
    {
      target: undefined,
      label: say("client.keep-launch"),
      description: `# ${directiveText("release", release)}`,
      detail: say("client.keep-launch-detail"),
    },
    ...placesFor(document).map(({ target, label }) => ({
      target,
      label,
      description: `"lightllm.release": "${release}"`,
      ...(before !== undefined && { detail: before }),
    })),
  ];
}

async function writeIntoLaunch(
  client: BaseLanguageClient,
  { document, position }: LaunchAtCursor,
  release: string | null,
): Promise<void> {
  const params: ReleaseEditParams = { ...placeParams(document, position), release };
  const answer = await client.sendRequest<ReleaseEditAnswer>(RELEASE_EDIT, params);
  const edit = answer && (await client.protocol2CodeConverter.asWorkspaceEdit(answer));
  if (edit && (edit.size === 0 || (await workspace.applyEdit(edit)))) return;
  if (release !== null) void window.showWarningMessage(say("client.keep-no-comment"));
}
