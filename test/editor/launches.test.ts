/** Launches in other files: all features of a config inside the launch, none outside. */
import assert from "node:assert/strict";
import {
  type CompletionItem,
  commands,
  type FoldingRange,
  languages,
  WorkspaceEdit,
  workspace,
} from "vscode";
import { actionsAt, closeAll, codesOf, completionsAt, edit, hoverAt, rangeOf } from "./support/documents";
import { eventually } from "./support/eventually";

const RUN = "python -m lightllm.server.api_server --model_dir /m";

describe("a launch", () => {
  afterEach(closeAll);

  it("in a shell script gets completion of flags and values", async () => {
    const { document, selection } = await edit(`#!/bin/bash\n${RUN} \\\n  --run|\n`, ".sh");
    await eventually(async () => offers(await completionsAt(document, selection.active), "--run_mode"));
    const value = await edit(`#!/bin/bash\n${RUN} --run_mode |\n`, ".sh");
    await eventually(async () =>
      offers(await completionsAt(value.document, value.selection.active), "prefill"),
    );
  });

  it("in a shell script gets hover, findings, and fixes in shell syntax", async () => {
    const { document } = await edit(`#!/bin/bash\n${RUN} \\\n  --tp 8 \\\n  --prot 8000\n`, ".sh");
    await eventually(() => assert.deepEqual(codesOf(document), ["argparse-unknown-flag"]));
    assert.match(await hoverAt(document, rangeOf(document, "--tp").start), /\*\*tp\*\*/);
    const fix = await eventually(async () => {
      const found = (await actionsAt(document, rangeOf(document, "--prot"))).find(
        ({ title }) => title === "Change to '--port'",
      );
      assert.ok(found?.edit instanceof WorkspaceEdit);
      return found.edit;
    });
    await workspace.applyEdit(fix);
    assert.ok(document.getText().endsWith("  --port 8000\n"));
    await eventually(() => assert.deepEqual(codesOf(document), []));
  });

  it("folds", async () => {
    const { document } = await edit(`#!/bin/bash\n${RUN} \\\n  --tp 8 \\\n  --dp 8\n\n`, ".sh");
    await eventually(async () => {
      const ranges = await commands.executeCommand<FoldingRange[]>(
        "vscode.executeFoldingRangeProvider",
        document.uri,
      );
      assert.ok(ranges.some(({ start, end }) => start === 1 && end === 3));
    });
  });

  for (const [ending, text] of [
    [
      ".dockerfile",
      `FROM x\nCMD ["python", "-m", "lightllm.server.api_server", "--model_dir", "/m", "--prot", "80"]\n`,
    ],
    [".yaml", `services:\n  llm:\n    image: x\n    command: ${RUN} --prot 80\n`],
    [".md", `# Start it\n\n\`\`\`bash\n${RUN} --prot 80\n\`\`\`\n`],
    [".service", `[Service]\nExecStart=/usr/bin/${RUN} --prot 80\n`],
    [".py", `import os\nos.system("${RUN} --prot 80")\n`],
  ] as const) {
    it(`is found in a ${ending} file`, async () => {
      const { document } = await edit(text, ending);
      await eventually(() => assert.deepEqual(codesOf(document), ["argparse-unknown-flag"]));
    });
  }

  it("is found in a unit that another language has claimed", async () => {
    const { document } = await edit(`[Service]\nExecStart=/usr/bin/${RUN} --prot 80\n`, ".service");
    const ini = await languages.setTextDocumentLanguage(document, "ini");
    await eventually(() => assert.deepEqual(codesOf(ini), ["argparse-unknown-flag"]));
  });
});

describe("outside a launch", () => {
  afterEach(closeAll);

  it("nothing is said or offered", async () => {
    const { document, selection } = await edit(`${RUN} --prot 80\nls --prot --t|\n`, ".sh");
    await eventually(() => assert.equal(codesOf(document).length, 1));
    const { items } = await completionsAt(document, selection.active);
    assert.ok(!items.some((item) => labelOf(item) === "--tp"));
    assert.equal(await hoverAt(document, rangeOf(document, "ls --prot").start), "");
  });
});

function offers({ items }: { readonly items: readonly CompletionItem[] }, label: string): void {
  assert.ok(
    items.some((item) => labelOf(item) === label),
    `${label} is not offered.`,
  );
}

function labelOf({ label }: CompletionItem): string {
  return typeof label === "string" ? label : label.label;
}
