/** F6: who asks for colours gets them, who does not want them does not. */
import { expect, test } from "vitest";
import { terminal } from "../support/terminal";

const { run, file } = terminal("colours");
const RUN = "python -m lightllm.server.api_server --model_dir /m";
const SCRIPT = file("start.sh", `${RUN} --prot 3\n`);
const OLD = file("old.sh", `${RUN} --enable_fa3\n`);

const CALLS: [string, string[]][] = [
  ["check", ["check", SCRIPT]],
  ["migrate", ["migrate", "--from", "v1.1.0", "--to", "v1.2.0", OLD]],
];
const ESCAPE = "\u001b[";

test.each<[boolean, NodeJS.ProcessEnv]>([
  [false, {}],
  [true, { FORCE_COLOR: "1" }],
  [true, { FORCE_COLOR: "3", TERM: "dumb" }],
  [true, { FORCE_COLOR: "true" }],
  [true, { CLICOLOR_FORCE: "1" }],
  [true, { CLICOLOR_FORCE: "1", CLICOLOR: "0" }],
  [true, { FORCE_COLOR: "1", NO_COLOR: "" }],
  [false, { FORCE_COLOR: "" }],
  [false, { FORCE_COLOR: "0" }],
  [false, { FORCE_COLOR: "false", CLICOLOR_FORCE: "1" }],
  [false, { CLICOLOR_FORCE: "0" }],
  [false, { CLICOLOR: "1" }],
  [false, { FORCE_COLOR: "1", NO_COLOR: "1" }],
  [false, { CLICOLOR_FORCE: "1", NO_COLOR: "1" }],
])("into a pipe: %s with %j", (coloured, env) => {
  for (const [name, words] of CALLS) {
    const { stdout, stderr } = run(words, "", env);
    expect([name, stdout.includes(ESCAPE)]).toEqual([name, coloured]);
    // Node has a warning of its own for contradictory variables.
    expect(stderr).not.toContain("Warning");
  }
});

test("what a program reads has none", () => {
  const env = { FORCE_COLOR: "1" };
  expect(run(["check", "--format", "json", SCRIPT], "", env).stdout).not.toContain(ESCAPE);
  expect(run(["render", SCRIPT, "--force"], "", env).stdout).not.toContain(ESCAPE);
  expect(run(["schema"], "", env).stdout).not.toContain(ESCAPE);
});
