/** The command line, as a real process. */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Flag, type Release, shippedCatalogue } from "../../server/src/catalogue";
import { PLAIN, writeParser } from "../support/argparse-writer";
import { program, root } from "../support/paths";
import { releaseFiles } from "../support/release-files";
import { terminal } from "../support/terminal";

const { folder, run, file } = terminal("cli");
const RUN = "python -m lightllm.server.api_server";

describe("check", () => {
  test("says what is wrong for people: place, message, the line with a marker, the fix, a summary", () => {
    const { status, stdout } = run([
      "check",
      file("launch.sh", `#!/bin/bash\n${RUN} --model_dir /m \\\n  --prot 8000\n`),
    ]);
    expect(status).toBe(1);
    expect(stdout).toBe(
      [
        "launch.sh:3:3: error: LightLLM v1.2.0 has no flag '--prot' and refuses to start. Did you mean '--port'? [argparse-unknown-flag]",
        "      --prot 8000",
        "      ^^^^^^",
        "    fix: Change to '--port'",
        "",
        "1 launch in 1 file: 1 error, 0 warnings",
        "Judged by LightLLM v1.2.0 (newest)",
        "",
      ].join("\n"),
    );
  });

  test("comes to an end with launches of hundreds of models", () => {
    const launches = Array.from({ length: 300 }, (_, at) => `${RUN} --model_dir ./model-${at}\n`);
    const { stdout } = run(["check", file("models.sh", launches.join(""))]);
    expect(stdout).toContain("300 launches in 1 file: 0 errors, 0 warnings");
  }, 20_000);

  test("prints no colours into a pipe", () => {
    const name = file("colour.lightllm.yaml", "tp: x\n");
    expect(run(["check", name]).stdout).not.toContain("\u001b[");
  });

  test("ends with 0 where there are only warnings, and for a file without a launch", () => {
    expect(run(["check", file("warn.lightllm.yaml", "tp: 1\ntp: 2\nmodel_dir: /m\n")]).status).toBe(0);
    expect(run(["check", file("nothing.sh", "nothing here")])).toMatchObject({
      status: 0,
      stdout: "0 launches in 1 file: 0 errors, 0 warnings\n",
    });
  });

  test("as JSON, in the form of its contract", () => {
    const text = `LOADWORKER=18 ${RUN} --model_dir /m --tp 8 --port $PORT --prot=1\n`;
    const { status, stdout } = run([
      "check",
      "--format",
      "json",
      "--release",
      "v1.1.0",
      file("one.sh", text),
    ]);
    expect(status).toBe(1);
    const start = text.indexOf("--prot");
    const range = { start: { line: 0, character: start }, end: { line: 0, character: start + 6 } };
    expect(JSON.parse(stdout)).toMatchObject({
      files: [
        {
          path: "one.sh",
          launches: [
            {
              notation: "shell",
              range: { start: { line: 0, character: 0 } },
              release: "v1.1.0",
              releaseReason: "option",
              argv: ["--model_dir", "/m", "--tp", "8", "--port", null, "--prot=1"],
              env: { LOADWORKER: "18" },
              accepted: false,
              findings: [
                {
                  code: "argparse-unknown-flag",
                  effect: "refused",
                  stage: "argparse",
                  severity: "error",
                  flag: "--prot",
                  range,
                  fixes: [{ preferred: true, edits: [{ range, newText: "--port" }] }],
                },
              ],
            },
          ],
          findings: [],
        },
      ],
    });
  });

  test("puts what concerns the file, and no launch, beside the launches", () => {
    const { stdout } = run([
      "check",
      "--format",
      "json",
      file("odd.lightllm.yaml", "# lightllm: relese=v1.1.0\nmodel_dir: /m\ntp: 8\n"),
    ]);
    const [{ launches, findings }] = JSON.parse(stdout).files;
    expect(launches[0].findings).toEqual([]);
    expect(findings).toMatchObject([{ code: "unknown-directive", stage: "text" }]);
  });

  test.each<[string, string, number]>([
    ["can be made", join(folder, "new/embeds"), 0],
    ["is below a file", join(file("plain.txt", ""), "embeds"), 1],
  ])("knows whether a folder %s", (_, path, status) => {
    const more = "--visual_use_proxy_mode --config_server_host 10.0.0.1 --config_server_port 1";
    const text = `${RUN} --model_dir /m ${more} --config_server_visual_redis_port 2 --afs_image_embed_dir ${path}\n`;
    expect(run(["check", "--notation", "shell", "-"], text).status).toBe(status);
  });

  test("of a YAML config writes the words that LightLLM would get", () => {
    const text = "tp: 8\nport: null\nenable_ep_moe: true\nvisual_gpu_ids: [0, 1]\nmodel_name: ${NAME}\n";
    const { stdout } = run(["check", "--format", "json", "--notation", "yaml", "-"], text);
    expect(JSON.parse(stdout).files[0].launches[0].argv).toEqual([
      "--tp",
      "8",
      "--enable_ep_moe",
      "--visual_gpu_ids",
      "0",
      "1",
      "--model_name",
      null,
    ]);
  });

  test.each<[string, readonly string[], number]>([
    ["accepted words", ["--run_mode", "pd_master", "--model_name", 'it\'s a "name" $HOME'], 0],
    ["refused words", ["--tp", "eight"], 1],
    ["no words", [], 1],
    ["a help flag", ["--help"], 0],
  ])("of the words of one launch: %s", (_, words, status) => {
    const result = run(["check", "--format", "json", "--", ...words]);
    expect(result.status).toBe(status);
    expect(JSON.parse(result.stdout).files[0].launches[0].argv).toEqual(words);
  });

  test("reads the model's config.json beside the file, and tells the values that LightLLM starts with", () => {
    mkdirSync(join(folder, "model"), { recursive: true });
    const config = {
      model_type: "qwen3",
      eos_token_id: 7,
      torch_dtype: "bfloat16",
      max_position_embeddings: 4096,
    };
    writeFileSync(join(folder, "model", "config.json"), JSON.stringify(config));
    const name = file("model.sh", `${RUN} --model_dir ./model --tp 2 --visual_gpu_ids $ID\n`);
    const { status, stdout } = run(["check", "--format", "json", "--release", "v1.2.0", name]);
    const [{ effective, accepted }] = JSON.parse(stdout).files[0].launches;
    expect({ status, accepted }).toEqual({ status: 0, accepted: true });
    expect(effective).toMatchObject({
      eos_id: [7],
      data_type: "bfloat16",
      max_req_total_len: 4096,
      batch_max_tokens: 16384,
      chunked_prefill_size: 8192,
      tool_call_parser: "qwen25",
      tp: 2,
      port: 8000,
    });
    expect(effective).not.toHaveProperty("visual_gpu_ids");
  });

  test.each<[string, readonly string[], string, RegExp]>([
    ["is not there", ["--model_dir", "Qwen/Qwen3-8B"], "eos-id-not-derivable", /it is not a folder/],
    ["holds no config.json", ["--model_dir", "."], "eos-id-not-derivable", /it has no config\.json/],
  ])("of a launch that runs here, whose model folder %s, says so", (_, words, code, message) => {
    const { status, stdout } = run(["check", "--format", "json", "--release", "v1.1.0", "--", ...words]);
    expect(status).toBe(1);
    const [finding] = JSON.parse(stdout).files[0].launches[0].findings;
    expect(finding).toMatchObject({ code, effect: "refused", stage: "startup", flag: "--model_dir" });
    expect(finding.message).toMatch(message);
  });

  test("takes a folder that is not here, or has no config.json beside the file, for one that may be elsewhere", () => {
    const words = [
      "--model_dir .",
      "--model_dir ./nowhere",
      "--model_dir /no/such/folder",
      "--model_dir ~/model",
    ];
    const name = file("elsewhere.sh", words.map((one) => `${RUN} ${one}\n`).join(""));
    const { status, stdout } = run(["check", "--format", "json", "--release", "v1.1.0", name]);
    expect(status).toBe(0);
    const { launches } = JSON.parse(stdout).files[0];
    expect(launches.map(({ accepted }: { accepted: boolean }) => accepted)).toEqual([true, true, true, true]);
  });

  test("gives the findings of a launch in LightLLM's own order", () => {
    const words = ["--chunked_prefill_size", "99999", "--tp", "x", "--nosuchflag"];
    const { stdout } = run(["check", "--format", "json", "--release", "v1.2.0", "--", ...words]);
    const { findings } = JSON.parse(stdout).files[0].launches[0];
    expect(findings.map(({ code }: { code: string }) => code)).toEqual([
      "argparse-type-int-float",
      "argparse-unknown-flag",
      "batch-max-tokens-vs-chunk",
      "model-dir-required",
    ]);
  });

  test.each<[readonly string[], RegExp]>([
    [["check", "--changed", "--staged"], /either --changed or --staged/],
    [["check", "none/*.sh"], /no file matches 'none\/\*\.sh'/],
    [["check", "nowhere.sh"], /'nowhere\.sh' cannot be read: there is no such file/],
    [["check", "--format", "xml", "a.sh"], /no format 'xml'. Known: text, json, sarif/],
    [["check", "--release", "v9", "a.sh"], /no release 'v9'. Known: v1\.0\.0/],
    [["check", "--notation", "toml", "a.sh"], /no notation 'toml'\. Known: yaml, shell, /],
    [["check", "-"], /say what standard input is/],
    [["check", "--no-such"], /Unknown option '--no-such'/],
    [["check", "a.sh", "--", "--tp", "8"], /either files or/],
    [["chek"], /no subcommand 'chek'/],
    [["lsp"], /lightllm-config lsp --stdio/],
    [["schema", "--release", "v9"], /no release 'v9'/],
  ])("bad usage is one sentence on stderr and status 2: %j", (words, message) => {
    const { status, stdout, stderr } = run(words);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("the LightLLM of the folder", () => {
  const base = shippedCatalogue().release("v1.1.0") as Release;
  const OWN = { ...(base.flags[0] as Flag), name: "--our_own", key: "our_own", aliases: [], choices: null };
  const script = `${RUN} --model_dir /m --our_own 3\n`;

  /** A folder with a LightLLM's parser in it. */
  function checkout(name: string, text: string): string {
    const server = join(folder, name, "lightllm/server");
    mkdirSync(server, { recursive: true });
    writeFileSync(join(server, "api_cli.py"), text);
    return join(folder, name);
  }

  function judged(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
    const { status, stdout, stderr } = run(["check", "--format", "json", ...words], "", env, cwd);
    const [launch] = stdout ? JSON.parse(stdout).files[0].launches : [];
    return { status, release: launch?.release, reason: launch?.releaseReason, stderr };
  }

  const fork = checkout("fork", writeParser([...base.flags, OWN], PLAIN));
  const plain = checkout("plain", writeParser(base.flags, PLAIN));
  const half = checkout("half", writeParser(base.flags, PLAIN).slice(0, 3000));
  writeFileSync(join(folder, "own.sh"), script);
  for (const cwd of [fork, plain, half]) writeFileSync(join(cwd, "own.sh"), script);

  test("judges, as its source says", () => {
    expect(judged(["own.sh"], fork)).toEqual({
      status: 0,
      release: "v1.1.0+local",
      reason: "source",
      stderr: "",
    });
    expect(judged(["own.sh"], plain)).toMatchObject({ status: 1, release: "v1.1.0", reason: "source" });
  });

  test("may be named, or be that of the active Python environment", () => {
    expect(judged(["--source", fork, "own.sh"], folder)).toMatchObject({
      status: 0,
      release: "v1.1.0+local",
    });
    const site = join("env", "lib/python3.11/site-packages");
    checkout(site, writeParser([...base.flags, OWN], PLAIN));
    const environment = { VIRTUAL_ENV: join(folder, "env") };
    expect(judged(["own.sh"], folder, environment)).toMatchObject({ status: 0, reason: "source" });
  });

  test("goes after what is asked for", () => {
    expect(judged(["--release", "v1.0.0", "own.sh"], fork)).toMatchObject({
      release: "v1.0.0",
      reason: "option",
    });
    file("fork/asked.sh", `# lightllm: release=v1.0.1\n${script}`);
    expect(judged(["asked.sh"], fork)).toMatchObject({ release: "v1.0.1", reason: "modeline" });
  });

  test("that cannot be read is reported once, and the bundled releases are used", () => {
    const { release, reason, stderr } = judged(["own.sh", "own.sh"], half);
    expect({ release, reason }).toEqual({ release: "v1.2.0", reason: "newest" });
    expect(stderr).toMatch(
      /^lightllm-config: check: the LightLLM in '[^']*api_cli\.py' cannot be used: [^;\n]+; the bundled releases are used\n$/,
    );
    expect(judged(["--source", half, "own.sh"], folder)).toMatchObject({ status: 2 });
    expect(judged(["--source", "nowhere", "own.sh"], folder).stderr).toBe(
      "lightllm-config: check: 'nowhere' cannot be used: --source leads nowhere\n",
    );
  });

  test("is where launches come from", () => {
    const words = ["migrate", "--to", "v1.2.0", "--new-defaults", "--write", "--notation", "shell", "-"];
    const { stdout, stderr } = run(words, script, {}, fork);
    expect(stdout).toBe(`${RUN} --model_dir /m\n`);
    expect(stderr).toContain(
      "-:1: v1.1.0+local → v1.2.0\n  '--our_own' is taken out: nothing takes its place.",
    );
    expect(stderr).toContain("look: LightLLM v1.2.0 has no flag '--our_own', and nothing takes its place.");
  });
});

describe("which release judged", () => {
  test.each([
    [`${RUN} --model_dir /m --enable_fa3\n`, "Judged by LightLLM v1.1.0 (inferred)"],
    [`${RUN} --model_dir /m --enable_fa3\n${RUN} --model_dir /m\n`, "Judged by LightLLM v1.1.0 (inferred)"],
    [
      `${RUN} --model_dir /m --enable_fa3\n# lightllm: release=v1.2.0\n${RUN} --model_dir /m\n`,
      "Judged by LightLLM v1.1.0 (inferred): 1 launch, LightLLM v1.2.0 (modeline): 1 launch",
    ],
    [
      `${RUN} --model_dir /m --enable_fa3 --mode triton_int8kv --enable_ep_moe\n`,
      "Judged by LightLLM v1.1.0 (inferred, though it does not know all of it)",
    ],
    [`docker run lightllm:v1.0.1 ${RUN} --model_dir /m\n`, "Judged by LightLLM v1.0.1 (image)"],
  ])("%s", (text, line) => {
    expect(run(["check", "--notation", "shell", "-"], text).stdout.trimEnd().split("\n").at(-1)).toBe(line);
  });
});

describe("output", () => {
  test("that nobody reads to its end is no error", async () => {
    const child = spawn(process.execPath, [program, "schema"], { cwd: folder });
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

const SUBCOMMANDS = [
  "new",
  "check",
  "render",
  "import",
  "run",
  "migrate",
  "explain",
  "fit",
  "rule",
  "schema",
  "completions",
  "lsp",
];

describe("help", () => {
  test.each(SUBCOMMANDS)("of %s teaches with an example", (name) => {
    const { status, stdout } = run([name, "--help"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: lightllm-config/);
    expect(stdout).toMatch(/Examples?/);
  });

  test("lists the subcommands", () =>
    expect([...run(["--help"]).stdout.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name)).toEqual(
      SUBCOMMANDS,
    ));
  test("tells the version", () => expect(run(["--version"]).stdout).toMatch(/^\d+\.\d+\.\d+\n$/));
});

test.each(releaseFiles)("schema --release $name prints the published schema", ({ name }) => {
  const published = readFileSync(join(root, `schemas/lightllm-${name}.schema.json`), "utf8");
  expect(JSON.parse(run(["schema", "--release", name]).stdout)).toEqual(JSON.parse(published));
});

test("schema --list names the releases", () => {
  const names = releaseFiles.map(({ name }) => name);
  expect(run(["schema", "--list"]).stdout.trim().split("\n")).toEqual(names);
});

describe("migrate", () => {
  test("C12: reports what the release refuses if it judges the launch already", () => {
    const name = file("own.sh", `# lightllm: release=v1.2.0\n${RUN} --model_dir /m --enable_fa3\n`);
    const { status, stdout, stderr } = run(["migrate", "--to", "v1.2.0", name]);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(
      "own.sh:2: v1.2.0 judges it already, and refuses it\n  '--enable_fa3' was removed in v1.2.0;",
    );
  });

  const before = `#!/bin/bash\n${RUN} --model_dir /m \\\n  --enable_fa3 \\\n  --mem_fraction 0.8 \\\n  --port 80\n`;
  const words = ["migrate", "--to", "v1.2.0", "--new-defaults"];

  test("prints a unified diff, and on standard error what was done and why", () => {
    const name = file("old.sh", before);
    const { status, stdout, stderr } = run([...words, name]);
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        "--- a/old.sh",
        "+++ b/old.sh",
        "@@ -1,5 +1,6 @@",
        " #!/bin/bash",
        ` ${RUN} --model_dir /m \\`,
        "-  --enable_fa3 \\",
        "+  --llm_prefill_att_backend fa3 \\",
        "+  --llm_decode_att_backend fa3 \\",
        "   --mem_fraction 0.8 \\",
        "   --port 80",
        "",
      ].join("\n"),
    );
    expect(stderr).toContain(
      "old.sh:2: v1.1.0 → v1.2.0\n  '--enable_fa3' becomes '--llm_prefill_att_backend fa3'",
    );
    expect(readFileSync(join(folder, name), "utf8")).toBe(before);
  });

  test("the diff is one that git applies", () => {
    const name = file("patched.sh", before);
    const diff = run([...words, name]).stdout;
    const { status } = spawnSync("git", ["apply", "-"], { cwd: folder, input: diff });
    expect(status).toBe(0);
    expect(run([...words, "--write", "--notation", "shell", "-"], before).stdout).toBe(
      readFileSync(join(folder, name), "utf8"),
    );
  });

  test("--write changes the file and keeps its mode; a second time there is nothing to do", () => {
    const name = file("script.sh", before);
    chmodSync(join(folder, name), 0o755);
    expect(run([...words, "--write", name])).toMatchObject({ status: 0, stdout: "" });
    const after = readFileSync(join(folder, name), "utf8");
    expect(after).toContain("--llm_decode_att_backend fa3");
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o755);
    const again = run([...words, "--write", name]);
    expect(again.stderr).toBe("script.sh: 1 launch is for v1.2.0 already\n");
    expect(readFileSync(join(folder, name), "utf8")).toBe(after);
  });

  test("ends with 1 where the new release refuses a launch, and says why", () => {
    const { status, stderr } = run([
      ...words,
      file("typo.sh", `${RUN} --model_dir /m --enable_fa3 --tpp 2\n`),
    ]);
    expect(status).toBe(1);
    expect(stderr).toContain("typo.sh:1: v1.1.0 → v1.2.0, which refuses it");
    expect(stderr).toContain(
      "look: LightLLM v1.2.0 has no flag '--tpp' and refuses to start. Did you mean '--tp'?",
    );
  });

  test.each([
    [["migrate", "x.sh"], "migrate: say which release to: --to v1.2.0"],
    [["migrate", "--to", "v9", "x.sh"], "migrate: there is no release 'v9'. Known: v1.0.0, "],
    [["migrate", "--to", "v1.2.0"], "migrate: name the files, or '-' for standard input"],
    [["migrate", "--to", "v1.2.0", "-"], "migrate: say what standard input is: --notation yaml|shell|"],
    [
      ["migrate", "--to", "v1.2.0", "nowhere.sh"],
      "migrate: 'nowhere.sh' cannot be read: there is no such file",
    ],
    [
      ["migrate", "--to", "v1.2.0", "--from", "v1.1.0", "--source", ".", "x.sh"],
      "either --from or --source, not both",
    ],
    [["check", "--release", "v1.1.0", "--source", ".", "x.sh"], "either --release or --source, not both"],
    [["migrate", "--upgrade"], "migrate: Unknown option '--upgrade'"],
    [["explain"], "explain: name files, or say from which release: --from v1.1.0"],
    [["explain", "--from", "v9"], "explain: there is no release 'v9'"],
    [["explain", "--from", "v1.0.0", "x"], "explain: 'x' is too much"],
    [
      ["explain", "--from", "v1.0.0", "--format", "xml"],
      "explain: there is no format 'xml'. Known: text, json",
    ],
  ])("%j is refused in one sentence", (given, message) => {
    const { status, stdout, stderr } = run(given);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^lightllm-config: [^\n]*\n$/);
    expect(stderr).toContain(message);
  });
});

describe("explain", () => {
  test("says what changes between two releases", () => {
    const { status, stdout } = run(["explain", "--from", "v1.1.0", "--to", "v1.2.0"]);
    expect(status).toBe(0);
    const lines = stdout.split("\n").map((line) => line.replace(/ {2,}/g, " ").trim());
    expect(lines[0]).toBe("LightLLM v1.1.0 (2025-09-03) → v1.2.0 (2026-08-10)");
    expect(lines).toEqual(
      expect.arrayContaining([
        "Gone (16)",
        "--enable_fa3 attention backends are now chosen with --llm_prefill_att_backend and --llm_decode_att_backend",
        "New (61)",
        "--mem_fraction 0.9 → 0.8",
        "--sampling_backend no longer sglang_kernel; also flashinfer",
        "HEALTH_TIMEOUT default 100 → 200",
        "MOE_MODE no longer read: slices of experts are the default, and --enable_ep_moe chooses whole ones",
      ]),
    );
  });

  test("prints the same as JSON, and says when nothing changes", () => {
    const json = JSON.parse(run(["explain", "--from", "v1.2.0", "--to", "1.1.0", "--format", "json"]).stdout);
    expect(json).toMatchObject({ from: "v1.2.0", to: "v1.1.0" });
    expect(json.added.map(({ name }: { name: string }) => name)).toContain("--enable_fa3");
    expect(run(["explain", "--from", "v1.2.0", "--to", "v1.2.0"]).stdout).toContain("Nothing changes");
  });
});
