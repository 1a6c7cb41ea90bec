/** The light bulb and "fix all". */
import assert from "node:assert/strict";
import {
  type CodeAction,
  CodeActionKind,
  commands,
  type TextDocument,
  WorkspaceEdit,
  workspace,
} from "vscode";
import { actionsAt, closeAll, codesOf, edit, rangeOf } from "./support/documents";
import { eventually } from "./support/eventually";

const TWO_MISTAKES = "modle_dir: /m\nmax-total-token-num: 50000\n";
const BOTH_FIXED = "model_dir: /m\nmax_total_token_num: 50000\n";

describe("quick fixes", () => {
  afterEach(closeAll);

  it("rename a mistyped flag, and the finding goes", async () => {
    const { document } = await edit("tp: 2\nmodle_dir: /m\n");
    await apply(await titled(document, "modle_dir", "Change to 'model_dir'"));
    assert.equal(document.getText(), "tp: 2\nmodel_dir: /m\n");
    await eventually(() => assert.deepEqual(codesOf(document), []));
  });

  it("can silence a finding with a comment", async () => {
    const { document } = await edit("tp: 2\nmodle_dir: /m\n");
    await apply(await titled(document, "modle_dir", "Ignore 'argparse-unknown-flag' on this line"));
    assert.equal(
      document.getText(),
      "tp: 2\n# lightllm: disable-next-line=argparse-unknown-flag\nmodle_dir: /m\n",
    );
    await eventually(() => assert.deepEqual(codesOf(document), []));
  });

  it("are applied by the editor's command Auto Fix", async () => {
    const { document } = await edit("mod|le_dir: /m\n");
    await eventually(() => assert.deepEqual(codesOf(document), ["argparse-unknown-flag"]));
    await fix("editor.action.autoFix", document, "model_dir: /m\n");
  });

  it("are all applied by the editor's command Fix All", async () => {
    const { document } = await edit(TWO_MISTAKES);
    await eventually(() => assert.equal(codesOf(document).length, 2));
    await fix("editor.action.fixAll", document, BOTH_FIXED);
    // The message says what was fixed; its first button undoes it.
    await eventually(async () => {
      await commands.executeCommand("notification.acceptPrimaryAction");
      assert.equal(document.getText(), TWO_MISTAKES);
    });
  });

  it("are all applied on saving, for those who ask for it", async () => {
    const editor = workspace.getConfiguration("editor");
    const { document } = await edit(TWO_MISTAKES);
    await eventually(() => assert.equal(codesOf(document).length, 2));
    await saveChanged(document);
    assert.equal(document.getText(), `${TWO_MISTAKES}\n`);
    await editor.update("codeActionsOnSave", { "source.fixAll.lightllm": "explicit" }, false);
    try {
      await saveChanged(document);
      assert.equal(document.getText(), `${BOTH_FIXED}\n\n`);
    } finally {
      await editor.update("codeActionsOnSave", undefined, false);
    }
  });

  it("are not offered where nothing is wrong", async () => {
    const { document } = await edit("tp: 2\nmodle_dir: /m\n");
    await titled(document, "modle_dir", "Change to 'model_dir'");
    assert.deepEqual(await actionsAt(document, rangeOf(document, "tp"), CodeActionKind.QuickFix), []);
  });
});

/** The action with a title for a part of the text, as soon as it is offered. */
function titled(document: TextDocument, text: string, title: string): Promise<CodeAction> {
  return eventually(async () => {
    const actions = await actionsAt(document, rangeOf(document, text), CodeActionKind.QuickFix);
    const action = actions.find((one) => one.title === title);
    assert.ok(action, `"${title}" is not among: ${actions.map((one) => one.title).join(" / ")}`);
    return action;
  });
}

async function apply({ edit: change }: CodeAction): Promise<void> {
  assert.ok(change, "The action has no edit.");
  assert.ok(await workspace.applyEdit(change));
}

/**
 * Runs a command of the editor that applies fixes until it has an effect: the editor drops the command if the light
 * bulb is requesting fixes at that moment.
 */
function fix(command: string, document: TextDocument, expected: string): Promise<void> {
  return eventually(async () => {
    await commands.executeCommand(command);
    assert.equal(document.getText(), expected);
  });
}

/** Adds an empty line at the end, so that there is a change to save, and saves. */
async function saveChanged(document: TextDocument): Promise<void> {
  const change = new WorkspaceEdit();
  change.insert(document.uri, document.positionAt(document.getText().length), "\n");
  assert.ok(await workspace.applyEdit(change));
  assert.ok(await document.save());
}
