/** A1: written text is given to real shells; it produces only LightLLM's own words, whatever the file contains. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { FORMATS, type FormatId } from "../../server/src/conversion/convert";
import { onOneLine } from "../../server/src/launch/visible-text";
import { service } from "../../server/src/service";
import { convertAll, converted, launchesIn } from "../support/conversions";
import { open, type TestNotation } from "../support/service";
import { readTold, type Told, withToldPython } from "../support/told";

const { codeLenses, conversionOf, reportedFindings } = service;

const folder = mkdtempSync(join(tmpdir(), "lightllm-harmless-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const env: NodeJS.ProcessEnv = { ...withToldPython(folder), HISTFILE: "" };
const PROGRAM = ["-m", "lightllm.server.api_server"];
const ALL = Object.keys(FORMATS) as FormatId[];

/** A file that exists only after something ran that must not run. */
const marker = join(folder, "marker");
beforeEach(() => rmSync(marker, { force: true }));

/** Runs a program in the folder; returns what LightLLM received, the only allowed output. */
function run(program: string, words: readonly string[], input = ""): Told {
  const { stdout, stderr, status } = spawnSync(program, words, { cwd: folder, encoding: "utf8", env, input });
  // As one text, so that a report shows what the program said.
  expect(`${status} ${program === "bash" && words.includes("-i") ? "" : stderr}`).toBe("0 ");
  expect(existsSync(marker)).toBe(false);
  return readTold(stdout);
}

const has = (program: string, ...words: string[]) => spawnSync(program, [...words, "true"]).status === 0;
const hasBash = has("bash", "-c");
const hasSh = has("sh", "-c");
const hasPython = spawnSync("python3", ["--version"]).status === 0;

const RUNS = `touch ${marker}`;
/** Values that shells, terminals, YAML or Python would change. */
const PLAINLY = [
  `$(${RUNS})`,
  `\`${RUNS}\``,
  `; ${RUNS} ;`,
  `&& ${RUNS}`,
  `| ${RUNS}`,
  `' ; ${RUNS} ; '`,
  `" ; ${RUNS} ; "`,
  `\\' ; ${RUNS} ; \\'`,
  `'"'"; ${RUNS}; "'"'`,
  `\${X:-$(${RUNS})}`,
  `a[$(${RUNS})]`,
  `<(${RUNS})`,
  `> ${marker}`,
  "${HOME}",
  "$$",
  "$$(HOME)",
  "$'a'",
  "$",
  "!!",
  "!touch",
  "a!b",
  "^a^b",
  "~",
  "~root",
  "~+",
  "=python",
  "=",
  "<<",
  "*",
  "?",
  "[a-z]*",
  "{a,b}",
  "-",
  "--",
  "-rf",
  "#",
  "#a",
  "a #b",
  "%",
  "%s%n",
  "%1",
  "a\\",
  "\\",
  "\\\\",
  "'",
  '"',
  "`",
  "it's",
  "é 模型 😀",
  "x".repeat(20_000),
];
const HIDDEN = [
  `a\n${RUNS}\nb`,
  `a'\n${RUNS}\n'b`,
  `a\r${RUNS}\r`,
  `a\r\n${RUNS}\r\n`,
  "a\tb",
  "\t",
  "\n",
  "a\x1b[2Jb",
  "\x03",
  "\x04",
  "a\x7fb",
  "a\u0085b",
  "a\u009bb",
  "a\u2028b",
  "a\u2029b",
  "a\u202eb\u202c",
  "\u2066a\u2069",
  "\ufeffa",
  `\x1b'!a"\\$(${RUNS})`,
  "!\n'\\",
];
const VALUES = [...PLAINLY, ...HIDDEN];

/** Text in double quotes, with the line ends of YAML, which are folded there, as escapes. */
const inQuotes = (text: string) =>
  JSON.stringify(text).replace(
    /[\u0085\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** A config whose values are texts, not references. */
function configOf(values: readonly string[], more = ""): string {
  const literal = (value: string) => inQuotes(value.replace(/\$(?=[{(A-Za-z_])/g, "$$$$"));
  const flags = values.map((value, at) => `flag_${at}: ${literal(value)}\n`);
  const variables = values.map((value, at) => `  VARIABLE_${at}: ${literal(value)}\n`);
  return `${more}${flags.join("")}env:\n${variables.join("")}`;
}

const wordsOf = (values: readonly string[]) => [
  ...PROGRAM,
  ...values.flatMap((value, at) => [`--flag_${at}`, value]),
];
const setBy = (values: readonly string[]) =>
  Object.fromEntries(values.map((value, at) => [`VARIABLE_${at}`, value]));

function expectAll(told: Told, values: readonly string[] = VALUES): void {
  expect(told.words.slice(0, 2 + 2 * values.length)).toEqual(wordsOf(values));
  expect(told.env).toMatchObject(setBy(values));
}

/** The words that Compose gives to a container. */
const ofCompose = (text: string) => text.replaceAll("$$", "$");
/** The words that Kubernetes gives to a container. */
const ofKubernetes = (text: string) => text.replaceAll("$$", "$");

/** How a container of each kind is started: its words and its environment. */
function started(format: FormatId, text: string): { words: string[]; set: Record<string, string> } {
  if (format === "compose") {
    const { command, environment = {} } = parse(text).services.lightllm;
    const set = Object.entries<string>(environment).map(([name, value]) => [name, ofCompose(String(value))]);
    return { words: command.map(ofCompose), set: Object.fromEntries(set) };
  }
  const [container] = parse(text).spec.containers;
  const set = (container.env ?? []).map((one: { name: string; value?: string }) => [
    one.name,
    ofKubernetes(String(one.value ?? "")),
  ]);
  const words = [...container.command, ...(container.args ?? [])].map(ofKubernetes);
  return { words, set: Object.fromEntries(set) };
}

function runContainer(format: FormatId, text: string): Told {
  const { words, set } = started(format, text);
  return run("env", [...Object.entries(set).map(([name, value]) => `${name}=${value}`), ...words]);
}

/** The words of `CMD`, in exec form or for the image's shell. */
function runImage(text: string): Told {
  const joined = text.replace(/\\\n(?:[ \t]*#[^\n]*\n)*/g, "");
  const command = /^CMD (.*)$/m.exec(joined)?.[1] ?? "";
  const words: string[] = command.startsWith("[") ? JSON.parse(command) : ["/bin/sh", "-c", command];
  const [program = "", ...rest] = words;
  return run(program, rest);
}

describe.skipIf(!hasBash || !hasSh)("A1: values of every nasty kind arrive as they are", () => {
  const config = configOf(VALUES);

  test("in the command, in bash", () => {
    const command = converted(config, "yaml", "command");
    expect(command.trimEnd()).toBe(onOneLine(command.trimEnd()));
    expectAll(run("bash", ["-c", command]));
  });

  test("in the command, typed into an interactive bash, one line and one Enter", () => {
    const command = converted(config, "yaml", "command");
    expectAll(run("bash", ["--norc", "--noprofile", "-i"], `: touch a\n${command}`));
  });

  test("in the command, in sh, where nothing is hidden", () => {
    expectAll(run("sh", ["-c", converted(configOf(PLAINLY), "yaml", "command")]), PLAINLY);
  });

  test.each([
    ["all is known", ""],
    ["something is for a shell", 'x-arguments: "--last $(echo a)"\n'],
  ])("in a script, a container, a list, a config, where %s", (_, more) => {
    const text = configOf(VALUES) + more;
    const script = converted(text, "yaml", "shell");
    expect(script.replaceAll(/[\n\t]/g, "")).toBe(onOneLine(script.replaceAll(/[\n\t]/g, "")));
    writeFileSync(join(folder, "script.sh"), script);
    expectAll(run("bash", ["script.sh"]));
    expectAll(runContainer("compose", converted(text, "yaml", "compose")));
    expectAll(runContainer("kubernetes", converted(text, "yaml", "kubernetes")));
    const again = converted(script, "shell", "yaml");
    expectAll(run("bash", ["-c", converted(again, "yaml", "command")]));
    for (const format of ["compose", "kubernetes", "dockerfile", "python"] as const) {
      const there = converted(text, "yaml", format);
      expectAll(run("bash", ["-c", converted(there, format, "command")]));
    }
  });

  test("in an image", () => {
    const told = runImage(converted(configOf(VALUES), "yaml", "dockerfile"));
    // Variables of `ENV` are not in the command.
    expect(told.words).toEqual(wordsOf(VALUES));
  });

  test.skipIf(!hasPython)("in a list that Python runs", () => {
    const list = `import os\n${converted(config, "yaml", "python")}import subprocess\nos.environ["PATH"] = ${JSON.stringify(env.PATH)}\nsubprocess.run(command)\n`;
    writeFileSync(join(folder, "list.py"), list);
    expectAll(run("python3", ["list.py"]));
  });

  test.skipIf(!hasPython)("in YAML that PyYAML reads", () => {
    const reads = "import sys, json, yaml\nprint(json.dumps(list(yaml.safe_load_all(sys.stdin))))";
    if (spawnSync("python3", ["-c", "import yaml"]).status !== 0) return;
    for (const format of ["yaml", "compose", "kubernetes"] as const) {
      const text = converted(config, "yaml", format);
      const { stdout, stderr } = spawnSync("python3", ["-c", reads], { encoding: "utf8", input: text });
      expect(stderr).toBe("");
      expect(JSON.parse(stdout)).toEqual(
        JSON.parse(JSON.stringify(parseAllDocuments(text).map((one) => one.toJS()))),
      );
    }
  });

  test("beside what is open, in the quotes around it", () => {
    // No value of a config can end in a dollar before a reference.
    const values = VALUES.filter((value) => value.length < 1000 && !value.endsWith("$"));
    const literal = (value: string) => value.replace(/\$(?=[{(A-Za-z_])/g, "$$$$");
    const flags = values.map(
      (value, at) => `flag_${at}: ${inQuotes(`\${LEFT}${literal(value)}\${RIGHT}`)}\n`,
    );
    const text = `${flags.join("")}env: {LEFT: "", RIGHT: ""}\n`;
    writeFileSync(join(folder, "script.sh"), converted(text, "yaml", "shell"));
    expect(run("bash", ["script.sh"]).words).toEqual(wordsOf(values));
    const command = converted(flags.join(""), "yaml", "command");
    const input = `: touch a\nexport LEFT= RIGHT=\n${command}`;
    expect(run("bash", ["--norc", "--noprofile", "-i"], input).words).toEqual(wordsOf(values));
    expect(runContainer("compose", converted(text, "yaml", "compose")).words).toEqual(wordsOf(values));
    expect(runContainer("kubernetes", converted(text, "yaml", "kubernetes")).words).toEqual(wordsOf(values));
  });

  test("inside expressions of a shell, where a terminal's shell would replace an exclamation mark by an earlier command", () => {
    const config = ["${NONE:-x!touch}", "$(printf %s '!touch' \"a!b\")", "${P%!*}", "${!Q}", "it's!"]
      .map((value, at) => `flag_${at}: ${JSON.stringify(value)}\n`)
      .join("");
    const input = `: touch a\nexport P=p!touch Q=P\n${converted(config, "yaml", "command")}`.replace(
      "p!",
      "p\\!",
    );
    const expected = wordsOf(["x!touch", "!toucha!b", "p", "p!touch", "it's!"]);
    expect(run("bash", ["--norc", "--noprofile", "-i"], input).words).toEqual(expected);
  });

  test("of variables that a shell keeps for itself, which sets them itself", () => {
    const names =
      "RANDOM SRANDOM HISTCMD OPTIND SECONDS LINENO BASHPID EPOCHSECONDS UID EUID PPID SHELLOPTS BASHOPTS BASH_ENV ENV PS4 IFS " +
      "PROMPT_COMMAND TMOUT SHLVL POSIXLY_CORRECT GLOBIGNORE _";
    const value = `a[$(${RUNS})]`;
    const lines = names
      .split(" ")
      .map((name) => `  ${name}: ${JSON.stringify(value.replaceAll("$", "$$$$"))}\n`);
    const kept = (told: Told) => {
      expect(told.words.slice(0, 4)).toEqual([...PROGRAM, "--tp", "1"]);
      const set = names.split(" ").filter((name) => name !== "_");
      expect(Object.fromEntries(set.map((name) => [name, told.env[name]]))).toEqual(
        Object.fromEntries(set.map((name) => [name, value])),
      );
    };
    for (const more of ["", 'x-arguments: "--last $(echo a)"\n']) {
      const text = `tp: 1\n${more}env:\n${lines.join("")}`;
      kept(run("bash", ["-c", converted(text, "yaml", "command")]));
      kept(run("bash", ["-c", converted(text, "yaml", "shell")]));
      kept(run("sh", ["-c", converted(text, "yaml", "command")]));
      if (more === "") continue;
      kept(runContainer("compose", converted(text, "yaml", "compose")));
      kept(runContainer("kubernetes", converted(text, "yaml", "kubernetes")));
      kept(runImage(converted(text, "yaml", "dockerfile")));
    }
  });
});

/** Invalid names, one of which runs a command if it is written literally. */
const NAMES = [
  `x; ${RUNS}; B`,
  `x$(${RUNS})`,
  `\`${RUNS}\``,
  "A-B",
  "A.B",
  "1A",
  "A B",
  "A[0]",
  "A+",
  "é",
  "A\nB",
  "A\tB",
  "A'B",
  'A"B',
  "-x",
  "a\u2028b",
  "a\x1b[2J",
];
const RUN = "python -m lightllm.server.api_server --model_dir /m";
const json = (text: string) => JSON.stringify(text).replaceAll("\u2028", "\\u2028");
const inShell = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** A launch with a variable of a name, in each syntax. */
const NOTATIONS: readonly [what: string, notation: TestNotation, write: (name: string) => string][] = [
  ["a config", "yaml", (name) => `model_dir: /m\nenv:\n  ${json(name)}: 1\n`],
  ["a merged config", "yaml", (name) => `x-a: &a\n  env: {${json(name)}: 1}\n<<: *a\nmodel_dir: /m\n`],
  [
    "a compose mapping",
    "compose",
    (name) =>
      `services:\n  a:\n    image: x\n    command: ${RUN}\n    environment:\n      ${json(name)}: "1"\n`,
  ],
  [
    "a compose list",
    "compose",
    (name) =>
      `services:\n  a:\n    image: x\n    command: ${RUN}\n    environment:\n      - ${json(`${name}=1`)}\n`,
  ],
  [
    "a pod",
    "kubernetes",
    (name) =>
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      command: ${JSON.stringify(RUN.split(" "))}\n      env:\n        - name: ${json(name)}\n          value: "1"\n`,
  ],
  [
    "a pod's command",
    "kubernetes",
    (name) =>
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      command: ${json(
        JSON.stringify(["env", `${name}=1`, ...RUN.split(" ")]),
      )
        .slice(1, -1)
        .replaceAll('\\"', '"')
        .replaceAll("\\\\", "\\")}\n`,
  ],
  ["env in a script", "shell", (name) => `env ${inShell(`${name}=1`)} ${RUN}\n`],
  ["docker run", "shell", (name) => `docker run -e ${inShell(`${name}=1`)} x ${RUN}\n`],
  ["docker run --env=", "shell", (name) => `docker run --env=${inShell(`${name}=1`)} x ${RUN}\n`],
  [
    "a Python list",
    "python",
    (name) =>
      `import subprocess\nsubprocess.run(${JSON.stringify(["env", `${name}=1`, ...RUN.split(" ")])})\n`,
  ],
];

describe("A1: a name that is none", () => {
  const cases = NOTATIONS.flatMap(([what, notation, write]) =>
    NAMES.filter(
      (name) =>
        !(name.startsWith("-") && /env|list|command|docker/.test(what)) &&
        !(name.includes("$(") && what.endsWith("command")),
    ).map((name) => [what, name, notation, write] as const),
  );

  test.each(cases)("in %s is refused, and written nowhere: %j", (_what, name, notation, write) => {
    const launchDocument = open(write(name), {}, notation);
    const findings = reportedFindings(launchDocument).filter(
      ({ code }) => code === "environment-variable-name",
    );
    expect(findings).toEqual([expect.objectContaining({ effect: "refused", stage: "text" })]);
    expect(findings[0]?.message).toBe(onOneLine(findings[0]?.message ?? ""));
    expect(launchDocument.launches.map(({ accepted }) => accepted)).toEqual([false]);
    const {
      leftOut,
      isComplete,
      refused,
      open: left,
      text,
    } = conversionOf(launchDocument, launchDocument.launches, "command");
    expect({ leftOut, isComplete, left }).toEqual({
      leftOut: [onOneLine(name)],
      isComplete: false,
      left: [],
    });
    expect(refused).toHaveLength(1);
    expect(text).toBe(`${RUN}\n`);
    for (const format of ALL) {
      const lines = convertAll(launchDocument, format).split("\n");
      expect(lines.filter((line) => !/^\s*#/.test(line)).join("\n")).not.toContain(name);
    }
  });

  test.skipIf(!hasBash)("runs nothing in bash, in whatever it is written", () => {
    for (const [, notation, write] of NOTATIONS) {
      const text = write(`x; ${RUNS}; B`);
      for (const format of ["command", "shell"] as const)
        expect(run("bash", ["-c", converted(text, notation, format)]).words).toEqual([
          ...PROGRAM,
          "--model_dir",
          "/m",
        ]);
    }
  });

  test.each<[string, TestNotation]>([
    ["model_dir: /m\nenv:\n  MY-\n", "yaml"],
    ["model_dir: /m\nenv:\n  {{ .name }}: 1\n", "yaml"],
    ["model_dir: /m\nenv:\n  ${NAME}: 1\n", "yaml"],
    ["model_dir: /m\nenv:\n  A-{{ .name }}: 1\n", "yaml"],
    [
      `services:\n  a:\n    image: x\n    command: ${RUN}\n    environment:\n      - \n      - A\n      - \${N}=1\n`,
      "compose",
    ],
    [
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      command: ${JSON.stringify(RUN.split(" "))}\n      env:\n        - name:\n        - name: {{ .n }}\n          value: "1"\n`,
      "kubernetes",
    ],
    [`FROM x\nENV \nENV A\nENV A=1 B="2" C='3' D=a\\ b\nENV $X=1\nCMD ${RUN}\n`, "dockerfile"],
    [`docker run -v /a-b=c:/d --label=a-b=c -l x-y=z -e A=1 -e B x ${RUN}\n`, "shell"],
    [`X=1 env -u A-B C=1 ${RUN}\n`, "shell"],
    [`srun --export=ALL,A-B=1 ${RUN}\n`, "shell"],
  ])("is not what is still to be typed, what is put in later, or no name at all: %j", (text, notation) => {
    const codes = reportedFindings(open(text, {}, notation)).map(({ code }) => code);
    expect(codes).not.toContain("environment-variable-name");
  });

  test.each<[string, TestNotation]>([
    [`FROM x\nENV A-B=1\nCMD ${RUN}\n`, "dockerfile"],
    [`FROM x\nENV "x; touch /tmp/p; B"=1\nCMD ${RUN}\n`, "dockerfile"],
    [`FROM x\nENV A=1 1B=2\nCMD ${RUN}\n`, "dockerfile"],
    [`A-B=1 ${RUN}\n`, "shell"],
    [`export C=1\nenv -i 1A=1 ${RUN}\n`, "shell"],
    [`\`\`\`bash\nenv A-B=1 ${RUN}\n\`\`\`\n`, "markdown"],
  ])("is found however it is written: %j", (text, notation) => {
    const document = open(text, {}, notation);
    expect(reportedFindings(document).map(({ code }) => code)).toContain("environment-variable-name");
    expect(convertAll(document, "command")).not.toMatch(/A-B|1A|1B|touch/);
  });

  test("is still omitted, reported and not run if the finding is silenced", () => {
    const text = `# lightllm: disable-file=environment-variable-name\nmodel_dir: /m\nenv: {A-B: 1, C: 2}\n`;
    const document = open(text);
    expect(conversionOf(document, document.launches, "command")).toMatchObject({
      text: `C=2 ${RUN}\n`,
      refused: [],
      leftOut: ["A-B"],
      isComplete: false,
    });
  });
});

describe("A1: nothing runs by itself", () => {
  test.each<[what: string, text: string, notation: TestNotation, itself: boolean]>([
    ["all is known", "model_dir: /m\n", "yaml", true],
    ["a home folder", "model_dir: ~/m\nhost: ${HOME}\n", "yaml", true],
    ["a warning", "model_dir: /m\nenv: {LOADWORKR: 1}\n", "yaml", true],
    ["a variable", "model_dir: ${M}\n", "yaml", false],
    ["a command", "model_dir: /m\nhost: $(hostname)\n", "yaml", false],
    ["a command in the environment", "model_dir: /m\nenv: {A: $(id)}\n", "yaml", false],
    ["more words", `${RUN} "$@"\n`, "shell", false],
    ["a template", "model_dir: /m\nhost: '{{ .x }}'\n", "yaml", false],
    ["a name that a template sets", "model_dir: /m\nenv: {'{{ .x }}': 1}\n", "yaml", false],
    ["a refusal", "model_dir: /m\nprot: 1\n", "yaml", false],
    [
      "a silenced refusal",
      "# lightllm: disable-file=argparse-unknown-flag\nmodel_dir: /m\nprot: 1\n",
      "yaml",
      false,
    ],
    ["a file that is not checked", "# lightllm: off\nmodel_dir: /m\n", "yaml", false],
    ["a broken line", "model_dir: /m\nhost\n", "yaml", false],
    ["a NUL", 'model_dir: "/m\\0"\n', "yaml", false],
    ["half a character", 'model_dir: "/m\\ud800"\n', "yaml", false],
  ])("of a launch with %s", (_what, text, notation, itself) => {
    const document = open(text, {}, notation);
    expect(conversionOf(document, document.launches, "command").isComplete).toBe(itself);
    const [lens] = codeLenses(document, { runs: true });
    expect(lens?.command?.title).toBe(itself ? "Run in Terminal" : "Insert into Terminal");
  });
});

describe("A1: what no shell ran becomes no command", () => {
  const list = (...words: string[]) => JSON.stringify([...RUN.split(" "), ...words]);
  const odd = [
    `$(${RUNS})`,
    `\`${RUNS}\``,
    `\${X:-$(${RUNS})}`,
    `\${X:+\`${RUNS}\`}`,
    `\${X:?"$(${RUNS})"}`,
    `a\${X/a/$(${RUNS})}`,
  ];
  const compose = (text: string) => text.replaceAll("$(", "$$$$(");
  const texts = odd.flatMap((value): [string, TestNotation][] => [
    [
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      command: ${list("--host", value)}\n`,
      "kubernetes",
    ],
    [
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      command: ${list("--port", "$(B)")}\n      env:\n        - name: B\n          value: ${json(value)}\n`,
      "kubernetes",
    ],
    [`services:\n  a:\n    image: x\n    command: ${list("--host", value)}\n`, "compose"],
    [`services:\n  a:\n    image: x\n    command: ${list("--host", compose(value))}\n`, "compose"],
    [
      `services:\n  a:\n    image: x\n    command: ${json(`${RUN} --host '${compose(value)}' --port "${compose(value)}"`)}\n`,
      "compose",
    ],
    [`services:\n  a:\n    image: x\n    command: ${json(`${RUN} --host ${compose(value)}`)}\n`, "compose"],
    [
      `services:\n  a:\n    image: x\n    command: ${list()}\n    environment:\n      A: ${json(value)}\n`,
      "compose",
    ],
    [`FROM x\nCMD ${list("--host", value)}\n`, "dockerfile"],
    [`FROM x\nENV A=${json(value)}\nCMD ${RUN} --host "$A"\n`, "dockerfile"],
    [`import subprocess\nsubprocess.run(${list("--host", value)})\n`, "python"],
    [`import subprocess\nsubprocess.run(f${json(`${value} {x}`)}.join(${list()}))\n`, "python"],
  ]);

  test.skipIf(!hasBash).each(texts)("%j", (text, notation) => {
    for (const format of ["command", "shell"] as const) {
      const written = `${converted(text, notation, format)}\n`.replace("set -eu", "");
      spawnSync("bash", ["-c", written], { cwd: folder, env: { ...env, X: "a" } });
      spawnSync("bash", ["-c", written], { cwd: folder, env });
      expect(existsSync(marker)).toBe(false);
    }
  });

  test("and a program that takes the next words is named instead", () => {
    const text = `host: '$(echo ")'\nchat_template: '); ${RUNS}; ("'\n`;
    expect(converted(text, "yaml", "command")).toBe(
      `python -m lightllm.server.api_server --host "\${HOST}" --chat_template '); ${RUNS}; ("'\n`,
    );
  });

  test("and a word that no program can be given is named", () => {
    expect(converted('host: "a\\0b"\nmodel_name: "\\ud800"\n', "yaml", "command")).toBe(
      'python -m lightllm.server.api_server --host "${HOST}" --model_name "${MODEL_NAME}"\n',
    );
  });
});

describe("A1: comments end where they should", () => {
  const comments = ["a\rb: [", "a\u2028b: [", "a\u0085b: [", "a\x1b[2J", "a\x0bb", "a\x0cb"];

  test.each(comments)("%j", (comment) => {
    const script = `# ${comment}\n${RUN} \\\n  --tp 1 # ${comment}\n`;
    for (const format of ALL) {
      const written = converted(script, "shell", format);
      const plain = written.replaceAll("\n", "");
      expect(plain).toBe(onOneLine(plain));
      expect(launchesIn(written, FORMATS[format].notation.id)).toHaveLength(1);
    }
  });

  test.skipIf(!hasBash)("of a flag whose name goes over lines", () => {
    const text = `# About.\n"x\\n${RUNS}\\n": 1 # after\nmodel_dir: /m\n`;
    for (const format of ["command", "shell"] as const) run("bash", ["-c", converted(text, "yaml", format)]);
    const told = runContainer("compose", converted(`${text}x-arguments: $(true)\n`, "yaml", "compose"));
    expect(told.words.slice(2)).toContain("/m");
  });

  test("in a Dockerfile, and say nothing to Docker", () => {
    for (const head of ["Syntax = evil/frontend", "ESCAPE=`", "check=skip=all"]) {
      const written = converted(`# ${head}\nmodel_dir: /m\n`, "yaml", "dockerfile");
      expect(written).toMatch(new RegExp(`^#\\n# ${head}\\n`));
    }
  });

  test.skipIf(!hasPython)("in Python, and say nothing of how the file is decoded", () => {
    const hidden = `+AAo-import os+ADs-os.system('${RUNS}')+AAo-`;
    const written = converted(`# coding: utf-7\n# ${hidden}\nmodel_dir: /m\n`, "yaml", "python");
    expect(written).toMatch(/^# coding: utf-8\n# coding: utf-7\n/);
    writeFileSync(join(folder, "coding.py"), written);
    spawnSync("python3", ["coding.py"], { cwd: folder, env });
    expect(existsSync(marker)).toBe(false);
  });

  test.skipIf(!hasBash)("and names of launches are cases of their own", () => {
    const script = converted("x-name: esac\ntp: 1\n---\nx-name: two\ntp: 2\n", "yaml", "shell");
    writeFileSync(join(folder, "names.sh"), script);
    expect(run("bash", ["names.sh", "esac"]).words).toEqual([...PROGRAM, "--tp", "1"]);
    expect(run("bash", ["names.sh", "two"]).words).toEqual([...PROGRAM, "--tp", "2"]);
  });

  test("and names that YAML takes for something else are strings", () => {
    for (const name of ["null", "true", "8080", "no", "1e3"]) {
      const { services } = parse(converted(`x-name: "${name}"\ntp: 1\n`, "yaml", "compose"), {
        version: "1.1",
      });
      expect(Object.keys(services)).toEqual([name]);
      const pod = parse(converted(`x-name: "${name}"\ntp: 1\nenv: {NO: 1}\n`, "yaml", "kubernetes"), {
        version: "1.1",
      });
      expect([pod.metadata.name, pod.spec.containers[0].env[0].name]).toEqual([name, "NO"]);
    }
  });
});
