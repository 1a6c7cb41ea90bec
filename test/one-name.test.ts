/** One name for one thing: no two files, and no two exports, of the same name. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { expect, test } from "vitest";
import { root } from "./support/paths";

/** Names that several folders share, since they play the same part in each. */
const FILE_ROLES: Readonly<Record<string, string>> = {
  "index.ts": "what a folder offers",
  "main.ts": "where a program starts",
  "traits.ts": "what a notation is, and the list of all",
  "find.ts": "finds the launches of a notation",
  "cursor.ts": "where the cursor is in a launch of a notation",
  "write.ts": "writes changes of words in a notation",
  "write-variable.ts": "writes changes of variables in a notation",
  "problems.ts": "errors of the notation itself",
  "blocks.ts": "the code blocks of a page",
  "registry.ts": "the generated list of the rules of a folder",
};

const EXPORT_ROLES: Readonly<Record<string, string>> = {
  rules: "what a file of rules offers to the registry",
  DETECTORS: "what a generated list of rules holds",
  createClient: "the editor's build takes the one of its host",
  say: "the texts of a program: server and client have their own",
  useMessages: "the texts of a program: server and client have their own",
};

const EXPORT =
  /^export (?:(?:default|declare|abstract|async) )*(?:function\*?|class|const|let|interface|type|enum) (\w+)/gm;

const FILES = ["server/src", "client/src"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .map((file) => `${folder}/${file.split(sep).join("/")}`),
);

/** The names that several files have, with these files. */
function shared(
  names: readonly (readonly [name: string, file: string])[],
): [name: string, files: string[]][] {
  const files = new Map<string, Set<string>>();
  for (const [name, file] of names) files.set(name, (files.get(name) ?? new Set()).add(file));
  return [...files].filter(([, { size }]) => size > 1).map(([name, all]) => [name, [...all]]);
}

const sharedFiles = shared(FILES.map((file) => [basename(file), file]));
const sharedExports = shared(
  FILES.flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(EXPORT)].map(
      ([, name = ""]) => [name, file] as const,
    ),
  ),
);

test("no two files have the same name for different things", () => {
  expect(sharedFiles.filter(([name]) => !Object.hasOwn(FILE_ROLES, name))).toEqual([]);
});

test("no two exports have the same name for different things", () => {
  expect(sharedExports.filter(([name]) => !Object.hasOwn(EXPORT_ROLES, name))).toEqual([]);
});

test("the lists of shared names have no name that is not shared", () => {
  const names = new Set([...sharedFiles, ...sharedExports].map(([name]) => name));
  expect(
    [...Object.keys(FILE_ROLES), ...Object.keys(EXPORT_ROLES)].filter((name) => !names.has(name)),
  ).toEqual([]);
});
