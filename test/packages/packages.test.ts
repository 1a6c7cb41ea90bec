/** The two packages as their users get them: unpacked in an empty folder, without node_modules. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import JSZip from "jszip";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allParts } from "../../scripts/bundles/parts.mjs";
import { linksOf } from "../../scripts/packages/documents.mjs";
import { extensionManifest, npmManifest } from "../../scripts/packages/manifests.mjs";
import { SUBCOMMANDS } from "../../server/src/cli/subcommands";
import { startClient } from "../support/client";
import { root } from "../support/paths";

const VSIX = join(root, "dist/lightllm-config.vsix");
/** Maximum size of the extension, in bytes. */
const LIMIT = 1040 * 1024;

let folder: string;
let extension: string;
let npm: string;
let printed: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lightllm-packages-"));
  extension = join(folder, "vsix/extension");
  npm = join(folder, "package");
  const packer = spawnSync(process.execPath, [join(root, "scripts/package.mjs"), "--built"], {
    encoding: "utf8",
  });
  printed = packer.stdout + packer.stderr;
  expect(packer.status, printed).toBe(0);
  const { files } = await JSZip.loadAsync(readFileSync(VSIX));
  for (const file of Object.values(files)) {
    const path = join(folder, "vsix", file.name);
    mkdirSync(dirname(path), { recursive: true });
    if (!file.dir) writeFileSync(path, await file.async("nodebuffer"));
  }
  execFileSync("tar", ["-xzf", join(root, "dist/lightllm-config.tgz"), "-C", folder]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the extension", () => {
  test("is small", () => {
    expect(statSync(VSIX).size).toBeLessThan(LIMIT);
  });

  test("is packed without a warning", () => {
    expect(printed).toContain("Packaged:");
    expect(printed).not.toMatch(/warn/i);
  });

  test("has a server that judges, and reads every notation", async () => {
    const client = await startClient({
      command: [process.execPath, join(extension, "dist/server.js"), "--stdio"],
    });
    const wrong = "python -m lightllm.server.api_server --tp eight --model_dir /m\n";
    const texts: [uri: string, language: string, text: string][] = [
      ["file:///a.lightllm.yaml", "lightllm-yaml", "tp: eight\nmodel_dir: /m\n"],
      ["file:///a.sh", "shellscript", wrong],
      ["file:///a.md", "markdown", `\`\`\`sh\n${wrong}\`\`\`\n`],
      ["file:///a.py", "python", `import os\nos.system("${wrong.trim()}")\n`],
    ];
    for (const [uri, language, text] of texts) {
      client.open(uri, text, language);
      const { diagnostics } = await client.published(uri, 1);
      expect([uri, ...diagnostics.map(({ code }) => code)]).toEqual([uri, "argparse-type-int-float"]);
    }
    client.process.kill();
  });

  test("has the page of every rule", () => {
    const pages = JSON.parse(readFileSync(join(extension, "dist/rule-pages.json"), "utf8"));
    expect(pages["argparse-type-int-float.md"]).toMatch(/^# /);
    expect(pages["README.md"]).toMatch(/^# Rules/m);
  });

  test("has every part of the programs, and so has the npm package", async () => {
    const parts = Object.keys(await allParts()).map((part) => `dist/${part}.js`);
    const missing = (folder: string) => parts.filter((path) => !existsSync(join(folder, path)));
    expect(missing(npm)).toEqual([]);
    // What only the command line loads.
    expect(missing(extension)).toEqual(["dist/behaviour.js"]);
  });

  test("has every file that its manifest names", () => {
    const manifest = readFileSync(join(extension, "package.json"), "utf8");
    const paths = [...manifest.matchAll(/"(?:\.\/)?((?:dist|syntaxes|snippets|docs)\/[^"]+)"/g)].map(
      ([, path = ""]) => path,
    );
    expect(paths).toContain("dist/extension.js");
    expect(paths.filter((path) => !existsSync(join(extension, path)))).toEqual([]);
  });
});

describe("the npm package", () => {
  test("installs without a network, into an empty folder, and checks it", () => {
    const project = join(folder, "project");
    mkdirSync(project);
    const run = (program: string, ...words: string[]) =>
      spawnSync(program, words, { encoding: "utf8", cwd: project, shell: process.platform === "win32" });
    const tarball = join(root, "dist/lightllm-config.tgz");
    const installed = run("npm", "install", "--offline", "--no-audit", "--no-fund", "--prefix", ".", tarball);
    expect(installed.status, installed.stderr).toBe(0);
    expect(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
      "lightllm-config",
    ]);
    writeFileSync(join(project, "page.md"), "```sh\npython -m lightllm.server.api_server --prot 1\n```\n");
    const check = run("npx", "--no-install", "lightllm-config", "check", ".");
    expect(check.stdout).toContain("Did you mean '--port'?");
    expect([check.status, check.stderr]).toEqual([1, ""]);
    expect(run("npx", "--no-install", "lightllm-config", "--version").stdout).toMatch(/^\d+\.\d+\.\d+/);
  });

  test("has a man page, as roff wants it", () => {
    const page = readFileSync(join(npm, "man/lightllm-config.1"), "utf8");
    for (const name of Object.keys(SUBCOMMANDS)) expect(page).toContain(`\n.SH ${name.toUpperCase()}\n`);
    expect(page).toMatch(/^[\n -~]*$/);
    const { stderr, error } = spawnSync("groff", ["-man", "-ww", "-Tutf8"], {
      input: page,
      encoding: "utf8",
    });
    if (!error) expect(stderr).toBe("");
  });

  test("has a server", async () => {
    const client = await startClient({
      command: [process.execPath, join(npm, "dist/cli.js"), "lsp", "--stdio"],
    });
    client.open("file:///a.lightllm.yaml", "tp: eight\nmodel_dir: /m\n");
    const { diagnostics } = await client.published("file:///a.lightllm.yaml", 1);
    expect(diagnostics.map(({ code }) => code)).toEqual(["argparse-type-int-float"]);
    client.process.kill();
  });

  test("is as publint wants it", async () => {
    const { messages } = await publint({ pkgDir: npm, pack: false, strict: true });
    expect(messages).toEqual([]);
  });
});

describe("the documents of both", () => {
  test.each(["readme.md", "changelog.md"])("the extension's %s has no broken link", (name) => {
    expect(brokenLinks(join(extension, name), "")).toEqual([]);
  });

  test.each(["README.md", "CHANGELOG.md"])("npm's %s has no broken link", (name) => {
    expect(brokenLinks(join(npm, name), npm)).toEqual([]);
  });

  test("the pictures are in the extension's README", () => {
    const pictures = (path: string) =>
      linksOf(readFileSync(path, "utf8")).flatMap(({ isPicture, url }) => (isPicture ? url : []));
    const shown = pictures(join(extension, "readme.md")).map((url) => url.slice(0, 23));
    expect(shown).toEqual(pictures(join(root, "README.md")).map(() => "data:image/webp;base64,"));
    expect(shown.length).toBeGreaterThan(1);
  });
});

describe("where the project is published", () => {
  const project = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const manifests = (address?: string) => [
    extensionManifest(project, address),
    npmManifest(project, {}, address),
  ];

  test.each(manifests())("is not said without an address", (manifest) => {
    expect(Object.keys(manifest)).not.toContain("repository");
  });

  test.each(manifests("https://example.org/a/b"))("is said with one", (manifest) => {
    expect(manifest).toMatchObject({
      repository: { type: "git", url: "git+https://example.org/a/b.git" },
      bugs: { url: "https://example.org/a/b/issues" },
      homepage: "https://example.org/a/b#readme",
    });
  });
});

/** The links and pictures of a document that lead nowhere. `beside`: where its reader has the files that it names, if at all. */
function brokenLinks(file: string, beside: string): string[] {
  const text = readFileSync(file, "utf8");
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchorOf(heading));
  const links = linksOf(text);
  const broken = links.filter(({ url, isPicture }) => {
    if (isPicture && url.startsWith("data:image/")) return false;
    if (url.startsWith("#")) return !headings.includes(url.slice(1));
    if (/^https:\/\//.test(url)) return false;
    return beside === "" || !existsSync(join(beside, url));
  });
  return broken.map(({ url }) => url);
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}
