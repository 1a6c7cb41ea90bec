/** Misspelt names of LightLLM's module, in every notation that names it. */
import { expect, test } from "vitest";
import { afterFix, findingsOf, open, type TestNotation } from "../support/service";

const MODULE = "lightllm.server.api_server";
const ARGUMENTS = '"--model_dir", "/m"';

const TEXTS: readonly [TestNotation, (module: string) => string][] = [
  ["shell", (module) => `A=1 nohup python3 -u -m ${module} --model_dir /m &\n`],
  ["dockerfile", (module) => `FROM x\nCMD ["python", "-m", "${module}", ${ARGUMENTS}]\n`],
  [
    "compose",
    (module) => `services:\n  a:\n    image: x\n    command: [python, -m, ${module}, --model_dir, /m]\n`,
  ],
  [
    "kubernetes",
    (module) =>
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    command: [bash, -c]\n    args:\n    - exec python -m ${module} --model_dir /m\n`,
  ],
  ["python", (module) => `subprocess.run(["python", "-m", "${module}", ${ARGUMENTS}])\n`],
  ["python", (module) => `os.system("python -m ${module} --model_dir /m")\n`],
  ["markdown", (module) => `\`\`\`bash\npython -m ${module} --model_dir /m\n\`\`\`\n`],
  ["restructuredtext", (module) => `::\n\n  python -m ${module} --model_dir /m\n`],
  ["systemd", (module) => `[Service]\nExecStart=/usr/bin/python3 -m ${module} --model_dir /m\n`],
];

test.each(TEXTS)("is a finding with a fix (%s)", (notation, text) => {
  for (const wrong of [
    "lightllm.server.api_serve",
    "lightllm.api_server",
    "lightllm.server.api-server",
    "lightllm.server.api_server.py",
  ]) {
    const written = text(wrong);
    expect(findingsOf(written, {}, notation)).toEqual([`module-name: ${wrong}`]);
    expect(afterFix(written, "module-name", undefined, notation)).toBe(text(MODULE));
  }
  expect(findingsOf(text(MODULE), {}, notation)).toEqual([]);
});

test.each([
  "lightllm.server.api_start",
  "lightllm.server.api_cli",
  "lightllm.server.router.manager",
  "vllm.entrypoints.openai.api_server",
])("another module is no launch: %s", (module) => {
  expect(open(`python -m ${module} --model_dir /m\n# lightllm\n`, {}, "shell").launches).toEqual([]);
});

test.each<[TestNotation, string, string | undefined]>([
  [
    "shell",
    "A=1 python lightllm/server/api_server.py --model_dir /m\n",
    "A=1 python -m lightllm.server.api_server --model_dir /m\n",
  ],
  [
    "shell",
    "python3 -u /w/lightllm/server/api_server.py --model_dir /m\n",
    "python3 -u -m lightllm.server.api_server --model_dir /m\n",
  ],
  [
    "dockerfile",
    "FROM x\nCMD python ./lightllm/server/api_server.py --model_dir /m\n",
    "FROM x\nCMD python -m lightllm.server.api_server --model_dir /m\n",
  ],
  ["python", `run(["python", "/x/lightllm/server/api_server.py", ${ARGUMENTS}])\n`, undefined],
])("the module's file is run outside its package, in %s: %s", (notation, text, fixed) => {
  expect(findingsOf(text, {}, notation).map((one) => one.split(":")[0])).toEqual(["module-name"]);
  if (fixed) expect(afterFix(text, "module-name", undefined, notation)).toBe(fixed);
});
