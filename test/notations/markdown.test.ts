/** Launches in Markdown: code blocks with launches, transcripts, and edits that keep quote marks and lists. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markdown } from "../../server/src/notations/markdown";
import { root } from "../support/paths";
import {
  adding,
  afterFixIn,
  changed,
  findingsIn,
  labelsIn,
  placesIn,
  RUN,
  removing,
  setting,
  wordsIn,
} from "./fixtures/documents";
import { shellWords } from "./fixtures/random";

const words = (text: string) => wordsIn(markdown, text);

describe("finds the launch", () => {
  test.each<[string, string, string[][]]>([
    ["in a fence", `\`\`\`bash\n${RUN} --tp 8\n\`\`\`\n`, [["--tp", "8"]]],
    ["in a fence of tildes, without a language", `~~~\n${RUN} --tp 8\n~~~\n`, [["--tp", "8"]]],
    ["in a fence that is not closed yet", `\`\`\`sh\n${RUN} --tp 8`, [["--tp", "8"]]],
    ["in an indented block", `Run:\n\n    ${RUN} \\\n        --tp 8\n\nDone.\n`, [["--tp", "8"]]],
    [
      "in a list, in a block quote",
      `1. a\n\n   \`\`\`bash\n   ${RUN} \\\n     --tp 8\n   \`\`\`\n\n> \`\`\`bash\n> ${RUN} \\\n>   --tp 4\n> \`\`\`\n`,
      [
        ["--tp", "8"],
        ["--tp", "4"],
      ],
    ],
    [
      "in details",
      `<details>\n<summary>x</summary>\n\n\`\`\`bash\n${RUN} --tp 8\n\`\`\`\n\n</details>\n`,
      [["--tp", "8"]],
    ],
    ["in a tab of MkDocs", `=== "A"\n\n    \`\`\`bash\n    ${RUN} --tp 8\n    \`\`\`\n`, [["--tp", "8"]]],
    ["in a MyST directive", `\`\`\`{code-block} console\n$ ${RUN} --tp 8\n\`\`\`\n`, [["--tp", "8"]]],
    [
      "with attributes after the language",
      `\`\`\`{.bash title="a"}\n${RUN} --tp 8\n\`\`\`\n`,
      [["--tp", "8"]],
    ],
    ["under the wrong language", `\`\`\`python\n${RUN} --tp 8\n\`\`\`\n`, [["--tp", "8"]]],
    ["in a text with CR LF", `\`\`\`bash\r\n${RUN} \\\r\n  --tp 8\r\n\`\`\`\r\n`, [["--tp", "8"]]],
    ["with a variable of its own block", `\`\`\`bash\nTP=8\n${RUN} --tp $TP\n\`\`\`\n`, [["--tp", "8"]]],
    [
      "without the variables of another block",
      `\`\`\`bash\nTP=8\n\`\`\`\n\`\`\`bash\n${RUN} --tp $TP\n\`\`\`\n`,
      [["--tp", "?*"]],
    ],
  ])("%s", (_name, text, expected) => {
    expect(words(text)).toEqual(expected);
    expect(words(text.replace(/\r?\n/g, "\r\n")), "with CR LF").toEqual(expected);
  });
});

describe("reads a transcript", () => {
  const block = (...lines: string[]) => `\`\`\`console\n${lines.join("\n")}\n\`\`\`\n`;
  test.each<[string, string, string[][]]>([
    ["with $", block(`$ ${RUN} --tp 8`, "INFO ready"), [["--tp", "8"]]],
    ["with an environment", block(`(lightllm) $ ${RUN} --tp 8`), [["--tp", "8"]]],
    ["with user and host", block(`user@gpu-01:~/lightllm$ ${RUN} --tp 8`), [["--tp", "8"]]],
    ["as root in a container", block(`root@4f2a:/lightllm# ${RUN} --tp 8`), [["--tp", "8"]]],
    ["with brackets", block(`[root@node lightllm]# ${RUN} --tp 8`), [["--tp", "8"]]],
    ["of bash in a container", block(`bash-5.1# ${RUN} --tp 8`), [["--tp", "8"]]],
    ["with # as the only prompt", block("# cd /lightllm", `# ${RUN} --tp 8`), [["--tp", "8"]]],
    ["with > as the only prompt", block(`> ${RUN} --tp 8`), [["--tp", "8"]]],
    [
      "with continuation lines",
      block(`$ ${RUN} \\`, "    --tp 8 \\", "    --dp 2", "ready"),
      [["--tp", "8", "--dp", "2"]],
    ],
    [
      "with secondary prompts",
      block(`$ ${RUN} \\`, ">   --tp 8 \\", ">   --dp 2"),
      [["--tp", "8", "--dp", "2"]],
    ],
    [
      "with a redirection on a line of its own",
      block(`$ ${RUN} --tp 8 \\`, "> server.log", "$ ls"),
      [["--tp", "8"]],
    ],
    [
      "with a variable typed before",
      block("$ export TP=8", "$ echo $TP", "8", `$ ${RUN} --tp $TP`),
      [["--tp", "8"]],
    ],
    [
      "whose output repeats the command",
      block(`$ ${RUN} --tp 8`, `INFO args: ${RUN} --tp 8`),
      [["--tp", "8"]],
    ],
    ["in a block that names no language", `\`\`\`\n$ ${RUN} --tp 8\nready\n\`\`\`\n`, [["--tp", "8"]]],
  ])("%s", (_name, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test("takes # for a comment in a script", () => {
    expect(words(`\`\`\`bash\n# Start it:\n${RUN} --tp 8\n# ${RUN} --tp 4\n\`\`\`\n`)).toEqual([
      ["--tp", "8"],
    ]);
    expect(words(`\`\`\`\n# Start it:\n${RUN} --tp 8\n\`\`\`\n`)).toEqual([["--tp", "8"]]);
  });
});

test("knows the places of words after prompts, quote marks and indentation", () => {
  const text = `- a\n  > \`\`\`console\n  > $ ${RUN} \\\n  > >   --tp 8 \\\n  > >   --model_dir '/m x'\n  > \`\`\`\n`;
  expect(placesIn(markdown, text)).toEqual(["--tp <8>", "--model_dir <'/m x'>"]);
});

describe("is silent", () => {
  test.each([
    ["in prose", `Start it with ${RUN} --prot 8 and wait.\n`],
    ["in inline code without arguments", `Start it with \`${RUN}\`.\n`],
    ["where nothing but an ellipsis follows", `\`\`\`bash\n${RUN} ...\n\`\`\`\n\n    ${RUN} …\n`],
    [
      "in a synopsis",
      `\`\`\`\n${RUN} [-h] [--host HOST] [--tpp N]\n${RUN} [options]\n${RUN} <args>\n\`\`\`\n`,
    ],
    ["in a block of text", `\`\`\`text\nStart it with ${RUN} --prot 8 and wait.\n\`\`\`\n`],
    [
      "in blocks of other notations",
      `\`\`\`yaml\ncommand: ${RUN} --prot 8\n\`\`\`\n\`\`\`dockerfile\nCMD ${RUN} --prot 8\n\`\`\`\n`,
    ],
    ["in Python", `\`\`\`python\nimport lightllm\nprint("${RUN} --prot 8")\n\`\`\`\n`],
    [
      "in a block that only mentions it",
      "```bash\npip install lightllm\npkill -f lightllm.server.api_server\n```\n",
    ],
    ["in the output of a transcript", `\`\`\`console\n$ ps aux\nroot 1 ${RUN} --prot 8\n\`\`\`\n`],
    ["in a comment", `<!--\n\`\`\`bash\n${RUN} --prot 8\n\`\`\`\n-->\n`],
  ])("%s", (_name, text) => {
    expect(markdown.find(text)).toMatchObject({ launches: [], problems: [] });
    expect(findingsIn(markdown, text)).toEqual([]);
  });
});

describe("writes changes back", () => {
  const quote = `> \`\`\`bash\n> ${RUN} \\\n>   --tp 8 \\\n>   --dp 2\n> \`\`\`\n`;
  const list = `1. a\n\n   \`\`\`bash\n   ${RUN} \\\n     --tp 8 \\\n     --dp 2\n   \`\`\`\n`;
  const console = `\`\`\`console\n$ ${RUN} \\\n>   --tp 8 \\\n>   --dp 2\nready\n\`\`\`\n`;
  test.each([
    ["adds a line in a block quote", quote, adding("--port", "80"), "--dp 2", "--dp 2 \\\n>   --port 80"],
    ["removes a line in a block quote", quote, removing("--tp"), ">   --tp 8 \\\n", ""],
    ["removes the last line in a block quote", quote, removing("--dp"), " \\\n>   --dp 2", ""],
    ["adds a line in a list", list, adding("--port", "80"), "--dp 2", "--dp 2 \\\n     --port 80"],
    [
      "adds a line after a secondary prompt",
      console,
      adding("--port", "80"),
      "--dp 2",
      "--dp 2 \\\n>   --port 80",
    ],
    [
      "adds a line where every line has a prompt",
      console.replaceAll("\n> ", "\n$ "),
      adding("--port", "80"),
      "--dp 2",
      "--dp 2 \\\n$   --port 80",
    ],
    ["sets a value", console, setting("--tp", "a b"), "--tp 8", "--tp 'a b'"],
  ])("%s", (_name, text, change, before, after) => {
    expect(changed(markdown, text, change)).toBe(text.replace(before, () => after));
  });

  test("cures a misspelt flag and a missing backslash", () => {
    const text = `- x\n  \`\`\`console\n  $ ${RUN} --prot 80\n      --tp 8\n  \`\`\`\n`;
    expect(afterFixIn(markdown, text, "argparse-unknown-flag")).toBe(text.replace("--prot", "--port"));
    expect(afterFixIn(markdown, text, "shell-missing-backslash")).toBe(text.replace("80\n", "80 \\\n"));
  });
});

test("completes flags and values in a code block, and nothing beside it", () => {
  const text = `Prose.\n\n\`\`\`console\n$ ${RUN} --ma| \n\`\`\`\n`;
  expect(labelsIn(markdown, text)).toContain("--max_req_total_len");
  expect(labelsIn(markdown, text.replace("--ma|", "--run_mode |"))).toContain("prefill");
  expect(labelsIn(markdown, text.replace("|", "").replace("Prose.", "Prose --|"))).toEqual([]);
});

test("reads the words that were written, whatever they are", () => {
  fc.assert(
    fc.property(
      shellWords,
      fc.constantFrom("", "> ", "  ", "- "),
      fc.constantFrom("", "$ "),
      ({ given, written }, prefix, prompt) => {
        const rest = prefix === "- " ? "  " : prefix;
        const lines = ["```", `${prompt}${RUN} ${written.join(" \\\n   ")}`, "```", ""].join("\n");
        const text = prefix + lines.replaceAll("\n", `\n${rest}`);
        expect(words(text)).toEqual([given]);
      },
    ),
  );
});

test("reads a page of deployment recipes", () => {
  const text = readFileSync(join(root, "test/notations/fixtures/deploy.md"), "utf8");
  expect(words(text)).toEqual([
    [
      "--model_dir",
      "/models/DeepSeek-R1",
      "--tp",
      "8",
      "--max_req_total_len",
      "16384",
      "--enable_fa3",
      "--port",
      "8088",
    ],
    ["--run_mode", "pd_master", "--model_dir", "/models/DeepSeek-R1", "--host", "?", "--port", "60011"],
    [
      "--run_mode",
      "prefill",
      "--model_dir",
      "/models/DeepSeek-R1",
      "--tp",
      "8",
      "--dp",
      "8",
      "--host",
      "?",
      "--pd_master_ip",
      "?",
      "--pd_master_port",
      "60011",
    ],
    ["--model_dir", "/models/Qwen2-VL", "--enable_multimodal", "--tp", "2"],
  ]);
  expect(findingsIn(markdown, text)).toEqual([]);
});
