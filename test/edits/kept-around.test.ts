/** A fix that breaks the text around a launch is not offered, whatever it does for the launch. */
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { spanFrom } from "../../server/src/launch/launch";
import { service } from "../../server/src/service";
import { open, type TestNotation } from "../support/service";

const RUN = "python -m lightllm.server.api_server";
const LIST = '"python", "-m", "lightllm.server.api_server", "--model_dir", "/m", "--model-name", "x"';
const ITEMS = ["--model_dir", "/m", "--model-name", "x"].map((item) => `    - "${item}"\n`).join("");
const POD = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n";

/** A text with a mistake of a spelling, and what a wrong writer does besides: it replaces one text by another. */
const WRONG: readonly (readonly [TestNotation, string, [from: string, to: string]])[] = [
  ["kubernetes", `${POD}  - name: a\n    command: [${LIST}]\n    env: []\n`, ['"x"]', '"x"']],
  ["kubernetes", `${POD}  - name: a\n    command: [${LIST}]\n    env: []\n`, ['"/m"', '"/m']],
  [
    "kubernetes",
    `${POD}  - name: a\n    image: x\n    command: [python, -m, lightllm.server.api_server]\n    args:\n${ITEMS}    env: []\n`,
    ['    - "x"\n', '    - "x"\n   '],
  ],
  [
    "kubernetes",
    `${POD}  - name: a\n    image: x\n    command: [python, -m, lightllm.server.api_server]\n    args:\n${ITEMS}    env: []\n`,
    ['    - "x"\n', '    - "x"\n    '],
  ],
  [
    "kubernetes",
    `${POD}  - name: a\n    image: x\n    command: [python, -m, lightllm.server.api_server]\n    args:\n${ITEMS}    env: []\n`,
    ["  - name: a\n    image", "  - name: a\n    b: |\n     c\n     image"],
  ],
  [
    "compose",
    `services:\n  a:\n    command: ${RUN} --model_dir /m --model-name x\n    tty: true\n`,
    ["-name x\n", "-name x: y\n"],
  ],
  [
    "compose",
    `services:\n  a:\n    command: >-\n      ${RUN} --model_dir /m --model-name x\n    tty: true\n`,
    ["x\n    tty", "x\n      tty"],
  ],
  ["compose", `services:\n  a:\n    command: [${LIST}]\n  b:\n    image: y\n`, ["]\n  b", "]\n    b"]],
  ["compose", `services:\n  a:\n    command: [${LIST}]\n  b:\n    image: y\n`, ["]\n", "] ]\n"]],
  ["dockerfile", `FROM x\nCMD ${RUN} --model_dir /m --model-name x\nEXPOSE 80\n`, [" x\nE", " x \\\nE"]],
  [
    "dockerfile",
    `# escape=\\\nFROM x\nCMD ${RUN} --model_dir /m --model-name x\nUSER a\n`,
    ["escape=\\", "escape=`"],
  ],
  [
    "systemd",
    `[Service]\nExecStart=/usr/bin/${RUN} --model_dir /m --model-name x\nUser=a\n`,
    [" x\nU", " x \\\nU"],
  ],
  [
    "systemd",
    `[Service]\nExecStart=/usr/bin/${RUN} --model_dir /m --model-name x\nNice=1\nUser=a\n`,
    ["x\nN", "x\n[Unit]\nN"],
  ],
  [
    "markdown",
    `\`\`\`bash\n${RUN} --model_dir /m --model-name x\n\`\`\`\n\nText.\n\n\`\`\`bash\nls\n\`\`\`\n`,
    ["x\n", "x\n```\n"],
  ],
  [
    "markdown",
    `- a\n\n  \`\`\`bash\n  ${RUN} --model_dir /m --model-name x\n  \`\`\`\n\n  Text.\n`,
    ["x\n  `", "x\n`"],
  ],
  [
    "restructuredtext",
    `::\n\n  ${RUN} --model_dir /m --model-name x\n  echo a\n\nText.\n`,
    ["x\n  e", "x\ne"],
  ],
  [
    "restructuredtext",
    `::\n\n  ${RUN} --model_dir /m --model-name x\n\n::\n\n  python -m lightllm.server.api_server --tp 2\n`,
    ["x\n\n:", "x\n\n  :"],
  ],
  ["python", `run([${LIST}])\nprint(1)\n`, ['"x"]', '"x"']],
  ["python", `def f():\n    run([${LIST}])\n    print(1)\n`, ["])\n", "])\n  "]],
  ["python", `os.system("${RUN} --model_dir /m --model-name x")\nprint("a")\n`, ['x"', "x"]],
];

test.each(WRONG)("in %s: %j, %j", (notationId, text, [from, to]) => {
  const right = open(text, {}, notationId);
  const at = text.indexOf(from);
  expect(at).toBeGreaterThan(0);
  const careless = {
    ...right.notation,
    write: (...args: Parameters<typeof right.notation.write>) => [
      ...right.notation.write(...args),
      { span: spanFrom(at, at + from.length), newText: to },
    ],
  };
  const { document, catalogue, settings } = right;
  const wrong = service.analyse(
    TextDocument.create(document.uri, document.languageId, 2, text),
    careless,
    settings,
    catalogue,
    {},
  );
  const titles = [right, wrong].map((one) =>
    service
      .reportedFindings(one)
      .filter(({ code }) => code === "flag-spelling")
      .map((finding) => service.fixesOf(one, finding).map(({ title }) => title)),
  );
  expect(titles).toEqual([[["Change to `--model_name`"]], [[]]]);
});
