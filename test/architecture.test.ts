/** The direction of imports: what each folder may import, and nothing else. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";
import { TRAITS } from "../server/src/notations/traits";
import { root } from "./support/paths";

const SERVER = join(root, "server/src");

/**
 * A folder of `server/src`, or a single file, and what it may import beside itself. The longest path that a file is in
 * counts, for the file that imports and for the one that is imported.
 */
const MAY_IMPORT: Readonly<Record<string, string>> = {
  messages: "",
  launch: "messages",
  python: "launch",
  "python/text": "launch",
  catalogue: "messages",
  notations: "messages launch",
  "notations/shell": "messages launch notations",
  "notations/yaml-text": "messages launch notations notations/list",
  "notations/list": "messages launch notations notations/shell notations/yaml-text",
  "notations/containers":
    "messages launch notations notations/shell notations/list notations/yaml-text notations/dockerfile",
  "notations/dockerfile": "messages launch notations notations/shell notations/list notations/containers",
  "notations/compose": "messages launch notations notations/list notations/yaml-text notations/containers",
  "notations/kubernetes": "messages launch notations notations/list notations/yaml-text notations/containers",
  "notations/yaml-config": "messages launch notations notations/shell notations/list notations/yaml-text",
  "notations/python":
    "messages launch python/text notations notations/shell notations/list notations/containers notations/markdown",
  "notations/markdown": "messages launch notations notations/shell",
  "notations/restructuredtext": "messages launch notations notations/markdown",
  "notations/systemd": "messages launch notations notations/shell notations/list",
  "notations/traits.ts":
    "notations/yaml-config notations/shell notations/dockerfile notations/compose notations/kubernetes notations/markdown notations/restructuredtext notations/python notations/systemd",
  "notations/languages.ts": "launch notations/traits.ts",
  "notations/index.ts":
    "launch notations notations/traits.ts notations/yaml-config notations/shell notations/dockerfile notations/compose notations/kubernetes notations/markdown notations/restructuredtext notations/python notations/systemd",
  fit: "catalogue python",
  judgement: "messages launch catalogue python fit",
  schema: "messages catalogue python judgement",
  source: "messages catalogue python python/text",
  configuration: "messages catalogue judgement",
  files: "messages python judgement configuration",
  analysis:
    "messages launch catalogue python judgement fit notations notations/index.ts analysis/quantization",
  "analysis/quantization":
    "messages launch catalogue python judgement notations notations/index.ts notations/yaml-text analysis",
  edits:
    "messages launch catalogue judgement notations notations/index.ts notations/shell analysis analysis/quantization",
  conversion:
    "messages launch python python/text judgement notations notations/index.ts notations/traits.ts notations/shell notations/list notations/dockerfile notations/yaml-text notations/systemd notations/yaml-config analysis",
  deployment: "messages launch catalogue python judgement notations notations/index.ts analysis edits",
  features:
    "messages launch python catalogue configuration schema fit judgement source notations notations/index.ts notations/yaml-text analysis analysis/quantization edits conversion deployment",
  "service-interface.ts":
    "configuration launch catalogue schema fit judgement source notations notations/index.ts notations/shell analysis edits conversion deployment features",
  "service.ts":
    "service-interface.ts configuration launch catalogue schema fit judgement source notations notations/index.ts notations/shell analysis edits conversion deployment features",
  beginning: "messages service.ts",
  lsp: "messages configuration service.ts beginning lsp/protocol.ts files version.ts",
  "lsp/protocol.ts": "launch conversion features beginning notations/languages.ts",
  cli: "messages service.ts beginning configuration files lsp version.ts",
  "main.ts": "lsp",
  "version.ts": "",
};

/** The folders that need Node; everything else runs in a browser too. */
const NODE = /^(?:cli\/|lsp\/(?:node|stdio-reader)\.ts$|files\/(?:node-files|plain-file)\.ts$|main\.ts$)/;

interface Import {
  readonly file: string;
  readonly to: string;
}

/** All files of a folder, with `/` between its parts. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .map((file) => file.split(sep).join("/"));
}

function importsOf(folder: string): Import[] {
  return filesOf(folder).flatMap((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    const paths = [...text.matchAll(/\b(?:from|import)\s*\(?"([^"]+)"/g)].map(([, path = ""]) => path);
    return paths.map((to) => ({ file, to }));
  });
}

/** The part of the map that a file is in. */
function partOf(file: string): string {
  const parts = Object.keys(MAY_IMPORT).filter((part) => file === part || file.startsWith(`${part}/`));
  return parts.sort((a, b) => b.length - a.length)[0] ?? file;
}

const SERVER_FILES = new Set(filesOf(SERVER));
const IMPORTS = importsOf(SERVER);

test("every folder of the server imports only what the map says", () => {
  const edges = IMPORTS.flatMap(({ file, to }) => {
    if (!to.startsWith(".")) return [];
    const target = relative(SERVER, resolve(SERVER, dirname(file), to))
      .split(sep)
      .join("/");
    const found = [`${target}.ts`, `${target}/index.ts`].find((one) => SERVER_FILES.has(one));
    if (!found)
      return to.includes("/schemas/generated/") ? [] : [`${file} imports ${to}, which is outside server/src`];
    const [from, into] = [partOf(file), partOf(found)];
    const allowed = from === into || MAY_IMPORT[from]?.split(" ").includes(into);
    return allowed ? [] : [`${file} may not import ${found}`];
  });
  expect(edges).toEqual([]);
});

test("the map names no folder that is gone", () => {
  const files = [...SERVER_FILES];
  expect(Object.keys(MAY_IMPORT).filter((part) => !files.some((file) => partOf(file) === part))).toEqual([]);
});

test("what runs in a browser imports nothing of Node", () => {
  const node = IMPORTS.filter(({ to }) => to.startsWith("node:") || to === "vscode-languageserver/node");
  expect(node.filter(({ file }) => !NODE.test(file))).toEqual([]);
});

/** What client and server share: the protocol, and how a text of a catalogue is made. */
const MAY_CLIENT_IMPORT = /\/server\/src\/(?:lsp\/protocol|messages\/texts)$/;

test("the client knows only the protocol of the server, and how texts are made", () => {
  const other = importsOf(join(root, "client")).filter(
    ({ to }) => to.includes("server/src") && !MAY_CLIENT_IMPORT.test(to),
  );
  expect(other).toEqual([]);
});

test("nothing asks for a notation by its name: what differs is a trait or a function of the notation", () => {
  const names = Object.keys(TRAITS).join("|");
  const asked = new RegExp(
    [
      `\\b(?:notation|id)\\s*[!=]==?\\s*"(?:${names})"`,
      `"(?:${names})"\\s*[!=]==?\\s*[\\w.]*\\b(?:notation|id)\\b`,
      `\\b(?:switch|has|includes)\\s*\\([\\w.]*\\bnotation(?:\\.id)?\\)`,
    ].join("|"),
    "g",
  );
  const found = [...["server/src", "client/src"]].flatMap((folder) =>
    filesOf(join(root, folder)).flatMap((file) => {
      const text = readFileSync(join(root, folder, file), "utf8");
      return [...text.matchAll(asked)].map(([what]) => `${folder}/${file}: ${what}`);
    }),
  );
  expect(found).toEqual([]);
});
