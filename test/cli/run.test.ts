/** `run` as a real process, with an interpreter that records its arguments. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import { program } from "../support/paths";
import { OUTER, terminal } from "../support/terminal";

const { folder, run, file } = terminal("run");

/** Prints its words and its environment; waits for a signal and exits with a status on request. */
const STUB = `#!${process.execPath}
const { WAIT, STATUS = "0", ...env } = process.env;
if (WAIT) {
  process.on("SIGTERM", () => { console.log("got SIGTERM"); process.exit(Number(STATUS)); });
  setInterval(() => {}, 1000);
}
console.log(JSON.stringify({ words: process.argv.slice(2), env, cwd: process.cwd() }));
if (!WAIT) process.exit(Number(STATUS));
`;

mkdirSync(join(folder, "bin"));
const python = join(folder, "bin", "python");
writeFileSync(python, STUB);
chmodSync(python, 0o755);
const PATH = `${join(folder, "bin")}${delimiter}${process.env.PATH}`;

mkdirSync(join(folder, "model"));
file(
  "model/config.json",
  JSON.stringify({
    architectures: ["LlamaForCausalLM"],
    model_type: "llama",
    torch_dtype: "bfloat16",
    eos_token_id: 2,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    max_position_embeddings: 8192,
  }),
);
file("model/tokenizer.json", "{}");
const GOOD = "# lightllm: release=v1.2.0\nmodel_dir: model\n";

/** Runs it, and reads the record of the interpreter. */
function started(words: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = run(["run", ...words], "", { PATH, ...env });
  const told =
    stdout === ""
      ? undefined
      : (JSON.parse(stdout) as { words: string[]; env: Record<string, string>; cwd: string });
  return { status, stderr, words: told?.words, env: told?.env };
}

describe("run", () => {
  test("starts LightLLM with the words of the config and the environment that it sets, and replaces nothing else", () => {
    const name = file(
      "good.lightllm.yaml",
      `${GOOD}port: 8088\nmodel_name: "it's $5 \\"so\\""\nenv:\n  LOADWORKER: 18\n  KEPT: ""\n`,
    );
    const outer = { SECRET: "s p a c e", LOADWORKER: "1" };
    const { status, words, env, stderr } = started([name], outer);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(words).toEqual([
      "-m",
      "lightllm.server.api_server",
      "--model_dir",
      "model",
      "--port",
      "8088",
      "--model_name",
      `it's $5 "so"`,
    ]);
    expect(env).toEqual({ ...OUTER, PATH, SECRET: "s p a c e", LOADWORKER: "18", KEPT: "" });
  });

  test("takes what the config leaves open from the environment, what it sets itself first", () => {
    const name = file(
      "open.lightllm.yaml",
      `${GOOD.replace("model\n", "$" + "{ROOT}/model\n")}host: \${ADDRESS}\nport: \${PORT:-8088}\nx-arguments: $MORE\nenv:\n  ADDRESS: 10.0.0.\${NODE}\n`,
    );
    const { words, stderr, env } = started([name], {
      ROOT: ".",
      NODE: "7",
      ADDRESS: "other",
      MORE: "--tp 1 --nnodes  1",
    });
    expect(stderr).toBe("");
    expect(words?.slice(2)).toEqual(
      "--model_dir ./model --host 10.0.0.7 --port 8088 --tp 1 --nnodes 1".split(" "),
    );
    expect(env?.ADDRESS).toBe("10.0.0.7");
  });

  test("puts what is set in the place of a script's defaults", () => {
    const script = file(
      "defaults.sh",
      'PORT="${PORT:-8088}"\nTP=${TP-1}\nHOST=fixed\npython -m lightllm.server.api_server --model_dir model --port $PORT --tp $TP --host $HOST\n',
    );
    expect(started([script]).words?.slice(4)).toEqual("--port 8088 --tp 1 --host fixed".split(" "));
    expect(started([script], { PORT: "9 9", TP: "1", HOST: "other" }).stderr).toContain(
      "takes one value, but 2 are given",
    );
    expect(started([script], { PORT: "99", HOST: "other" }).words?.slice(4)).toEqual(
      "--port 99 --tp 1 --host fixed".split(" "),
    );
  });

  test("takes words that may be none for none, and lets what is extended begin with nothing", () => {
    const script = file(
      "optional.sh",
      'export EXTENDED=$EXTENDED:/x\npython -m lightllm.server.api_server --model_dir model $MORE_UNSET --disable_cudagraph "$@"\n',
    );
    const { words, env, stderr } = started([script]);
    expect(stderr).toBe("");
    expect(words?.slice(2)).toEqual(["--model_dir", "model", "--disable_cudagraph"]);
    expect(env?.EXTENDED).toBe(":/x");
    expect(started([script], { EXTENDED: "/y" }).env?.EXTENDED).toBe("/y:/x");
  });

  test.each([
    [
      "host: ${NOWHERE}",
      /^run: --host needs \$\{NOWHERE\}, and NOWHERE is not set; set it first: NOWHERE=… lightllm-config run /,
    ],
    [
      "host: $(hostname -i)",
      /^run: --host needs \$\(hostname -i\), which only a shell can work out; start it with one: /,
    ],
    [
      "host: '{{ .Values.host }}'",
      /^run: --host needs \{\{ \.Values\.host \}\}, which is not known here; write the value/,
    ],
    ["env: {A: $B_UNSET}", /^run: A needs \$B_UNSET, and B_UNSET is not set/],
  ])("says what is not known: %s", (line, sentence) => {
    const { status, stderr, words } = started([file("unknown.lightllm.yaml", `${GOOD}${line}\n`)]);
    expect(stderr.replace("lightllm-config: ", "")).toMatch(sentence);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect({ status, words }).toEqual({ status: 2, words: undefined });
  });

  test("misses the value of a flag, quotes or not", () => {
    const script = file(
      "value.sh",
      "python -m lightllm.server.api_server --model_dir model --port $PORT_UNSET\n",
    );
    expect(started([script]).stderr).toContain("--port needs $PORT_UNSET, and PORT_UNSET is not set");
  });

  test("starts nothing if LightLLM would refuse or die, and says why; with --force it does", () => {
    const name = file("refused.lightllm.yaml", `${GOOD}tpp: 8\n`);
    const { status, stderr, words } = started([name]);
    expect({ status, words }).toEqual({ status: 1, words: undefined });
    expect(stderr).toBe(
      "error: refused.lightllm.yaml:3:1: LightLLM v1.2.0 has no flag 'tpp' and refuses to start. Did you mean 'tp'? [argparse-unknown-flag]\n" +
        "lightllm-config: run: nothing was started because of 1 error; --force starts it all the same\n",
    );
    expect(started([name, "--force"]).words).toContain("--tpp");
    const elsewhere = started([file("elsewhere.lightllm.yaml", "model_dir: ./nowhere\n")]);
    expect(elsewhere.stderr).toContain("it is not a folder");
    expect(elsewhere.status).toBe(1);
  });

  test("A1: does not start with a name that is none, and never sets one", () => {
    const name = file("names.lightllm.yaml", `${GOOD}env:\n  "x; touch p; B": 1\n  C: 2\n`);
    const { status, stderr, words } = started([name]);
    expect({ status, words }).toEqual({ status: 1, words: undefined });
    expect(stderr).toContain("[environment-variable-name]");
    const forced = started([name, "--force"]);
    expect(forced.env).toMatchObject({ C: "2" });
    expect(Object.keys(forced.env ?? {}).filter((one) => /\W/.test(one))).toEqual([]);
    expect(run(["run", "--force", "--dry-run", name], "", { PATH }).stdout).toMatch(/^C=2 python -m /);
  });

  test.each([
    ['chat_template: "a\\0b"', /^run: --chat_template has a value that is not known here$/],
    [
      "env: {'${NAME}': 1}",
      /^run: env has a variable named \$\{NAME\}, which is not known here; write its name$/,
    ],
    ["host: '$(echo \")'", /^run: --host needs \$\(echo "\), which only a shell/],
  ])("A1: does not start with what no program can be given, with --force either: %s", (line, sentence) => {
    const { status, stderr, words } = started([file("force.lightllm.yaml", `${GOOD}${line}\n`), "--force"]);
    expect({ status, words }).toEqual({ status: 2, words: undefined });
    expect(stderr.trimEnd().split("\n").at(-1)?.replace("lightllm-config: ", "")).toMatch(sentence);
  });

  test("A1: names a file in a command that can be copied as it is", () => {
    const name = file("a; touch p.lightllm.yaml", `${GOOD}host: \${NOWHERE}\n`);
    expect(started([name]).stderr).toMatch(/lightllm-config run 'a; touch p\.lightllm\.yaml'\n$/);
  });

  test("judges what the environment puts in", () => {
    const name = file("judged.lightllm.yaml", `${GOOD}data_type: \${TYPE}\n`);
    expect(started([name], { TYPE: "bfloat16" }).status).toBe(0);
    expect(started([name], { TYPE: "bf17" }).stderr).toContain("[argparse-choice]");
  });

  test("tells warnings, and starts", () => {
    const name = file("warned.lightllm.yaml", `${GOOD}env:\n  LOADWORKR: 18\n`);
    const { status, stderr } = started([name]);
    expect(stderr).toMatch(/^warning: warned\.lightllm\.yaml:4:3: .*LOADWORKER.*\n$/);
    expect(status).toBe(0);
  });

  test("judges by the release that is asked for", () => {
    const name = file("old.lightllm.yaml", "model_dir: model\nenable_fa3: true\n");
    expect(started([name, "--release", "v1.2.0"]).status).toBe(1);
    expect(started([name, "--release", "v1.1.0"]).words).toContain("--enable_fa3");
  });

  test("starts the launch that is asked for, and asks where there are several", () => {
    const name = file(
      "several.lightllm.yaml",
      `x-name: one\n${GOOD}port: 1111\n---\nx-name: two\n${GOOD}port: 2222\n`,
    );
    expect(started([name]).stderr).toBe(
      "lightllm-config: run: 'several.lightllm.yaml' holds 2 launches: say which with --document 1 to 2, or with --name: one, two\n",
    );
    expect(started([name, "--document", "2"]).words).toContain("2222");
    expect(started([name, "--name", "one"]).words).toContain("1111");
  });

  test("takes YAML of any name for a config", () => {
    expect(started([file("prefill.yaml", `${GOOD}port: 3\n`)]).words).toContain("3");
  });

  test("starts a launch of a script too", () => {
    const script = file(
      "start.sh",
      'export LOADWORKER=3\npython -m lightllm.server.api_server --model_dir model --port "$PORT"\n',
    );
    const { words, env } = started([script], { PORT: "7" });
    expect(words?.slice(-2)).toEqual(["--port", "7"]);
    expect(env?.LOADWORKER).toBe("3");
  });

  test("--dry-run prints the command and starts nothing", () => {
    const name = file("dry.lightllm.yaml", `${GOOD}host: \${ADDRESS}\nenv:\n  A: b c\n`);
    const { status, stdout } = run(["run", "--dry-run", name], "", { PATH, ADDRESS: "::1" });
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: "A='b c' python -m lightllm.server.api_server --model_dir model --host ::1\n",
    });
  });

  test("--python names the interpreter; a missing one is reported", () => {
    const name = file("python.lightllm.yaml", GOOD);
    const named = run(["run", "--python", python, name], "", { PATH: "/nowhere" });
    expect(JSON.parse(named.stdout).words).toContain("--model_dir");
    expect(run(["run", name], "", { PATH: "/nowhere" })).toEqual({
      status: 2,
      stdout: "",
      stderr:
        "lightllm-config: run: there is no 'python' on the PATH; --python PATH names the interpreter that has LightLLM\n",
    });
    expect(run(["run", "--python", "/nowhere/python", name])).toEqual({
      status: 2,
      stdout: "",
      stderr:
        "lightllm-config: run: there is no '/nowhere/python' to start: --python PATH names the interpreter\n",
    });
  });

  test.each([0, 1, 3, 255])("ends with the status of LightLLM: %i", (status) => {
    const name = file("status.lightllm.yaml", GOOD);
    expect(started([name], { STATUS: String(status) }).status).toBe(status);
  });

  test("hands a signal on, and ends as LightLLM does", async () => {
    const name = file("signal.lightllm.yaml", GOOD);
    const child = spawn(process.execPath, [program, "run", name], {
      cwd: folder,
      env: { ...OUTER, PATH, WAIT: "1", STATUS: "9" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines: string[] = [];
    const exited = once(child, "exit");
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (lines.length === 1) child.kill("SIGTERM");
    }
    expect(await exited).toEqual([9, null]);
    expect(lines.slice(1)).toEqual(["got SIGTERM"]);
  });

  test.skipIf(process.platform === "win32")(
    "with nohup outlives the terminal, as LightLLM itself would",
    async () => {
      const stub = join(folder, "patient");
      writeFileSync(stub, "#!/bin/sh\ntrap 'exit 7' TERM\necho $$\nwhile :; do sleep 0.05; done\n");
      chmodSync(stub, 0o755);
      const name = file("nohup.lightllm.yaml", GOOD);
      const command = `nohup "$0" "$1" run --python "$2" ${name}; exit $?`;
      const shell = spawn("bash", ["-c", command, process.execPath, program, stub], {
        cwd: folder,
        env: { ...OUTER, PATH },
        stdio: ["ignore", "pipe", "ignore"],
      });
      const exited = once(shell, "exit");
      for await (const line of createInterface({ input: shell.stdout })) {
        const pid = Number(line);
        process.kill(pid, "SIGHUP");
        process.kill(pid, "SIGTERM");
      }
      expect(await exited).toEqual([7, null]);
    },
  );
});
