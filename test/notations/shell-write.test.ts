/** Changes requested by rules, written into shell commands of every form, and read back. */
import { describe, expect, test } from "vitest";
import type { Launch } from "../../server/src/launch/launch";
import type { LaunchChange } from "../../server/src/launch/launch-change";
import { shell } from "../../server/src/notations/shell";
import { service } from "../../server/src/service";
import { open } from "../support/service";

const { applyEdits } = service;

const RUN = "python -m lightllm.server.api_server";

/** The text after a change of its first launch. */
function changed(text: string, change: (launch: Launch) => LaunchChange): string {
  const launch = open(text, {}, "shell").launches[0]?.launch as Launch;
  return applyEdits(text, shell.write(text, launch, change(launch)));
}

const argument = (launch: Launch, flag: string) => {
  const found = launch.arguments.find((one) => one.flag === flag);
  if (!found) throw new Error(`No ${flag} in the launch.`);
  return found;
};

describe("adding a flag", () => {
  const add = (text: string, words: string[] = ["a b"]) =>
    changed(text, (launch) => ({ kind: "add", launch, flag: "--new", words }));

  test.each<[string, string, string]>([
    ["on one line", `${RUN} --tp 8\n`, `${RUN} --tp 8 --new 'a b'\n`],
    ["without arguments", `${RUN}\n`, `${RUN} --new 'a b'\n`],
    ["before a redirection", `${RUN} --tp 8 > log 2>&1 &\n`, `${RUN} --tp 8 --new 'a b' > log 2>&1 &\n`],
    ["before a comment", `${RUN} --tp 8 # eight\n`, `${RUN} --tp 8 --new 'a b' # eight\n`],
    [
      "on a continuation line of its own",
      `${RUN} \\\n  --tp 8 \\\n  --dp 2\nls\n`,
      `${RUN} \\\n  --tp 8 \\\n  --dp 2 \\\n  --new 'a b'\nls\n`,
    ],
    [
      "before a redirection on continuation lines",
      `${RUN} \\\n    --tp 8 \\\n    --dp 2 > log\n`,
      `${RUN} \\\n    --tp 8 \\\n    --dp 2 \\\n    --new 'a b' > log\n`,
    ],
    [
      "before a last line without a flag",
      `${RUN} \\\n  --tp 8 \\\n  2>&1 | tee log\n`,
      `${RUN} \\\n  --tp 8 \\\n  --new 'a b' \\\n  2>&1 | tee log\n`,
    ],
    ["at the end of the file", `${RUN} \\\n  --tp 8`, `${RUN} \\\n  --tp 8 \\\n  --new 'a b'`],
    ["inside bash -c", `bash -c "${RUN} --tp 8"`, `bash -c "${RUN} --tp 8 --new 'a b'"`],
    ["inside single quotes", `bash -c '${RUN} --tp 8'`, `bash -c '${RUN} --tp 8 --new "a b"'`],
    ["inside backquotes", `O=\`${RUN} --tp 8\``, `O=\`${RUN} --tp 8 --new 'a b'\``],
  ])("%s", (_, text, expected) => {
    expect(add(text)).toBe(expected);
    const [judged] = open(add(text), {}, "shell").launches;
    expect(
      judged?.launch.arguments.find(({ flag }) => flag === "--new")?.words.map(({ text: word }) => word),
    ).toEqual(["a b"]);
  });

  test.each<[string, string, string]>([
    ["plain", `O=\`${RUN} --tp 8\``, `O=\`${RUN} --tp 8 --new '\\\\d\\\`'\``],
    ["continued", `O=\`${RUN} \\\n --tp 8\``, `O=\`${RUN} \\\n --tp 8 --new '\\\\d\\\`'\``],
    ["in quotes", `O="\`${RUN} --tp 8\`"`, `O="\`${RUN} --tp 8 --new '\\\\d\\\`'\`"`],
  ])("in backquotes, a backslash and a backquote are escaped: %s", (_, text, expected) => {
    expect(add(text, ["\\d`"])).toBe(expected);
    const [judged] = open(expected, {}, "shell").launches;
    expect(judged && service.argvOf(judged.launch)).toEqual(["--tp", "8", "--new", "\\d`"]);
  });

  test("after another one", () => {
    const text = `${RUN} \\\n  --tp 8 \\\n  --dp 2\n`;
    const result = changed(text, (launch) => ({
      kind: "add",
      launch,
      flag: "--new",
      words: [],
      after: argument(launch, "--tp"),
    }));
    expect(result).toBe(`${RUN} \\\n  --tp 8 \\\n  --new \\\n  --dp 2\n`);
  });
});

describe("removing a flag", () => {
  test.each<[string, string, string, string]>([
    ["in the middle of a line", "--dp", `${RUN} --tp 8 --dp 2 --port 1\n`, `${RUN} --tp 8 --port 1\n`],
    [
      "with its line",
      "--dp",
      `${RUN} \\\n  --tp 8 \\\n  --dp 2 \\\n  --port 1\n`,
      `${RUN} \\\n  --tp 8 \\\n  --port 1\n`,
    ],
    [
      "with the backslash before the last line",
      "--dp",
      `${RUN} \\\n  --tp 8 \\\n  --dp 2\n`,
      `${RUN} \\\n  --tp 8\n`,
    ],
    [
      "before a redirection",
      "--dp",
      `${RUN} \\\n  --tp 8 \\\n  --dp 2 > log\n`,
      `${RUN} \\\n  --tp 8 \\\n  > log\n`,
    ],
    ["joined to its value", "--dp", `${RUN} --tp=8 --dp=2\n`, `${RUN} --tp=8\n`],
    [
      "whose value is a variable",
      "--dp",
      `DP=2\n${RUN} --tp 8 --dp $DP --port 1\n`,
      `DP=2\n${RUN} --tp 8 --port 1\n`,
    ],
    ["from an array", "--dp", `A=(--tp 8 --dp 2)\n${RUN} "\${A[@]}"\n`, `A=(--tp 8)\n${RUN} "\${A[@]}"\n`],
    [
      "from lines of an array",
      "--dp",
      `A=(\n  --tp 8\n  --dp 2\n)\n${RUN} "\${A[@]}"\n`,
      `A=(\n  --tp 8\n)\n${RUN} "\${A[@]}"\n`,
    ],
  ])("%s", (_, flag, text, expected) => {
    expect(changed(text, (launch) => ({ kind: "remove", argument: argument(launch, flag) }))).toBe(expected);
  });
});

describe("setting a value", () => {
  test.each<[string, string[], string, string]>([
    ["bare", ["4"], `${RUN} --tp 8\n`, `${RUN} --tp 4\n`],
    ["that needs quotes", ["a b"], `${RUN} --tp 8\n`, `${RUN} --tp 'a b'\n`],
    ["in its own quotes", ["a$b"], `${RUN} --tp "8"\n`, `${RUN} --tp "a\\$b"\n`],
    ["after =", ["4"], `${RUN} --tp=8\n`, `${RUN} --tp=4\n`],
    ["where the variable gets it", ["4"], `TP=8\n${RUN} --tp $TP\n`, `TP=4\n${RUN} --tp $TP\n`],
    ["where the default of a parameter is", ["4"], `${RUN} --tp \${TP:-8}\n`, `${RUN} --tp \${TP:-4}\n`],
    [
      "in escaped quotes",
      ["4"],
      `bash -c "${RUN} --tp \\"8\\" --dp 2"\n`,
      `bash -c "${RUN} --tp 4 --dp 2"\n`,
    ],
    [
      "in a here-document, of a variable above it",
      ["4"],
      `TP=8\ncat <<EOF > run.sh\n${RUN} --tp $TP\nEOF\n`,
      `TP=8\ncat <<EOF > run.sh\n${RUN} --tp 4\nEOF\n`,
    ],
    ["of none", ["4"], `${RUN} --tp --dp 2\n`, `${RUN} --tp 4 --dp 2\n`],
    ["of several", ["0", "1"], `${RUN} --tp 8 --dp 2\n`, `${RUN} --tp 0 1 --dp 2\n`],
  ])("%s", (_, words, text, expected) => {
    expect(changed(text, (launch) => ({ kind: "set", argument: argument(launch, "--tp"), words }))).toBe(
      expected,
    );
  });
});
