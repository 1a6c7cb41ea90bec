/** The snippets: each is a launch that passes every check, with what it proposes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { service } from "../server/src/service";
import { root } from "./support/paths";
import { open, type TestNotation } from "./support/service";

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const ALL: readonly [notation: TestNotation, file: string][] = [
  ["yaml", "lightllm-yaml.json"],
  ["shell", "shell.json"],
];

const CASES = ALL.flatMap(([notation, file]) => {
  const snippets = JSON.parse(readFileSync(join(root, "snippets", file), "utf8")) as Record<string, Snippet>;
  return Object.entries(snippets).map(([name, snippet]) => ({ notation, name, snippet }));
});

test.each(CASES)("$notation: $name", ({ notation, snippet }) => {
  const text = `${snippet.body.join("\n")}\n`
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/\$0/g, "")
    .replaceAll("\\\\", "\\");
  expect(text).not.toMatch(/\$/);
  const document = open(text, {}, notation);
  expect(document.launches).toHaveLength(1);
  expect(service.reportedFindings(document).map(({ code }) => code)).toEqual([]);
  expect(snippet.description).not.toBe("");
  expect(snippet.prefix).toContain("lightllm");
});

test("both notations have the same launches", () => {
  const names = (notation: string) =>
    CASES.filter((one) => one.notation === notation).map(({ name }) => name);
  expect(names("shell")).toEqual(names("yaml"));
});
