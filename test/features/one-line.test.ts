/** Messages of findings and titles of fixes: each is one short line, whatever the text has. */
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { readSeeds, type Subject, subjectOf } from "../../fuzz/seeds";
import { service } from "../../server/src/service";
import { root } from "../support/paths";

/** Maximum lengths in characters, for one line of a light bulb and of a hover. */
const LONGEST_TITLE = 180;
const LONGEST_MESSAGE = 450;

/** Line ends, control characters, and characters that change how a line is shown. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these must not appear.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** Words that are long, have several lines, or cannot be seen. */
const NASTY = [
  "x".repeat(400),
  "two\nlines and more",
  "a\tb\rc",
  "\u202eabc\u2066",
  "\u001b[2Jgone",
  Array.from({ length: 40 }, (_, index) => `--w${index}`).join(" "),
  "/models/".repeat(60),
];

/** Flags whose values are judged in different ways. */
const FLAGS = [
  "tp",
  "run_mode",
  "model_dir",
  "enable_fa3",
  "mode",
  "eos_id",
  "nccl_host",
  "visual_gpu_ids",
  "data_type",
  "no_such_flag",
  "enable_multimodal",
  "batch_max_tok",
];

const RUN = "python -m lightllm.server.api_server";

/** A nasty word as the value of each flag, as a flag, as a word of its own, and as a variable. */
function nastyTexts(): Subject[] {
  return NASTY.flatMap((word) => {
    const quoted = JSON.stringify(word);
    const values = FLAGS.flatMap((flag) => [
      subjectOf("yaml", `${flag}: ${quoted}\n`),
      subjectOf("yaml", `${flag}: [1, ${quoted}, ${quoted}]\n${flag}: 2\n`),
      subjectOf("shell", `${RUN} --${flag} '${word}' '${word}' --${flag} 3\n`),
      subjectOf(
        "dockerfile",
        `FROM x\nCMD ["python","-m","lightllm.server.api_server","--${flag}",${quoted}]\n`,
      ),
      subjectOf(
        "compose",
        `services:\n  a:\n    image: x\n    command: ["python","-m","lightllm.server.api_server","--${flag}",${quoted}]\n`,
      ),
      subjectOf("python", `run(["python","-m","lightllm.server.api_server","--${flag}",${quoted}])\n`),
      subjectOf("systemd", `[Service]\nExecStart=/usr/bin/${RUN} --${flag} ${quoted}\n`),
    ]);
    return [
      ...values,
      subjectOf("yaml", `${quoted}: 1\nmodel_dir: /m\n`),
      subjectOf("yaml", `model_dir: /m\nenv:\n  ${quoted}: 1\n`),
      subjectOf("yaml", `# lightllm: release=${word}\n# lightllm: disable-file=${word}\nmodel_dir: /m\n`),
      subjectOf("yaml", `a: *${word}\nmodel_dir: ${word}: ${word}\ntp = ${word}\n"k":${word}\n`),
      subjectOf("yaml", `x-arguments: ${word}\nmodel_dir: &${word} {a: 1}\nport: &${word} 1\n`),
      subjectOf("shell", `${RUN} --model_dir <${word}> --tp 1 >${word}\n`),
      subjectOf("systemd", `[Service]\nExecStart=/usr/bin/${RUN} --tp 1 >${word}\n`),
      subjectOf("shell", `${RUN} '--${word}' '--tp=${word}' '${word}' "$${word}"\n`),
      subjectOf("shell", `export ${word}=1\n${RUN} --model_dir /m ${word} | ${word}\n`),
      subjectOf("python", `run(["python","-m","lightllm.server.api_server",${quoted},8])\n`),
    ];
  });
}

/** What is said about a text, without testing the fixes. */
function saidOf({ uri, languageId, text }: Subject): { messages: string[]; titles: string[] } {
  const notation = service.notationOf(languageId, uri, text);
  if (!notation) return { messages: [], titles: [] };
  const document = TextDocument.create(uri, languageId, 1, text);
  const analysed = service.analyse(document, notation, { language: "en" }, service.shippedCatalogue());
  const findings = service.reportedFindings(analysed);
  return {
    messages: findings.flatMap(({ message, related = [] }) => [
      message,
      ...related.map((one) => one.message),
    ]),
    titles: findings.flatMap(({ fixes, textFixes = [] }) =>
      [...fixes, ...textFixes].map(({ title }) => title),
    ),
  };
}

test.each([
  ["of examples, fixtures and the corpus", () => readSeeds(root)],
  ["of long, hidden and many-lined words", nastyTexts],
])("findings and fixes %s are one short line", (_, texts) => {
  const wrong = new Set<string>();
  let count = 0;
  for (const subject of texts()) {
    const { messages, titles } = saidOf(subject);
    count += messages.length;
    for (const said of messages)
      if (HIDDEN.test(said) || said.length > LONGEST_MESSAGE)
        wrong.add(`${said.length}: ${said.slice(0, 600)}`);
    for (const said of titles)
      if (HIDDEN.test(said) || said.length > LONGEST_TITLE)
        wrong.add(`${said.length}: ${said.slice(0, 300)}`);
  }
  expect(count).toBeGreaterThan(200);
  expect([...wrong]).toEqual([]);
});
