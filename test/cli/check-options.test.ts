/** What `check` does besides finding: fixes, baselines, thresholds, statistics, watching; and every format, read back. */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { program } from "../support/paths";
import { OUTER, terminal } from "../support/terminal";

const { folder, run, file, text } = terminal("check-options");

const HEAD = "python -m lightllm.server.api_server --model_dir /models/m";
const SPELLING = `${HEAD} --run_mode nromal\n`;
const CHOICE = `${HEAD} --batch_max_tokens 5 --chunked_prefill_size 4096\n`;
const STAND_IN = "python -m lightllm.server.api_server --model_dir /path/to/model\n";

describe("fixes", () => {
  test("--fix writes spellings only, --unsafe preferred choices too, never what is made up", () => {
    file("fix.sh", SPELLING + CHOICE + STAND_IN);
    const { status, stdout } = run(["check", "--fix", "fix.sh"]);
    expect(text("fix.sh")).toBe(SPELLING.replace("nromal", "normal") + CHOICE + STAND_IN);
    expect(stdout).toContain("[batch-max-tokens-vs-chunk]");
    expect(stdout).not.toContain("[argparse-choice]");
    expect(status).toBe(1);
    expect(run(["check", "--fix", "--unsafe", "fix.sh"]).status).toBe(0);
    expect(text("fix.sh")).toBe(
      SPELLING.replace("nromal", "normal") + CHOICE.replace("tokens 5", "tokens 4096") + STAND_IN,
    );
  });

  test("mode, line ends and the byte order mark stay", () => {
    file("kept.sh", `\uFEFF# é\r\n${SPELLING.replace("\n", "\r\n")}`);
    chmodSync(join(folder, "kept.sh"), 0o754);
    run(["check", "--fix", "kept.sh"]);
    expect(text("kept.sh")).toBe(`\uFEFF# é\r\n${HEAD} --run_mode normal\r\n`);
    expect(statSync(join(folder, "kept.sh")).mode & 0o777).toBe(0o754);
  });

  test("--diff writes nothing, and prints a patch that Git applies", () => {
    mkdirSync(join(folder, "sub dir"));
    writeFileSync(join(folder, "sub dir/ä.sh"), SPELLING);
    const { status, stdout } = run(["check", "--diff", "sub dir/ä.sh"]);
    expect(text("sub dir/ä.sh")).toBe(SPELLING);
    expect(status).toBe(0);
    const { status: applied, stderr } = spawnSync("git", ["apply", "-"], {
      cwd: folder,
      input: stdout,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(applied).toBe(0);
    expect(text("sub dir/ä.sh")).toBe(SPELLING.replace("nromal", "normal"));
  });
});

test("a baseline holds findings back while lines move, and lets new ones through", () => {
  file("base.sh", SPELLING);
  expect(run(["check", "--baseline", "base.json", "--write-baseline", "base.sh"]).status).toBe(0);
  file("base.sh", `#!/bin/sh\n# new\n\n${SPELLING}`);
  const { status, stdout } = run(["check", "--baseline", "base.json", "base.sh"]);
  expect(stdout).toContain("0 errors");
  expect(stdout).toContain("1 finding of the baseline is not shown");
  expect(status).toBe(0);
  file("base.sh", `${SPELLING}${SPELLING}`);
  expect(run(["check", "--baseline", "base.json", "base.sh"]).stdout).toContain("1 error,");
  const from = join(folder, "elsewhere");
  mkdirSync(from);
  file("base.sh", SPELLING);
  expect(run(["check", "--baseline", "../base.json", "../base.sh"], "", {}, from).status).toBe(0);
  expect(run(["check", "--baseline", "base.sh", "base.sh"])).toMatchObject({ status: 2, stdout: "" });
});

test("severities, warnings and statistics", () => {
  file("warn.sh", STAND_IN);
  expect(run(["check", "warn.sh"]).status).toBe(0);
  expect(run(["check", "--max-warnings", "0", "warn.sh"]).status).toBe(1);
  expect(run(["check", "--max-warnings", "1", "warn.sh"]).status).toBe(0);
  expect(run(["check", "--min-severity", "error", "warn.sh"]).stdout).not.toContain("[stand-in-value]");
  expect(run(["check", "--min-severity", "error", "--quiet", "warn.sh"])).toMatchObject({
    stdout: "",
    status: 0,
  });
  expect(run(["check", "--quiet", "warn.sh"]).stdout).not.toContain("Judged by");
  file("many.sh", SPELLING + SPELLING + STAND_IN);
  expect(run(["check", "--statistics", "many.sh"]).stdout.split("\n").slice(0, 2)).toEqual([
    "2  error  argparse-choice (2 with a fix)",
    expect.stringMatching(/^1 {2}warning {2}stand-in-value/),
  ]);
});

test.each([
  [["--unsafe", "a.sh"], "--unsafe extends --fix or --diff"],
  [["--fix", "--", "--tp", "8"], "--fix and --diff need files"],
  [["--write-baseline", "a.sh"], "--baseline FILE"],
  [["--max-warnings", "few", "a.sh"], "'few' is no number of warnings"],
  [["--min-severity", "info", "a.sh"], "no severity 'info'. Known: hint, warning, error"],
])("%j is bad usage", (words, said) => {
  const { status, stderr } = run(["check", ...words]);
  expect(stderr).toContain(said);
  expect(status).toBe(2);
});

test("--watch checks again after a change", async () => {
  file("watched.sh", SPELLING);
  const child = spawn(process.execPath, [program, "check", "--watch", "watched.sh"], {
    cwd: folder,
    env: OUTER,
  });
  let stdout = "";
  const said = (pattern: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (pattern.test(stdout)) resolve();
      };
      child.stdout.on("data", look);
      look();
    });
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    stdout += part;
  });
  const watching = new Promise<void>((resolve) => {
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      if (part.includes("Watching for changes")) resolve();
    });
  });
  await said(/1 error,/);
  await watching;
  file("watched.sh", SPELLING.replace("nromal", "normal"));
  await said(/0 errors,/);
  const ended = new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal)));
  child.kill("SIGINT");
  expect(await ended).toBe("SIGINT");
});

describe("formats", () => {
  const odd = 'é "x" <&>.sh';
  const formatted = (format: string) => {
    file(odd, `# é 😀\n${SPELLING}${STAND_IN}`);
    return run(["check", "--format", format, odd]);
  };
  const { parseStringPromise } = createRequire(import.meta.url)("xml2js");
  const position = { type: "integer", minimum: 1 };

  test("github: a command for each finding", () => {
    const { stdout, status } = formatted("github");
    expect(stdout.trimEnd().split("\n")).toEqual([
      expect.stringMatching(
        /^::error file=é "x" <&>\.sh,line=2,endLine=2,col=71,endColumn=76,title=argparse-choice::'nromal' is not/,
      ),
      expect.stringMatching(/^::warning file=.*,line=3,.*title=stand-in-value::/),
    ]);
    expect(status).toBe(1);
    file("percent,%.sh", SPELLING);
    expect(run(["check", "--format", "github", "percent,%.sh"]).stdout).toMatch(/file=percent%2C%25\.sh,/);
  });

  test("gitlab: what GitLab documents", () => {
    const list = JSON.parse(formatted("gitlab").stdout);
    const validate = new Ajv().compile({
      type: "array",
      minItems: 2,
      items: {
        type: "object",
        required: ["description", "check_name", "fingerprint", "severity", "location"],
        properties: {
          description: { type: "string", minLength: 1 },
          check_name: { type: "string" },
          fingerprint: { type: "string", minLength: 32 },
          severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
          location: {
            type: "object",
            required: ["path", "lines"],
            properties: {
              path: { type: "string" },
              lines: { type: "object", required: ["begin"], properties: { begin: position, end: position } },
            },
          },
        },
      },
    });
    expect(validate(list), JSON.stringify(validate.errors)).toBe(true);
    expect(new Set(list.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(2);
  });

  test("junit and checkstyle: an XML reader gets names and messages back", async () => {
    const { testsuites } = await parseStringPromise(formatted("junit").stdout);
    expect(testsuites.$).toMatchObject({ tests: "2", failures: "2", errors: "0" });
    const [suite] = testsuites.testsuite;
    expect(suite.$.name).toBe(odd);
    expect(suite.testcase[0].failure[0].$).toMatchObject({
      type: "argparse-choice",
      message: expect.stringContaining("'nromal' is not a choice"),
    });
    const { checkstyle } = await parseStringPromise(formatted("checkstyle").stdout);
    expect(checkstyle.file[0].$.name).toBe(odd);
    expect(checkstyle.file[0].error.map(({ $ }: { $: object }) => $)).toEqual([
      expect.objectContaining({
        line: "2",
        column: "71",
        severity: "error",
        source: "lightllm-config.argparse-choice",
      }),
      expect.objectContaining({ line: "3", severity: "warning" }),
    ]);
    file("good.sh", `${HEAD}\n`);
    const good = await parseStringPromise(
      run(["check", "--format", "junit", "good.sh", "nowhere.sh"]).stdout,
    );
    expect(good.testsuites.$).toMatchObject({ tests: "2", failures: "0", errors: "1" });
  });

  test("rdjson: columns count bytes", () => {
    file("bytes.sh", `É=é; ${SPELLING}`);
    const { source, diagnostics } = JSON.parse(run(["check", "--format", "rdjson", "bytes.sh"]).stdout);
    expect(source.name).toBe("lightllm-config");
    const line = Buffer.from(`É=é; ${SPELLING}`);
    const column = line.indexOf("nromal") + 1;
    expect(diagnostics).toEqual([
      {
        message: expect.stringContaining("'nromal'"),
        severity: "ERROR",
        code: { value: "argparse-choice" },
        location: {
          path: "bytes.sh",
          range: { start: { line: 1, column }, end: { line: 1, column: column + 6 } },
        },
        suggestions: [
          { range: { start: { line: 1, column }, end: { line: 1, column: column + 6 } }, text: "normal" },
        ],
      },
    ]);
  });

  test("sarif: rules with help, places, fixes and fingerprints that stay", () => {
    const [{ tool, results, columnKind, invocations }] = JSON.parse(formatted("sarif").stdout).runs;
    expect(columnKind).toBe("utf16CodeUnits");
    expect(invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
    const { rules } = tool.driver;
    expect(rules.map(({ id }: { id: string }) => id)).toEqual(["argparse-choice", "stand-in-value"]);
    const page = readFileSync(join(dirname(program), "../docs/rules/argparse-choice.md"), "utf8");
    expect(page).toContain(rules[0].help.markdown);
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex].id).toBe(ruleId);
    const [first] = results;
    expect(first).toMatchObject({
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "%C3%A9%20%22x%22%20%3C%26%3E.sh" },
            region: { startLine: 2, startColumn: 71, endLine: 2, endColumn: 77 },
          },
        },
      ],
      fixes: [
        {
          artifactChanges: [
            {
              replacements: [
                { deletedRegion: { startLine: 2, startColumn: 71 }, insertedContent: { text: "normal" } },
              ],
            },
          ],
        },
      ],
    });
    file(odd, `\n\n${SPELLING}`);
    const [moved] = JSON.parse(run(["check", "--format", "sarif", odd]).stdout).runs[0].results;
    expect(moved.partialFingerprints).toEqual(first.partialFingerprints);
    expect(Object.values(first.partialFingerprints)).toEqual([expect.stringMatching(/^[\da-f]{32}$/)]);
  });
});
