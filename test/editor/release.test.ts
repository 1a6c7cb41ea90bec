/** Selecting the release that judges, as a user does. */
import assert from "node:assert/strict";
import { ConfigurationTarget, commands, type TextDocument, workspace } from "vscode";
import { closeAll, codesOf, edit, hoverAt, openFile, rangeOf } from "./support/documents";
import { eventually } from "./support/eventually";

/** The flag came with v1.2.0. */
const NEW_FLAG = "llm_kv_type: int8kv\nmodel_dir: /m\n";

describe("LightLLM: Select Release…", () => {
  afterEach(async () => {
    for (const target of [ConfigurationTarget.Workspace, ConfigurationTarget.Global]) {
      await workspace.getConfiguration("lightllm").update("release", undefined, target);
    }
    await closeAll();
  });

  it("keeps the release that judges for the launch, as a comment", async () => {
    const { document } = await edit("# a config of old\nenable_flashinfer_prefill: true\n");
    await judgedBy(document, /v1\.1\.0, the newest that fits/);
    // The release that judges is selected at first, and the launch as the place to keep it.
    await accept(commands.executeCommand("lightllm.selectRelease"));
    assert.equal(
      document.getText(),
      "# a config of old\n# lightllm: release=v1.1.0\nenable_flashinfer_prefill: true\n",
    );
    await judgedBy(document, /v1\.1\.0, as the comment says/);
  });

  it("changes the comment that is there", async () => {
    const { document } = await edit(`# lightllm: release=v1.2.0\n${NEW_FLAG}|`);
    await judgedBy(document, /v1\.2\.0, as the comment says/);
    await accept(select("v1.1.0"));
    assert.equal(document.getText(), `# lightllm: release=v1.1.0\n${NEW_FLAG}`);
    await eventually(() => assert.deepEqual(codesOf(document), ["flag-of-another-release"]));
  });

  it("keeps a release for the workspace, as a setting", async () => {
    const { document } = await edit(NEW_FLAG);
    await judgedBy(document, /v1\.2\.0/);
    await select("v1.1.0", "settings");
    assert.equal(inspected()?.workspaceValue, "v1.1.0");
    assert.equal(document.getText(), NEW_FLAG);
    await judgedBy(document, /v1\.1\.0, as the setting/);
    await eventually(() => assert.deepEqual(codesOf(document), ["flag-of-another-release"]));
  });

  it("lets the release be found again, without the comment and the setting", async () => {
    await workspace.getConfiguration("lightllm").update("release", "v1.1.0", ConfigurationTarget.Workspace);
    const { document } = await edit(`# lightllm: release=v1.0.1\n${NEW_FLAG}|`);
    await judgedBy(document, /v1\.0\.1/);
    await select(null);
    assert.equal(document.getText(), NEW_FLAG);
    assert.equal(inspected()?.workspaceValue, undefined);
    await judgedBy(document, /v1\.2\.0/);
  });

  it("keeps the user's global setting when the release becomes automatic", async () => {
    await workspace.getConfiguration("lightllm").update("release", "v1.1.0", ConfigurationTarget.Global);
    const { document } = await edit(NEW_FLAG);
    await judgedBy(document, /v1\.1\.0, as the setting/);
    await select(null);
    assert.equal(inspected()?.globalValue, "v1.1.0");
    await judgedBy(document, /v1\.2\.0, the newest/);
  });

  it("says so, and requests nothing, if there is no launch", async () => {
    await openFile("plain.yaml");
    await commands.executeCommand("lightllm.selectRelease");
    await commands.executeCommand("lightllm.migrateLaunch");
  });
});

describe("LightLLM: Migrate Launch to Release…", () => {
  afterEach(closeAll);

  it("shows the changes first, and makes them when they are accepted", async () => {
    const before = "# lightllm: release=v1.1.0\nmodel_dir: /m\nmem_fraction: 0.8\nenable_fa3: true\n";
    const { document } = await edit(before);
    await judgedBy(document, /v1\.1\.0/);
    const migrated = commands.executeCommand("lightllm.migrateLaunch", { to: "v1.2.0" });
    assert.equal(document.getText(), before);
    await acceptPreview(migrated);
    const after = document.getText();
    assert.match(after, /^# lightllm: release=v1\.2\.0\nmodel_dir: \/m\nmem_fraction: 0\.8\n/);
    assert.match(after, /\nllm_prefill_att_backend: fa3\nllm_decode_att_backend: fa3\n/);
    await judgedBy(document, /v1\.2\.0, as the comment says/);
    assert.deepEqual(codesOf(document), []);
  });

  it("leaves the file alone when they are discarded", async () => {
    const before = "# lightllm: release=v1.1.0\nmodel_dir: /m\nenable_fa3: true\n";
    const { document } = await edit(before);
    await judgedBy(document, /v1\.1\.0/);
    const migrated = commands.executeCommand("lightllm.migrateLaunch", { to: "v1.2.0" });
    await acceptPreview(migrated, "refactorPreview.discard");
    assert.equal(document.getText(), before);
  });
});

/** Presses the button of the refactor preview as soon as it is there. */
async function acceptPreview(running: Thenable<unknown>, button = "refactorPreview.apply"): Promise<void> {
  let done = false;
  const ended = Promise.resolve(running).finally(() => {
    done = true;
  });
  await eventually(async () => {
    if (!done) await commands.executeCommand(button);
    assert.ok(done, "The preview is not there yet.");
  });
  await ended;
}

function inspected() {
  return workspace.getConfiguration("lightllm").inspect<string>("release");
}

/** Accepts the selected entry in each list that opens until the command that opens them is done. */
async function accept(running: Thenable<unknown>): Promise<void> {
  let done = false;
  const ended = Promise.resolve(running).finally(() => {
    done = true;
  });
  await eventually(async () => {
    if (!done) await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    assert.ok(done, "The command has not ended.");
  });
  await ended;
}

/** Runs the command as a keybinding does that says what to pick. */
function select(release: string | null, keep?: "launch" | "settings"): Thenable<unknown> {
  return commands.executeCommand("lightllm.selectRelease", { release, keep });
}

async function judgedBy(document: TextDocument, release: RegExp): Promise<void> {
  const flag = /^[a-z]\w+/m.exec(document.getText())?.[0] ?? "";
  await eventually(async () => {
    const hover = await hoverAt(document, rangeOf(document, flag).start);
    const [, judged = ""] = /Judged by LightLLM (.*)/.exec(hover) ?? [];
    assert.match(judged, release);
  });
}
