/** A workspace's own LightLLM: found in folders, read in the background, and read again when it changes. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { shippedCatalogue } from "../../server/src/catalogue";
import type { SearchPlace } from "../../server/src/files/find-lightllm";
import { LightllmSources, LONGEST_SOURCE } from "../../server/src/files/lightllm-sources";
import { nodeFiles } from "../../server/src/files/node-files";
import type { SourceReading } from "../../server/src/source";

/** Long enough that nothing is read twice automatically. */
const FRESH = 1_000_000;

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lightllm-sources-"));
  folder = join(root, "work");
  mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string | Uint8Array = "v1.1.0"): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** Reads a text that is a release's name; any other text is broken. */
function reader(text: string): SourceReading {
  const release = shippedCatalogue().release(text);
  return release
    ? { kind: "release", release: { ...release }, differences: 0 }
    : { kind: "broken", why: "it names no release" };
}

async function found(
  place: Partial<SearchPlace> = {},
  sources = new LightllmSources(nodeFiles, reader, FRESH),
) {
  const whole = { folder, ...place };
  sources.at(whole);
  await sources.settled();
  return sources.at(whole);
}

describe("a workspace's LightLLM", () => {
  test.each([
    "work/lightllm/server/api_cli.py",
    "work/LightLLM/lightllm/server/api_cli.py",
    "work/third/party/lightllm/server/api_cli.py",
    "work/lightllm/server/api_server.py",
  ])("is a checkout in it: %s", async (path) => {
    const file = write(path);
    expect(await found()).toMatchObject({ kind: "release", path: file, found: "workspace" });
  });

  test.each([
    "work/a/b/c/lightllm/server/api_cli.py",
    "work/.hidden/lightllm/server/api_cli.py",
    "work/node_modules/lightllm/server/api_cli.py",
    "work/build/lightllm/server/api_cli.py",
    "work/site-packages/lightllm/server/api_cli.py",
  ])("is not looked for in every folder: %s", async (path) => {
    write(path);
    expect(await found()).toBeUndefined();
  });

  test("is the nearest one, and the file that has the parser", async () => {
    write("work/a/lightllm/server/api_cli.py");
    write("work/lightllm/server/api_server.py");
    expect((await found())?.path).toBe(join(folder, "lightllm/server/api_server.py"));
    const path = write("work/lightllm/server/api_cli.py");
    expect((await found())?.path).toBe(path);
  });

  test("is what the setting names, before all else", async () => {
    write("work/lightllm/server/api_cli.py");
    const path = write("other/lightllm/server/api_cli.py");
    for (const sourcePath of [
      join(root, "other"),
      "../other",
      "${workspaceFolder}/../other",
      "../other/lightllm",
      "../other/lightllm/server",
      "../other/lightllm/server/api_cli.py",
    ]) {
      expect(await found({ sourcePath }), sourcePath).toMatchObject({
        kind: "release",
        path,
        found: "setting",
      });
    }
    expect(await found({ sourcePath: join(root, "other"), folder: undefined })).toMatchObject({ path });
  });

  test("may lie in the user's home", async () => {
    const path = write("home/src/lightllm/server/api_cli.py");
    const files = { ...nodeFiles, home: () => join(root, "home") };
    const sources = new LightllmSources(files, reader, FRESH);
    expect(await found({ sourcePath: "~/src" }, sources)).toMatchObject({ kind: "release", path });
  });

  test("is trouble where a setting leads nowhere", async () => {
    write("work/lightllm/server/api_cli.py");
    mkdirSync(join(folder, "empty"));
    expect(await found({ sourcePath: "nowhere" })).toMatchObject({
      kind: "trouble",
      path: join(folder, "nowhere"),
      why: "the setting lightllm.sourcePath leads nowhere",
    });
    expect(await found({ sourcePath: "empty" })).toMatchObject({
      kind: "trouble",
      why: expect.stringContaining("holds no lightllm/server/api_cli.py"),
    });
    expect(await found({ sourcePath: "empty", folder: undefined })).toMatchObject({
      kind: "trouble",
      why: expect.stringContaining("relative"),
    });
    expect(await found({ pythonPath: "nowhere" })).toMatchObject({ kind: "release", found: "workspace" });
    rmSync(join(folder, "lightllm"), { recursive: true });
    expect(await found({ pythonPath: "nowhere" })).toMatchObject({
      kind: "trouble",
      why: "the setting lightllm.pythonPath leads nowhere",
    });
    expect(await found({ pythonPath: "empty" })).toMatchObject({
      kind: "trouble",
      why: expect.stringContaining("is not installed"),
    });
    expect(await found({ chosenPython: join(folder, "empty") })).toBeUndefined();
  });
});

describe("the LightLLM of a Python environment", () => {
  test.each([
    ["lib/python3.10/site-packages", "bin/python"],
    ["lib/python3/dist-packages", "bin/python3"],
    ["local/lib/python3.12/dist-packages", "bin/python3.12"],
    ["Lib/site-packages", "Scripts/python.exe"],
    ["Lib/site-packages", "python.exe"],
  ])("is installed in %s", async (site, interpreter) => {
    const path = write(`env/${site}/lightllm/server/api_cli.py`);
    const python = write(`env/${interpreter}`, "");
    const expected = { kind: "release", path, found: "python" };
    expect(await found({ chosenPython: python })).toMatchObject(expected);
    expect(await found({ pythonPath: join(root, "env") })).toMatchObject(expected);
    expect(await found({ pythonPath: "../env", chosenPython: "/nowhere" })).toMatchObject(expected);
  });

  test("is that of the newest Python", async () => {
    write("env/lib/python3.9/site-packages/lightllm/server/api_cli.py");
    const path = write("env/lib/python3.10/site-packages/lightllm/server/api_cli.py");
    expect((await found({ pythonPath: join(root, "env") }))?.path).toBe(path);
  });

  test("is not that of the Python which an environment was made from", async () => {
    write("usr/lib/python3.10/site-packages/lightllm/server/api_cli.py");
    write("usr/bin/python", "");
    mkdirSync(join(root, "env/bin"), { recursive: true });
    symlinkSync(join(root, "usr/bin/python"), join(root, "env/bin/python"));
    expect(await found({ chosenPython: join(root, "env/bin/python") })).toBeUndefined();
  });

  test.each(["lightllm.pth", "__editable__.lightllm-3.0.0.pth"])("may be editable, by %s", async (name) => {
    const path = write("src/lightllm/server/api_cli.py");
    write(`env/lib/python3.10/site-packages/${name}`, `# a\nimport os\n\n/nowhere\n${join(root, "src")}\n`);
    expect(await found({ pythonPath: join(root, "env") })).toMatchObject({ path, found: "python" });
  });

  test("may be editable, by the record of its installation", async () => {
    const path = write("my src/lightllm/server/api_cli.py");
    const record = "env/lib/python3.10/site-packages/lightllm-3.0.0.dist-info/direct_url.json";
    const url = `file://${root}/my%20src`;
    write(record, JSON.stringify({ url, dir_info: { editable: true } }));
    expect(await found({ pythonPath: join(root, "env") })).toMatchObject({ path, found: "python" });
    write(record, JSON.stringify({ url, dir_info: {} }));
    expect(await found({ pythonPath: join(root, "env") })).toMatchObject({ kind: "trouble" });
    write(record, "{");
    expect(await found({ pythonPath: join(root, "env") })).toMatchObject({ kind: "trouble" });
  });

  test("comes after a checkout in the workspace", async () => {
    write("env/lib/python3.10/site-packages/lightllm/server/api_cli.py");
    const path = write("work/lightllm/server/api_cli.py");
    expect(await found({ pythonPath: join(root, "env") })).toMatchObject({ path, found: "workspace" });
  });
});

describe("reading it", () => {
  test("happens in the background, and tells when there is something new", async () => {
    write("work/lightllm/server/api_cli.py");
    let changes = 0;
    const sources = new LightllmSources(nodeFiles, reader, FRESH, () => changes++);
    expect(sources.at({ folder })).toBeUndefined();
    await sources.settled();
    expect(changes).toBe(1);
    expect(sources.at({ folder })).toBeDefined();
    expect(await sources.settled()).toBe(false);
  });

  test("happens again when it is no longer fresh, or files changed, and keeps what stays the same", async () => {
    const path = write("work/lightllm/server/api_cli.py");
    let changes = 0;
    const sources = new LightllmSources(nodeFiles, reader, FRESH, () => changes++);
    const first = await found({}, sources);
    write("work/lightllm/server/api_cli.py");
    sources.recheck();
    await sources.settled();
    expect(sources.at({ folder })).toBe(first);
    expect(changes).toBe(1);
    write("work/lightllm/server/api_cli.py", "v1.2.0");
    sources.recheck();
    await sources.settled();
    expect(sources.at({ folder })).toMatchObject({ kind: "release", release: { name: "v1.2.0" } });
    rmSync(path);
    sources.recheck();
    await sources.settled();
    expect(sources.at({ folder })).toBeUndefined();
    expect(changes).toBe(3);
    const stale = new LightllmSources(nodeFiles, reader, -1);
    expect(await found({}, stale)).toBeUndefined();
    write("work/lightllm/server/api_cli.py");
    await stale.settled();
    stale.at({ folder });
    await stale.settled();
    expect(stale.at({ folder })).toMatchObject({ kind: "release" });
  });

  test("happens again automatically, when the answer is out of date", async () => {
    write("work/lightllm/server/api_cli.py");
    let changes = 0;
    const sources = new LightllmSources(nodeFiles, reader, 200, () => changes++);
    expect(await found({}, sources)).toBeDefined();
    rmSync(join(folder, "lightllm"), { recursive: true });
    await expect.poll(() => changes).toBe(2);
    expect(sources.at({ folder })).toBeUndefined();
  });

  test("finds trouble in what is no parser, also where there was one before", async () => {
    const sources = new LightllmSources(nodeFiles, reader, FRESH);
    const text = (why: string) => ({
      kind: "trouble",
      path: join(folder, "lightllm/server/api_cli.py"),
      why,
    });
    write("work/lightllm/server/api_cli.py");
    expect(await found({}, sources)).toMatchObject({ kind: "release" });
    const broken: readonly [string | Uint8Array, string][] = [
      ["half a par", "it names no release"],
      [new Uint8Array([0x76, 0xff, 0xfe]), "it is not UTF-8 text"],
      ["#".repeat(LONGEST_SOURCE + 1), "it is longer than an argument parser can be"],
    ];
    for (const [content, why] of broken) {
      write("work/lightllm/server/api_cli.py", content);
      sources.recheck();
      await sources.settled();
      expect(sources.at({ folder })).toMatchObject(text(why));
    }
    expect(sources.paths()).toEqual([join(folder, "lightllm/server/api_cli.py")]);
    expect(sources.releases()).toEqual([]);
  });

  test("looks at a bounded number of folders", async () => {
    for (let n = 0; n < 300; n++) mkdirSync(join(folder, `d${n}`));
    let looks = 0;
    const look = (path: string) => {
      looks++;
      return nodeFiles.look(path);
    };
    const files = { ...nodeFiles, look };
    await found({}, new LightllmSources(files, reader, FRESH));
    expect(looks).toBeLessThan(1000);
  });
});
