/** Which launches belong together, and why. */
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { service } from "../../server/src/service";

const { analyse, deploymentsOf, notationOf, shippedCatalogue } = service;

/** The documents of texts by their file names, in one folder. */
function documents(files: Readonly<Record<string, string>>) {
  return Object.entries(files).map(([name, text]) => {
    const uri = `file:///folder/${name}`;
    const notation = notationOf("", uri, text);
    if (!notation) throw new Error(`No notation reads ${uri}.`);
    const document = TextDocument.create(uri, notation.languageId, 0, text);
    return analyse(document, notation, { language: "en" }, shippedCatalogue());
  });
}

/** The deployments of files: their reason, name, and launches by file and index. */
function groupsOf(files: Readonly<Record<string, string>>, named?: Readonly<Record<string, string[]>>) {
  return deploymentsOf(documents(files), named).map(({ name, reason, members }) =>
    [
      `${reason} ${name}:`,
      ...members.map(({ document, index }) => `${document.document.uri.split("/").at(-1)}#${index}`),
    ].join(" "),
  );
}

const A = "model_dir: /m\nport: 1\n";
const B = "model_dir: /m\nport: 2\n";

test.each<[string, Readonly<Record<string, string>>, string[]]>([
  [
    "the documents of a config",
    { "a.lightllm.yaml": `${A}---\n${B}` },
    ["file a.lightllm.yaml: a.lightllm.yaml#0 a.lightllm.yaml#1"],
  ],
  ["a launch alone is none", { "a.lightllm.yaml": A }, []],
  ["two files without anything in common", { "a.lightllm.yaml": A, "b.lightllm.yaml": B }, []],
  [
    "a comment in two files",
    {
      "a.lightllm.yaml": `# lightllm: deployment=pd\n${A}`,
      "b.sh": "# lightllm: deployment=pd\npython -m lightllm.server.api_server --port 2\n",
    },
    ["comment pd: a.lightllm.yaml#0 b.sh#0"],
  ],
  [
    "the key x-deployment, of some documents",
    { "a.lightllm.yaml": `x-deployment: one\n${A}---\nx-deployment: one\n${B}---\n${A}` },
    ["comment one: a.lightllm.yaml#0 a.lightllm.yaml#1"],
  ],
  [
    "a comment that switches it off in a file",
    { "a.lightllm.yaml": `# lightllm: deployment=none\n${A}---\n${B}` },
    [],
  ],
  [
    "x-deployment: none for one launch",
    { "a.lightllm.yaml": `x-deployment: none\n${A}---\n${B}---\n${A}` },
    ["file a.lightllm.yaml: a.lightllm.yaml#1 a.lightllm.yaml#2"],
  ],
  ["a file that is switched off", { "a.lightllm.yaml": `# lightllm: off\n${A}---\n${B}` }, []],
])("%s", (_, files, expected) => {
  expect(groupsOf(files)).toEqual(expected);
});

test("the configuration names a deployment, and a comment goes before it", () => {
  const files = {
    "a.lightllm.yaml": A,
    "b.lightllm.yaml": B,
    "c.lightllm.yaml": `# lightllm: deployment=none\n${A}`,
  };
  const named = { pair: Object.keys(files).map((name) => `file:///folder/${name}`) };
  expect(groupsOf(files, named)).toEqual(["configuration pair: a.lightllm.yaml#0 b.lightllm.yaml#0"]);
});
