/** Colours, forms of values, selections, symbols, paths: in every notation; `|` is the cursor. */
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { SelectionRange } from "vscode-languageserver-types";
import { TOKEN_TYPES } from "../../server/src/lsp/protocol";
import { type LaunchDocument, service } from "../../server/src/service";
import { documentsOf } from "../support/deployments";
import { atCursor, open, type TestNotation } from "../support/service";

const RUN = "python -m lightllm.server.api_server";

/** The tokens of a document, decoded: `type: text`. */
function tokensOf(document: LaunchDocument): string[] {
  const { data } = service.semanticTokens(document);
  const found: string[] = [];
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [deltaLine = 0, deltaStart = 0, length = 0, type = 0] = data.slice(at, at + 4);
    character = deltaLine === 0 ? character + deltaStart : deltaStart;
    line += deltaLine;
    const start = { line, character };
    const text = document.document.getText({ start, end: { line, character: character + length } });
    found.push(`${TOKEN_TYPES[type]}: ${text}`);
  }
  return found;
}

const FLAGS = ["lightllmFlag: --tp", "number: 8", "lightllmFlag: --host", "string: 0.0.0.0"];
const LIST = ["lightllmFlag: --tp", 'number: "8"', "lightllmFlag: --host", "string: 0.0.0.0"];

const TOKENS: readonly [notation: TestNotation, text: string, tokens: readonly string[]][] = [
  ["shell", `${RUN} --tp 8 \\\n  --host 0.0.0.0\n`, FLAGS],
  ["shell", `ARGS=(--tp 8)\n${RUN} "\${ARGS[@]}" --host 0.0.0.0\n`, FLAGS],
  [
    "compose",
    `services:\n  a:\n    image: l\n    command:\n      - python\n      - -m\n      - lightllm.server.api_server\n      - --tp\n      - "8"\n      - --host\n      - 0.0.0.0\n`,
    LIST,
  ],
  ["compose", `services:\n  a:\n    image: l\n    command: ${RUN} --tp 8 --host 0.0.0.0\n`, FLAGS],
  [
    "kubernetes",
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      command: [python, -m, lightllm.server.api_server]\n      args: [--tp, "8", --host, 0.0.0.0]\n`,
    LIST,
  ],
  [
    "dockerfile",
    `FROM l\nCMD ["python", "-m", "lightllm.server.api_server", "--tp", "8"]\n`,
    ['lightllmFlag: "--tp"', 'number: "8"'],
  ],
  [
    "python",
    `import subprocess\nsubprocess.run(["python", "-m", "lightllm.server.api_server", "--tp", "8"])\n`,
    ['lightllmFlag: "--tp"', 'number: "8"'],
  ],
  ["systemd", `[Service]\nExecStart=/usr/bin/${RUN} --tp 8 --host 0.0.0.0\n`, FLAGS],
  ["yaml", "tp: 8\nhost: 0.0.0.0\n", []],
];

test.each(TOKENS)("colours flags and values in %s", (notation, text, tokens) => {
  const found = tokensOf(open(text, {}, notation));
  expect(found.map((token) => token.replaceAll('"--', '"--'))).toEqual(tokens);
});

/** What the forms of a value say, and which part of which is typed. */
const FORMS: readonly [notation: TestNotation, marked: string, shown: string | undefined][] = [
  ["yaml", "run_mode: pd_master\npd_master_mode: |\n", "pd_master_mode: [<prefill>]p<decode>d"],
  ["yaml", "run_mode: pd_master\npd_master_mode: 2|\n", "pd_master_mode: [<prefill>]p<decode>d"],
  ["yaml", "run_mode: pd_master\npd_master_mode: 2p4|\n", "pd_master_mode: <prefill>p[<decode>]d"],
  ["yaml", "run_mode: pd_master\npd_master_mode: elas|\n", "pd_master_mode: elastic"],
  ["shell", `${RUN} --model_dir /m --grouping_key inst|\n`, "--grouping_key [<key>]=<value>"],
  ["shell", `${RUN} --model_dir /m --grouping_key instance=n|\n`, "--grouping_key <key>=[<value>]"],
  ["shell", `${RUN} --model_dir /m --grouping_key a=b c|\n`, "--grouping_key [<key>]=<value>"],
  ["yaml", "model_dir: /m\nmetric_gateway: 10.0.0.7:9|\n", "metric_gateway: <host>:[<port>]"],
  ["yaml", "tp: 8|\n", undefined],
  ["yaml", "# lightllm: release=v1.0.0\npd_master_mode: 2|\n", undefined],
];

test.each(FORMS)("the form in %s of %j", (notation, marked, shown) => {
  const { text, offset } = atCursor(marked);
  const help = service.signatureHelp(open(text, {}, notation), offset);
  const signature = help?.signatures[help.activeSignature ?? 0];
  const [from, to] = (signature?.parameters?.[help?.activeParameter ?? 0]?.label ?? []) as number[];
  const label = signature?.label;
  const marks =
    label === undefined || from === undefined || to === undefined
      ? label
      : `${label.slice(0, from)}[${label.slice(from, to)}]${label.slice(to)}`;
  expect(marks).toBe(shown);
});

/** The texts that a selection grows by. */
const SELECTIONS: readonly [notation: TestNotation, marked: string, grown: readonly string[]][] = [
  ["shell", `# a\n${RUN} --tp |8 --dp 1\n`, ["8", "--tp 8", `${RUN} --tp 8 --dp 1`]],
  ["yaml", "a: 1\n---\nvisual_gpu_ids: [|0, 1]\n", ["0", "[0, 1]", "visual_gpu_ids: [0, 1]"]],
  ["compose", `services:\n  a:\n    command: ${RUN} --t|p 8\n`, ["--tp", "--tp 8", `${RUN} --tp 8`]],
  ["yaml", "tp: 8\n\n# |\n", []],
];

test.each(SELECTIONS)("a selection in %s grows: %j", (notation, marked, grown) => {
  const { text, offset } = atCursor(marked);
  const document = open(text, {}, notation);
  const [range] = service.selectionRanges(document, [offset]);
  const texts: string[] = [];
  for (let at: SelectionRange | undefined = range; at; at = at.parent) {
    const { range: own, parent } = at;
    const inner = document.document.getText(own);
    texts.push(inner.trim());
    if (parent) expect(document.document.getText(parent.range)).toContain(inner);
  }
  expect(texts.at(-1)).toBe(text.trim());
  for (const one of grown) expect(texts).toContain(one);
});

test("symbols of a workspace are launches and flags by their letters", () => {
  const files = {
    "a.lightllm.yaml": "x-name: prefill\nmodel_dir: /models/Qwen3-8B\ntp: 8\n",
    "b.sh": `${RUN} --model_dir /models/Llama --nccl_port 2732\n`,
  };
  const documents = documentsOf(files);
  const found = (query: string) =>
    service.workspaceSymbols(documents, query).map(({ name, location: { uri, range } }) => {
      const file = uri.split("/").at(-1) as keyof typeof files;
      return `${name} at ${TextDocument.create(uri, "", 0, files[file]).getText(range)}`;
    });
  expect(found("ncclport")).toEqual(["--nccl_port 2732 at --nccl_port 2732"]);
  expect(found("tp 8")).toEqual(["tp 8 at tp: 8"]);
  expect(found("")).toHaveLength(2);
  expect(found("prefill")).toEqual([expect.stringMatching(/^launch: prefill.* at /)]);
  expect(found("zzz")).toEqual([]);
});

/** The paths that are links. */
const PATHS: readonly [notation: TestNotation, text: string, paths: readonly string[]][] = [
  ["yaml", "model_dir: /models/a\nquant_cfg: ./q.yaml\nhost: /x\n", ["/models/a", "./q.yaml"]],
  ["shell", `${RUN} --model_dir "~/m" --mtp_draft_model_dir a b\n`, ["~/m", "a", "b"]],
  ["shell", `D=/m\n${RUN} --model_dir $D/x --quant_cfg $Q\n`, []],
  ["compose", `services:\n  a:\n    command: ${RUN} --model_dir /models/a\n`, []],
];

test.each(PATHS)("the paths of %s: %j", (notation, text, paths) => {
  expect(service.pathsIn(open(text, {}, notation)).map(({ path }) => path)).toEqual(paths);
});

/** What is typed of a path, and the text after an entry is taken. */
const TYPED: readonly [notation: TestNotation, marked: string, folder: string | undefined, after?: string][] =
  [
    ["yaml", "model_dir: ./mo|\n", "./", "model_dir: ./models/\n"],
    ["yaml", "model_dir: |\n", "", "model_dir: models/\n"],
    ["yaml", 'model_dir: "/a b/m|"\n', "/a b/", 'model_dir: "/a b/models/"\n'],
    ["shell", `${RUN} --model_dir /a/m| --tp 8\n`, "/a/", `${RUN} --model_dir /a/models/ --tp 8\n`],
    ["shell", `${RUN} --model_dir=$HOME/m|\n`, undefined],
    ["yaml", "host: ./m|\n", undefined],
    ["compose", `services:\n  a:\n    command: ${RUN} --model_dir /m|\n`, undefined],
  ];

test.each(TYPED)("a path that is typed in %s: %j", (notation, marked, folder, after) => {
  const { text, offset } = atCursor(marked);
  const document = open(text, {}, notation);
  const typed = service.typedPath(document, offset);
  expect(typed?.folder).toBe(folder);
  if (!typed || after === undefined) return;
  const { textEdit, command } = typed.item("models", true, { suggestCommand: "again" });
  expect(command?.command).toBe("again");
  if (!textEdit || !("range" in textEdit)) throw new Error("It has no edit.");
  expect(TextDocument.applyEdits(document.document, [textEdit])).toBe(after);
});
