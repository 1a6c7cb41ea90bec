/** A8: input files are not overwritten, rewritten files keep their owner and mode, and failed writes are reported. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { program } from "../support/paths";
import { OUTER, terminal } from "../support/terminal";

const { folder, run, file, text } = terminal("writing");
const path = (name: string) => join(folder, name);
const RUN = "python -m lightllm.server.api_server";
const CONFIG = "model_dir: /m\n";
const OLD = `${RUN} --model_dir /m --enable_fa3\n`;
const TO = ["migrate", "--from", "v1.1.0", "--to", "v1.2.0", "--write"];
const isRoot = process.getuid?.() === 0;

/** Runs the program with the given streams. */
function into(
  words: readonly string[],
  streams: { stdin?: string; stdout?: string; stderr?: string; flags?: string },
) {
  const { stdin, stdout, stderr, flags = "w" } = streams;
  const opened = [
    stdin === undefined ? undefined : openSync(path(stdin), "r"),
    stdout === undefined ? undefined : openSync(stdout.startsWith("/") ? stdout : path(stdout), flags),
    stderr === undefined ? undefined : openSync(stderr, "w"),
  ];
  const result = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    encoding: "utf8",
    env: OUTER,
    stdio: [opened[0] ?? "ignore", opened[1] ?? "pipe", opened[2] ?? "pipe"],
  });
  for (const one of opened) if (one !== undefined) closeSync(one);
  return { status: result.status, stderr: result.stderr };
}

describe("A8: an input file is not overwritten", () => {
  file("input.lightllm.yaml", CONFIG);
  file("input.sh", OLD);
  mkdirSync(path("sub"));
  symlinkSync("input.lightllm.yaml", path("link.yaml"));
  symlinkSync("link.yaml", path("link-to-link.yaml"));
  symlinkSync("..", path("sub/up"));
  linkSync(path("input.lightllm.yaml"), path("hard.yaml"));
  symlinkSync("input.sh", path("link.sh"));

  test.each([
    ["render input.lightllm.yaml -o link.yaml"],
    ["render input.lightllm.yaml -o link-to-link.yaml"],
    ["render link.yaml -o input.lightllm.yaml"],
    ["render input.lightllm.yaml -o hard.yaml"],
    ["render input.lightllm.yaml -o sub/up/input.lightllm.yaml"],
    ["render input.lightllm.yaml -o ./sub/../input.lightllm.yaml"],
    ["import input.sh -o link.sh"],
    ["import link.sh -o input.sh"],
    ["import input.lightllm.yaml input.sh -o link.sh"],
  ])("%s", (words) => {
    const { status, stdout, stderr } = run(words.split(" "));
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(
      /^lightllm-config: (?:render|import): '.*' is the file that is read; name another one to write to\n$/,
    );
    expect([text("input.lightllm.yaml"), text("input.sh")]).toEqual([CONFIG, OLD]);
  });

  test("through standard input and standard output either", () => {
    const fromInput = into(["render", "-", "-o", "input.lightllm.yaml"], { stdin: "input.lightllm.yaml" });
    expect(fromInput).toEqual({ status: 2, stderr: expect.stringContaining("is the file that is read") });
    const added = into(["render", "input.lightllm.yaml"], { stdout: "input.lightllm.yaml", flags: "a" });
    expect(added).toEqual({
      status: 2,
      stderr: expect.stringContaining("standard output is the file that is read"),
    });
    expect(text("input.lightllm.yaml")).toBe(CONFIG);
  });

  test("but another file is, and a link to one that is not there yet stays a link", () => {
    symlinkSync("made.txt", path("to-made"));
    expect(run(["render", "input.lightllm.yaml", "-o", "to-made"]).status).toBe(0);
    expect(lstatSync(path("to-made")).isSymbolicLink()).toBe(true);
    expect(text("made.txt")).toContain("--model_dir /m");
    symlinkSync("circle", path("circle"));
    expect(run(["render", "input.lightllm.yaml", "-o", "circle"])).toMatchObject({
      status: 2,
      stderr: "lightllm-config: render: 'circle' cannot be written: its links lead in a circle\n",
    });
  });
});

describe("a file that a launch names", () => {
  const QUANTIZED = `${RUN} --model_dir /m --quant_cfg quant/q.yaml\n`;
  mkdirSync(path("quant"));

  test("is part of the patch, and is written with the launches that name it", () => {
    file("quant/q.yaml", "quant_type: vllm-w8a8 # all\n");
    file("q1.sh", QUANTIZED);
    file("q2.sh", QUANTIZED);
    const shown = run([...TO.filter((word) => word !== "--write"), "q1.sh", "q2.sh"]);
    expect(shown.status).toBe(0);
    expect(shown.stdout.match(/^\+quant_type: w8a8 # all$/gm)).toHaveLength(1);
    expect(shown.stdout).toContain("--- a/quant/q.yaml\n");
    expect(text("quant/q.yaml")).toBe("quant_type: vllm-w8a8 # all\n");
    const { status, stderr } = run([...TO, "q1.sh", "q2.sh"]);
    expect(status).toBe(0);
    expect(stderr).toContain("'quant/q.yaml' is changed too");
    expect(text("quant/q.yaml")).toBe("quant_type: w8a8 # all\n");
  });

  test("is left as it is outside the folder of the launch and the one where the program runs", () => {
    file("q.yaml", "quant_type: vllm-w8a8\n");
    const launch = `${RUN} --model_dir /m --quant_cfg ../q.yaml\n`;
    file("quant/q3.sh", launch);
    const { stderr } = run([...TO, "q3.sh"], "", {}, path("quant"));
    expect(stderr).toContain("With an old name the model does not load.");
    expect(text("q.yaml")).toBe("quant_type: vllm-w8a8\n");
  });
});

describe("A8: a rewritten file keeps its owner and its mode", () => {
  const NEW = expect.stringContaining("--llm_prefill_att_backend fa3");

  test("its mode, its links, its other names", () => {
    file("a.sh", OLD);
    chmodSync(path("a.sh"), 0o750);
    symlinkSync("a.sh", path("a-link.sh"));
    linkSync(path("a.sh"), path("a-hard.sh"));
    const before = statSync(path("a.sh"));
    const { status, stderr } = run([...TO, "a-link.sh"]);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const { ino, nlink, mode, uid, gid } = statSync(path("a.sh"));
    expect({ ino, nlink, mode, uid, gid }).toEqual({
      ino: before.ino,
      nlink: 2,
      mode: before.mode,
      uid: before.uid,
      gid: before.gid,
    });
    expect([text("a.sh"), text("a-hard.sh")]).toEqual([NEW, NEW]);
    expect(readlinkSync(path("a-link.sh"))).toBe("a.sh");
  });

  test("named twice, by itself and by a link", () => {
    file("b.sh", OLD);
    symlinkSync("b.sh", path("b-link.sh"));
    expect(run([...TO, "b.sh", "b-link.sh"]).status).toBe(0);
    expect(text("b.sh").match(/fa3/g)).toHaveLength(2);
  });

  test("a longer text gives way to a shorter one whole", () => {
    file("long.txt", "x".repeat(5000));
    linkSync(path("long.txt"), path("long-hard.txt"));
    expect(run(["render", file("c.lightllm.yaml", CONFIG), "-o", "long.txt"]).status).toBe(0);
    expect(text("long-hard.txt")).toBe(`${RUN} --model_dir /m\n`);
  });

  test.skipIf(!isRoot)("its owner, whoever rewrites it", () => {
    file("owned.sh", OLD);
    chmodSync(path("owned.sh"), 0o4751);
    chownSync(path("owned.sh"), 1234, 2345);
    chmodSync(path("owned.sh"), 0o640);
    expect(run([...TO, "owned.sh"]).status).toBe(0);
    const { uid, gid, mode } = statSync(path("owned.sh"));
    expect({ uid, gid, mode: mode & 0o7777 }).toEqual({ uid: 1234, gid: 2345, mode: 0o640 });
    expect(text("owned.sh")).toEqual(NEW);
    expect(run(["render", "owned.sh", "--force", "-o", file("out.sh", "")]).status).toBe(0);
    chownSync(path("out.sh"), 1234, 2345);
    expect(run(["render", "--format", "shell", "owned.sh", "--force", "-o", "out.sh"]).status).toBe(0);
    expect(statSync(path("out.sh"))).toMatchObject({ uid: 1234, gid: 2345 });
  });

  test.skipIf(isRoot)("a file that may not be written is not replaced either", () => {
    file("closed.sh", OLD);
    chmodSync(path("closed.sh"), 0o444);
    expect(run([...TO, "closed.sh"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("'closed.sh' cannot be written: permission denied\n"),
    });
    expect(text("closed.sh")).toBe(OLD);
  });

  test("nothing else is left in the folder", () => {
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });
});

describe("A8: a failed write is one sentence, and status 2", () => {
  const full = existsSync("/dev/full") ? "/dev/full" : undefined;
  file("good.lightllm.yaml", CONFIG);
  file("old.sh", OLD);
  const CALLS = [
    "check good.lightllm.yaml",
    "check --format json good.lightllm.yaml",
    "render good.lightllm.yaml",
    "import old.sh",
    "run --dry-run --force good.lightllm.yaml",
    "explain --from v1.1.0",
    "schema",
    "--help",
    "--version",
    "check --help",
  ];

  test.skipIf(!full).each(CALLS)("%s > /dev/full", (words) => {
    const { status, stderr } = into(words.split(" "), { stdout: full ?? "" });
    const said = stderr.split("\n").filter((line) => line.startsWith("lightllm-config: the output"));
    expect({ status, said }).toEqual({
      status: 2,
      said: ["lightllm-config: the output cannot be written: no space is left on its disk"],
    });
    expect(stderr).not.toMatch(/^ +at |Error/m);
  });

  test.skipIf(!full)("neither stream can be written", () => {
    expect(into(["check", "good.lightllm.yaml"], { stdout: full ?? "", stderr: full ?? "" }).status).toBe(2);
    expect(into(["check", "missing"], { stderr: full ?? "" }).status).toBe(2);
  });

  test.skipIf(!full)("the file that is asked for", () => {
    expect(run(["render", "good.lightllm.yaml", "-o", full ?? ""])).toMatchObject({
      status: 2,
      stderr: "lightllm-config: render: '/dev/full' cannot be written: no space is left on its disk\n",
    });
  });

  test("but for a reader that has had enough", () => {
    const script = `{ "$0" "$1" schema; "$0" "$1" schema; } | true`;
    const { stderr } = spawnSync("bash", ["-c", script, process.execPath, program], {
      cwd: folder,
      encoding: "utf8",
      env: OUTER,
    });
    expect(stderr).toBe("");
  });

  test("a folder in the way", () => {
    expect(run(["render", "good.lightllm.yaml", "-o", "good.lightllm.yaml/x"])).toMatchObject({
      status: 2,
      stderr:
        "lightllm-config: render: 'good.lightllm.yaml/x' cannot be written: a part of its path is no folder\n",
    });
  });
});
