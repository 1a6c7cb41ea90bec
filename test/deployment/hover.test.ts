/** What a hover on a launch says about its deployment. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type LaunchDocument, service } from "../../server/src/service";
import { root } from "../support/paths";

function open(name: string, change: (text: string) => string = (text) => text): LaunchDocument {
  const text = change(readFileSync(join(root, "examples", name), "utf8"));
  const document = TextDocument.create(`file:///d/${name}`, "", 1, text);
  const notation = service.notationOf("", document.uri, text);
  if (!notation) throw new Error(`${name} is not read.`);
  return service.analyse(document, notation, { language: "en" }, service.shippedCatalogue());
}

/** The hover on the first place of a text in the last document. */
function hoverOn(word: string, documents: readonly LaunchDocument[]): string[] {
  const deployments = service.deploymentsOf(documents);
  const launchDocument = documents.at(-1) as LaunchDocument;
  const offset = launchDocument.file.text.indexOf(word) + 1;
  const { contents } = service.hover(launchDocument, offset, { deployments }) ?? {};
  return (contents as { value: string }).value.split("\n");
}

const PD = (change?: (text: string) => string) => [
  open("pd-three-files/master.sh"),
  open("pd-three-files/prefill.sh"),
  open("pd-three-files/decode.sh", change),
];

test("the name of the module shows all launches, with links, and its own in bold", () => {
  const lines = hoverOn("api_server", PD());
  expect(lines).toContain("**Deployment `pd-three-files`** · 3 launches, they name each other's addresses");
  expect(lines).toContain(
    "| prefill · DeepSeek-R1 [prefill.sh:12](file:///d/pd-three-files/prefill.sh#L12) | prefill | 10.0.1.31 | 8019 | 8 |",
  );
  expect(lines.filter((line) => line.startsWith("| **decode"))).toHaveLength(1);
});

test("it says what disagrees", () => {
  const lines = hoverOn(
    "api_server",
    PD((text) => text.replace("--pd_master_port 60011", "--pd_master_port 60012")),
  );
  const said = "- `--pd_master_port` is 60012, but the PD master listens on 60011 (`--port`): nobody answers";
  expect(lines.filter((line) => line === said)).toHaveLength(1);
  expect(lines.indexOf("**1 error**")).toBe(lines.indexOf(said) - 1);
});

test("nodes of one server have their rank", () => {
  const lines = hoverOn("api_server", [open("two-nodes/node-0.sh"), open("two-nodes/node-1.sh")]);
  expect(lines).toContain("| launch | run mode | host | port | GPUs | node |");
  expect(lines.find((line) => line.startsWith("| **DeepSeek-R1**"))).toMatch(/\| 8 \| 1 of 2 \|$/);
});

test("in a config the name of a launch shows it", () => {
  const lines = hoverOn("x-name", [open("pd-disaggregation.lightllm.yaml")]);
  expect(lines[0]).toContain("**x-name**");
  expect(lines.some((line) => line.startsWith("**Deployment `pd-disaggregation"))).toBe(true);
});

test("a name from a file is no Markdown", () => {
  const other = open("pd-disaggregation.lightllm.yaml", (text) =>
    text.replace(/^x-name: .*$/m, "x-name: '](http://x) | <b>*a*'"),
  );
  const lines = hoverOn("x-name", [other]);
  expect(lines.find((line) => line.includes("http"))).toContain("\\]\\(http://x\\) \\| \\<b\\>\\*a\\*");
});

test("a launch alone has no deployment", () => {
  expect(hoverOn("api_server", [open("pd-three-files/decode.sh")]).join("\n")).not.toContain("Deployment");
});
