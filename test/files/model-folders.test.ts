/** Model folders of launches: read in the background, and again when a result is out of date. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { ModelFolders } from "../../server/src/files/model-folders";
import { nodeFiles } from "../../server/src/files/node-files";
import { NOTATIONS } from "../../server/src/notations";
import { service } from "../../server/src/service";

const { analyse, reportedFindings, shippedCatalogue } = service;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lightllm-folders-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function writeConfig(heads: number): void {
  const config = { model_type: "qwen2", eos_token_id: 2, num_attention_heads: heads, num_key_value_heads: 6 };
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
}

/** The codes of a launch's findings, after all its files were read. */
async function codesOf(text: string, folders: ModelFolders): Promise<string[]> {
  const document = TextDocument.create("file:///lightllm.yaml", "lightllm-yaml", 1, text);
  const judge = () => {
    const surroundings = folders.around({ folder, runsHere: false });
    const settings = { setting: "v1.1.0", language: "en" } as const;
    return analyse(document, NOTATIONS.yaml, settings, shippedCatalogue(), { surroundings });
  };
  judge();
  await folders.settled();
  const codes = reportedFindings(judge()).map(({ code }) => code);
  await folders.settled();
  return codes;
}

test("other files that launches name are read in the workspace only, and only short texts", async () => {
  const inside = join(folder, "inside");
  mkdirSync(inside);
  writeFileSync(join(folder, "outside.yaml"), "quant_type: w8a8\n");
  writeFileSync(join(inside, "q.yaml"), "quant_type: w8a8\n");
  writeFileSync(join(inside, "long.yaml"), `quant_type: w8a8 #${"x".repeat(100_000)}\n`);
  writeFileSync(join(inside, "bytes.yaml"), new Uint8Array([0x61, 0xff, 0x62]));
  writeFileSync(join(inside, "open.yaml"), "quant_type: w8a8\n");
  const folders = new ModelFolders(nodeFiles, Number.POSITIVE_INFINITY);
  const shown = { uri: "file:///open.yaml", text: "quant_type: none\n" };
  const workspace = {
    folders: [inside],
    uriOf: (path: string) => `file://${path}`,
    openAt: (path: string) => (path === join(inside, "open.yaml") ? shown : undefined),
  };
  const read = async (path: string, isSaved = true) => {
    const around = () =>
      folders.around({ folder: isSaved ? inside : undefined, runsHere: false, workspace }).file?.(path);
    around();
    await folders.settled();
    return around();
  };
  const path = join(inside, "q.yaml");
  expect(await read("q.yaml")).toEqual({ path, uri: `file://${path}`, text: "quant_type: w8a8\n" });
  expect(await read(path, false)).toMatchObject({ path });
  expect(await read("open.yaml")).toEqual({ path: join(inside, "open.yaml"), ...shown });
  for (const other of ["../outside.yaml", "long.yaml", "bytes.yaml", "missing.yaml", ".", "", "~/q.yaml"])
    expect(await read(other), other).toBeUndefined();
  expect(await read("q.yaml", false)).toBeUndefined();
  expect(folders.around({ folder: inside, runsHere: false }).file?.("q.yaml")).toBeUndefined();
});

test("a config.json that changes is noticed, also by a launch that stays as it is", async () => {
  const folders = new ModelFolders(nodeFiles, -1);
  writeConfig(48);
  expect(await codesOf("model_dir: .\ntp: 3\n", folders)).toEqual([]);
  writeConfig(40);
  expect(await codesOf("model_dir: .\ntp: 3\n# a remark\n", folders)).toContain("heads-divisible-by-tp");
});
