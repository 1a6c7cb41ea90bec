/** Which open documents start the server: those for LightLLM, and those that build an image which starts it. */
import { afterEach, expect, test } from "vitest";
import { claimConfigs } from "../../client/src/claim";
import { Uri, workspace } from "../support/vscode";

afterEach(() => {
  workspace.textDocuments = [];
  workspace.isTrusted = true;
  workspace.fs.readFile.mockReset();
  workspace.fs.stat.mockReset();
});

const IMAGE = "CMD python -m lightllm.server.api_server\n";
const BUILD = "services:\n  q:\n    build: .\n";

test.each<[string, name: string, text: string, files: Record<string, string>, isTrusted: boolean, boolean]>([
  ["names LightLLM", "run.sh", IMAGE, {}, false, true],
  ["does not", "run.sh", "echo\n", {}, true, false],
  ["builds its image", "compose.yaml", BUILD, { "/p/Dockerfile": IMAGE }, true, true],
  [
    "builds its image, in an untrusted folder",
    "compose.yaml",
    BUILD,
    { "/p/Dockerfile": IMAGE },
    false,
    false,
  ],
  ["builds another image", "compose.yaml", BUILD, { "/p/Dockerfile": "CMD nginx\n" }, true, false],
  [
    "builds an image elsewhere",
    "compose.yml",
    "services: {q: {build: {context: ./llm, dockerfile: gpu.Dockerfile}}}\n",
    { "/p/llm/gpu.Dockerfile": IMAGE },
    true,
    true,
  ],
  [
    "names a device as its image's file",
    "compose.yaml",
    "services: {q: {build: {dockerfile: dev/zero}}}\n",
    { "/p/dev/zero": IMAGE },
    true,
    false,
  ],
  [
    "names a file as its image's that is very long",
    "compose.yaml",
    BUILD,
    { "/p/Dockerfile": `${IMAGE}${"#".repeat(1 << 20)}` },
    true,
    false,
  ],
  ["builds an image in a file of another kind", "ci.yaml", BUILD, { "/p/Dockerfile": IMAGE }, true, false],
])("a file that %s", async (_, name, text, files, isTrusted, starts) => {
  workspace.isTrusted = isTrusted;
  workspace.fs.stat.mockImplementation(async (uri) => {
    const { path } = uri as Uri;
    return path.startsWith("/p/dev/") ? { type: 0, size: 0 } : { type: 1, size: files[path]?.length ?? 0 };
  });
  workspace.fs.readFile.mockImplementation(async (uri) => {
    const found = files[(uri as Uri).path];
    if (found === undefined) throw new Error("There is no such file.");
    return new TextEncoder().encode(found);
  });
  workspace.textDocuments = [
    {
      uri: Uri.parse(`file:///p/${name}`),
      languageId: "x",
      getText: () => text,
      lineAt: () => ({ text: "" }),
    },
  ];
  let count = 0;
  claimConfigs(() => count++);
  for (let turn = 0; turn < 40; turn++) await Promise.resolve();
  expect(count).toBe(starts ? 1 : 0);
});
