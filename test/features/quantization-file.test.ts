/** Files of --quant_cfg in an editor: how they are recognised, and what is found, completed and shown. */
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Settings, service } from "../../server/src/service";
import { atCursor } from "../support/service";

function openFile(
  text: string,
  settings: Partial<Settings> = {},
  languageId = "yaml",
  uri = "file:///q.yaml",
) {
  const notation = service.notationOf(languageId, uri, text);
  if (!notation) return undefined;
  const document = TextDocument.create(uri, languageId, 1, text);
  return service.analyse(document, notation, { language: "en", ...settings }, service.shippedCatalogue());
}

function found(text: string, setting?: string): string[] {
  const document = openFile(text, setting ? { setting } : {});
  return document
    ? service
        .reportedFindings(document)
        .map(({ code, span }) => `${code}: ${text.slice(span.start, span.end)}`)
    : ["not read"];
}

/** The text after all fixes that may be made in bulk. */
function fixed(text: string, setting: string): string {
  const document = openFile(text, { setting });
  if (!document) return "";
  const edits = service
    .reportedFindings(document)
    .flatMap(
      (finding) => service.fixesOf(document, finding).find(({ kind }) => kind === "spelling")?.edits ?? [],
    );
  return service.applyEdits(text, edits);
}

const GOOD = "quant_type: w8a8\nmix_bits:\n  - name: o_proj\n    quant_type: none\n    layer_nums: [0, 1]\n";

describe("a quantization file is recognised", () => {
  test.each<[string, string, string, string, boolean]>([
    ["by its keys", "quant_type: w8a8\nmix_bits: []\n", "yaml", "file:///q.yaml", true],
    ["by one key with a value", "quant_type: w8a8\n", "yaml", "file:///q.yaml", true],
    ["by a comment", "# lightllm: quant_cfg\nfoo: bar\n", "yaml", "file:///q.yaml", true],
    ["not by a value", "a: |\n  # lightllm: quant_cfg\n  foo: bar\n", "yaml", "file:///q.yaml", false],
    [
      "by a comment in a file for launches",
      "# lightllm: quant_cfg\n",
      "lightllm-yaml",
      "file:///a.lightllm.yaml",
      true,
    ],
    ["by mix_bits in a file for launches", GOOD, "lightllm-yaml", "file:///a.lightllm.yaml", true],
    [
      "but not a launch with the flag",
      "quant_type: w8a8\n",
      "lightllm-yaml",
      "file:///a.lightllm.yaml",
      false,
    ],
    ["but not by a mere name there", "mix_bits: a\n", "lightllm-yaml", "file:///a.lightllm.yaml", false],
    ["but not a claimed file", "# lightllm: config\nquant_type: w8a8\n", "yaml", "file:///q.yaml", false],
    ["but not another file with the key", "quant_type: w8a8\nmodel: x\n", "yaml", "file:///q.yaml", false],
    ["but not an empty file", "", "yaml", "file:///q.yaml", false],
    ["but not Python", GOOD, "python", "file:///q.py", false],
  ])("%s", (_, text, languageId, uri, expected) => {
    const document = openFile(text, {}, languageId, uri);
    expect(document?.file.isQuantization === true).toBe(expected);
    if (expected) expect(document?.launches).toEqual([]);
  });
});

test.each<[string, string, string, string[]]>([
  ["nothing wrong", "v1.2.0", GOOD, []],
  [
    "an old file",
    "v1.2.0",
    "quant_type: vllm-w8a8\nmix_bits:\n- layer_name: experts\n  quant_type: no_quant\n",
    ["quant-file-method: vllm-w8a8", "quant-file-form: layer_name", "quant-file-method: no_quant"],
  ],
  [
    "the same in its release",
    "v1.0.1",
    "quant_type: vllm-w8a8\nmix_bits:\n- layer_name: experts\n  quant_type: no_quant\n",
    [],
  ],
  ["no quant_type", "v1.2.0", "mix_bits: []\n", ["quant-file-form: mix_bits: []"]],
  ["a misspelt quant_type", "v1.2.0", "quant_typ: w8a8\nmix_bits: []\n", ["not read"]],
  [
    "the same with a comment",
    "v1.2.0",
    "# lightllm: quant_cfg\nquant_typ: w8a8\n",
    ["quant-file-form: quant_typ"],
  ],
  ["mix_bits without a value", "v1.2.0", "quant_type: w8a8\nmix_bits:\n", ["quant-file-form: "]],
  [
    "a mapping in mix_bits",
    "v1.2.0",
    "quant_type: w8a8\nmix_bits: {name: o_proj}\n",
    ["quant-file-form: {name: o_proj}"],
  ],
  [
    "an entry that is a word",
    "v1.2.0",
    "quant_type: w8a8\nmix_bits: [o_proj]\n",
    ["quant-file-form: o_proj"],
  ],
  [
    "an entry without a method",
    "v1.2.0",
    "quant_type: w8a8\nmix_bits: [{name: o_proj}]\n",
    ["quant-file-form: name"],
  ],
  [
    "one number for layers",
    "v1.1.0",
    "quant_type: w8a8\nmix_bits: [{name: o_proj, quant_type: none, layer_nums: 3}]\n",
    ["quant-file-form: 3"],
  ],
  [
    "odd layers",
    "v1.1.0",
    'quant_type: w8a8\nmix_bits: [{name: o_proj, quant_type: none, layer_nums: ["1", -1, 2.5, 0x10]}]\n',
    ['quant-file-ignored: "1"', "quant-file-ignored: -1", "quant-file-ignored: 2.5"],
  ],
  [
    "an unknown weight",
    "v1.2.0",
    "quant_type: w8a8\nmix_bits: [{name: o_prj, quant_type: none}]\n",
    ["quant-file-ignored: o_prj"],
  ],
  [
    "a misspelt key",
    "v1.2.0",
    "quant_type: w8a8\nmix_bits: [{name: o_proj, quant_type: none, layer_num: [1]}]\n",
    ["quant-file-ignored: layer_num"],
  ],
  ["a number as method", "v1.2.0", "quant_type: 8\nmix_bits: []\n", ["quant-file-method: 8"]],
  ["null as method", "v1.2.0", "quant_type: null\nmix_bits: []\n", ["quant-file-method: null"]],
  ["null as method in v1.0", "v1.0.1", "quant_type: null\nmix_bits: []\n", []],
  [
    "an anchor",
    "v1.2.0",
    "quant_type: w8a8\nmix_bits:\n- &a {name: o_proj, quant_type: none}\n- {<<: *a, name: down_proj}\n",
    [],
  ],
  ["text that is not YAML", "v1.2.0", "quant_type: [\nmix_bits: 3\n", []],
])("findings: %s in %s", (_, release, text, expected) => {
  expect(found(text, release)).toEqual(expected);
});

test("fixes that keep the meaning bring an old file to a release, and its comments stay", () => {
  const old =
    "quant_type: vllm-w8a8 # all\nmix_bits:\n- layer_name: 'experts'\n  quant_type: no_quant\n  layer_nums: 3\n";
  expect(fixed(fixed(old, "v1.2.0"), "v1.2.0")).toBe(
    "quant_type: w8a8 # all\nmix_bits:\n- name: 'fused_moe'\n  quant_type: none\n  layer_nums: [3]\n",
  );
});

test.each([
  ["quant_type: vllm-w8a8\nmix_bits: [{layer_name: o_proj, quant_type: no_quant}]\n", "v1.0.1"],
  ["quant_type: ao-w8a8\nmix_bits: [{name: o_proj, quant_type: none}]\n", "v1.1.0"],
  ["quant_type: w8a8\nmix_bits: [{name: o_proj, quant_type: none}]\n", "v1.2.0"],
])("without a release, the one that reads it best judges: %s", (text, release) => {
  expect(found(text)).toEqual([]);
  expect(hoverAt(`|${text}`)).toContain(`*Judged by LightLLM ${release}`);
});

test("a comment names the release, and another the model", () => {
  expect(found("# lightllm: release=v1.0.1\nquant_type: w8a8\nmix_bits: []\n")).toEqual([
    "quant-file-method: w8a8",
  ]);
  const text =
    "# lightllm: model=Qwen/Qwen3-8B\nquant_type: w8a8\nmix_bits: [{name: o_proj, quant_type: none, layer_nums: [35, 36]}]\n";
  expect(found(text)).toEqual(["quant-file-ignored: 36"]);
});

test("comments silence findings", () => {
  expect(
    found("# lightllm: disable-file=quant-file-method\nquant_type: foo\nmix_bits: []\n", "v1.2.0"),
  ).toEqual([]);
  expect(found("# lightllm: off\nquant_type: foo\nmix_bits: []\n", "v1.2.0")).toEqual([]);
});

function hoverAt(marked: string, settings: Partial<Settings> = {}): string {
  const { text, offset } = atCursor(marked);
  const document = openFile(text, settings);
  const contents = document && service.hover(document, offset)?.contents;
  return contents && typeof contents === "object" && "value" in contents ? contents.value : "";
}

test.each([
  ["quant|_type: w8a8\nmix_bits: []\n", "**quant_type** — The quantization method of every weight"],
  ["quant_type: w8|a8\nmix_bits: []\n", "**w8a8** — "],
  ["quant_type: w8a8\nmix_bits: [{name: o_|proj, quant_type: none}]\n", "**o_proj** — output of attention"],
  [
    "quant_type: w8a8\nmix_bits: [{name: o_proj, quant_type: none, lay|er_nums: [1]}]\n",
    "numbers of the layers",
  ],
])("hover: %s", (marked, text) => {
  expect(hoverAt(marked, { setting: "v1.2.0" })).toContain(text);
});

function labels(marked: string, setting: string): string[] {
  const { text, offset } = atCursor(marked);
  const document = openFile(text, { setting });
  return document ? service.complete(document, offset).map(({ label }) => label) : [];
}

test.each<[string, string, string, readonly string[], readonly string[]]>([
  [
    "methods",
    "v1.2.0",
    "quant_type: |\nmix_bits: []\n",
    ["w8a8", "none", "awq_marlin"],
    ["vllm-w8a8", "no_quant"],
  ],
  ["methods of v1.0", "v1.0.1", "quant_type: ao|\nmix_bits: []\n", ["ao-w8a8", "no_quant"], ["w8a8"]],
  [
    "methods of an entry",
    "v1.2.0",
    "quant_type: w8a8\nmix_bits:\n  - name: o_proj\n    quant_type: |\n",
    ["none"],
    [],
  ],
  [
    "weights",
    "v1.2.0",
    "quant_type: w8a8\nmix_bits:\n  - name: |\n",
    ["fused_moe", "o_proj"],
    ["experts", "o_weight_"],
  ],
  [
    "weights in braces",
    "v1.0.1",
    "quant_type: ao-w8a8\nmix_bits: [{layer_name: |}]\n",
    ["experts"],
    ["fused_moe"],
  ],
  ["keys", "v1.2.0", "# lightllm: quant_cfg\n|\n", ["quant_type", "mix_bits"], ["name"]],
  [
    "keys of an entry",
    "v1.2.0",
    "quant_type: w8a8\nmix_bits:\n  - |\n",
    ["name", "quant_type", "layer_nums"],
    ["layer_name"],
  ],
  [
    "keys of an entry of v1.0",
    "v1.0.1",
    "quant_type: ao-w8a8\nmix_bits:\n  - quant_type: no_quant\n    |\n",
    ["layer_name"],
    ["name"],
  ],
  [
    "nothing in a list of numbers",
    "v1.2.0",
    "quant_type: w8a8\nmix_bits:\n  - layer_nums: [|]\n",
    [],
    ["name", "w8a8"],
  ],
])("completion of %s in %s", (_, release, marked, some, none) => {
  const offered = labels(marked, release);
  expect(offered).toEqual(expect.arrayContaining([...some]));
  for (const label of none) expect(offered).not.toContain(label);
});
