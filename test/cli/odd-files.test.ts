/** Files, folders and disks that cannot be read or written: each subcommand ends with status 2 and one sentence. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { program } from "../support/paths";
import { OUTER, terminal } from "../support/terminal";

const { folder, run, file, text } = terminal("odd-files");
const path = (name: string) => join(folder, name);
const RUN = "python -m lightllm.server.api_server --model_dir /m";
const GOOD = file("good.sh", `${RUN}\n`);
const OLD = file("old.sh", `${RUN} --enable_fa3\n`);
const onWindows = process.platform === "win32";
const isRoot = process.getuid?.() === 0;

/** The subcommands that read one file, or end at the first that they cannot read. */
const OTHERS = [
  "render",
  "import",
  "run",
  "migrate --to v1.2.0",
  "migrate --to v1.2.0 --write",
  "schema --source",
];
/** Launches whose report is longer than what a pipe holds. */
const MANY = 500;

describe.skipIf(onWindows)("reading", () => {
  const socket = createServer();
  beforeAll(async () => {
    await new Promise<void>((resolve) => socket.listen(path("socket.sh"), resolve));
    execFileSync("mkfifo", [path("pipe.sh")]);
    mkdirSync(path("folder.sh"));
    for (const [link, target] of [
      ["circle.sh", "circle.sh"],
      ["there.sh", "back.sh"],
      ["back.sh", "there.sh"],
      ["nowhere.sh", "missing.sh"],
      ["endless.sh", "/dev/zero"],
    ] as const)
      symlinkSync(target, path(link));
  });
  afterAll(() => void socket.close());

  const ODD: readonly (readonly [what: string, name: string, why: RegExp])[] = [
    ["nothing", "missing.sh", /there is no (?:such file|folder or file)/],
    ["a name of control characters", "a\u0007\u001b[2J\n.sh", /'a\\x07\\x1b\[2J\\n\.sh'/],
    ["a link to nothing", "nowhere.sh", /there is no (?:such file|folder or file)/],
    ["a link to itself", "circle.sh", /its links lead in a circle/],
    ["two links to each other", "there.sh", /its links lead in a circle/],
    ["a file on the way", "good.sh/x.sh", /a part of its path is no folder/],
    ["a folder", "folder.sh", /is a folder; name the files in it|holds no LightLLM/],
    ["a pipe", "pipe.sh", /it is no plain file/],
    ["a socket", "socket.sh", /it is no plain file/],
    ["a device", "/dev/null", /it is no plain file/],
    ["a link to a device", "endless.sh", /it is no plain file/],
    ["a long name", `${"n".repeat(300)}.sh`, /its name is too long/],
    ["a long path", `${"folder/".repeat(1000)}x.sh`, /its name is too long/],
  ];

  test("check names each file, searches the folder, and reads the others", () => {
    const odd = ODD.filter(([what]) => what !== "a folder");
    const { status, stdout, stderr } = run(["check", ...odd.map(([, name]) => name), "folder.sh", GOOD]);
    expect([status, stdout.split("\n")[0]]).toEqual([2, "1 launch in 1 file: 0 errors, 0 warnings"]);
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(odd.length);
    for (const [at, [what, , why]] of odd.entries())
      expect([what, lines[at]]).toEqual([what, expect.stringMatching(why)]);
  });

  test.each(ODD.map((odd, at) => [odd[0], OTHERS[at % OTHERS.length] ?? "", odd] as const))(
    "%s, by %s",
    (_, words, [, name, why]) => {
      const { status, stdout, stderr } = run([...words.split(" "), name]);
      expect([status, stdout, stderr.split("\n").length]).toEqual([2, "", 2]);
      expect(stderr).toMatch(/^lightllm-config: /);
      expect(stderr).toMatch(why);
    },
  );

  test("a name that is no UTF-8, which Node cannot open", () => {
    execFileSync("sh", ["-c", `printf '${RUN}\\n' > "$(printf 'odd\\377.sh')"`], { cwd: folder });
    const call = (words: string) =>
      spawnSync("sh", ["-c", `"$0" "$1" ${words}`, process.execPath, program], {
        cwd: folder,
        encoding: "utf8",
        env: OUTER,
      });
    const before = readdirSync(folder, { encoding: "buffer" }).length;
    for (const words of [`check "$(printf 'odd\\377.sh')"`, `render good.sh -o "$(printf 'new\\377.sh')"`]) {
      const { status, stderr } = call(words);
      expect([status, stderr.trimEnd().split("\n").length]).toEqual([2, 1]);
      expect(stderr).toContain("its name is not in UTF-8");
    }
    expect(readdirSync(folder, { encoding: "buffer" })).toHaveLength(before);
  });

  test("standard input is a folder, or closed", () => {
    const from = (redirection: string) =>
      spawnSync(
        "sh",
        ["-c", `"$0" "$1" check --notation shell - ${redirection}`, process.execPath, program],
        {
          cwd: folder,
          encoding: "utf8",
          env: OUTER,
        },
      );
    expect(from("< /")).toMatchObject({ status: 2, stderr: expect.stringContaining("is a folder") });
    expect(from("<&-")).toMatchObject({ status: 0, stderr: "" });
  });

  test("standard input that comes late", () => {
    const late = `(sleep 0.3; printf '%s' "$2") | "$0" "$1" check --notation shell -`;
    const { status, stdout } = spawnSync("sh", ["-c", late, process.execPath, program, `${RUN} --prot 3`], {
      encoding: "utf8",
      env: OUTER,
    });
    expect([status, stdout.includes("no flag '--prot'")]).toEqual([1, true]);
  });
});

describe.skipIf(onWindows)("without permission", () => {
  const nobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};
  /** Runs the program as a user whom the files do not belong to. */
  function runAsNobody(words: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
      cwd: folder,
      encoding: "utf8",
      env: OUTER,
      ...nobody,
    });
    return { status, stdout, stderr };
  }

  chmodSync(folder, 0o755);
  mkdirSync(path("closed"));
  writeFileSync(path("closed/a.sh"), `${RUN}\n`);
  file("secret.sh", `${RUN}\n`);
  for (const name of ["closed", "secret.sh"]) chmodSync(path(name), 0);
  afterAll(() => chmodSync(path("closed"), 0o700));

  // Another user needs access to the program too.
  const reached = !isRoot || runAsNobody(["--version"]).status === 0;

  test.skipIf(!reached).each(["secret.sh", "closed/a.sh"])("to read %s", (name) => {
    for (const words of ["check", "render", "migrate --to v1.2.0 --write"]) {
      const { status, stderr } = runAsNobody([...words.split(" "), name]);
      expect([words, status, stderr.split("\n").length]).toEqual([words, 2, 2]);
      expect(stderr).toMatch(/permission denied/);
    }
  });

  test.skipIf(!reached)("to write", () => {
    const { status, stderr } = runAsNobody(["render", GOOD, "-o", "closed/new.sh"]);
    expect([status, stderr]).toEqual([
      2,
      "lightllm-config: render: 'closed/new.sh' cannot be written: permission denied\n",
    ]);
    if (isRoot) {
      const migrated = runAsNobody(["migrate", "--from", "v1.1.0", "--to", "v1.2.0", "--write", OLD]);
      expect(migrated.status).toBe(2);
      expect(migrated.stderr).toMatch(
        /lightllm-config: migrate: 'old\.sh' cannot be written: permission denied\n$/,
      );
    }
    expect(text(OLD)).toBe(`${RUN} --enable_fa3\n`);
  });
});

describe.skipIf(onWindows)("writing", () => {
  test("a pipe that nobody reads is not waited for; one that is read gets the text", () => {
    execFileSync("mkfifo", [path("out.sh")]);
    expect(run(["render", GOOD, "-o", "out.sh"])).toMatchObject({
      status: 2,
      stderr: "lightllm-config: render: 'out.sh' cannot be written: no program reads from it\n",
    });
    const both = `cat out.sh & sleep 0.3; "$0" "$1" render good.sh -o out.sh; wait`;
    const { stdout } = spawnSync("sh", ["-c", both, process.execPath, program], {
      cwd: folder,
      encoding: "utf8",
      env: OUTER,
    });
    expect(stdout).toBe(`${RUN}\n`);
  });

  test.each<[string, string, RegExp]>([
    ["a link to itself", "loop.sh", /its links lead in a circle/],
    ["a long name", `${"n".repeat(300)}.sh`, /its name is too long/],
    ["a folder that is not there", "none/x.sh", /there is no such file/],
  ])("%s", (_, name, why) => {
    if (!existsSync(path("loop.sh")) && name === "loop.sh") symlinkSync("loop.sh", path("loop.sh"));
    const { status, stderr } = run(["render", GOOD, "-o", name]);
    expect([status, stderr.split("\n").length]).toEqual([2, 2]);
    expect(stderr).toMatch(why);
  });

  test.each([
    "check many.sh",
    "check --format json many.sh",
    "render --force --format kubernetes many.sh",
    "import many.sh",
    "schema",
  ])("a reader that takes one line of %s", (words) => {
    if (!existsSync(path("many.sh"))) {
      const lines = Array.from({ length: MANY }, (_, at) => `${RUN} --host h${at} --prot 1`);
      file("many.sh", lines.join("\n"));
    }
    const { stderr, stdout } = spawnSync(
      "bash",
      ["-c", `"$0" "$1" ${words} | head -1`, process.execPath, program],
      {
        cwd: folder,
        encoding: "utf8",
        env: OUTER,
      },
    );
    expect([stderr, stdout.split("\n").length]).toEqual(["", 2]);
  });
});

const disk = path("disk");
mkdirSync(disk);
// Containers often forbid it.
const isMounted =
  isRoot && spawnSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", realpathSync(disk)]).status === 0;
afterAll(() => void (isMounted && spawnSync("umount", [realpathSync(disk)])));

describe("a disk of 16 KiB", () => {
  test.skipIf(!isMounted)("is full: nothing is left, and what was there stays", () => {
    file("large.sh", Array.from({ length: 500 }, (_, at) => `${RUN} --host host-${at}\n`).join(""));
    const left = () => readdirSync(disk);
    expect(run(["import", "large.sh", "-o", "disk/new.yaml"])).toMatchObject({
      status: 2,
      stderr: "lightllm-config: import: 'disk/new.yaml' cannot be written: no space is left on its disk\n",
    });
    expect(left()).toEqual([]);
    const before = `${RUN} --enable_fa3\n${"#".repeat(12_000)}\n`;
    writeFileSync(join(disk, "old.sh"), before);
    const migrated = run(["migrate", "--from", "v1.1.0", "--to", "v1.2.0", "--write", "disk/old.sh"]);
    expect(migrated.status).toBe(2);
    expect(migrated.stderr).toMatch(
      /migrate: 'disk\/old\.sh' cannot be written: no space is left on its disk\n$/,
    );
    expect(left()).toEqual(["old.sh"]);
    expect(readFileSync(join(disk, "old.sh"), "utf8")).toBe(before);
  });
});
