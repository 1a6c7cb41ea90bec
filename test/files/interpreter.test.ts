/** The interpreter that a setting names. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { interpreterOf } from "../../server/src/files/interpreter";
import { nodeFiles } from "../../server/src/files/node-files";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lightllm-interpreter-"));
  for (const path of [
    "venv/bin/python",
    "debian/bin/python3",
    "windows/Scripts/python.exe",
    "conda/python.exe",
  ]) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), "");
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["venv", "venv/bin/python"],
  ["${workspaceFolder}/venv", "venv/bin/python"],
  ["debian/", "debian/bin/python3"],
  ["windows", "windows/Scripts/python.exe"],
  ["conda", "conda/python.exe"],
  ["venv/bin/python", "venv/bin/python"],
  ["./gone/bin/python", "gone/bin/python"],
  ["venv/bin", "venv/bin/python"],
  // Not an environment: the shell will report what is missing.
  [".", "bin/python"],
])("%s", async (setting, expected) => {
  expect(await interpreterOf(nodeFiles, setting, folder)).toBe(join(folder, expected));
});

test("a bare name is left to the shell", async () => {
  expect(await interpreterOf(nodeFiles, "python3", folder)).toBe("python3");
  expect(await interpreterOf(nodeFiles, "${workspaceFolder}/venv", undefined)).toBeUndefined();
});
