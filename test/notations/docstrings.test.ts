/** Launches in the docstrings of Python files. */
import { expect, test } from "vitest";
import { service } from "../../server/src/service";
import { afterFix, open } from "../support/service";
import { wordsOf } from "./fixtures/containers";

const { reportedFindings } = service;

const RUN = "python -m lightllm.server.api_server --model_dir /m";
const LIST = '"python", "-m", "lightllm.server.api_server", "--model_dir", "/m"';
const WORDS = ["--model_dir", "/m", "--prot", "8"];

test.each([
  ["of a module", `"""Start it:\n\n    ${RUN} --prot 8\n"""\n`],
  ["of a function", `def f():\n    """Start it.\n\n    ${RUN} --prot 8\n    """\n`],
  [
    "of a class and a method",
    `class A:\n    x = 1\n    async def f(self):\n        r'''\n        ${RUN} --prot 8'''\n`,
  ],
  ["of a value", `X = 1\n"${RUN} --prot 8"\n`],
  ["in a literal block", `"""Start it::\n\n    ${RUN} \\\n        --prot 8\n"""\n`],
  ["after a prompt", `"""\n$ ${RUN} --prot 8\n"""\n`],
  ["after a prompt of a machine", `"""\n(env) user@host:~$ ${RUN} --prot 8\n"""\n`],
  ["after a prompt of Python", `"""\n>>> ${RUN} --prot 8\n"""\n`],
  ["after a label", `"""Usage: ${RUN} --prot 8"""\n`],
  ["after an apostrophe", `"""This isn't hard (really.\n${RUN} --prot 8\n"""\n`],
  ["in a fence", `"""\n\`\`\`bash\n${RUN} --prot 8\n\`\`\`\n"""\n`],
  ["in an example that starts a list", `def f():\n    """\n    >>> run([${LIST}, "--prot", "8"])\n    """\n`],
  ["in an example over lines", `"""\n>>> run([\n...     ${LIST},\n...     "--prot", "8"])\n"""\n`],
  ["in an example that starts a text", `"""\n>>> os.system("${RUN} --prot 8")\n"""\n`],
])("are found: %s", (_, text) => {
  expect(open(text, {}, "python").launches.map(({ launch }) => wordsOf(launch))).toEqual([WORDS]);
});

test("keep the variables that are set above them", () => {
  const [judged] = open(`"""Don't forget:\n\nexport A=1\nB=2 ${RUN}  --tp 2\n"""\n`, {}, "python").launches;
  expect(judged?.launch.environment.map(({ name }) => name)).toEqual(["A", "B"]);
});

test("each has findings with fixes at its own place", () => {
  const text = `"""A \`python -m lightllm.server.api_server --prot 1\`, isn't it?\n\n$ ${RUN} --prot 2\n$ ${RUN} --prot 3\n"""\n`;
  const found = reportedFindings(open(text, {}, "python"));
  expect(found.map(({ code, span }) => `${code} ${text.slice(span.start, span.end + 2)}`)).toEqual([
    "argparse-unknown-flag --prot 1",
    "argparse-unknown-flag --prot 2",
    "argparse-unknown-flag --prot 3",
  ]);
  expect(afterFix(text, "argparse-unknown-flag", undefined, "python")).toBe(text.replace("--prot", "--port"));
});

test.each([
  ["a name in a sentence", '"""See lightllm.server.api_server, and run it."""\n'],
  ["a synopsis", '"""\nusage: python -m lightllm.server.api_server [-h] [--tp TP]\n"""\n'],
])("are not %s", (_, text) => {
  expect(open(text, {}, "python").launches).toEqual([]);
});
