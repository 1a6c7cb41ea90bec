/**
 * Files that the command line reads: their encodings are kept, other files are rejected, and the rest stays unchanged.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { program } from "../support/paths";
import { OUTER, terminal } from "../support/terminal";

const { folder, run, file } = terminal("cli-files");
const RUN = "python -m lightllm.server.api_server --model_dir /m";
const onWindows = process.platform === "win32";

function bytes(name: string, content: Buffer): string {
  writeFileSync(join(folder, name), content);
  return name;
}

function pipe(name: string): string {
  execFileSync("mkfifo", [join(folder, name)]);
  return name;
}

/** A script that a migration changes in one line, with comments before, in and after that line. */
const script = (comment: string, eol = "\n") =>
  [
    "#!/bin/bash",
    `# ${comment}`,
    `${RUN} \\`,
    `  --mode triton_int8kv  # ${comment}`,
    `echo "${comment}"`,
  ].join(eol);

const CHINESE = "使用八张显卡启动推理服务";

describe("A3: encodings", () => {
  const encodings: [string, string, string, (text: string) => Buffer][] = [
    ["utf-8.sh", "UTF-8", CHINESE, (text) => Buffer.from(text)],
    ["utf-8-mark.sh", "UTF-8", CHINESE, (text) => Buffer.from(`\uFEFF${text}`)],
    ["utf-16le.sh", "UTF-16LE", CHINESE, (text) => iconv.encode(text, "utf-16le", { addBOM: true })],
    ["utf-16be.sh", "UTF-16BE", CHINESE, (text) => iconv.encode(text, "utf-16be", { addBOM: true })],
    ["gbk.sh", "GB18030", CHINESE, (text) => iconv.encode(text, "gbk")],
    ["gbk-short.sh", "GB18030", "启动", (text) => iconv.encode(text, "gbk")],
    ["gb18030.sh", "GB18030", `${CHINESE}，朱镕基，㐀`, (text) => iconv.encode(text, "gb18030")],
  ];

  test.each(encodings)("%s is kept byte for byte outside of the edits", (name, _, comment, encode) => {
    for (const eol of ["\n", "\r\n"]) {
      const text = script(comment, eol).replace("\\\r\n", "\\\n");
      const before = encode(text);
      bytes(name, before);
      const plain = file("plain.sh", text);
      const options = ["migrate", "--from", "v1.0.1", "--to", "v1.2.0", "--write"];
      const { stderr } = run([...options, name]);
      run([...options, plain]);
      const migrated = readFileSync(join(folder, plain), "utf8");
      expect(stderr).toContain("v1.0.1 → v1.2.0");
      expect(migrated).not.toBe(text);
      expect(readFileSync(join(folder, name)).equals(encode(migrated))).toBe(true);
    }
  });

  test.each(encodings)("%s: check tells how it is read", (name, encoding, comment, encode) => {
    bytes(name, encode(`# lightllm: release=v1.0.1\n# ${comment}\n${RUN} --prot 3\n`));
    const { stdout } = run(["check", name]);
    expect(stdout).toContain(`${name}:3:53: error: LightLLM v1.0.1 has no flag '--prot'`);
    expect(stdout.includes(`${name}: read as ${encoding}`)).toBe(encoding !== "UTF-8");
    expect(JSON.parse(run(["check", "--format", "json", name]).stdout).files).toMatchObject([
      { path: name, encoding, launches: [{ release: "v1.0.1" }] },
    ]);
  });

  test.each(encodings)("%s: render and import write UTF-8", (name, _, comment, encode) => {
    bytes(name, encode(`# ${comment}\n${RUN} --model_name ${comment.slice(0, 2)}\n`));
    for (const words of [
      ["import", name],
      ["render", "--format", "shell", name],
    ]) {
      const { stdout } = run(words);
      expect(stdout).toContain(`${comment.slice(0, 2)}`);
      expect(stdout).not.toContain("\uFFFD");
      expect(stdout).not.toContain("\uFEFF");
    }
  });

  test.each<[string, Buffer, RegExp]>([
    ["latin.sh", iconv.encode(script("Größe für café"), "latin1"), /neither UTF-8 nor UTF-16 nor GB18030/],
    ["cut.sh", Buffer.concat([Buffer.from(script(CHINESE)), Buffer.from([0xe4, 0xb8])]), /neither UTF-8/],
    ["binary.sh", Buffer.from("\x7fELF\0\0\x01lightllm"), /it is no text: it holds NUL characters/],
    ["utf-32.sh", iconv.encode(script("a"), "utf-32le", { addBOM: true }), /it is no text/],
    ["utf-16.sh", iconv.encode(script("a"), "utf-16le"), /it is no text/],
    [
      "odd.sh",
      Buffer.concat([iconv.encode(script("a"), "utf-16le", { addBOM: true }), Buffer.from([65])]),
      /not UTF-16LE/,
    ],
    ["marked.sh", Buffer.from([0xef, 0xbb, 0xbf, 0x23, 0xff, 0x0a]), /bytes that are not UTF-8/],
  ])("%s is refused by its name, and left as it is", (name, content, why) => {
    bytes(name, content);
    for (const words of [
      ["check", name],
      ["render", name],
      ["import", name],
      ["run", name],
      ["migrate", "--to", "v1.2.0", "--write", name],
    ]) {
      const { status, stderr, stdout } = run(words);
      expect({ words, status, stdout }).toEqual({ words, status: 2, stdout: "" });
      expect(stderr).toContain(`'${name}'`);
      expect(stderr).toMatch(why);
    }
    expect(readFileSync(join(folder, name)).equals(content)).toBe(true);
  });

  test("standard input is decoded, and written back, in its encoding", () => {
    const input = iconv.encode(script(CHINESE), "gbk");
    const words = ["migrate", "--notation", "shell", "--from", "v1.0.1", "--to", "v1.2.0", "--write", "-"];
    const { stdout } = spawnSync(process.execPath, [program, ...words], { cwd: folder, input, env: OUTER });
    expect(iconv.decode(stdout, "gbk")).toContain(`# ${CHINESE}`);
    expect(stdout.includes(iconv.encode(`echo "${CHINESE}"`, "gbk"))).toBe(true);
  });
});

describe("F1: check goes on", () => {
  test("past a file that is not there, and ends with 2", () => {
    const good = file("good.sh", `${RUN} --prot 3\n`);
    const { status, stdout, stderr } = run(["check", "missing.sh", good]);
    expect(status).toBe(2);
    expect(stdout).toContain("good.sh:1:53: error:");
    expect(stdout).toContain("1 launch in 1 file: 1 error");
    expect(stderr).toBe("lightllm-config: check: 'missing.sh' cannot be read: there is no such file\n");
  });

  test("in JSON, with the reason beside the name", () => {
    const good = file("good.sh", `${RUN}\n`);
    const { status, stdout } = run(["check", "--format", "json", good, "missing.sh"]);
    expect(status).toBe(2);
    expect(JSON.parse(stdout).files).toMatchObject([
      { path: "good.sh", launches: [{}] },
      {
        path: "missing.sh",
        error: "check: 'missing.sh' cannot be read: there is no such file",
        launches: [],
      },
    ]);
  });

  test("past a text that is nested too deeply", () => {
    const deep = file("deep.lightllm.yaml", `tp: ${"[".repeat(100_000)}`);
    const lists = file("lists.lightllm.yaml", `x-a:\n  ${"- ".repeat(1200)}a\n`);
    const doubled = Array.from({ length: 40 }, (_, at) => `A${at + 1}="$A${at}$A${at}"\n`).join("");
    const script = file("doubled.sh", `A0=x\n${doubled}${RUN} --host $A40\n`);
    const good = file("good.sh", `${RUN} --prot 3\n`);
    const { status, stdout } = run(["check", deep, lists, script, good]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^deep\.lightllm\.yaml:1:\d+: warning: This file is not checked/m);
    expect(stdout).toMatch(/^lists\.lightllm\.yaml:2:\d+: warning: This file is not checked/m);
    expect(stdout).toContain("2 launches in 4 files: 1 error, 2 warnings");
    expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThan(400);
  });
});

describe("F2: a file that is not read is named", () => {
  test("a file whose name says nothing", () => {
    const { status, stdout, stderr } = run(["check", file("notes.txt", "nothing here")]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("check: 'notes.txt' is not read");
    expect(stderr).toContain("--notation says so: yaml, shell, dockerfile");
    expect(run(["check", "--notation", "shell", "notes.txt"])).toMatchObject({ status: 0 });
  });

  test.each<readonly string[]>([
    ["check", "launch.sh"],
    ["import", "launch.sh"],
    ["migrate", "--to", "v1.2.0", "launch.sh"],
  ])("--as is the old name of --notation: %s", (subcommand, ...words) => {
    file("launch.sh", `${RUN} --model_dir /models/m --eos_id 1 --data_type bf16 --port 8080\n`);
    const now = run([subcommand, "--notation", "shell", ...words]);
    const before = run([subcommand, "--as", "shell", ...words]);
    const hint = `lightllm-config: ${subcommand}: --as is the old name of --notation; write --notation\n`;
    expect(before).toEqual({ ...now, stderr: hint + now.stderr });
  });

  test("YAML without a launch gives no output", () => {
    expect(run(["check", file("values.yaml", "replicas: 3\n")])).toMatchObject({ status: 0, stderr: "" });
  });

  test.skipIf(onWindows)(
    "a device, a pipe, a socket, a link to any of them; a folder is searched",
    async () => {
      const socket = createServer();
      await new Promise<void>((resolve) => socket.listen(join(folder, "socket.sh"), resolve));
      mkdirSync(join(folder, "folder.sh"));
      symlinkSync("/dev/zero", join(folder, "zero.sh"));
      const good = file("good.sh", `${RUN} --prot 3\n`);
      symlinkSync(good, join(folder, "link.sh"));
      const names = ["/dev/null", "/dev/zero", pipe("pipe.sh"), "socket.sh", "zero.sh"];
      const { status, stdout, stderr } = run(["check", ...names, "folder.sh", "link.sh"]);
      socket.close();
      expect(status).toBe(2);
      expect(stdout).toContain("link.sh:1:53: error:");
      for (const name of names) expect(stderr).toContain(`'${name}' cannot be read: it is no plain`);
      for (const words of [
        ["render"],
        ["import"],
        ["run"],
        ["migrate", "--to", "v1.2.0"],
        ["schema", "--source"],
      ])
        expect(run([...words, "pipe.sh"])).toMatchObject({
          status: 2,
          stderr: expect.stringContaining("'pipe.sh' cannot be read: it is no plain file"),
        });
    },
  );

  test("a file of more bytes than anyone writes", () => {
    bytes("huge.sh", Buffer.alloc(16_000_001, "#"));
    expect(run(["check", "huge.sh"])).toMatchObject({
      status: 2,
      stderr: "lightllm-config: check: 'huge.sh' cannot be read: it has more than 16,000,000 bytes\n",
    });
  });

  test.skipIf(onWindows)("an input without end", () => {
    const words = [program, "check", "--notation", "shell", "-"].map((word) => `'${word}'`).join(" ");
    const { status, stderr } = spawnSync("sh", ["-c", `'${process.execPath}' ${words} < /dev/zero`], {
      encoding: "utf8",
      env: OUTER,
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "lightllm-config: check: standard input cannot be read: it has more than 16,000,000 bytes\n",
    });
  });
});

describe("F3: the first line of a program shows its notation", () => {
  test.each(["#!/bin/sh", "#!/usr/bin/env bash", "#! /usr/bin/env -S bash -e", "\uFEFF#!/bin/bash"])(
    "%s",
    (line) => {
      const name = file("start", `${line}\n${RUN} --prot 3\n`);
      expect(run(["check", name])).toMatchObject({
        status: 1,
        stdout: expect.stringContaining("start:2:53: error:"),
      });
    },
  );

  test("of Python", () => {
    const name = file("serve", `#!/usr/bin/env python3\nimport os\nos.system("${RUN} --prot 3")\n`);
    expect(run(["check", name])).toMatchObject({ status: 1, stdout: expect.stringContaining("serve:3:") });
  });
});

describe("A6: files that launches point to", () => {
  test.skipIf(onWindows).each<[string, (path: string) => void]>([
    ["a pipe", (path) => void execFileSync("mkfifo", [path])],
    ["a device without end", (path) => symlinkSync("/dev/zero", path)],
    ["a folder", (path) => void mkdirSync(path)],
    ["a file that is too long", (path) => writeFileSync(path, Buffer.alloc(4_000_001, " "))],
    ["brackets without end", (path) => writeFileSync(path, "[".repeat(1_000_000))],
    [
      "objects without end",
      (path) => writeFileSync(path, `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`),
    ],
  ])("a config.json that is %s", (name, make) => {
    const model = `model-${name.replaceAll(" ", "-")}`;
    mkdirSync(join(folder, model));
    make(join(folder, model, "config.json"));
    const launch = file(
      "model.sh",
      `python -m lightllm.server.api_server --model_dir ./${model} --eos_id 2 --data_type fp16\n`,
    );
    const { status, stdout, stderr } = run(["check", launch]);
    expect(stderr).toBe("");
    expect(stdout).toContain("1 launch in 1 file");
    expect(status === 0 || status === 1).toBe(true);
  });

  test("a config.json that is a link to a plain file is read", () => {
    mkdirSync(join(folder, "linked"));
    writeFileSync(
      join(folder, "linked.json"),
      '{"model_type": "llama", "eos_token_id": 7, "torch_dtype": "float16"}',
    );
    symlinkSync("../linked.json", join(folder, "linked", "config.json"));
    const launch = file("linked.sh", "python -m lightllm.server.api_server --model_dir ./linked\n");
    const { stdout } = run(["check", "--format", "json", launch]);
    expect(JSON.parse(stdout).files[0].launches[0].effective.eos_id).toEqual([7]);
  });
});
