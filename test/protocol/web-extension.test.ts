/** The extension in a web extension host, which has nothing of Node and gives extensions the module `vscode` alone. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";
import { root } from "../support/paths";

test("the extension is loaded without Node", () => {
  const asked: string[] = [];
  const exports: Record<string, unknown> = {};
  const load = (name: string) => {
    asked.push(name);
    if (name === "vscode") return editor();
    throw new Error(`Cannot load module ${name}`);
  };
  const scope = { console, setTimeout, clearTimeout, queueMicrotask, TextEncoder, TextDecoder, URL };
  const source = readFileSync(join(root, "dist/extension.js"), "utf8");
  const module = { exports };
  runInContext(`(module, exports, require) => {${source}\n}`, createContext({ ...scope }))(
    module,
    exports,
    load,
  );
  expect(Object.keys(module.exports)).toEqual(["activate", "deactivate"]);
  expect(new Set(asked)).toEqual(new Set(["vscode"]));
});

/** As much of the editor's module as is used while a file is loaded: the classes that others extend, and the language. */
function editor(): Record<string, unknown> {
  const types = createRequire(import.meta.url).resolve("@types/vscode/index.d.ts");
  const classes = readFileSync(types, "utf8").matchAll(/export class (\w+)/g);
  const named = [...classes].map(([, name = ""]) => [name, class {}]);
  return { ...Object.fromEntries(named), env: { language: "en" } };
}
