/** Conversions for an editor: the text, the facts to check, and the actions of the light bulb. */
import { describe, expect, test } from "vitest";
import type { CreateFile, TextDocumentEdit } from "vscode-languageserver-types";
import { CONVERT_KIND } from "../../server/src/features/code-action-kinds";
import { type ConversionMeans, service } from "../../server/src/service";
import { atCursor, open, type TestNotation } from "../support/service";

const { codeActions, conversionOf } = service;

const RUN = "python -m lightllm.server.api_server";

function converted(text: string, notation?: TestNotation, python?: string) {
  const launchDocument = open(text, {}, notation);
  return conversionOf(launchDocument, launchDocument.launches, "command", python);
}

test.each<[string, string, TestNotation, string[]]>([
  ["all is known", "model_dir: /m\ntp: 8\n", "yaml", []],
  ["a variable", "model_dir: /m\nhost: ${HOST}\n", "yaml", ["HOST"]],
  ["the same one twice", `${RUN} --model_dir $M/a --tokenizer_mode $M\n`, "shell", ["M"]],
  ["a command", `${RUN} --model_dir /m --host $(hostname -i)\n`, "shell", ["$(hostname -i)"]],
  ["the variable of a variable", `A=$B ${RUN} --model_dir /m\n`, "shell", ["B"]],
  ["the home folder, which every shell knows", "model_dir: ${HOME}/m\n", "yaml", []],
])("what is left to the shell is named: %s", (_, text, notation, expected) => {
  expect(converted(text, notation).open).toEqual(expected);
});

test.each<[string, string, TestNotation, string]>([
  ["python3", `python3 -u -m lightllm.server.api_server --tp 1\n`, "shell", "python3"],
  [
    "a path",
    `nohup /opt/env/bin/python3.10 \\\n  -m lightllm.server.api_server --tp 1\n`,
    "shell",
    "/opt/env/bin/python3.10",
  ],
  [
    "a list",
    `FROM x\nCMD ["python3", "-m", "lightllm.server.api_server", "--tp", "1"]\n`,
    "dockerfile",
    "python3",
  ],
  [
    "a list of Python",
    `run(["python3", "-u", "-m", "lightllm.server.api_server", "--tp", "1"])\n`,
    "python",
    "python3",
  ],
  [
    "a variable",
    `PY=/opt/env/bin/python\n$PY -m lightllm.server.api_server --tp 1\n`,
    "shell",
    "/opt/env/bin/python",
  ],
  ["one that is not known", `$PY -m lightllm.server.api_server --tp 1\n`, "shell", "python"],
  ["none", "tp: 1\n", "yaml", "python"],
  ["several that differ", `python3 -m lightllm.server.api_server --tp 1\n${RUN} --tp 1\n`, "shell", "python"],
])("the interpreter stays the one that is written: %s", (_, text, notation, expected) => {
  for (const line of converted(text, notation).text.trimEnd().split("\n"))
    expect(line).toBe(`${expected} -m lightllm.server.api_server --tp 1`);
  expect(converted(text, notation, "/my/python").text).toMatch(/^\/my\/python -m /);
});

test("a launch that would be refused has the reason and its name", () => {
  expect(converted("model_dir: /models/R1\nrun_mode: prefill\nprot: 1\n")).toMatchObject({
    name: "prefill · R1",
    refused: [expect.stringContaining("has no flag 'prot'")],
    runsHere: true,
  });
  expect(converted("x-name: chat\nmodel_dir: /m\n")).toMatchObject({ name: "chat · m", refused: [] });
  expect(converted(`FROM x\nCMD ${RUN} --model_dir /m\n`, "dockerfile").runsHere).toBe(false);
});

describe("the light bulb", () => {
  const COMMANDS: ConversionMeans = { kind: "commands" };

  function actionsAt(marked: string, conversions?: ConversionMeans, notation?: TestNotation, asked = true) {
    const { text, offset } = atCursor(marked);
    const launchDocument = open(text, {}, notation);
    const position = launchDocument.document.positionAt(offset);
    const query = { range: { start: position, end: position }, diagnostics: [], asked, only: [CONVERT_KIND] };
    return codeActions(launchDocument, query, { conversions });
  }
  const titlesAt = (...query: Parameters<typeof actionsAt>) => actionsAt(...query).map(({ title }) => title);

  test("offers one entry to those who have the command that asks for the format", () => {
    expect(titlesAt("tp|: 8\n", COMMANDS)).toEqual(["Convert to…"]);
    expect(titlesAt(`${RUN} |--tp 8\n`, COMMANDS, "shell")).toEqual(["Convert to…"]);
  });

  test("offers every notation but the launch's own to those who create files", () => {
    const means: ConversionMeans = { kind: "files", isFree: () => true };
    expect(titlesAt(`${RUN} |--tp 8\n`, means, "shell")).toEqual([
      "Convert to a YAML config: launch.lightllm.yaml",
      "Convert to Docker Compose: launch.compose.yaml",
      "Convert to Kubernetes: launch.kubernetes.yaml",
      "Convert to a systemd unit: launch.service",
    ]);
  });

  test("names the launch at the cursor, of several", () => {
    const [action] = actionsAt("tp: 8\n---\ntp|: 4\n", COMMANDS);
    expect(action).toEqual({
      title: "Convert this launch to…",
      kind: CONVERT_KIND,
      command: {
        title: "Convert this launch to…",
        command: "lightllm.convert",
        arguments: [
          { textDocument: { uri: "file:///launch.lightllm.yaml" }, position: { line: 2, character: 2 } },
        ],
      },
    });
  });

  test("offers nothing unasked, outside of a launch, or to those who can do nothing with it", () => {
    expect(titlesAt("tp|: 8\n", COMMANDS, "yaml", false)).toEqual([]);
    expect(titlesAt(`echo |\n\n${RUN} --tp 8\n`, COMMANDS, "shell")).toEqual([]);
    expect(titlesAt("tp|: 8\n")).toEqual([]);
  });

  test("makes a file beside, of a name that is free, and leaves others alone", () => {
    const taken = new Set(["file:///launch.sh", "file:///launch-2.sh"]);
    const means: ConversionMeans = { kind: "files", isFree: (uri) => !taken.has(uri) };
    const [action, ...others] = actionsAt("model_dir: /m\ntp|: 8\n", means);
    expect(action?.title).toBe("Convert to a shell script: launch-3.sh");
    const [create, insert] = (action?.edit?.documentChanges ?? []) as [CreateFile, TextDocumentEdit];
    expect(create).toMatchObject({
      kind: "create",
      uri: "file:///launch-3.sh",
      options: { overwrite: false },
    });
    expect(insert.textDocument).toEqual({ uri: "file:///launch-3.sh", version: null });
    expect(insert.edits).toEqual([
      expect.objectContaining({ newText: expect.stringMatching(/^#!.*\n(.*\n)*.*--tp 8\n$/) }),
    ]);
    expect(others.map(({ title }) => title)).toEqual([
      "Convert to Docker Compose: launch.compose.yaml",
      "Convert to Kubernetes: launch.kubernetes.yaml",
      "Convert to a systemd unit: launch.service",
    ]);
    expect(titlesAt("tp|: 8\n", { kind: "files", isFree: () => false })).toEqual([]);
  });
});
