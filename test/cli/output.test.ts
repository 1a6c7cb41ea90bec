/** A7: text from files, arguments, names and the environment does not act on the terminal: it is escaped. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { program, root } from "../support/paths";
import { OUTER, terminal } from "../support/terminal";

const { folder, run, file } = terminal("output");

/**
 * Control sequences that clear the screen, query the terminal or change the writing direction, and other invisible
 * characters.
 */
const NASTY = "a\x1b[2J\x07\x9b31m\x7f\u202eb\u2028c\u2066d";
const SHOWN = "a\\x1b[2J\\x07\\x9b31m\\x7f\\u202eb\\u2028c\\u2066d";
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const HIDDEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
const RUN = "python -m lightllm.server.api_server";

const SCRIPT = file("nasty.sh", `# ${NASTY}\n${RUN} --model_dir /m --prot${NASTY} ${NASTY}\n`);
const CONFIG = file(
  "nasty.lightllm.yaml",
  `x-name: ${JSON.stringify(`n${NASTY}\nfaked: error`)}\nmodel_dir: /m\n${JSON.stringify(`p${NASTY}`)}: 1\nhost: ${JSON.stringify(NASTY)}\nenv: {${JSON.stringify(`A${NASTY}`)}: 1}\n---\nx-name: two\nmodel_dir: /m\n`,
);
const NAMED = file(`${NASTY}.sh`, `${RUN} --model_dir /m --prot 1\n`);
file("plain.sh", `${RUN} --model_dir /m\n`);
mkdirSync(join(folder, `folder${NASTY}`));

const CALLS: [what: string, words: readonly string[], env?: NodeJS.ProcessEnv][] = [
  ["check", ["check", SCRIPT, CONFIG, NAMED]],
  ["check of words", ["check", "--", "--prot", NASTY, `--x${NASTY}`]],
  ["check, a missing file", ["check", `missing${NASTY}`]],
  ["check, a folder", ["check", `folder${NASTY}`]],
  ["check, an option", ["check", `--x${NASTY}`]],
  ["check, a format", ["check", "--format", NASTY, SCRIPT]],
  ["check, a release", ["check", "--release", NASTY, SCRIPT]],
  ["check --format json", ["check", "--format", "json", SCRIPT, CONFIG, NAMED]],
  ["a subcommand", [NASTY]],
  ["render", ["render", "--force", CONFIG]],
  ["render, why not", ["render", CONFIG]],
  ["render, the names", ["render", "--name", `x${NASTY}`, CONFIG]],
  ["render, the output", ["render", "plain.sh", "-o", `no/${NASTY}`]],
  ["render, the interpreter", ["render", "plain.sh", "--python", `/p${NASTY}`]],
  ["run, which one", ["run", CONFIG]],
  ["run", ["run", "--document", "1", CONFIG]],
  ["run, an interpreter", ["run", "--force", "--python", `/p${NASTY}`, "plain.sh"]],
  ["run, a variable", ["run", file("variable.sh", `${RUN} --model_dir $(echo ${NASTY})\n`)]],
  ["run --dry-run", ["run", "--force", "--dry-run", file("host.sh", `${RUN} --host $H\n`)], { H: NASTY }],
  ["import", ["import", SCRIPT, CONFIG]],
  ["migrate, the report", ["migrate", "--to", "v1.2.0", file("none.sh", `echo ${NASTY}\n`), NAMED]],
  ["explain", ["explain", "--from", NASTY]],
  ["schema", ["schema", "--release", NASTY]],
  ["schema, a source", ["schema", "--source", `s${NASTY}`]],
  ...["shell", "compose", "kubernetes", "dockerfile", "python", "yaml"].map(
    (format): [string, readonly string[]] => [
      `render --format ${format}`,
      ["render", "--force", "--format", format, CONFIG],
    ],
  ),
];

describe("A7: nothing hidden is written", () => {
  test.each(CALLS)("by %s", (_what, words, env = {}) => {
    const { stdout, stderr } = run(words, "", env);
    expect(stdout + stderr).not.toBe("");
    expect(stdout).not.toMatch(HIDDEN);
    expect(stderr).not.toMatch(HIDDEN);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test("and an error is reported on one line, with the text", () => {
    expect(run(["check", `missing${NASTY}\nfaked: all is well`]).stderr).toBe(
      `lightllm-config: check: 'missing${SHOWN}\\nfaked: all is well' cannot be read: there is no such file\n`,
    );
    expect(run(["render", "--name", "x", CONFIG]).stderr).toBe(
      `lightllm-config: render: no launch in 'nasty.lightllm.yaml' is named 'x'; it has n${SHOWN}\\nfaked: error, two\n`,
    );
  });

  test("and the marker is below what it is about", () => {
    const { stdout } = run([
      "check",
      file("marker.sh", `${RUN} --host \x1b[2J --model_dir /m\t\x07 --prot\x07 1\n`),
    ]);
    const lines = stdout.split("\n");
    const at = lines.findIndex((line) => line.includes("'--prot\\x07'"));
    const [source = "", marks = ""] = lines.slice(at + 1);
    expect(source).toBe(`    ${RUN} --host \\x1b[2J --model_dir /m\t\\x07 --prot\\x07 1`);
    expect(source.slice(marks.indexOf("^"), marks.length)).toBe("--prot\\x07");
    expect(marks.replace(/\^+$/, "")).toBe(source.slice(0, marks.indexOf("^")).replace(/[^\t]/g, " "));
  });

  test("and JSON says the same", () => {
    const { stdout } = run(["check", "--format", "json", NAMED]);
    expect(JSON.parse(stdout).files[0].path).toBe(NAMED);
  });

  test("and a diff names its file on one line", () => {
    const odd = file('odd\n+++ b"\\.sh', `${RUN} --model_dir /m --enable_fa3\n`);
    const { stdout } = run(["migrate", "--from", "v1.1.0", "--to", "v1.2.0", odd]);
    expect(stdout.split("\n").slice(0, 2)).toEqual([
      '--- "a/odd\\n+++ b\\042\\\\.sh"',
      '+++ "b/odd\\n+++ b\\042\\\\.sh"',
    ]);
  });

  test("and a diff for a program is the text as it is", () => {
    const old = file("old.sh", `# ${NASTY}\n${RUN} --model_dir /m --enable_fa3 # ${NASTY}\n`);
    expect(run(["migrate", "--from", "v1.1.0", "--to", "v1.2.0", old]).stdout).toContain(
      `-${RUN} --model_dir /m --enable_fa3 # ${NASTY}`,
    );
  });
});

const python = spawnSync("python3", ["-c", "import pty"]).status === 0 ? "python3" : undefined;

describe.skipIf(!python)("A7: in a terminal", () => {
  /** What a terminal is given. */
  function typed(...words: string[]): string {
    const spawns = "import pty, sys\npty.spawn(sys.argv[1:])";
    const { stdout } = spawnSync(python ?? "", ["-c", spawns, process.execPath, program, ...words], {
      cwd: folder,
      encoding: "utf8",
      env: { ...OUTER, TERM: "xterm" },
    });
    return stdout.replaceAll("\r\n", "\n");
  }

  test("colours are colours, and nothing else is", () => {
    const said = typed("check", SCRIPT);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours themselves.
    const colour = /\x1b\[(?:0|1|2|31|32|33|36)m/g;
    expect(said).toMatch(colour);
    expect(said.replace(colour, "")).not.toMatch(HIDDEN);
    const faked = file("faked.sh", `${RUN} --model_dir /m --prot \x1b[31mred\x1b[0m\n`);
    expect(typed("check", faked)).toContain("\\x1b[31mred\\x1b[0m");
  });

  test("a diff is shown with what is hidden in it, and files of Windows without their line ends", () => {
    const old = file("windows.sh", `# ${NASTY}\r\n${RUN} --model_dir /m --enable_fa3\r\n`);
    const said = typed("migrate", "--from", "v1.1.0", "--to", "v1.2.0", old);
    expect(said).toContain(`# ${SHOWN}`);
    expect(said).not.toContain("\\x0d");
    expect(said).not.toContain("\x1b[2J");
  });
});

test("A7: only one file of the program writes to the terminal", () => {
  const sources = readdirSync(join(root, "server/src/cli"), { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && name !== "output.ts",
  );
  for (const name of sources) {
    const text = readFileSync(join(root, "server/src/cli", name), "utf8");
    expect([name, /\bprocess\.std(?:out|err)\.write|\bconsole\./.test(text)]).toEqual([name, false]);
  }
});
