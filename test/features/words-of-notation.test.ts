/** What is said of a launch uses the words of its notation, and proposes nothing that the launch cannot do without. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { open, type TestNotation } from "../support/service";

const RUN = "python -m lightllm.server.api_server";
const LIST = '"python", "-m", "lightllm.server.api_server"';

/** A launch with these words, in each notation that has a command line. */
const WRITTEN: readonly (readonly [string, TestNotation, (words: readonly string[]) => string])[] = [
  ["a script", "shell", (words) => `${RUN} ${words.join(" ")}\n`],
  ["a Dockerfile", "dockerfile", (words) => `FROM x\nCMD ${RUN} ${words.join(" ")}\n`],
  ["a list in a Dockerfile", "dockerfile", (words) => `FROM x\nCMD [${LIST}, ${inList(words)}]\n`],
  [
    "a list in a Compose file",
    "compose",
    (words) => `services:\n  a:\n    image: x\n    command: [${LIST}, ${inList(words)}]\n`,
  ],
  [
    "a list in a manifest",
    "kubernetes",
    (words) =>
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: x\n      command: [${LIST}, ${inList(words)}]\n`,
  ],
  ["a Python program", "python", (words) => `run([${LIST}, ${inList(words)}])\n`],
  ["a unit", "systemd", (words) => `[Service]\nExecStart=/usr/bin/${RUN} ${words.join(" ")}\n`],
  ["a Markdown page", "markdown", (words) => `\`\`\`bash\n${RUN} ${words.join(" ")}\n\`\`\`\n`],
  [
    "a reStructuredText page",
    "restructuredtext",
    (words) => `.. code-block:: bash\n\n   ${RUN} ${words.join(" ")}\n`,
  ],
];

function inList(words: readonly string[]): string {
  return words.map((word) => JSON.stringify(word)).join(", ");
}

/** The messages and the titles of the tested fixes. */
function saidOf(notation: TestNotation, text: string): string[] {
  const launchDocument = open(text, { setting: "v1.2.0" }, notation);
  return service
    .reportedFindings(launchDocument)
    .flatMap((finding) => [
      finding.message,
      ...service.fixesOf(launchDocument, finding).map(({ title }) => title),
    ]);
}

/** Words of YAML, which no command line has. */
const OF_YAML = /\bkeys?\b|`null`|`true`|\bYAML\b/;

describe.each(WRITTEN)("in %s", (_, notation, write) => {
  test.each([
    ["a flag with hyphens", ["--model_dir", "/m", "--max-req-total-len", "1"]],
    ["a flag without its value", ["--model_dir", "/m", "--tp"]],
    ["a switch with a value", ["--model_dir", "/m", "--enable_ep_moe", "true1"]],
    ["a word for None", ["--model_dir", "/m", "--port", "None"]],
    ["a misspelt flag", ["--model_dir", "/m", "--prot", "8000"]],
    ["several values in one word", ["--model_dir", "/m", "--visual_gpu_ids", "0,1"]],
    ["a removed flag", ["--model_dir", "/m", "--enable_fa3"]],
    ["a flag that is given twice", ["--model_dir", "/m", "--tp", "1", "--tp", "2"]],
  ])("%s is not spoken of with words of YAML", (_, words) => {
    const said = saidOf(notation, write(words));
    expect(said).not.toEqual([]);
    expect(said.filter((text) => OF_YAML.test(text))).toEqual([]);
  });

  test.each([
    ["without a value", ["--tp", "1", "--model_dir"]],
    ["that is another flag's name", ["--model_dir", "--tp", "1"]],
    ["with hyphens", ["--model-dir", "/m", "--tp", "1"]],
  ])("a required flag %s is never proposed for removal", (_, words) => {
    const said = saidOf(notation, write(words));
    expect(said).not.toEqual([]);
    expect(said.filter((text) => /^(?:Remove|Leave) .*model.dir/.test(text))).toEqual([]);
  });
});
