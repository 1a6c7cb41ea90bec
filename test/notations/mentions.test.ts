/** Commands that a page mentions or abbreviates: their names and values are judged, and nothing is missing in them. */
import { expect, test } from "vitest";
import { service } from "../../server/src/service";
import { afterFix, atCursor, open, type TestNotation } from "../support/service";
import { wordsOf } from "./fixtures/containers";

const { codeLenses, hover, reportedFindings } = service;

const RUN = "python -m lightllm.server.api_server";

function findingsIn(notation: TestNotation, text: string): string[] {
  const document = open(text, {}, notation);
  return reportedFindings(document).map(({ code, span }) => `${code}: ${text.slice(span.start, span.end)}`);
}

const MENTIONS: readonly [name: string, TestNotation, text: string][] = [
  ["in a sentence", "markdown", `Use \`${RUN} --prot 8\` to start.\n`],
  ["with several backquotes", "markdown", `Use \`\` ${RUN} --prot 8 \`\`.\n`],
  [
    "in a table",
    "markdown",
    `| a | b |\n|---|---|\n| \`x | \`${RUN} --prot 8\` |\n| y\` | z |\n`
      .replace("`x", "x")
      .replace("y`", "y"),
  ],
  [
    "after an open backquote in another row",
    "markdown",
    `| a | \` |\n|---|---|\n| b | \`${RUN} --prot 8\` |\n`,
  ],
  ["over lines", "markdown", `Use \`${RUN}\n--prot 8\`.\n`],
  ["over lines of a quote", "markdown", `> Use \`python -m\n> lightllm.server.api_server --prot 8\`.\n`],
  ["in a heading", "markdown", `## \`${RUN} --prot 8\`\n`],
  ["in an item, after a prompt", "markdown", `- \`$ ${RUN} --prot 8\`\n`],
  ["in a literal", "restructuredtext", `Use \`\`${RUN} --prot 8\`\`.\n`],
  [
    "in a literal over lines",
    "restructuredtext",
    `Use \`\`python -m\nlightllm.server.api_server --prot 8\`\`.\n`,
  ],
  ["in a role", "restructuredtext", `Use :code:\`${RUN} --prot 8\`.\n`],
];

test.each(MENTIONS)("finds a mention %s (%s)", (_, notation, text) => {
  expect(findingsIn(notation, text)).toEqual(["argparse-unknown-flag: --prot"]);
  expect(afterFix(text, "argparse-unknown-flag", undefined, notation)).toBe(text.replace("--prot", "--port"));
});

test.each([
  ["a missing model", "markdown", `Use \`${RUN} --tp 2\`.\n`],
  ["values that only together are refused", "markdown", `Use \`${RUN} --tp 6 --dp 4\`.\n`],
  ["a flag that is given twice", "restructuredtext", `Use \`\`${RUN} --tp 2 --tp 2\`\`.\n`],
  ["a placeholder", "markdown", `Use \`${RUN} --model_dir <path> ...\`.\n`],
] as const)("a mention is not nagged for %s (%s)", (_, notation, text) => {
  expect(findingsIn(notation, text)).toEqual([]);
  expect(codeLenses(open(text, {}, notation), { runs: true })).toEqual([]);
});

test("explains a flag of a mention", () => {
  const { text, offset } = atCursor(`Use \`${RUN} --t|p 2\`.\n`);
  expect(JSON.stringify(hover(open(text, {}, "markdown"), offset))).toContain("**tp**");
});

test.each([
  ["markdown", `\`\`\`bash\n${RUN} --model_dir /m ... --prot 3\n\`\`\`\n`],
  ["markdown", `    ${RUN} \\\n      --model_dir /m … --prot 3\n`],
  ["restructuredtext", `::\n\n  ${RUN} --model_dir /m ... --prot 3\n`],
  ["python", `"""Start it:\n\n    ${RUN} --model_dir /m ... --prot 3\n"""\n`],
] as const)("an ellipsis stands for any number of words (%s)", (notation, text) => {
  const [launch] = open(text, {}, notation).launches;
  expect(launch && wordsOf(launch.launch)).toEqual(["--model_dir", "/m", "?*", "--prot", "3"]);
  expect(findingsIn(notation, text)).toEqual(["argparse-unknown-flag: --prot"]);
});

test("an ellipsis in a script is a word", () => {
  expect(findingsIn("shell", `${RUN} --model_dir /m ...\n`)).toEqual(["argparse-positional: /m ..."]);
});

test("a quoted bracket is a word", () => {
  expect(findingsIn("markdown", `    ${RUN} --model_dir /m --model_name '[-h]'\n`)).toEqual([]);
});

test.each([
  ["shell", `${RUN} --help\n`, undefined],
  ["shell", `${RUN} -h | head -20\n`, undefined],
  ["dockerfile", 'FROM x\nCMD ["python", "-m", "lightllm.server.api_server", "--help"]\n', undefined],
  ["markdown", `    ${RUN} --help\n`, undefined],
  ["python", `os.system("${RUN} --help")\n`, undefined],
  ["shell", `${RUN} --help --tp 2\n`, "error"],
  ["shell", `${RUN} --model_dir /m -h\n`, "error"],
  ["yaml", "help: true\n", "error"],
] as const)("a request for help (%s): %j", (notation, text, severity) => {
  const document = open(text, {}, notation);
  const [finding] = reportedFindings(document).filter(({ code }) => code === "argparse-help");
  expect(finding?.severity).toBe(severity);
  expect(document.launches[0]?.accepted).toBe(severity === undefined);
});
