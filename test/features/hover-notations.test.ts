/** Hovers over words of a command line, in every notation that has one. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { atCursor, open, type TestNotation } from "../support/service";

const RUN = "python -m lightllm.server.api_server";

/** A launch with these words in each notation; `RUN` is what comes before them. */
const WRITTEN: readonly (readonly [TestNotation, (command: string) => string])[] = [
  ["shell", (command) => `${command}\n`],
  ["dockerfile", (command) => `FROM x\nCMD ${command}\n`],
  ["compose", (command) => `services:\n  a:\n    image: x\n    command: ${command}\n`],
  [
    "kubernetes",
    (command) =>
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: x\n      command: [sh, -c, "${command}"]\n`,
  ],
  ["markdown", (command) => `\`\`\`bash\n${command}\n\`\`\`\n`],
  ["restructuredtext", (command) => `.. code-block:: bash\n\n   ${command}\n`],
  ["python", (command) => `subprocess.run("${command}", shell=True)\n`],
  ["systemd", (command) => `[Service]\nExecStart=/usr/bin/${command}\n`],
];

function hoverAt(notation: TestNotation, marked: string): string[] {
  const { text, offset } = atCursor(marked);
  const contents = service.hover(open(text, { setting: "v1.2.0" }, notation), offset)?.contents;
  return contents && typeof contents === "object" && "value" in contents ? contents.value.split("\n") : [];
}

describe.each(WRITTEN)("in %s", (notation, write) => {
  test.each([
    ["a misspelt flag", "--max_total_tokem|_num 4", "--max_total_token_num"],
    ["a flag with hyphens", "--max-req|-total-len 4", "--max_req_total_len"],
    ["a flag with one dash", "-t|p 4", "--tp"],
  ])("%s has the documentation of the flag that is meant", (_, words, flag) => {
    const [about, , head] = hoverAt(notation, write(`${RUN} --model_dir /m ${words}`));
    expect(about).toBe(`About \`${flag}\`:`);
    expect(head).toContain(`**${flag.slice(2)}** — integer`);
  });

  test("an abbreviated flag has the documentation of its flag", () => {
    const [head, here] = hoverAt(notation, write(`${RUN} --model_dir /m --max_total|_tok 40000`));
    expect([head, here]).toEqual(["**max_total_token_num** — integer, tokens  ", "Here: `40000`"]);
  });

  test("the first of two equal flags says that the last one counts", () => {
    const [, here] = hoverAt(notation, write(`${RUN} --model_dir /m --t|p 2 --tp 4`));
    expect(here).toBe("Here: `4`. The flag is given again further on, and the last one counts.");
    expect(hoverAt(notation, write(`${RUN} --model_dir /m --tp 2 --t|p 4`))[1]).toBe("Here: `4`");
  });

  test("the program shows the launch at a glance", () => {
    const command = `${RUN.replace("api_", "api|_")} --model_dir /m --tp 16 --nnodes 2 --port x`;
    const lines = hoverAt(notation, write(command));
    expect(lines[0]).toBe("**LightLLM v1.2.0** · run mode `normal` · 16 GPUs · 2 nodes");
    expect(lines).toContain("- `--model_dir` `/m`");
    expect(lines).toContain("- `--batch_max_tokens` `16384` (derived: 16384 ÷ dp)");
    expect(lines.some((line) => /^\*\*\d errors?/.test(line))).toBe(true);
    expect(lines.some((line) => line.startsWith("- `--port` needs an integer"))).toBe(true);
  });
});

test("the program of a launch without GPUs shows only what it has", () => {
  const lines = hoverAt(
    "shell",
    `python -m lightllm.server.api|_server --run_mode config_server --port 60088\n`,
  );
  expect(lines[0]).toBe("**LightLLM v1.2.0** · run mode `config_server`");
  expect(lines).toContain("- `--port` `60088`");
  expect(lines.filter((line) => line.includes("batch_max_tokens"))).toEqual([]);
});
