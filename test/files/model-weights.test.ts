/** The weight files of a model folder: what their headers, their index and their sizes say, and hostile folders. */
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FileSystem } from "../../server/src/files/file-system";
import { ModelFolders } from "../../server/src/files/model-folders";
import { nodeFiles } from "../../server/src/files/node-files";
import { ModelReader } from "../../server/src/files/read-model";
import type { ModelFolder } from "../../server/src/judgement/model/folder";
import { missingFiles, weightSizes } from "../../server/src/judgement/model/weights";
import { safetensors, type Tensors, writeFiles } from "../support/weight-files";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "weights-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const CONFIG = { model_type: "llama", architectures: ["LlamaForCausalLM"] };

async function read(files: Readonly<Record<string, unknown>>, reader = new ModelReader(nodeFiles)) {
  writeFiles(folder, { "config.json": CONFIG, ...files });
  return reader.read(folder, false);
}

const PARTS: Tensors = {
  "model.visual.blocks.0.attn.qkv.weight": ["BF16", 10],
  "visual.merger.mlp.0.weight": ["BF16", 1],
  "vision_tower.vision_model.embeddings.weight": ["F32", 2],
  "multi_modal_projector.linear_1.weight": ["BF16", 3],
  "thinker.audio_tower.layers.0.fc1.weight": ["BF16", 20],
  "talker.model.layers.0.mlp.weight": ["BF16", 40],
  "mtp.layers.0.self_attn.q_proj.weight": ["BF16", 80],
  "model.embed_tokens.weight": ["BF16", 100],
  "model.layers.0.self_attn.q_proj.weight": ["F8_E4M3", 200],
  "model.layers.0.self_attn.q_proj.weight_scale_inv": ["F32", 8],
  "model.language_model.layers.2.mlp.experts.3.up_proj.weight": ["F8_E4M3", 400],
};

test("the headers tell the bytes by type, and of each part and layer", async () => {
  const sizes = weightSizes(await read({ "model.safetensors": safetensors(PARTS) }));
  expect(sizes).toMatchObject({
    format: "safetensors",
    source: "headers",
    bytes: 864,
    byType: { BF16: 254, F32: 10, F8_E4M3: 600 },
    vision: 16,
    audio: 20,
    speech: 40,
    mtp: 80,
    byLayer: [208, 0, 400],
  });
});

const A = safetensors({ "model.layers.0.w": ["BF16", 1000] });
const B = safetensors({ "model.layers.1.w": ["BF16", 500] });
const INDEX = { metadata: { total_size: 1500 }, weight_map: { a: "a.safetensors", b: "b.safetensors" } };

test.each<[string, Readonly<Record<string, unknown>>, object]>([
  ["several files", { "a.safetensors": A, "b.safetensors": B }, { bytes: 1500, source: "headers" }],
  [
    "files beside those of the index",
    {
      "a.safetensors": A,
      "b.safetensors": B,
      "consolidated.safetensors": A,
      "model.safetensors.index.json": INDEX,
    },
    { bytes: 1500, source: "headers", files: [{ name: "a.safetensors" }, { name: "b.safetensors" }] },
  ],
  [
    "bin files",
    { "a.bin": Buffer.alloc(70), "b.bin": Buffer.alloc(30) },
    { bytes: 100, format: "bin", source: "files" },
  ],
  ["both kinds", { "a.bin": Buffer.alloc(70), "a.safetensors": A }, { bytes: 1000, format: "safetensors" }],
  [
    "a pointer of Git LFS",
    {
      "a.safetensors": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4976698672\n",
      "b.safetensors": B,
      "model.safetensors.index.json": INDEX,
    },
    { bytes: 1500, source: "index", files: [{ broken: "pointer" }, { name: "b.safetensors" }] },
  ],
  ["a page of HTML", { "a.safetensors": "<!doctype html><html></html>" }, { files: [{ broken: "header" }] }],
  ["an empty file", { "a.safetensors": "" }, { files: [{ broken: "header" }] }],
  [
    "half of a file",
    { "a.safetensors": safetensors({ w: ["BF16", 1000] }, 10) },
    { files: [{ broken: "short" }], source: "files" },
  ],
  ["a header that is cut", { "a.safetensors": A.subarray(0, 50) }, { files: [{ broken: "short" }] }],
])("sizes of a folder: %s", async (_, files, expected) => {
  expect(weightSizes(await read(files))).toMatchObject(expected);
});

test("no weights, no sizes; a file of the index that is missing has its name", async () => {
  expect(weightSizes(await read({}))).toBeUndefined();
  const found = await read({ "a.safetensors": A, "model.safetensors.index.json": INDEX });
  expect(found.kind === "folder" && found.files.weights && missingFiles(found.files.weights)).toEqual([
    "b.safetensors",
  ]);
});

test("a header is read again only after its file has changed", async () => {
  const reads: string[] = [];
  const counting: FileSystem = {
    ...nodeFiles,
    part: (path, from, length) => {
      reads.push(path);
      return nodeFiles.part(path, from, length);
    },
  };
  const reader = new ModelReader(counting);
  await read({ "a.safetensors": A }, reader);
  const once = reads.length;
  await reader.read(folder, false);
  expect(reads.length).toBe(once);
  expect(weightSizes(await read({ "a.safetensors": B }, reader))?.bytes).toBe(500);
});

function cacheEntry(revisions: readonly string[], main?: string): void {
  const entry = Object.fromEntries(
    revisions.map((one) => [`snapshots/${one}/config.json`, { ...CONFIG, one }]),
  );
  writeFiles(folder, { ...entry, ...(main && { "refs/main": main }), "blobs/x": "x" });
}

test.each<[string, readonly string[], string | undefined, string | undefined]>([
  ["the one of refs/main", ["aaa", "bbb"], "bbb", "snapshots/bbb"],
  ["the only one", ["aaa"], undefined, "snapshots/aaa"],
  ["none of several", ["aaa", "bbb"], undefined, undefined],
  ["no path out of the folder", ["aaa", "bbb"], "../../..", undefined],
])("an entry of the Hugging Face cache has a snapshot: %s", async (_, revisions, main, path) => {
  cacheEntry(revisions, main);
  const found = await new ModelReader(nodeFiles).read(folder, true);
  expect(found.kind === "folder" && found.files.snapshot?.path).toBe(path);
  expect(found.kind === "folder" && found.files.config).toBeUndefined();
});

test("the files of a snapshot are links to blobs, whose sizes count", async () => {
  writeFiles(folder, { "blobs/w": A, "blobs/c": CONFIG, "snapshots/aaa/x": "" });
  symlinkSync("../../blobs/w", join(folder, "snapshots/aaa/model.safetensors"));
  symlinkSync("../../blobs/c", join(folder, "snapshots/aaa/config.json"));
  symlinkSync("../../blobs/gone", join(folder, "snapshots/aaa/b.bin"));
  const sizes = weightSizes(await new ModelReader(nodeFiles).read(join(folder, "snapshots/aaa"), false));
  expect(sizes).toMatchObject({ bytes: 1000, source: "headers" });
});

const unknown: ModelFolder = { kind: "unknown" };

test.each<[string, () => void, (found: ModelFolder) => unknown, unknown]>([
  [
    "a config.json of 200 MB",
    () => {
      writeFileSync(join(folder, "config.json"), "{");
      truncateSync(join(folder, "config.json"), 200_000_000);
    },
    (found) => found,
    unknown,
  ],
  [
    "a pipe as config.json",
    () => execFileSync("mkfifo", [join(folder, "config.json")]),
    (found) => found,
    unknown,
  ],
  [
    "a pipe as weights",
    () => {
      writeFiles(folder, { "config.json": CONFIG });
      execFileSync("mkfifo", [join(folder, "a.safetensors")]);
    },
    (found) => weightSizes(found),
    { format: "safetensors", source: "files", bytes: 0, files: [{ name: "a.safetensors", bytes: 0 }] },
  ],
  [
    "links in a circle",
    () => {
      symlinkSync("b.safetensors", join(folder, "a.safetensors"));
      symlinkSync("a.safetensors", join(folder, "b.safetensors"));
      symlinkSync("config.json", join(folder, "config.json"));
    },
    (found) => found,
    unknown,
  ],
  [
    "a folder that links to itself",
    () => {
      writeFiles(folder, { "config.json": CONFIG });
      mkdirSync(join(folder, "snapshots"));
      symlinkSync("..", join(folder, "snapshots/aaa"));
    },
    (found) => found.kind,
    "folder",
  ],
  [
    "a huge index",
    () => {
      writeFiles(folder, { "config.json": CONFIG, "a.safetensors": A, "model.safetensors.index.json": "{" });
      truncateSync(join(folder, "model.safetensors.index.json"), 3_000_000_000);
    },
    (found) => weightSizes(found)?.bytes,
    1000,
  ],
  [
    "a header that says it is huge",
    () => {
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(99_000_000n);
      writeFiles(folder, { "config.json": CONFIG, "a.safetensors": length });
      truncateSync(join(folder, "a.safetensors"), 200_000_000);
    },
    (found) => weightSizes(found)?.source,
    "files",
  ],
])("hostile folder: %s", async (_, make, look, expected) => {
  make();
  expect(look(await new ModelReader(nodeFiles).read(folder, false))).toEqual(expected);
});

test("a folder on another machine is not asked for, only the one that the document is on", () => {
  for (const path of [
    "\\\\server\\share\\model",
    "//server/share/model",
    "\\\\.\\pipe\\x",
    "\\\\?\\UNC\\server\\x",
  ])
    expect(nodeFiles.resolve(folder, path), path).toBeUndefined();
  expect(nodeFiles.resolve("//server/share/project", "//Server/share/model")).toBeDefined();
  expect(nodeFiles.resolve("//other/share/project", "//server/share/model")).toBeUndefined();
});

test("nothing waits for a disk that does not answer", async () => {
  writeFiles(folder, { "config.json": CONFIG });
  let answer = () => {};
  const slow = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const files: FileSystem = {
    ...nodeFiles,
    read: async (path) => {
      await slow;
      return nodeFiles.read(path);
    },
  };
  let changes = 0;
  const folders = new ModelFolders(files, Number.POSITIVE_INFINITY, () => changes++);
  const ask = () => folders.around({ folder, runsHere: false }).model(".").kind;
  expect([ask(), ask(), changes]).toEqual(["unknown", "unknown", 0]);
  answer();
  await folders.settled();
  expect([ask(), changes]).toEqual(["folder", 1]);
});

test("a file that disappears while it is read leaves the rest", async () => {
  writeFiles(folder, { "config.json": CONFIG, "a.safetensors": A });
  const files: FileSystem = {
    ...nodeFiles,
    state: async (path) => {
      const state = await nodeFiles.state(path);
      if (state && path.endsWith(".safetensors")) renameSync(path, `${path}.gone`);
      return state;
    },
  };
  expect(weightSizes(await new ModelReader(files).read(folder, false))).toMatchObject({ source: "files" });
});
