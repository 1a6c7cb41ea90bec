/** Written text is given to the programs that read it, which must produce the original words. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { converted, scriptOf, TRICKY } from "../support/conversions";
import { readTold, withToldPython } from "../support/told";

const folder = mkdtempSync(join(tmpdir(), "lightllm-programs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const env = withToldPython(folder);

const has = (program: string) => spawnSync(program, ["--version"]).status === 0;
const PROGRAM = ["-m", "lightllm.server.api_server"];
/** A program cannot have an empty name, and a variable cannot contain a NUL. */
const WORDS = TRICKY.flatMap((word, at) => [`--flag_${at}`, word]);
const VARIABLES = Object.fromEntries(TRICKY.map((word, at) => [`VARIABLE_${at}`, word]));
const LAUNCH = scriptOf(WORDS, VARIABLES);

function bash(text: string, words: readonly string[] = [], more: NodeJS.ProcessEnv = {}) {
  const script = join(folder, "script.sh");
  writeFileSync(script, text);
  const { status, stdout, stderr } = spawnSync("bash", [script, ...words], {
    encoding: "utf8",
    env: { ...env, ...more },
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return readTold(stdout);
}

describe.skipIf(!has("bash"))("bash", () => {
  test.each(["command", "shell"] as const)(
    "starts the %s with every word and variable as it is",
    (format) => {
      const told = bash(converted(LAUNCH, "shell", format));
      expect(told.words).toEqual([...PROGRAM, ...WORDS]);
      expect(told.env).toMatchObject(VARIABLES);
    },
  );

  test("starts what went through a config", () => {
    const config = converted(LAUNCH, "shell", "yaml");
    const told = bash(converted(config, "yaml", "shell"));
    expect(told.words).toEqual([...PROGRAM, ...WORDS]);
    expect(told.env).toMatchObject(VARIABLES);
  });

  test("puts in what was open, as it did before", () => {
    const script = `python -m lightllm.server.api_server --host $HOST_NAME --port "$PORT" --model_dir $ROOT/m --node_rank $((RANK + 1)) --name "$(echo 'a  b')" --tp 8 $MORE "$@"\n`;
    const more = { HOST_NAME: "here", PORT: "80 80", ROOT: "/r", RANK: "2", MORE: "--x 1  --y 2" };
    const before = bash(script, ["a b", "c"], more);
    const config = converted(script, "shell", "yaml");
    const after = bash(converted(config, "yaml", "shell"), ["a b", "c"], more);
    expect(after.words).toEqual(before.words);
  });

  test("goes on without what may be missing, and stops where something is missing that may not", () => {
    const extended = converted("x-arguments: $UNSET\nenv: {EXTENDED: '${EXTENDED}:/x'}\n", "yaml", "shell");
    const told = bash(extended);
    expect(told.words).toEqual(PROGRAM);
    expect(told.env.EXTENDED).toBe(":/x");
    writeFileSync(join(folder, "needs.sh"), converted("host: ${UNSET_HOST}\n", "yaml", "shell"));
    const { status, stderr } = spawnSync("bash", [join(folder, "needs.sh")], { encoding: "utf8", env });
    expect(status).not.toBe(0);
    expect(stderr).toContain("UNSET_HOST: unbound variable");
  });

  test("starts the one of several launches that is named", () => {
    const config =
      "x-name: one\ntp: 1\nhost: it's\n---\nx-name: two\ntp: 2\nx-arguments: '\"$@\"'\nenv: {A: b}\n";
    const script = converted(config, "yaml", "shell");
    expect(bash(script, ["one"]).words).toEqual([...PROGRAM, "--tp", "1", "--host", "it's"]);
    const second = bash(script, ["two", "--port", "1"]);
    expect(second.words).toEqual([...PROGRAM, "--tp", "2", "--port", "1"]);
    expect(second.env.A).toBe("b");
    writeFileSync(join(folder, "several.sh"), script);
    const { status, stderr } = spawnSync("bash", [join(folder, "several.sh")], { encoding: "utf8", env });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^usage: .* NAME, where NAME is one of: one, two\n$/);
  });
});

test.skipIf(!has("python3"))("Python makes the words of the list", () => {
  const list = converted(LAUNCH, "shell", "python");
  const program = `${list}\nimport json\nprint(json.dumps(command))\n`;
  const { stdout, stderr } = spawnSync("python3", ["-c", program], { encoding: "utf8" });
  expect(stderr).toBe("");
  const set = Object.entries(VARIABLES).map(([name, value]) => `${name}=${value}`);
  expect(JSON.parse(stdout)).toEqual(["env", ...set, "python", ...PROGRAM, ...WORDS]);
});

test.skipIf(!has("python3"))("Python puts the environment into the list", () => {
  const list = converted("model_dir: ${ROOT}/it's {x}\nhost: ${ADDRESS}\n", "yaml", "python");
  const program = `${list}\nimport json\nprint(json.dumps(command))\n`;
  const { stdout } = spawnSync("python3", ["-c", program], {
    encoding: "utf8",
    env: { ...env, ROOT: "/r", ADDRESS: "::1" },
  });
  expect(JSON.parse(stdout)).toEqual(["python", ...PROGRAM, "--model_dir", "/r/it's {x}", "--host", "::1"]);
});
