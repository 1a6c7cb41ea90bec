/** Arguments with words in several places of a file: arrays, consecutive lists, named values. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { open, type TestNotation } from "../support/service";

const { applyEdits, fixesOf, reportedFindings } = service;

const RUN = "python -m lightllm.server.api_server";
const WORDS = '"python", "-m", "lightllm.server.api_server"';

/** The range of a finding, and the text after each requested fix. */
function withFix(notation: TestNotation, text: string, code: string, title: string) {
  const launchDocument = open(text, {}, notation);
  const finding = reportedFindings(launchDocument).find((one) => one.code === code);
  if (!finding) throw new Error(`No finding ${code} in:\n${text}`);
  const fix = fixesOf(launchDocument, finding).find((one) => one.title.startsWith(title));
  if (!fix) throw new Error(`No fix "${title}" in:\n${text}`);
  return [text.slice(finding.span.start, finding.span.end), applyEdits(text, fix.edits)];
}

describe("a fix takes every word out in its place, and what a finding marks lies in one", () => {
  test.each<[TestNotation, string, string, string, string, string]>([
    [
      "shell",
      `ARGS=(foo)\n${RUN} --model_dir /m bar "\${ARGS[@]}"\n`,
      "argparse-positional",
      "Keep only `/m`",
      "/m bar",
      `ARGS=()\n${RUN} --model_dir /m "\${ARGS[@]}"\n`,
    ],
    [
      "shell",
      `A=(foo)\nX=1\nB=(bar)\n${RUN} "\${B[@]}" "\${A[@]}" --model_dir /m\n`,
      "argparse-positional",
      "Remove `bar` `foo`",
      "bar",
      `A=()\nX=1\nB=()\n${RUN} "\${B[@]}" "\${A[@]}" --model_dir /m\n`,
    ],
    [
      "shell",
      `A=(foo)\nX=1\nB=(bar)\n${RUN} "\${A[@]}" "\${B[@]}" --model_dir /m\n`,
      "argparse-positional",
      "Remove `foo` `bar`",
      "foo",
      `A=()\nX=1\nB=()\n${RUN} "\${A[@]}" "\${B[@]}" --model_dir /m\n`,
    ],
    [
      "shell",
      `A=foo\n${RUN} $A bar --model_dir /m\n`,
      "argparse-positional",
      "Remove `foo` `bar`",
      "$A bar",
      `A=foo\n${RUN} --model_dir /m\n`,
    ],
    [
      "shell",
      `F=(--enable_ep_moe)\nX=1\nV=(true)\n${RUN} --model_dir /m "\${F[@]}" "\${V[@]}"\n`,
      "argparse-switch-with-value",
      "Switch `--enable_ep_moe` on",
      "true",
      `F=(--enable_ep_moe)\nX=1\nV=()\n${RUN} --model_dir /m "\${F[@]}" "\${V[@]}"\n`,
    ],
    [
      "shell",
      `F=(--zzzz)\nX=1\nV=(8)\n${RUN} --model_dir /m "\${F[@]}" "\${V[@]}"\n`,
      "argparse-unknown-flag",
      "Remove `--zzzz`",
      "--zzzz",
      `F=()\nX=1\nV=()\n${RUN} --model_dir /m "\${F[@]}" "\${V[@]}"\n`,
    ],
    [
      "shell",
      `F=(\n  --tp # how many\n  8\n  9\n)\n${RUN} --model_dir /m "\${F[@]}"\n`,
      "argparse-positional",
      "Keep only `8`",
      "8\n  9",
      `F=(\n  --tp # how many\n  8\n)\n${RUN} --model_dir /m "\${F[@]}"\n`,
    ],
    [
      "compose",
      `services:\n  a:\n    command: ["9"]\n    entrypoint: [python, -m, lightllm.server.api_server, --model_dir, /m, --tp, "8"]\n`,
      "argparse-positional",
      "Keep only `8`",
      '"8"',
      `services:\n  a:\n    command: []\n    entrypoint: [python, -m, lightllm.server.api_server, --model_dir, /m, --tp, "8"]\n`,
    ],
    [
      "dockerfile",
      `ENTRYPOINT [${WORDS}, "--model_dir", "/m", "--zzzz"]\nENV A=1\nCMD ["8"]\n`,
      "argparse-unknown-flag",
      "Remove `--zzzz`",
      '"--zzzz"',
      `ENTRYPOINT [${WORDS}, "--model_dir", "/m"]\nENV A=1\nCMD []\n`,
    ],
    [
      "python",
      `v = ["8", "9"]\nx()\ncmd = [${WORDS}, "--model_dir", "/m", "--tp"]\nrun(cmd + v)\n`,
      "argparse-positional",
      "Keep only `8`",
      '"8", "9"',
      `v = []\nx()\ncmd = [${WORDS}, "--model_dir", "/m", "--tp", "8"]\nrun(cmd + v)\n`,
    ],
    [
      "python",
      `v = "foo"\nx()\ncmd = [${WORDS}, "bar", v, "--model_dir", "/m"]\nrun(cmd)\n`,
      "argparse-positional",
      'Remove `"bar"` `"foo"`',
      '"bar"',
      `v = "foo"\nx()\ncmd = [${WORDS}, "--model_dir", "/m"]\nrun(cmd)\n`,
    ],
  ])("in %s: %j, %s, %s", (notation, text, code, title, marked, expected) => {
    expect(withFix(notation, text, code, title)).toEqual([marked, expected]);
  });

  test.each<[TestNotation, string]>([
    ["shell", `F=(--tp)\nX=1\nV=(8)\n${RUN} "\${F[@]}" "\${V[@]}"\n`],
    ["shell", `V=(8)\nX=1\nF=(--tp)\n${RUN} "\${F[@]}" "\${V[@]}"\n`],
    ["dockerfile", `ENTRYPOINT [${WORDS}, "--tp"]\nENV A=1\nCMD ["8"]\n`],
    ["python", `cmd = [${WORDS}, "--tp"]\nx()\ncmd += ["8"]\nrun(cmd)\n`],
  ])("an argument's place holds nothing of others: %s %j", (notation, text) => {
    const places = open(text, {}, notation).file.launches.flatMap(({ arguments: given }) =>
      given.flatMap(({ span, valueSpan }) =>
        [span, valueSpan].map(({ start, end }) => text.slice(start, end)),
      ),
    );
    expect(places.map((place) => place.replaceAll('"', ""))).toEqual(["--tp", "8"]);
  });
});
