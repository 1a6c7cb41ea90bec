/** Launches in reStructuredText: code directives, literal blocks, transcripts, and edits that keep their indentation. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { restructuredtext } from "../../server/src/notations/restructuredtext";
import { root } from "../support/paths";
import {
  adding,
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

const words = (text: string) => wordsIn(restructuredtext, text);

describe("finds the launch", () => {
  test.each<[string, string, string[][]]>([
    ["in code-block", `.. code-block:: bash\n\n   ${RUN} \\\n     --tp 8\n\nText.\n`, [["--tp", "8"]]],
    [
      "in code and sourcecode",
      `.. code:: sh\n\n  ${RUN} --tp 1\n\n.. sourcecode:: shell\n\n  ${RUN} --tp 2\n`,
      [
        ["--tp", "1"],
        ["--tp", "2"],
      ],
    ],
    [
      "below options",
      `.. code-block:: bash\n   :linenos:\n   :caption: Start\n\n   ${RUN} --tp 8\n`,
      [["--tp", "8"]],
    ],
    [
      "without the blank line that belongs there",
      `.. code-block:: bash\n   ${RUN} --tp 8\n`,
      [["--tp", "8"]],
    ],
    ["in a literal block", `Start it::\n\n    ${RUN} --tp 8\n\nDone.\n`, [["--tp", "8"]]],
    ["in a literal block of its own", `::\n\n  ${RUN} --tp 8\n`, [["--tp", "8"]]],
    [
      "in a literal block of a list item",
      `- Start::\n\n    ${RUN} --tp 8\n\n  ${RUN} --tp 9\n`,
      [["--tp", "8"]],
    ],
    [
      "in nested directives",
      `.. tabs::\n\n   .. tab:: A\n\n      .. code-block:: console\n\n         $ ${RUN} \\\n             --tp 8\n`,
      [["--tp", "8"]],
    ],
    ["indented by tabs", `.. code-block:: bash\n\n\t${RUN} \\\n\t\t--tp 8\n`, [["--tp", "8"]]],
    [
      "in a text with CR LF",
      `.. code-block:: bash\r\n\r\n   ${RUN} \\\r\n     --tp 8\r\n\r\nText.\r\n`,
      [["--tp", "8"]],
    ],
    [
      "with blank lines in the block",
      `.. code-block:: bash\n\n   TP=8\n\n   ${RUN} --tp $TP\n`,
      [["--tp", "8"]],
    ],
    [
      "after prompts",
      `.. code-block:: console\n\n   (env) user@host:~$ ${RUN} \\\n   >   --tp 8\n   ready\n`,
      [["--tp", "8"]],
    ],
    [
      "after a prompt on every line",
      `.. code-block:: console\n\n    $ ${RUN} --tp 8  \\\n    $          --dp 2  \\\n    $          --x\n`,
      [["--tp", "8", "--dp", "2", "--x"]],
    ],
    [
      "whose indentation was forgotten",
      `.. code-block:: console\n\n$ ${RUN} \\\n    --tp 8\n\nText.\n`,
      [["--tp", "8"]],
    ],
    ["in prompt", `.. prompt:: bash $\n\n   ${RUN} --tp 8\n`, [["--tp", "8"]]],
    [
      "in prompt with prompts written",
      `.. prompt:: bash $ auto\n\n   $ ${RUN} --tp 8\n   ready\n`,
      [["--tp", "8"]],
    ],
    [
      "in parsed-literal, substitutions unknown",
      `.. parsed-literal::\n\n   ${RUN} --model_dir |model| \\\\\n     --tp 8\n`,
      [["--model_dir", "?*", "--tp", "8"]],
    ],
    [
      "with the substitutions that a code block asks for",
      `.. code-block:: bash\n   :substitutions:\n\n   ${RUN} --model_dir /m/|release| --tp 8\n`,
      [["--model_dir", "?*", "--tp", "8"]],
    ],
    [
      "in the language that highlight names",
      `.. highlight:: bash\n\nStart::\n\n  Run=1 ${RUN} --tp 8\n`,
      [["--tp", "8"]],
    ],
  ])("%s", (_name, text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});

test("shows what the page puts in as it is written", () => {
  const text = `.. parsed-literal::\n\n   ${RUN} --model_dir |model| --tp 8\n`;
  const [launch] = restructuredtext.find(text).launches;
  const [argument] = launch?.arguments ?? [];
  expect(argument?.valueSource).toBe("|model|");
  expect(argument?.words[0]?.parts).toMatchObject([{ kind: "open", source: "|model|" }]);
});

test("knows the places of words", () => {
  const text = `Start::\n\n    $ ${RUN} \\\n    >   --tp 8 \\\n    >   --model_dir '/m x'\n`;
  expect(placesIn(restructuredtext, text)).toEqual(["--tp <8>", "--model_dir <'/m x'>"]);
});

describe("is silent", () => {
  test.each([
    ["in prose", `Start it with ${RUN} --prot 8 and wait.\n`],
    ["in inline literals without arguments", `Start it with \`\`${RUN}\`\`.\n`],
    ["in a synopsis", `Usage::\n\n  ${RUN} [-h] [--tpp N]\n  ${RUN} ...\n`],
    ["in an indented quote", `Text.\n\n    ${RUN} --prot 8\n`],
    ["in a comment", `.. Once it was\n\n   ::\n\n     ${RUN} --prot 8\n`],
    [
      "in other languages",
      `.. code-block:: yaml\n\n   command: ${RUN} --prot 8\n\n.. code-block:: python\n\n   run("${RUN} --prot 8")\n`,
    ],
    ["in a literal block of prose", `Thus::\n\n    Start it with ${RUN} --prot 8 and wait.\n`],
    ["in a block that only mentions it", ".. code-block:: bash\n\n   pip install lightllm\n"],
  ])("%s", (_name, text) => {
    expect(restructuredtext.find(text)).toMatchObject({ launches: [], problems: [] });
    expect(findingsIn(restructuredtext, text)).toEqual([]);
  });
});

test.each([
  ["adds a line", adding("--port", "80"), "--dp 2", "--dp 2 \\\n       --port 80"],
  ["removes a line", removing("--tp"), "       --tp 8 \\\n", ""],
  ["sets a value", setting("--tp", "4"), "--tp 8", "--tp 4"],
])("%s", (_name, change, before, after) => {
  const text = `.. code-block:: bash\n\n   ${RUN} \\\n       --tp 8 \\\n       --dp 2\n\nText.\n`;
  expect(changed(restructuredtext, text, change)).toBe(text.replace(before, after));
});

test("completes flags in a block, and nothing beside it", () => {
  const text = `Prose.\n\n.. code-block:: bash\n\n   ${RUN} --ma| --tp 8\n`;
  expect(labelsIn(restructuredtext, text)).toContain("--max_req_total_len");
  expect(labelsIn(restructuredtext, text.replace("|", "").replace("Prose.", "Prose --|"))).toEqual([]);
});

test("reads the words that were written, whatever they are", () => {
  const opening = fc.constantFrom(".. code-block:: bash\n", ".. code-block:: console\n", "Start::\n");
  fc.assert(
    fc.property(shellWords, opening, fc.boolean(), ({ given, written }, head, prompts) => {
      const [first, more] = prompts && !head.includes("bash") ? ["$ ", "> "] : ["", ""];
      const text = `${head}\n   ${first}${RUN} ${written.join(` \\\n   ${more}  `)}\n\nText.\n`;
      expect(words(text)).toEqual([given]);
    }),
  );
});

test("reads a page of LightLLM's kind", () => {
  const text = readFileSync(join(root, "test/notations/fixtures/quickstart.rst"), "utf8");
  expect(words(text)).toEqual([
    ["--model_dir", "?", "--tp", "1"],
    ["--model_dir", "?", "--tp", "8", "--enable_fa3"],
    ["--run_mode", "pd_master", "--model_dir", "/path/DeepSeek-R1", "--host", "?*", "--port", "60011"],
  ]);
  expect(findingsIn(restructuredtext, text)).toEqual([]);
});

test("a substitution at the end of a line ends before CR LF", () => {
  const text = `.. code-block::\r\n   :substitutions:\r\n\r\n   ${RUN} --model_dir |model|\r\n`;
  const [launch] = restructuredtext.find(text).launches;
  const [word] = launch?.arguments[0]?.words ?? [];
  expect(word && text.slice(word.span.start, word.span.end)).toBe("|model|");
});
