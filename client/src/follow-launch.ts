/** Follows the cursor and the edits, and asks the server about the launch at the cursor when that may have changed. */
import { Disposable, type Position, Range, type TextDocument, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { PlaceParams, ReleaseAnswer } from "../../server/src/lsp/protocol";
import { launchPlace } from "./launch-at-cursor";
import { onReleaseChanged } from "./release-changed";

/** Delay after typing and cursor moves before a request. In milliseconds. */
const GATHER = 100;

/** What is asked about a launch, and what is done with the answer. */
export interface Followed<Answer extends Pick<ReleaseAnswer, "launch">> {
  ask(place: PlaceParams): Promise<Answer | null>;
  show(answer: Answer, document: TextDocument): void;
  /** The active file has no launch. */
  hide(): void;
  /** Whether there is anybody to see it; assumed if absent. */
  isWanted?(): boolean;
  /** The cursor moved in the launch that is shown. */
  moved?(position: Position): void;
}

/** A follower; `soon` makes it ask again. */
export interface Follower extends Disposable {
  soon(): void;
}

/** The last answer; valid while the cursor stays in that launch and the text is unchanged. */
interface Shown {
  readonly document: TextDocument;
  readonly version: number;
  readonly launch: Range;
}

/** Follows until it is disposed. */
export function followLaunch<Answer extends Pick<ReleaseAnswer, "launch">>(
  client: BaseLanguageClient,
  { ask, show, hide, isWanted = () => true, moved }: Followed<Answer>,
): Follower {
  let shown: Shown | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let again = false;
  let disposed = false;

  const soon = () => {
    shown = undefined;
    if (!disposed && isWanted()) timer ??= setTimeout(refresh, GATHER);
  };

  async function refresh(): Promise<void> {
    timer = undefined;
    again = asking;
    if (asking) return;
    asking = true;
    const editor = window.activeTextEditor;
    const version = editor?.document.version ?? 0;
    const place = launchPlace(client);
    const answer = place && (await ask(place).catch(() => undefined));
    asking = false;
    if (disposed) return;
    if (again) return soon();
    if (!answer || !editor) return hide();
    const { start, end } = answer.launch;
    const launch = new Range(start.line, start.character, end.line, end.character);
    shown = { document: editor.document, version, launch };
    show(answer, editor.document);
  }

  const following = Disposable.from(
    onReleaseChanged(client, soon),
    client.onDidChangeState(soon),
    window.onDidChangeActiveTextEditor(soon),
    window.onDidChangeTextEditorSelection(({ textEditor, selections: [selection] }) => {
      if (textEditor !== window.activeTextEditor || !selection) return;
      const same =
        shown?.document === textEditor.document &&
        shown.version === textEditor.document.version &&
        shown.launch.contains(selection.active);
      if (same) moved?.(selection.active);
      else soon();
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === window.activeTextEditor?.document) soon();
    }),
  );
  return {
    soon,
    dispose() {
      disposed = true;
      clearTimeout(timer);
      following.dispose();
    },
  };
}
