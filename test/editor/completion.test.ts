/** Completion: what is offered, and the text of the file after accepting it. */
import assert from "node:assert/strict";
import { type CompletionItem, commands, MarkdownString, type TextEditor } from "vscode";
import { closeAll, completionsAt, edit } from "./support/documents";
import { eventually } from "./support/eventually";

describe("completion", () => {
  afterEach(closeAll);

  it("offers the flags that begin so, with their types", async () => {
    const { document, selection } = await edit("model_dir: /m\nru|");
    const item = await eventually(async () => {
      const { items } = await completionsAt(document, selection.active);
      return named(items, "run_mode");
    });
    assert.match(aboutOf(item), /default normal/);
  });

  it("does not offer a flag that is set already", async () => {
    const { document, selection } = await edit("run_mode: normal\n|");
    const { items } = await completionsAt(document, selection.active);
    named(items, "tp");
    assert.ok(!items.some((item) => labelOf(item) === "run_mode"));
  });

  it("documents an item when it is selected", async () => {
    const { document, selection } = await edit("run_mo|");
    const { items } = await completionsAt(document, selection.active, 1000);
    const { documentation } = named(items, "run_mode");
    assert.ok(documentation instanceof MarkdownString);
    assert.match(documentation.value, /\*\*run_mode\*\*.*Choices: [^\n]*`prefill`/s);
  });

  it("offers the choices of a flag after its colon", async () => {
    const { document, selection } = await edit("run_mode: |");
    const { items } = await completionsAt(document, selection.active);
    for (const choice of ["normal", "prefill", "decode", "pd_master"]) named(items, choice);
    assert.ok(!items.some((item) => labelOf(item) === "model_dir"));
  });

  it("opens while a person types, writes flag and colon, and goes on with the values", async () => {
    const editor = await edit("model_dir: /m\n|");
    await type("ru");
    await accept(editor, "model_dir: /m\nrun_mode: ");
    await accept(editor, "model_dir: /m\nrun_mode: normal");
  });

  it("opens the values after a typed colon and space", async () => {
    const editor = await edit("");
    await type("run_mode: ");
    await accept(editor, "run_mode: normal");
  });

  it("narrows the values down to what a person types", async () => {
    const editor = await edit("run_mode: |");
    await type("pre");
    await accept(editor, "run_mode: prefill");
  });

  it("lets Enter insert a line break after typed text, in a config of two documents", async () => {
    const lines = [
      "model_dir: /models/Qwen3-8B",
      "port: 80",
      "data_type: bfloat16",
      "---",
      "run_mode: normal",
      "enable_ep_moe: true",
    ];
    const editor = await edit("");
    for (const line of lines) {
      await type(line);
      await enter(editor);
    }
    assert.equal(editor.document.getText(), `${lines.join("\n")}\n`);
  });

  it("lets Enter insert a line break after the last flag of a command", async () => {
    const command = "python -m lightllm.server.api_server --model_dir /m --port 80 --enable_ep_moe";
    const editor = await edit("|\nexit", ".sh");
    await type(command);
    await enter(editor);
    assert.equal(editor.document.getText(), `${command}\n\nexit`);
  });

  it("closes the values of an accepted flag when another one is typed", async () => {
    const editor = await edit("");
    await type("por");
    await accept(editor, "port: ");
    await type("80");
    await enter(editor);
    assert.equal(editor.document.getText(), "port: 80\n");
  });

  it("replaces the name of a flag and keeps its value", async () => {
    const editor = await edit("batch_max_tok|: 4096\n");
    await commands.executeCommand("editor.action.triggerSuggest");
    await accept(editor, "batch_max_tokens: 4096\n");
  });

  it("offers the known releases in the comment that chooses one", async () => {
    const { document, selection } = await edit("# lightllm: release=|\ntp: 2\n");
    const { items } = await completionsAt(document, selection.active);
    named(items, "v1.1.0");
    named(items, "v1.2.0");
  });
});

function labelOf({ label }: CompletionItem): string {
  return typeof label === "string" ? label : label.label;
}

function named(items: readonly CompletionItem[], label: string): CompletionItem {
  const item = items.find((one) => labelOf(one) === label);
  assert.ok(item, `"${label}" is not among ${items.length} items: ${items.map(labelOf).slice(0, 20)}`);
  return item;
}

/** Types one character after the other, as a keyboard does. */
async function type(text: string): Promise<void> {
  for (const character of text) await commands.executeCommand("type", { text: character });
}

/** Presses Enter after all requests of the typing are answered; an open list with a selected item accepts it. */
async function enter({ document, selection }: TextEditor): Promise<void> {
  await completionsAt(document, selection.active);
  const before = document.getText();
  await commands.executeCommand("acceptSelectedSuggestion");
  assert.equal(document.getText(), before, "A suggestion took Enter.");
  await type("\n");
}

/** Accepts the selected suggestion as soon as there is one, and checks the resulting text. */
async function accept({ document }: TextEditor, expected: string): Promise<void> {
  const before = document.getText();
  await eventually(async () => {
    await commands.executeCommand("acceptSelectedSuggestion");
    assert.notEqual(document.getText(), before, "No suggestion could be accepted.");
  });
  assert.equal(document.getText(), expected);
}

/** What the row of an item says beside its name. */
function aboutOf({ label, detail = "" }: CompletionItem): string {
  return typeof label === "string" ? detail : `${label.detail ?? ""} ${label.description ?? ""}`;
}
