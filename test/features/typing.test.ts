/** Typing has priority: what completion may do to a text, in every notation, at every place. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { CompletionItem, TextEdit } from "vscode-languageserver-types";
import type { Launch } from "../../server/src/launch/launch";
import { type LaunchDocument, service } from "../../server/src/service";
import { root } from "../support/paths";
import { afterCompletion, atCursor, labelsAt, open, type TestNotation } from "../support/service";

const { analyse, complete, notationOf, shippedCatalogue } = service;

const RUN = "python -m lightllm.server.api_server";
const WORDS = '"python", "-m", "lightllm.server.api_server"';
const ITEMS =
  "services:\n  a:\n    command:\n      - python\n      - -m\n      - lightllm.server.api_server\n";
const POD =
  "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    args:\n    - python\n    - -m\n    - lightllm.server.api_server\n";

/** The server's trigger characters. */
const TRIGGERS = [" ", ":", "-", "=", "[", ","];

describe("Enter makes a line end: nothing is offered", () => {
  test.each<[TestNotation, string]>([
    // The beginning of a document or an item.
    ["yaml", "-|"],
    ["yaml", "--|"],
    ["yaml", "---|"],
    ["yaml", "|---"],
    ["yaml", "-|--\ntp: 8\n"],
    ["yaml", "tp: 8\n---|\nport: 1\n"],
    ["yaml", ".|"],
    ["yaml", "...|"],
    ["yaml", "llm_prefill_att_backend:\n  -|"],
    ["yaml", "x-base: &base\n  -|\n"],
    ["yaml", "env:\n  -|\n"],
    // A number, a path, an address, a list item: examples are offered only before anything is typed.
    ["yaml", "port: 80|"],
    ["yaml", "port: 8000|"],
    ["yaml", "port: 8|0\n"],
    ["yaml", "eos_id: [1|"],
    ["yaml", "eos_id: [1|]"],
    ["yaml", "eos_id: [1, 2|\n"],
    ["yaml", "eos_id:\n  - 1|\n"],
    ["yaml", "model_dir: /models/Qwen3-8B|"],
    ["yaml", "model_dir: /models/|"],
    ["yaml", 'model_dir: "/models/Qwen3-8B|"'],
    ["yaml", "mem_fraction: 0.|"],
    ["yaml", "host: 0.0.0.0|"],
    ["shell", `${RUN} --port 80|`],
    ["shell", `${RUN} --model_dir=/m|`],
    ["compose", `${ITEMS}      - --port\n      - "80|"\n`],
    ["dockerfile", `CMD [${WORDS}, "--port", "80|"]`],
    ["python", `run([${WORDS}, "--port", "80|"])`],
    // A choice, also one that is the beginning of another choice, in any form.
    ["yaml", "data_type: bfloat16|"],
    ["yaml", "run_mode: normal|\n"],
    ["yaml", "run_mode: pd_master|"],
    ["yaml", "run_mode: Normal|"],
    ["yaml", 'run_mode: "normal|"'],
    ["yaml", "run_mode: normal |"],
    ["yaml", "llm_prefill_att_backend: [fa3|"],
    ["yaml", "llm_prefill_att_backend: [fa3, triton|]"],
    ["yaml", "llm_prefill_att_backend:\n- triton|"],
    ["yaml", "enable_ep_moe: true|"],
    ["yaml", "enable_ep_moe: True|"],
    ["yaml", "zmq_mode: tcp://|"],
    ["shell", `${RUN} --run_mode normal|`],
    ["shell", `${RUN} --run_mode=normal|`],
    ["shell", `${RUN} "--run_mode=normal|"`],
    ["kubernetes", `${POD}    - --run_mode\n    - normal|\n`],
    ["dockerfile", `CMD [${WORDS}, "--run_mode", "normal|"]`],
    ["python", `run([${WORDS}, "--run_mode", "normal|"])`],
    ["markdown", `\`\`\`\n${RUN} --run_mode normal|\n\`\`\`\n`],
    ["restructuredtext", `.. code-block:: bash\n\n   ${RUN} --run_mode normal|\n`],
    // A flag without a value, a flag with its value, a flag in its own list element, a flag that is already set.
    ["shell", `${RUN} --tp 8 --enable_ep_moe|`],
    ["shell", `${RUN} --tp| 8`],
    ["shell", `${RUN} --tp|=8`],
    ["shell", `${RUN} --help|`],
    ["shell", `${RUN} --tp 8 --tp|`],
    ["compose", `${ITEMS}      - --port|\n`],
    ["compose", `${ITEMS}      - --enable_ep_moe|\n`],
    ["dockerfile", `CMD [${WORDS}, "--port|"]`],
    ["python", `run([${WORDS}, "--port|"])`],
    ["yaml", "tp|: 8\n"],
    ["yaml", "tp: 8\ntp|"],
    ["yaml", "env:\n  A: 1\nenv|"],
    // A variable: the user's own; a known one that is passed on.
    ["shell", `export PATH|\n${RUN}\n`],
    ["shell", `export LOADWORKER|\n${RUN}\n`],
    ["compose", `${ITEMS}    environment:\n      - LOADWORKER|\n`],
    ["kubernetes", `${POD}    env:\n    - name: LOADWORKER|\n`],
    ["yaml", "env:\n  LOADWORKER|: 18\n"],
    // A directive.
    ["yaml", "# lightllm: off|"],
    ["yaml", "# lightllm: release=v1.1.0|"],
    ["shell", "# lightllm: args|"],
    ["shell", "# lightllm: disable-file=argparse-choice,none-as-word|"],
    ["shell", "# lightllm: a note|"],
  ])("in %s at %j", (notation, marked) => {
    expect(labelsAt(marked, {}, notation)).toEqual([]);
  });
});

describe("nothing opens by itself", () => {
  test.each<[TestNotation, string]>([
    ["yaml", "eos_id:|"],
    ["yaml", "llm_prefill_att_backend: [|"],
    ["yaml", "llm_prefill_att_backend: [fa3,|"],
    ["yaml", "llm_prefill_att_backend: [fa3, |"],
    ["yaml", "x-base: &base\n |"],
    ["yaml", "env:\n  |"],
    ["yaml", "port: |8000"],
    ["shell", `${RUN} --tp 8 |`],
    ["shell", `${RUN} --enable_ep_moe |`],
    ["shell", `${RUN} --llm_prefill_att_backend fa3 |`],
    ["shell", `${RUN} \\\n |`],
    ["compose", `${ITEMS}      -|`],
    ["dockerfile", `CMD [${WORDS},|]`],
    ["python", `run([${WORDS}, |])`],
  ])("in %s at %j, where nothing has to follow", (notation, marked) => {
    expect(opened(notation, marked)).toEqual([]);
    const { text, offset } = atCursor(marked);
    expect(complete(open(text, {}, notation), offset), "when it is asked for").not.toEqual([]);
  });
});

describe("opens by itself", () => {
  test.each<[TestNotation, string, string]>([
    ["yaml", "run_mode: |", "normal"],
    ["yaml", "port: |", "8000"],
    ["yaml", "llm_prefill_att_backend:\n  - |", "fa3"],
    ["yaml", "zmq_mode: tcp:|", "tcp://"],
    ["yaml", "# lightllm: |", "release"],
    ["yaml", "# lightllm: release=|", "v1.1.0"],
    ["yaml", "# lightllm: deployment=|", "none"],
    ["yaml", "# lightllm: deployment=chat\nmodel_dir: /m\n---\n# lightllm: deployment=c|", "chat"],
    ["yaml", "# lightllm: disable-file=argparse-choice,|", "none-as-word"],
    ["shell", `${RUN} --run_mode |`, "normal"],
    ["shell", `${RUN} --run_mode=|`, "normal"],
    ["shell", `${RUN} -|`, "--tp"],
    ["shell", `export |\n${RUN}\n`, "LOADWORKER"],
    ["compose", `${ITEMS}      - |`, "--tp"],
    ["compose", `${ITEMS}    environment:\n      - |`, "LOADWORKER"],
    ["kubernetes", `${POD}    env:\n    - name: |`, "LOADWORKER"],
    ["dockerfile", `FROM x\nENV |\nCMD [${WORDS}]\n`, "LOADWORKER"],
  ])("in %s at %j, with %s", (notation, marked, label) => {
    expect(opened(notation, marked)).toContain(label);
  });
});

describe("completion continues the typed text", () => {
  test.each<[TestNotation, string, string[]]>([
    ["yaml", "data_type: bf|", ["bf16", "bfloat16"]],
    ["yaml", "data_type: BF|", ["bf16", "bfloat16"]],
    ["yaml", "run_mode: zz|", []],
    ["yaml", "enable_ep_moe: t|", ["true"]],
    ["shell", `${RUN} --zzz|`, []],
    ["shell", `${RUN} --run_mode pre|`, ["prefill"]],
    ["shell", `export LOAD|\n${RUN}\n`, ["LOADWORKER"]],
    ["yaml", "# lightllm: o|", ["off"]],
    ["yaml", "# lightllm: release|", ["release"]],
  ])("in %s at %j", (notation, marked, labels) => {
    expect(labelsAt(marked, {}, notation)).toEqual(labels);
  });

  test.each<[TestNotation, string, string, string]>([
    ["yaml", "tp|", "tp", "tp: |"],
    ["yaml", "dp|", "dp", "dp: |"],
    ["yaml", "p_mode|", "p_mode", "p_mode: |"],
    ["yaml", "env|", "env", "env:|"],
    ["shell", `${RUN} --port|`, "--port", `${RUN} --port |`],
  ])("a name that still needs its value comes first: %s at %j", (notation, marked, label, expected) => {
    expect(labelsAt(marked, {}, notation)[0]).toBe(label);
    expect(afterCompletion(marked, label, {}, notation)).toBe(expected);
  });

  test("nothing is preselected where something is typed", () => {
    const preselected = (text: string) =>
      complete(open(text), text.length).flatMap(({ label, preselect }) => (preselect ? [label] : []));
    expect(preselected("run_mode: ")).toEqual(["normal"]);
    expect(preselected("run_mode: n")).toEqual([]);
  });

  test("an example is gone from an open list with the first character, before the editor asks again", () => {
    const [item] = complete(open("port: "), 6);
    expect(item?.label).toBe("8000");
    expect(item?.filterText?.includes("8")).toBe(false);
  });
});

describe("quotes", () => {
  test.each<[TestNotation, string, string, string]>([
    ["yaml", 'run_mode: "pre| # why\ntp: 1\n', "prefill", 'run_mode: "prefill| # why\ntp: 1\n'],
    ["shell", `${RUN} --run_mode "pre|\nls "$A"\n`, "prefill", `${RUN} --run_mode "prefill|\nls "$A"\n`],
    ["shell", `${RUN} "--run_mode=pre|"`, "prefill", `${RUN} "--run_mode=prefill|"`],
    ["shell", `${RUN} '--mo| \\\n  --tp 8\n`, "--model_dir", `${RUN} '--model_dir | \\\n  --tp 8\n`],
    ["python", `run([${WORDS}, "--run_mode", "pre|])`, "prefill", `run([${WORDS}, "--run_mode", "prefill|])`],
    ["python", `run([${WORDS}, "--mo|"])`, "--model_dir", `run([${WORDS}, "--model_dir|"])`],
    ["python", `run([${WORDS}, |])`, "--model_dir", `run([${WORDS}, "--model_dir"|])`],
    [
      "dockerfile",
      `CMD [${WORDS}, "--run_mode", "pre|]`,
      "prefill",
      `CMD [${WORDS}, "--run_mode", "prefill|]`,
    ],
  ])("in %s at %j", (notation, marked, label, expected) => {
    expect(afterCompletion(marked, label, {}, notation)).toBe(expected);
  });

  test.each<[TestNotation, string]>([
    ["yaml", 'run_mode: "pre"|'],
    ["yaml", 'run_mode: |"pre"'],
    ["shell", `${RUN} --run_mode "pre"|`],
    ["shell", `${RUN} --run_mode |"pre"`],
    ["shell", `${RUN} --run_mode "pre"|fill`],
    ["shell", `${RUN} "--mo"|`],
    ["compose", `${ITEMS}      - "--mo"|\n`],
    ["dockerfile", `CMD [${WORDS}, "--run_mode", |"pre"]`],
    ["dockerfile", `CMD [${WORDS}, "--run_mode", "pre"|]`],
    ["python", `run([${WORDS}, "--mo"|])`],
  ])("right before and after them nothing is offered: %s at %j", (notation, marked) => {
    expect(labelsAt(marked, {}, notation)).toEqual([]);
  });
});

describe("text outside launches: nothing is offered", () => {
  test.each<[TestNotation, string, string]>([
    ["yaml", "between the lines of a mapping", "env:\n  A: 1\n|\n  B: 2\n"],
    ["yaml", "above lines that are deeper", "|\n  tp: 8\n"],
    ["yaml", "deeper than its fellows", "env:\n    |\n  B: 2\n"],
    ["yaml", "less deep than its fellows", "env:\n  A: 1\n |\n"],
    ["yaml", "above an unreadable line with deeper ones", "|\na\n  tp: 8\n"],
    ["yaml", "above the items of its list", "eos_id: |\n  - 1\n"],
    ["yaml", "beside the items of its list", "eos_id:\n  |\n  - 1\n"],
    ["yaml", "before a list", "eos_id: |[1, 2]\n"],
    ["yaml", "before an anchor", "tp: |&a 8\n"],
    ["yaml", "before further words", "run_mode: | pre fill\n"],
    ["yaml", "before a block", "x-note: |\n".replace("x-note: |", "model_dir: |>\n  a")],
    ["yaml", "right before a comment", "tp: 8\n|# note\n"],
    ["yaml", "before a quote that is a part of the next key", "|s':\nh: 6\n"],
    ["yaml", "in a key before a quote that is a part of it", "t|p':\nh: 6\n"],
    ["python", "between elements where a quote is open", `run([${WORDS}, |\n  "--tp", "8)\n`],
    ["yaml", "inside a value", 'model_dir: "a\n|\n  b"\n'],
    ["shell", "between a flag and its value", `${RUN} --tp | 8`],
    ["compose", "between a flag and its value", `${ITEMS}      - --tp\n      - |\n      - "8"\n`],
    ["kubernetes", "on a template", `${POD}    - --model_dir\n    - |{{ .Values.modelDir }}\n`],
  ])("in %s %s", (notation, _, marked) => {
    expect(labelsAt(marked, {}, notation)).toEqual([]);
  });

  test("an element before another one gets its comma", () => {
    expect(afterCompletion(`run([${WORDS},\n  |\n  "--tp", "8"])`, "--dp", {}, "python")).toBe(
      `run([${WORDS},\n  "--dp",|\n  "--tp", "8"])`,
    );
    expect(afterCompletion(`run([${WORDS},\n  |\n])`, "--dp", {}, "python")).toBe(
      `run([${WORDS},\n  "--dp"|\n])`,
    );
  });
});

/** Examples and fixtures: real files in every notation. */
const FILES = [
  ...readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" }).map((name) =>
    join(root, "examples", name),
  ),
  ...["deploy.md", "quickstart.rst", "benchmark.py.txt"].map((name) =>
    join(root, "test/notations/fixtures", name),
  ),
].flatMap((path) => {
  if (!/\.\w+$|Dockerfile$/.test(path)) return [];
  const text = readFileSync(path, "utf8");
  const uri = pathToFileURL(path.replace(/\.txt$/, "")).href;
  return notationOf("", uri, text) ? [{ name: relative(root, path).split(sep).join("/"), uri, text }] : [];
});

test("the files are of every notation", () => {
  const notations = FILES.map(({ uri, text }) => notationOf("", uri, text)?.id);
  expect(new Set(notations)).toEqual(new Set(Object.keys(service.notations)));
});

describe.each(FILES)("in $name", ({ uri, text }) => {
  const launchDocument = read(uri, text);

  test("every item edits one word of the cursor's line", () => {
    for (let offset = 0; offset <= text.length; offset++) {
      for (const item of complete(launchDocument, offset)) expectOneWord(launchDocument, offset, item);
    }
  });

  test("what is accepted leaves all other words as they are", () => {
    let places = 0;
    for (let offset = 0; offset <= text.length; offset++) {
      const items = complete(launchDocument, offset);
      const item = items[offset % Math.max(items.length, 1)];
      // Each text is read again: one place in nine, with different items.
      if (item && places++ % 9 === 0) expectOthersKept(launchDocument, offset, item);
    }
    expect(places).toBeGreaterThan(0);
  });

  // One of its mistakes is the first half of a choice.
  test.skipIf(uri.includes("with-mistakes"))("typed line by line, every Enter makes a line end", () => {
    for (const { index } of text.matchAll(/\r?\n/g)) {
      const typedSoFar = text.slice(0, index);
      for (const shown of [launchDocument, read(uri, typedSoFar)]) {
        const labels = whenTyped(shown, index).map(({ label }) => label);
        expect(labels, `at the end of: ${typedSoFar.slice(typedSoFar.lastIndexOf("\n") + 1)}`).toEqual([]);
      }
    }
  });
});

describe("B6: after a name is accepted, the values open by themselves wherever there are some", () => {
  const suggestCommand = "suggest";

  test.each<[TestNotation, string]>([
    ["yaml", "|"],
    ["yaml", "env:\n  |"],
    ["yaml", "# lightllm: |"],
    ["shell", `${RUN} |`],
    ["compose", `${ITEMS}      - |`],
    ["dockerfile", `CMD [${WORDS}, "--|"]`],
    ["python", `run([${WORDS}, |])`],
  ])("in %s at %j", (notation, marked) => {
    const { text, offset } = atCursor(marked);
    for (const item of complete(open(text, {}, notation), offset, { suggestCommand })) {
      const accepted = afterCompletion(marked, item.label, {}, notation);
      const next = accepted.indexOf("|");
      const shown = open(accepted.replace("|", ""), {}, notation);
      const values = /[ =]$/.test(accepted.slice(0, next)) ? complete(shown, next) : [];
      expect(item.command !== undefined, item.label).toBe(values.length > 0);
    }
  });
});

function read(uri: string, text: string): LaunchDocument {
  const notation = notationOf("", uri, text);
  if (!notation) return open("", {}, "shell");
  const document = TextDocument.create(uri, "", 1, text);
  return analyse(document, notation, { language: "en" }, shippedCatalogue());
}

/** The list that an editor shows directly after the character before an offset was typed. */
function whenTyped(launchDocument: LaunchDocument, offset: number): CompletionItem[] {
  const typed = launchDocument.document.getText().slice(offset - 1, offset);
  if (typed === "" || typed === "\n") return [];
  const trigger = TRIGGERS.includes(typed) ? typed : undefined;
  return complete(launchDocument, offset, { trigger });
}

/** The labels of a list that opens automatically after typed text. */
function opened(notation: TestNotation, marked: string): string[] {
  const { text, offset } = atCursor(marked);
  return whenTyped(open(text, {}, notation), offset).map(({ label }) => label);
}

function editOf({ textEdit, label }: CompletionItem): TextEdit {
  if (!textEdit || !("range" in textEdit)) throw new Error(`${label} has no edit.`);
  return textEdit;
}

function expectOneWord({ document }: LaunchDocument, offset: number, item: CompletionItem): void {
  const { range, newText } = editOf(item);
  const at = document.positionAt(offset);
  const right = document.getText().slice(offset, document.offsetAt(range.end));
  const fits =
    range.start.line === at.line &&
    range.end.line === at.line &&
    range.start.character <= at.character &&
    at.character <= range.end.character &&
    !/[\r\n]/.test(newText) &&
    !/[\s"'#]/.test(right) &&
    item.filterText !== item.label;
  // One assertion for all: there are some hundred thousand items.
  if (!fits) expect.fail(`${item.label} at ${at.line}:${at.character} replaces ${JSON.stringify(right)}`);
}

/** Every argument away from the cursor still has its words, and no launch is lost. */
function expectOthersKept(launchDocument: LaunchDocument, offset: number, item: CompletionItem): void {
  const { document, file } = launchDocument;
  const edit = editOf(item);
  const start = document.offsetAt(edit.range.start);
  const end = document.offsetAt(edit.range.end);
  const others = file.launches.map((launch) => argumentsOf(launch, (from, to) => to < start || end < from));
  const after = read(document.uri, TextDocument.applyEdits(document, [edit])).file.launches.map((launch) =>
    argumentsOf(launch, () => true),
  );
  expect(after.length, `launches with ${item.label} at ${offset}`).toBeGreaterThanOrEqual(others.length);
  for (const [index, launch] of others.entries()) {
    const lost = launch.filter((argument) => !after[index]?.includes(argument));
    expect(
      lost,
      `lost with ${item.label} at ${JSON.stringify(document.getText().slice(offset - 20, offset + 20))}`,
    ).toEqual([]);
  }
}

function argumentsOf(
  { arguments: given }: Launch,
  isMeant: (start: number, end: number) => boolean,
): string[] {
  return (
    given
      .filter(({ flagSpan, valueSpan, words }) =>
        [flagSpan, valueSpan, ...words.map(({ span }) => span)].every(({ start, end }) =>
          isMeant(start, end),
        ),
      )
      // A variable's value is elsewhere, and may be the replaced word.
      .filter(({ valueSource }) => !valueSource.includes("$"))
      .map(({ flag, words }) => [flag, ...words.map(({ text, source }) => text ?? source)].join(" "))
  );
}
