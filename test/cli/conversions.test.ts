/** `render` and `import` as a real process. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { root } from "../support/paths";
import { terminal } from "../support/terminal";

const { folder, run, file, text } = terminal("conversions");
const golden = (name: string) => readFileSync(join(root, "test/conversion/golden", name), "utf8");
const STARTS = "# lightllm: release=v1.2.0\nmodel_dir: /models/it's here\ntp: 8\nenv: {LOADWORKER: 18}\n";
const COMMAND = `LOADWORKER=18 python -m lightllm.server.api_server --model_dir '/models/it'\\''s here' --tp 8\n`;
const NOTATIONS = Object.keys(service.notations).join(", ");
const REFUSED = "model_dir: /m\ntpp: 8\n";

describe("render", () => {
  test("prints the command, its words quoted exactly", () => {
    const { status, stdout, stderr } = run(["render", file("a.lightllm.yaml", STARTS)]);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: COMMAND, stderr: "" });
  });

  test.each([
    ["shell", "several.sh"],
    ["compose", "several.compose.yaml"],
    ["kubernetes", "several.kubernetes.yaml"],
    ["dockerfile", "several.Dockerfile"],
    ["python", "several.py"],
    ["yaml", "several.lightllm.yaml"],
    ["command", "several.txt"],
  ])("writes every launch as %s", (format, expected) => {
    const name = file("several.lightllm.yaml", golden("several.lightllm.yaml"));
    expect(run(["render", "--format", format, "--force", name]).stdout).toBe(golden(`rendered/${expected}`));
  });

  test("reads a launch of any notation, and a config from standard input", () => {
    const script = file("a.sh", "python -m lightllm.server.api_server --model_dir $ROOT/m --tp 8\n");
    expect(run(["render", script, "--python", "/opt/venv/bin/python3"]).stdout).toBe(
      '/opt/venv/bin/python3 -m lightllm.server.api_server --model_dir "${ROOT}/m" --tp 8\n',
    );
    expect(run(["render", "-"], STARTS).stdout).toBe(COMMAND);
    expect(run(["render", "--notation", "shell", "-"], COMMAND).stdout).toBe(COMMAND);
  });

  test("--as is the old name of --format", () => {
    const name = file("old.lightllm.yaml", STARTS);
    const { stdout } = run(["render", "--format", "shell", name]);
    expect(run(["render", "--as", "shell", name])).toEqual({
      status: 0,
      stdout,
      stderr: "lightllm-config: render: --as is the old name of --format; write --format\n",
    });
    expect(run(["render", "--as", "yaml", "--format", "shell", name])).toMatchObject({ status: 0, stdout });
  });

  test("takes one launch of several, by number or by name", () => {
    const name = file("two.lightllm.yaml", `x-name: one\n${STARTS}---\nx-name: two\nmodel_dir: /m\n`);
    const second = "python -m lightllm.server.api_server --model_dir /m\n";
    expect(run(["render", name, "--document", "2"]).stdout).toBe(second);
    expect(run(["render", name, "--name", "two"]).stdout).toBe(second);
    expect(run(["render", name]).stdout).toBe(COMMAND + second);
  });

  test.each(["render", "import"])(
    "%s tells which words a fault of the script keeps from the launch",
    (subcommand) => {
      const name = file("cut.sh", "python -m lightllm.server.api_server --model_dir /m\n  --tp 8\n");
      const { status, stdout, stderr } = run([subcommand, name]);
      expect(status).toBe(0);
      expect(stdout).not.toContain("tp");
      expect(stderr).toMatch(
        /^lightllm-config: cut\.sh:2:3: A backslash is missing .*\[shell-missing-backslash\]\n$/,
      );
    },
  );

  test("does not render what LightLLM would refuse, says why, and does with --force", () => {
    const name = file("refused.lightllm.yaml", REFUSED);
    expect(run(["render", name])).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "lightllm-config: render: LightLLM would refuse the launch; --force renders it all the same\n" +
        "refused.lightllm.yaml:2:1: LightLLM v1.2.0 has no flag 'tpp' and refuses to start. Did you mean 'tp'? [argparse-unknown-flag]\n",
    });
    expect(run(["render", "--force", name]).stdout).toContain(" --tpp 8");
    // The other release has the flag.
    expect(
      run(["render", file("b.lightllm.yaml", "model_dir: /m\nenable_fa3: true\n"), "--release", "v1.2.0"])
        .status,
    ).toBe(1);
    expect(run(["render", "b.lightllm.yaml", "--release", "v1.1.0"]).status).toBe(0);
  });

  test("writes a file whole: one that can be run for a script, its mode and link kept where it is there", () => {
    const name = file("a.lightllm.yaml", STARTS);
    expect(run(["render", name, "--format", "shell", "-o", "new.sh"])).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
    expect(text("new.sh")).toContain("exec python -m lightllm.server.api_server");
    expect(statSync(join(folder, "new.sh")).mode & 0o100).toBe(0o100);
    file("there.txt", "before");
    chmodSync(join(folder, "there.txt"), 0o640);
    symlinkSync("there.txt", join(folder, "link.txt"));
    expect(run(["render", name, "--output", "link.txt"]).status).toBe(0);
    expect(text("there.txt")).toBe(COMMAND);
    expect(statSync(join(folder, "there.txt")).mode & 0o777).toBe(0o640);
    expect(run(["render", name, "-o", "/dev/null"]).status).toBe(0);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    expect(readdirSync(folder).filter((one) => one.startsWith("."))).toEqual([]);
  });

  test("leaves the file that is there alone where a launch is refused", () => {
    file("keep.sh", "mine\n");
    expect(run(["render", file("refused.lightllm.yaml", REFUSED), "-o", "keep.sh"]).status).toBe(1);
    expect(text("keep.sh")).toBe("mine\n");
  });

  test("gives an editor's stream no colours", () => {
    expect(run(["render", file("refused.lightllm.yaml", REFUSED)]).stderr).not.toContain("\u001b");
  });
});

describe("import", () => {
  test.each(["start.sh", "Dockerfile", "compose.yaml", "deployment.yaml", "page.md", "page.rst", "start.py"])(
    "makes a config of %s",
    (name) => {
      const { status, stdout, stderr } = run(["import", file(name, golden(name))]);
      expect({ status, stdout, stderr }).toEqual({
        status: 0,
        stdout: golden(`imported/${name}.lightllm.yaml`),
        stderr: "",
      });
    },
  );

  test("makes one config of several files, and of standard input", () => {
    const one = file("one.sh", "python -m lightllm.server.api_server --tp 1\n");
    const two = file("two.sh", "python -m lightllm.server.api_server --tp 2\n");
    expect(run(["import", one, two, "-o", "both.lightllm.yaml"]).status).toBe(0);
    expect(text("both.lightllm.yaml")).toBe("tp: 1\n---\ntp: 2\n");
    expect(run(["import", "--notation", "shell", "-"], text("one.sh")).stdout).toBe("tp: 1\n");
  });

  test("keeps what LightLLM would refuse, as it is", () => {
    expect(
      run(["import", file("odd.sh", "python -m lightllm.server.api_server --prot 1 --tp --tp 2\n")]),
    ).toEqual({
      status: 0,
      stdout: "prot: 1\nx-arguments: --tp\ntp: 2\n",
      stderr: "",
    });
  });
});

describe("a usage error is one sentence", () => {
  mkdirSync(join(folder, "empty"));
  mkdirSync(join(folder, "closed"), { mode: 0o500 });
  file("good.lightllm.yaml", STARTS);
  file("two.lightllm.yaml", `x-name: one\n${STARTS}---\nx-name: two\ntp: 1\n`);
  file("plain.txt", "hello\n");
  file("none.sh", "echo hello\n");
  file("broken.lightllm.yaml", "- a\n- [b\n");

  test.each([
    ["render", "render: name the file, or '-' for standard input"],
    ["render good.lightllm.yaml none.sh", "render: name one file only, not also 'none.sh'"],
    ["render missing.lightllm.yaml", "render: 'missing.lightllm.yaml' cannot be read: there is no such file"],
    ["render empty", "render: 'empty' is a folder; name the files in it"],
    [
      "render plain.txt",
      `render: 'plain.txt' is no file that launches are written in; --notation says what it is: ${NOTATIONS}`,
    ],
    ["render none.sh", "render: no launch of LightLLM found in 'none.sh'"],
    [
      "render broken.lightllm.yaml",
      "render: no launch of LightLLM found in 'broken.lightllm.yaml' (A launch config is a mapping of flags to values, one 'key: value' on each line.)",
    ],
    [
      "render --format helm good.lightllm.yaml",
      "render: there is no format 'helm'. Known: command, shell, compose, kubernetes, dockerfile, python, systemd, yaml",
    ],
    [
      "render --sa shell good.lightllm.yaml",
      "render: Unknown option '--sa'. Try: lightllm-config render --help",
    ],
    ["render --notation perl good.lightllm.yaml", `render: there is no notation 'perl'. Known: ${NOTATIONS}`],
    ["render --release v9 good.lightllm.yaml", /^render: there is no release 'v9'. Known: v1\.0\.0, /],
    [
      "render --release v1.2.0 --source . good.lightllm.yaml",
      "render: give either --release or --source, not both",
    ],
    [
      "render --document 3 two.lightllm.yaml",
      "render: there is no launch number '3': 'two.lightllm.yaml' holds 2 launches, numbered from 1",
    ],
    [
      "render --document one good.lightllm.yaml",
      "render: there is no launch number 'one': 'good.lightllm.yaml' holds 1 launch",
    ],
    [
      "render --name three two.lightllm.yaml",
      "render: no launch in 'two.lightllm.yaml' is named 'three'; it has one, two",
    ],
    [
      "render --name one --document 1 two.lightllm.yaml",
      "render: give either --document or --name, not both",
    ],
    ["render good.lightllm.yaml -o empty", "render: 'empty' is a folder; name a file in it"],
    [
      "render good.lightllm.yaml -o no/such/folder",
      "render: 'no/such/folder' cannot be written: there is no such file",
    ],
    [
      "render good.lightllm.yaml -o ./good.lightllm.yaml",
      "render: './good.lightllm.yaml' is the file that is read; name another one to write to",
    ],
    ["import", "import: name the files, or '-' for standard input"],
    ["import -", /^import: say what standard input is: --notation yaml\|shell\|/],
    ["import missing.sh", "import: 'missing.sh' cannot be read: there is no such file"],
    ["import empty", "import: 'empty' is a folder; name the files in it"],
    ["import none.sh", "import: no launch of LightLLM found in 'none.sh'"],
    ["import --notation perl none.sh", /^import: there is no notation 'perl'/],
    [
      "import good.lightllm.yaml -o good.lightllm.yaml",
      /^import: 'good\.lightllm\.yaml' is the file that is read/,
    ],
    ["run", "run: name the file, or '-' for standard input"],
    ["run missing.yaml", "run: 'missing.yaml' cannot be read: there is no such file"],
    ["run empty", "run: 'empty' is a folder; name the files in it"],
    ["run none.sh", "run: no launch of LightLLM found in 'none.sh'"],
    [
      "run two.lightllm.yaml",
      "run: 'two.lightllm.yaml' holds 2 launches: say which with --document 1 to 2, or with --name: one, two",
    ],
  ])("lightllm-config %s", (words, sentence) => {
    const { status, stdout, stderr } = run(words.split(" "));
    const [said = "", ...more] = stderr.trimEnd().split("\n");
    expect(said.replace(/^lightllm-config: /, "")).toEqual(
      typeof sentence === "string" ? sentence : expect.stringMatching(sentence),
    );
    expect({ status, stdout, more }).toEqual({ status: 2, stdout: "", more: [] });
  });

  test.skipIf(process.getuid?.() === 0)("a folder that may not be written to", () => {
    const { stderr } = run(["render", "good.lightllm.yaml", "-o", "closed/a.sh"]);
    expect(stderr).toBe("lightllm-config: render: 'closed/a.sh' cannot be written: permission denied\n");
  });
});
