/** The files that may hold launches of one deployment: those of a folder, and those that a configuration names. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FileSystem } from "../../server/src/files/file-system";
import { nodeFiles } from "../../server/src/files/node-files";
import { RelatedFiles, type RelatedReader } from "../../server/src/files/related-files";
import { service } from "../../server/src/service";

const LAUNCH = "python -m lightllm.server.api_server --tp 8\n";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "related-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text = LAUNCH): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const READER: RelatedReader = {
  mayHold: (path, text = "lightllm") => /\.sh$/.test(path) && text.includes("lightllm"),
  configurationIn: (text, path) => service.configuration.read(text, path),
};

function open(files: FileSystem = nodeFiles, changed?: () => void): RelatedFiles {
  return new RelatedFiles(files, READER, -1, changed);
}

/** What is known around a folder after reading it. */
async function read(related: RelatedFiles, inside = "") {
  related.around(join(folder, inside));
  await related.settled();
  const { texts, names } = related.around(join(folder, inside));
  await related.settled();
  return {
    files: texts.map(({ path }) => relative(folder, path)).sort(),
    names: Object.fromEntries([...names].map(([path, all]) => [relative(folder, path), all])),
  };
}

test("the files beside a launch are read, not the folders below", async () => {
  write("master.sh");
  write("prefill.sh");
  write("other.sh", "echo hello\n");
  write("notes.txt");
  write("below/decode.sh");
  expect((await read(open())).files).toEqual(["master.sh", "prefill.sh"]);
});

test.each([
  ["a path", "nodes/a.sh", ["nodes/a.sh"]],
  ["a pattern", "nodes/*.sh", ["nodes/a.sh", "nodes/b.sh"]],
  ["with a dot before it", "./nodes/*.sh", ["nodes/a.sh", "nodes/b.sh"]],
  ["all folders", "**/a.sh", ["deep/er/a.sh", "nodes/a.sh"]],
  ["alternatives", "{nodes,deep/er}/a.sh", ["deep/er/a.sh", "nodes/a.sh"]],
  ["a folder outside", "../*.sh", []],
  ["an absolute path", "/etc/*.sh", []],
  ["a file that is not there", "nodes/c.sh", []],
])("the configuration names files: %s", async (_, glob, expected) => {
  for (const path of ["nodes/a.sh", "nodes/b.sh", "deep/er/a.sh", "conf/x.yaml"]) write(path);
  write(".lightllm-config.yaml", `deployments:\n  chat:\n    - "${glob}"\n`);
  const { files, names } = await read(open(), "conf");
  expect(files).toEqual(expected);
  for (const path of expected) expect(names[path]).toEqual(["chat"]);
});

test("a configuration that cannot be used names nothing", async () => {
  for (const text of [
    "deployments: [",
    "- a",
    "deployments: 3",
    "deployments: {a: 3}",
    "deployments: {a: []}",
    "",
  ]) {
    write(".lightllm-config.yaml", text);
    expect(await read(open())).toEqual({ files: [], names: {} });
  }
});

test("a link that leads back to its folder ends", async () => {
  write("a/one.sh");
  symlinkSync(join(folder, "a"), join(folder, "a/again"));
  write(".lightllm-config.yaml", "deployments: {all: '**/*.sh'}\n");
  expect((await read(open())).files).toContain("a/one.sh");
});

test("a change is noticed: a file that is edited, renamed, deleted", async () => {
  write("one.sh");
  let changes = 0;
  const related = open(nodeFiles, () => changes++);
  await read(related);
  expect(changes).toBe(1);
  await read(related);
  expect(changes).toBe(1);
  write("one.sh", `${LAUNCH}${LAUNCH}`);
  await read(related);
  expect(changes).toBe(2);
  renameSync(join(folder, "one.sh"), join(folder, "two.sh"));
  expect((await read(related)).files).toEqual(["two.sh"]);
  rmSync(join(folder, "two.sh"));
  expect((await read(related)).files).toEqual([]);
  expect(changes).toBe(4);
});

test("a disk that does not answer keeps nobody waiting", () => {
  const never = new Promise<never>(() => {});
  const related = open({ ...nodeFiles, list: () => never, read: () => never, state: () => never });
  expect(related.around(folder).texts).toEqual([]);
});
