/** Programs that the command line runs in its foreground, as real processes. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { rawText } from "../../scripts/bundles/raw-text.mjs";
import { interpreterOnPath } from "../../server/src/cli/foreground";
import { root } from "../support/paths";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "lightllm-foreground-")));
const driver = join(folder, "driver.js");
const onWindows = process.platform === "win32";
const withoutPython = spawnSync("python3", ["--version"]).status !== 0;

beforeAll(async () => {
  await build({
    stdin: {
      contents: `
        import { CliError } from "./server/src/cli/cli-error";
        import { runInForeground } from "./server/src/cli/foreground";
        const [file, ...words] = process.argv.slice(2);
        const { PROGRAM_PATH: PATH = process.env.PATH, ...rest } = process.env;
        process.stdout.on("error", () => {});
        runInForeground({ file, words, environment: { ...rest, PATH } }).then(
          (status) => { process.exitCode = status; },
          (error) => {
            if (!(error instanceof CliError)) throw error;
            process.stderr.write(error.message + "\\n");
            process.exitCode = 2;
          },
        );`,
      resolveDir: root,
    },
    outfile: driver,
    bundle: true,
    platform: "node",
    format: "cjs",
    plugins: [rawText],
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the driver to its end. */
function run(words: readonly string[], input = "", env: NodeJS.ProcessEnv = {}) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [driver, ...words], {
    cwd: folder,
    encoding: "utf8",
    input,
    env: { ...process.env, ...env },
  });
  return { status, signal, stdout, stderr };
}

function file(name: string, text: string, mode = 0o644): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const outcome = (status: number | null, signal: string | null = null) => ({ status, signal, stderr: "" });

describe("a program in the foreground", () => {
  test("gets its words as they are, its environment and this folder", () => {
    const tell = file(
      "tell.js",
      "console.log(JSON.stringify([process.argv.slice(2), process.env.COLOUR, process.cwd()]))",
    );
    const words = ["--model_dir", "/m m", "", "$HOME", "it's", '"', "*"];
    const { status, stdout } = run([process.execPath, tell, ...words], "", { COLOUR: "deep blue" });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual([words, "deep blue", folder]);
  });

  test("reads standard input and writes both outputs", () => {
    const copy = file("copy.js", "process.stdin.pipe(process.stdout); console.error('heard');");
    expect(run([process.execPath, copy], "one\ntwo\n")).toEqual({
      status: 0,
      signal: null,
      stdout: "one\ntwo\n",
      stderr: "heard\n",
    });
  });

  test.skipIf(withoutPython)("has standard streams that block", () => {
    const code = "import os; print([os.get_blocking(stream) for stream in (0, 1, 2)])";
    expect(run(["python3", "-c", code]).stdout.trim()).toBe("[True, True, True]");
  });

  test.each([0, 3, 255])("passes its exit status through: %d", (status) => {
    expect(run([process.execPath, "-e", `process.exit(${status})`])).toMatchObject(outcome(status));
  });

  test.skipIf(onWindows)("is looked up on the PATH of its own environment", () => {
    mkdirSync(join(folder, "own"));
    file("own/stub", `#!${process.execPath}\nconsole.log("own", process.argv[2]);\n`, 0o755);
    const env = { PROGRAM_PATH: join(folder, "own") };
    expect(run(["stub", "word"], "", env)).toMatchObject({ status: 0, stdout: "own word\n" });
    expect(run(["stub", "word"])).toMatchObject({ status: 2 });
  });
});

describe.skipIf(onWindows)("a program that a signal ends", () => {
  test.each(["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT", "SIGUSR1", "SIGUSR2", "SIGALRM"])(
    "has this process end by the same: %s",
    (signal) => {
      expect(run(["sh", "-c", `kill -${signal.slice(3)} $$`])).toMatchObject(outcome(null, signal));
    },
  );

  test.each([
    ["SIGPIPE", 141, "which does not end Node"],
    ["SIGQUIT", 131, "which would write a second dump of memory"],
    ["SIGSEGV", 139, "which would write a second dump of memory"],
  ])("leaves the status of a shell: %s", (signal, status) => {
    const killed = `ulimit -c 0; kill -${signal.slice(3)} $$`;
    expect(run(["sh", "-c", killed])).toMatchObject(outcome(status));
  });
});

describe("a program that cannot be started", () => {
  test.each<[string, () => string]>([
    ["a name", () => "no-such-python"],
    ["a path", () => join(folder, "nowhere", "python")],
    ["a path through a file", () => join(file("flat", ""), "python")],
  ])("is not there: %s", (_, path) => {
    expect(run([path()])).toEqual({
      status: 2,
      signal: null,
      stdout: "",
      stderr: `run: there is no '${path()}' to start: --python PATH names the interpreter\n`,
    });
  });

  test.skipIf(onWindows).each<[string, () => string]>([
    ["a folder", () => folder],
    ["a file without the right", () => file("text", "#!/bin/sh\n")],
  ])("may not be executed: %s", (_, path) => {
    expect(run([path()])).toEqual({
      status: 2,
      signal: null,
      stdout: "",
      stderr: `run: '${path()}' is no file that may be executed: --python PATH names the interpreter\n`,
    });
  });

  test("is refused by the system for another reason", () => {
    expect(run([""])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^run: '' cannot be started: .+\n$/),
    });
  });
});

describe.skipIf(onWindows)("a signal sent to this process", () => {
  /** Prints each signal; ends after SIGUSR2, which shows that no earlier signal is still on its way. */
  const STUB = `
    for (const signal of ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1"])
      process.on(signal, () => console.log("got " + signal));
    process.on("SIGUSR2", () => { console.log("end"); process.exit(7); });
    setInterval(() => {}, 1000);
    console.log("ready " + process.pid + " " + process.ppid);`;

  /** Processes that a failed test leaves running. */
  const running = new Set<number>();
  afterEach(() => {
    for (const id of running) {
      try {
        process.kill(id, "SIGKILL");
      } catch {
        // It has ended.
      }
    }
    running.clear();
  });

  /** Starts the driver with the stub, directly or through another command, and waits until the stub listens. */
  async function start(command: string, words: readonly string[]) {
    const child = spawn(command, [...words, driver, process.execPath, file("stub.js", STUB)]);
    if (child.pid !== undefined) running.add(child.pid);
    const closed = once(child, "close");
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async () => (await lines.next()).value as string | undefined;
    const [program = 0, driven = 0] = ((await line()) ?? "").match(/\d+/g)?.map(Number) ?? [];
    if (!program || !driven) throw new Error("the stub did not start");
    running.add(program).add(driven);
    return {
      type: (text: string) => child.stdin.write(text),
      send: (signal: NodeJS.Signals) => process.kill(driven, signal),
      line,
      async end() {
        process.kill(driven, "SIGUSR2");
        const rest: string[] = [];
        for (let next = await line(); next !== undefined; next = await line()) rest.push(next);
        const [status] = await closed;
        running.clear();
        return { status, rest };
      },
    };
  }

  test.each(["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1"] as const)(
    "reaches the program once, and its exit status passes through: %s",
    async (signal) => {
      const { send, line, end } = await start(process.execPath, []);
      send(signal);
      expect(await line()).toBe(`got ${signal}`);
      expect(await end()).toEqual({ status: 7, rest: ["end"] });
    },
  );

  describe.skipIf(withoutPython)("on a terminal", () => {
    const terminal = [
      "-c",
      "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))",
      process.execPath,
    ];

    test.each([
      ["Ctrl+C", "\u0003", "SIGINT"],
      ["Ctrl+\\", "\u001c", "SIGQUIT"],
    ])("is the program's already where a key sends it: %s", async (_, key, signal) => {
      const { type, send, line, end } = await start("python3", terminal);
      // Waits until the program has reported it, so that a second signal cannot arrive together with the first.
      send("SIGSTOP");
      type(key);
      expect(await line()).toContain(`got ${signal}`);
      send("SIGCONT");
      expect(await end()).toEqual({ status: 7, rest: ["end"] });
    });

    test("reaches the program where no key sends it", async () => {
      const { send, line, end } = await start("python3", terminal);
      send("SIGTERM");
      expect(await line()).toBe("got SIGTERM");
      expect(await end()).toEqual({ status: 7, rest: ["end"] });
    });
  });
});

describe("the interpreter on the PATH", () => {
  const name = (wanted: string) => (onWindows ? `${wanted}.exe` : wanted);
  const path = (...folders: string[]) => folders.map((one) => join(folder, "path", one)).join(delimiter);
  beforeAll(() => {
    for (const one of ["both", "three", "python-is-folder/python", "not-executable"])
      mkdirSync(join(folder, "path", one), { recursive: true });
    file(`path/both/${name("python")}`, "", 0o755);
    file(`path/both/${name("python3")}`, "", 0o755);
    file(`path/three/${name("python3")}`, "", 0o755);
    file("path/not-executable/python", "");
  });

  test.each<[string, string | undefined, string | undefined]>([
    ["python before python3", path("three", "both"), "python"],
    ["python3 where there is only that", path("nowhere", "three"), "python3"],
    ["no folder of that name", path("python-is-folder", "three"), "python3"],
    ["no file that may not be executed", path("not-executable"), undefined],
    ["none", path("nowhere"), undefined],
    ["none without a PATH", undefined, undefined],
  ])("%s", (_, PATH, found) => expect(interpreterOnPath({ PATH })).toBe(found));
});
