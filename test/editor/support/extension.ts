/** The extension under test, from wherever the editor loaded it. */
import assert from "node:assert/strict";
import { type Extension, extensions } from "vscode";
import { name, publisher } from "../../../package.json";

export const LANGUAGE = "lightllm-yaml";

export function extensionUnderTest(): Extension<unknown> {
  const extension = extensions.getExtension(`${publisher}.${name}`);
  assert.ok(extension, `The editor has no extension ${publisher}.${name}.`);
  return extension;
}
