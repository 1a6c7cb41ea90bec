/** The output of each conversion, for review: `npx vitest -u` updates it after an intended change. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FORMATS, type FormatId } from "../../server/src/conversion/convert";
import { service } from "../../server/src/service";
import { converted } from "../support/conversions";
import { root } from "../support/paths";
import type { TestNotation } from "../support/service";

const { notationOf } = service;

const FOLDER = join(root, "test/conversion/golden");

const ENDINGS: Readonly<Record<FormatId, string>> = {
  command: "txt",
  shell: "sh",
  compose: "compose.yaml",
  kubernetes: "kubernetes.yaml",
  dockerfile: "Dockerfile",
  python: "py",
  systemd: "service",
  yaml: "lightllm.yaml",
};

function from(name: string, to: FormatId): string {
  const text = readFileSync(join(FOLDER, name), "utf8");
  return converted(text, notationOf("", name, text)?.id as TestNotation, to);
}

describe.each(["one", "several"])("a config of %s", (name) => {
  test.each(Object.keys(FORMATS) as FormatId[])("as %s", async (to) => {
    const written = from(`${name}.lightllm.yaml`, to);
    await expect(written).toMatchFileSnapshot(join(FOLDER, `rendered/${name}.${ENDINGS[to]}`));
  });
});

test.each([
  "start.sh",
  "Dockerfile",
  "compose.yaml",
  "deployment.yaml",
  "page.md",
  "page.rst",
  "start.py",
  "lightllm.service",
])("a config of %s", async (name) => {
  await expect(from(name, "yaml")).toMatchFileSnapshot(join(FOLDER, `imported/${name}.lightllm.yaml`));
});
