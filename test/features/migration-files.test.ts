/** Files that launches name, migrated with them: texts in, texts and reports out. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { open } from "../support/service";
import { having } from "../support/workspace-files";

const { migrate, offerMigration, shippedCatalogue } = service;

const catalogue = shippedCatalogue();

function release(name: string) {
  const found = catalogue.release(name);
  if (!found) throw new Error(`There is no release ${name}.`);
  return found;
}

const LAUNCH = "model_dir: /m\nquant_cfg: q.yaml\n";

function carry(files: Readonly<Record<string, string>>, from: string, to: string, config = LAUNCH) {
  const document = open(config, {}, "yaml", having(files));
  const { files: changed, launches } = migrate(document, document.launches, release(to), {
    from: release(from),
    newDefaults: true,
  });
  const [launch] = launches;
  return { changed, notes: launch?.notes ?? [], differences: launch?.differences.join("\n") ?? "" };
}

const MIXED = `quant_type: vllm-w8a8   # the rest
mix_bits:
  - name: "down_proj"
    quant_type: "none"
    layer_nums: [1, 2, 3]
  - { name: fused_moe, quant_type: 'deepgemm-fp8w8a8-b128' }
`;

test.each([
  ["q_a_proj", "v1.1.0", "v1.2.0", "`q_a_proj` and `kv_a_proj_with_mqa` are one layer in v1.2.0"],
  ["q_a_proj", "v1.0.1", "v1.2.0", "`q_a_proj` and `kv_a_proj_with_mqa` are one layer in v1.2.0"],
  ["kv_a_proj_with_mqa", "v1.1.0", "main-2026-08", "counts in v1.2.0 only where"],
  ["qkv_a_proj_with_mqa", "v1.2.0", "v1.1.0", "name `kv_a_proj_with_mqa` beside `q_a_proj`"],
  ["cc_k_b_proj_", "v1.0.0", "v1.0.1", "are one layer in v1.0.1, which gets the method of `cc_k_b_proj_`"],
  ["cc_kv_b_proj_", "v1.0.1", "v1.0.0", "name `cc_v_b_proj_` beside `cc_k_b_proj_`"],
  ["k_b_proj", "v1.1.0", "v1.2.0", "the layer `k_b_proj`, which v1.2.0 does not ask for"],
])("a file with the layer %s from %s to %s: %s", (layer, from, to, note) => {
  const key = from.startsWith("v1.0") ? "layer_name" : "name";
  const text = `quant_type: vllm-w8a8\nmix_bits:\n- ${key}: ${layer}\n  quant_type: vllm-w8a8\n`;
  const { notes } = carry({ "q.yaml": from === "v1.2.0" ? text.replaceAll("vllm-", "") : text }, from, to);
  expect(notes.join("\n")).toContain(note);
});

describe("a quantization file that a launch names", () => {
  test.each<[from: string, before: string, way: "→" | "⇄", to: string, after: string]>([
    ["v1.1.0", "quant_type: vllm-w8a8\n", "→", "v1.2.0", "quant_type: w8a8\n"],
    ["v1.1.0", "quant_type: fp8w8a8-b128\n", "→", "v1.2.0", "quant_type: fp8w8a8-b128-vllm\n"],
    ["v1.1.0", "quant_type: vllm-fp8w8a8-b128\n", "⇄", "v1.2.0", "quant_type: fp8w8a8-b128-vllm\n"],
    [
      "v1.1.0",
      MIXED,
      "→",
      "main-2026-08",
      MIXED.replace("vllm-w8a8", "w8a8").replace("deepgemm-fp8w8a8-b128", "fp8w8a8-b128-deepgemm"),
    ],
    [
      "v1.0.1",
      "quant_type: vllm-w8a8\nmix_bits:\n- layer_name: q_b_proj_\n  quant_type: no_quant\n",
      "⇄",
      "main-2025-07",
      "quant_type: vllm-w8a8\nmix_bits:\n- name: q_b_proj\n  quant_type: none\n",
    ],
    [
      "v1.0.1",
      "quant_type: vllm-w8a8\nmix_bits:\n- layer_name: q_a_proj_\n  quant_type: no_quant\n- layer_name: ffn_1_proj_\n  quant_type: no_quant\n",
      "⇄",
      "v1.1.0",
      "quant_type: vllm-w8a8\nmix_bits:\n- name: q_a_proj\n  quant_type: none\n- name: ffn_1_proj\n  quant_type: none\n",
    ],
    [
      "v1.1.0",
      "quant_type: none\nmix_bits:\n- name: q_a_proj\n  quant_type: none\n",
      "⇄",
      "v1.2.0",
      "quant_type: none\nmix_bits:\n- name: qkv_a_proj_with_mqa\n  quant_type: none\n",
    ],
    [
      "v1.0.0",
      "quant_type: vllm-fp8w8a8\nmix_bits:\n- layer_name: experts\n  quant_type: no_quant\n",
      "→",
      "v1.2.0",
      "quant_type: fp8w8a8\nmix_bits:\n- name: fused_moe\n  quant_type: none\n",
    ],
    [
      "v1.1.0",
      "x: &m vllm-w8a8\nquant_type: *m\nmix_bits: [{name: o_proj, quant_type: *m}]\n",
      "→",
      "v1.2.0",
      "x: &m w8a8\nquant_type: *m\nmix_bits: [{name: o_proj, quant_type: *m}]\n",
    ],
  ])("from %s: %j %s %s: %j", (from, before, way, to, after) => {
    const forward = carry({ "q.yaml": before }, from, to);
    expect(forward.changed).toEqual([
      { path: "/w/q.yaml", uri: "file:///w/q.yaml", text: before, migrated: after },
    ]);
    expect(forward.notes.join("\n")).toContain("`q.yaml` is changed too");
    expect(forward.differences).not.toContain("in the file");
    if (way === "⇄") expect(carry({ "q.yaml": after }, to, from).changed[0]?.migrated).toBe(before);
  });

  test.each([
    ["that has the new names already", "quant_type: w8a8\n", "v1.1.0", "v1.2.0"],
    ["whose names stay", "quant_type: vllm-w8a8\n", "main-2025-07", "v1.1.0"],
  ])("is left without a word: one %s", (_, text, from, to) => {
    const { changed, notes, differences } = carry({ "q.yaml": text }, from, to);
    expect(changed).toEqual([]);
    expect(notes).toEqual([]);
    expect(differences).not.toContain("in the file");
  });

  test.each([
    ["cannot be read", {}],
    ["is no mapping", { "q.yaml": "- quant_type: vllm-w8a8\n" }],
    ["is broken", { "q.yaml": "quant_type: [vllm-w8a8\n" }],
    ["has templates", { "q.yaml": "quant_type: vllm-w8a8\nmix_bits: {{ .Values.bits }}\n" }],
    ["has two documents", { "q.yaml": "quant_type: vllm-w8a8\n---\nquant_type: vllm-w8a8\n" }],
    ["has no method", { "q.yaml": "mix_bits: []\n" }],
    ["is nested too deeply", { "q.yaml": `quant_type: vllm-w8a8\nx: ${"[".repeat(5000)}` }],
  ])("is reported, not changed, if it %s", (_, files) => {
    const { changed, differences } = carry(files, "v1.1.0", "v1.2.0");
    expect(changed).toEqual([]);
    expect(differences).toContain("With an old name the model does not load.");
  });

  test("names a method that the new release does not have: that is reported", () => {
    const { changed, notes } = carry({ "q.yaml": "quant_type: ao-w8a8\n" }, "v1.1.0", "v1.2.0");
    expect(changed).toEqual([]);
    expect(notes).toContain(
      "`q.yaml` names `ao-w8a8`, which v1.2.0 does not have: the model does not load. Choose another method in the file.",
    );
  });

  test("is left as it is if a launch that stays names it too", () => {
    const config = `# lightllm: release=v1.1.0\n${LAUNCH}---\n# lightllm: release=v1.2.0\n${LAUNCH}`;
    const document = open(config, {}, "yaml", having({ "q.yaml": MIXED }));
    const { files, launches } = migrate(document, document.launches.slice(0, 1), release("v1.2.0"));
    expect(files).toEqual([]);
    expect(launches[0]?.differences.join("\n")).toContain("With an old name the model does not load.");
  });

  test("is changed once for several launches", () => {
    const config = `${LAUNCH}vit_quant_cfg: q.yaml\n---\n${LAUNCH}`;
    expect(carry({ "q.yaml": MIXED }, "v1.1.0", "v1.2.0", config).changed).toHaveLength(1);
  });

  test("is part of the edit that an editor previews", () => {
    const document = open(`# lightllm: release=v1.1.0\n${LAUNCH}`, {}, "yaml", having({ "q.yaml": MIXED }));
    const [judged] = document.launches;
    if (!judged) throw new Error("There is no launch.");
    const { edit } = offerMigration(document, judged, release("v1.2.0"), true);
    expect(edit?.documentChanges).toContainEqual({
      textDocument: { uri: "file:///w/q.yaml", version: null },
      edits: [
        {
          range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
          newText: "quant_type: w8a8   # the rest\n",
          annotationId: expect.stringMatching(/^lightllm\.migrate\.\d+$/),
        },
        {
          range: { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } },
          newText: "  - { name: fused_moe, quant_type: 'fp8w8a8-b128-deepgemm' }\n",
          annotationId: expect.stringMatching(/^lightllm\.migrate\.\d+$/),
        },
      ],
    });
    expect(Object.values(edit?.changeAnnotations ?? {})).toContainEqual({
      label: "q.yaml",
      description: expect.stringMatching(/^'q.yaml' is changed too, because v1.2.0 has other names: /),
    });
    expect(offerMigration(document, judged, release("v1.2.0"), false).edit?.changes).toHaveProperty([
      "file:///w/q.yaml",
    ]);
  });
});
