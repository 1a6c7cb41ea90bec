/** Commands that no shell runs, although they are written for one. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { afterFix, findingsOf, open, type TestNotation } from "../support/service";

const RUN = "python -m lightllm.server.api_server --model_dir /m";
const LIST = '"python", "-m", "lightllm.server.api_server", "--model_dir", "/m"';

const compose = (command: string) => `services:\n  a:\n    image: x\n    command: ${command}\n`;
const block = (...items: string[]) => compose(items.map((one) => `\n      - ${one}`).join(""));
const pod = (keys: string) =>
  `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: x\n    ${keys}\n`;
const docker = (line: string) => `FROM x\n${line}\n`;
const unit = (command: string) => `[Service]\nExecStart=${command}\n`;

const started = (list: string) => `import subprocess\nsubprocess.run(${list})\n`;

describe("what only a shell understands", () => {
  test.each<[TestNotation, (command: string) => string, string, string]>([
    ["compose", compose, `CUDA_VISIBLE_DEVICES=0 ${RUN}`, `env CUDA_VISIBLE_DEVICES=0 ${RUN}`],
    ["compose", compose, `A=1 B=2 ${RUN}`, `env A=1 B=2 ${RUN}`],
    ["compose", compose, `A=1 sh -c '${RUN}'`, `env A=1 sh -c '${RUN}'`],
    ["compose", compose, `exec ${RUN}`, RUN],
    ["compose", compose, `["A=1", ${LIST}]`, `["env", "A=1", ${LIST}]`],
    ["compose", compose, `["exec", ${LIST}]`, `[${LIST}]`],
    ["compose", compose, `["A=1", "bash", "-c", "${RUN}"]`, `["env", "A=1", "bash", "-c", "${RUN}"]`],
    ["kubernetes", (list) => pod(`command: ${list}`), `["A=1", ${LIST}]`, `["env", "A=1", ${LIST}]`],
    ["kubernetes", (list) => pod(`command: ${list}\n    args: [${LIST}]`), `["A=1"]`, `["env", "A=1"]`],
    ["kubernetes", (list) => pod(`command: ${list}`), `["exec", ${LIST}]`, `[${LIST}]`],
    ["dockerfile", (list) => docker(`CMD ${list}`), `["A=1", ${LIST}]`, `["env", "A=1", ${LIST}]`],
    ["dockerfile", (list) => docker(`ENTRYPOINT ${list}`), `["exec", ${LIST}]`, `[${LIST}]`],
    ["dockerfile", (list) => docker(`ENTRYPOINT ${list}\nCMD [${LIST}]`), `["A=1"]`, `["env", "A=1"]`],
    ["python", started, `["A=1", ${LIST}]`, `["env", "A=1", ${LIST}]`],
    ["python", started, `["exec", ${LIST}]`, `[${LIST}]`],
    [
      "python",
      (list) => `import subprocess\ncmd = ${list}\nsubprocess.Popen(cmd)\n`,
      `["A=1", ${LIST}]`,
      `["env", "A=1", ${LIST}]`,
    ],
    ["systemd", unit, `A=1 /usr/bin/${RUN}`, `/usr/bin/env A=1 /usr/bin/${RUN}`],
    ["systemd", unit, `-A=1 /usr/bin/${RUN}`, `-/usr/bin/env A=1 /usr/bin/${RUN}`],
    ["systemd", unit, `exec /usr/bin/${RUN}`, `/usr/bin/${RUN}`],
  ])("%s: %o %s", (notation, write, command, fixed) => {
    const codes = findingsOf(write(command), {}, notation).map((one) => one.split(":")[0]);
    expect(codes).toEqual(["needs-shell"]);
    const mended = afterFix(write(command), "needs-shell", undefined, notation);
    expect(mended).toBe(write(fixed));
    expect(findingsOf(mended, {}, notation)).toEqual([]);
  });

  test.each([
    ["\n", "A=1"],
    ["\r\n", '"A=1"'],
  ])("an item of its own, with line ends %j", (end, first) => {
    const [before, after] = [block(first), block(first.replace("A=1", "env"), first)].map((text) =>
      `${text.trimEnd()}${LIST.split(", ")
        .map((one) => `\n      - ${one}`)
        .join("")}\n`.replaceAll("\n", end),
    );
    expect(afterFix(before ?? "", "needs-shell", undefined, "compose")).toBe(after);
  });

  test.each<[TestNotation, string, string]>([
    ["compose", compose(`["cd", "/x", "&&", ${LIST}]`), 'needs-shell: "cd"'],
    ["compose", compose(`["mkdir", "/x", ";", ${LIST}]`), 'needs-shell: ";"'],
    ["compose", compose(`[${LIST}, "&&", "echo"]`), 'needs-shell: "&&"'],
    ["kubernetes", pod(`command: [${LIST}, ">", "log"]`), 'needs-shell: ">"'],
    ["dockerfile", docker(`CMD ["source", "/x", "&&", ${LIST}]`), 'needs-shell: "source"'],
    ["python", started(`["cd", "/x", "&&", ${LIST}]`), 'needs-shell: "cd"'],
    ["python", started(`[${LIST}, ">", "log"]`), 'needs-shell: ">"'],
    ["compose", compose(`cd /x && ${RUN}`), "compose-no-shell: &&"],
    ["systemd", unit(`cd /x && /usr/bin/${RUN}`), "systemd-shell-syntax: &&"],
    ["systemd", unit(`/usr/bin/${RUN} > log`), "systemd-shell-syntax: >"],
  ])("one finding in %s: %s", (notation, text, finding) => {
    expect(findingsOf(text, {}, notation)).toEqual([finding]);
  });

  test.each<[TestNotation, string]>([
    ["compose", compose(`env A=0 ${RUN}`)],
    ["compose", compose(`["bash", "-c", "A=0 exec ${RUN}"]`)],
    ["compose", `services:\n  a:\n    image: x\n    entrypoint: [/entry.sh]\n    command: A=1 ${RUN}\n`],
    ["kubernetes", pod(`args: ["A=1", ${LIST}]`)],
    ["kubernetes", pod(`command: [env]\n    args: ["A=1", ${LIST}]`)],
    ["dockerfile", docker(`CMD A=1 exec ${RUN}`)],
    ["dockerfile", docker(`ENTRYPOINT ["/entry.sh"]\nCMD ["A=1", ${LIST}]`)],
    ["systemd", unit(`/bin/sh -c 'A=1 exec ${RUN}'`)],
    ["python", started(`["A=1", ${LIST}], shell=True`)],
    ["python", `cmd = ["A=1", ${LIST}]\n`],
    ["python", `os.execvp("python", ["A=1", ${LIST}])\n`],
    ["python", `subprocess.run(" ".join(["A=1", ${LIST}]), shell=True)\n`],
  ])("no finding where a shell or another entry point may read it, in %s: %s", (notation, text) => {
    expect(findingsOf(text, {}, notation)).toEqual([]);
  });
});

describe("elements that are several words", () => {
  const WHOLE = `"${RUN} --tp 2"`;
  const SPLIT = `[${LIST}, "--tp", "2"]`;
  const image = `services:\n  a:\n    image: x\n    entrypoint: `;
  test.each<[TestNotation, (list: string) => string, string, string]>([
    ["kubernetes", (list) => pod(`command: ${list}`), `[${WHOLE}]`, SPLIT],
    [
      "kubernetes",
      (list) => pod(`command: ${list}`),
      `[${WHOLE}, "--dp 1"]`,
      SPLIT.replace("]", ', "--dp", "1"]'),
    ],
    [
      "kubernetes",
      (list) => pod(`command: ${list}`),
      `["python", "-m lightllm.server.api_server", "--model_dir", "/m", "--tp", "2"]`,
      SPLIT,
    ],
    ["compose", (list) => `${image}${list}\n`, `[${WHOLE}]`, SPLIT],
    ["compose", compose, `[${WHOLE}]`, SPLIT],
    ["dockerfile", (list) => docker(`ENTRYPOINT ${list}`), `[${WHOLE}]`, SPLIT],
    ["dockerfile", (list) => docker(`CMD ${list}`), `[${WHOLE}]`, SPLIT],
    ["python", started, `[${WHOLE}]`, SPLIT],
    ["python", started, `[${LIST}, "--tp" "2"]`, `[${LIST}, "--tp", "2"]`],
    ["python", started, `[${LIST} "--tp", "2"]`, `[${LIST}, "--tp", "2"]`],
    [
      "python",
      started,
      `["python", "-m", "lightllm.server.api_server"\n "--model_dir", "/m"]`,
      `["python", "-m", "lightllm.server.api_server",\n "--model_dir", "/m"]`,
    ],
  ])("are split in %s: %o %s", (notation, write, list, fixed) => {
    const codes = findingsOf(write(list), {}, notation).map((one) => one.split(":")[0]);
    expect(codes).toContain("list-element-with-space");
    const mended = afterFix(write(list), "list-element-with-space", undefined, notation);
    expect(mended.replace(/,(?=")/g, ", ")).toBe(write(fixed));
    expect(findingsOf(mended, {}, notation)).toEqual([]);
  });

  test.each<[TestNotation, string]>([
    ["kubernetes", pod(`command: ["sh", "-c", ${WHOLE}]`)],
    ["kubernetes", pod(`args: [${WHOLE}]`)],
    ["dockerfile", docker(`ENTRYPOINT ["sh", "-c"]\nCMD [${WHOLE}]`)],
    ["compose", `${image}[sh, -c]\n    command: [${WHOLE}]\n`],
    ["python", started(`[${WHOLE}], shell=True`)],
    ["python", `cmd = [${WHOLE}]\n`],
    ["python", started(`[${LIST} "/x", "--model_name", "a" "b"]`)],
  ])("are words that something may split in %s: %s", (notation, text) => {
    expect(findingsOf(text, {}, notation)).toEqual([]);
  });
});

test.each<[TestNotation, string, string[]]>([
  ["dockerfile", docker(`ENTRYPOINT ${RUN}\nCMD ["--tp", "2"]`), ['docker-exec-form: ["--tp", "2"]']],
  ["dockerfile", docker(`ENTRYPOINT ${RUN}\nCMD --tp 2`), ["docker-exec-form: --tp 2"]],
  ["dockerfile", docker(`ENTRYPOINT ${RUN} "$0" "$@"\nCMD ["--tp", "2"]`), []],
  ["dockerfile", docker(`ENTRYPOINT [${LIST}]\nCMD ["--tp", "2"]`), []],
  ["shell", `export LOADWORKER = 18\n${RUN}\n${RUN}\n`, ["environment-variable-name: LOADWORKER = 18"]],
  ["shell", `export LOADWORKER =18\n${RUN}\n`, ["environment-variable-name: LOADWORKER =18"]],
  ["shell", `[ "$A" = 1 ]\nexport A=1 B\n${RUN}\n`, []],
  ["shell", `LOADWORKER = 18\n${RUN}\n`, ["environment-variable-name: LOADWORKER = 18"]],
  ["shell", `A == 18\ntest = 1\nB 1 = 2\n${RUN}\n`, []],
  ["dockerfile", docker(`ENV A 1=2\nENV B =2 3\nCMD ${RUN}`), ["environment-variable-name: B =2 3"]],
])("what reaches no launch in %s: %s", (notation, text, findings) => {
  expect(findingsOf(text, {}, notation)).toEqual(findings);
});

describe("a text that Compose refuses", () => {
  test.each([
    [`${RUN} --model_name a(b`, "("],
    [`${RUN} --model_name a)b`, ")"],
    [`(${RUN})`, "("],
    [`${RUN} --model_name "a`, '"'],
    [`${RUN} --model_name 'a`, "'"],
    [`${RUN} \\`, "\\"],
    [`>-\n      ${RUN}\n      \\`, "\\"],
  ])("%s", (command, sign) => {
    expect(findingsOf(compose(command), {}, "compose")).toEqual([`compose-text: ${sign}`]);
  });

  test("loses its last backslash", () => {
    expect(afterFix(compose(`${RUN} \\`), "compose-text", undefined, "compose")).toBe(compose(RUN));
  });

  test.each([
    `${RUN} --model_name "a(b)"`,
    `${RUN} --model_name 'a)'`,
    `${RUN} --model_name a\\(b`,
    `${RUN} --model_name $\${NAME}`,
    `${RUN} --model_name \${NAME}(x)`,
    `sh -c "(${RUN})"`,
  ])("not %s", (command) => {
    expect(findingsOf(compose(command), {}, "compose")).toEqual([]);
  });
});

test.each([
  ["ENV TP=2\nCMD", "$TP", "$TP"],
  ["ARG TP=2\nCMD", "$" + "{TP}", "$" + "{TP}"],
  ["ENTRYPOINT", "$(nproc)", "$(nproc)"],
])("Docker puts nothing in the place of a reference in exec form: %s %s", (before, value, word) => {
  const text = docker(`${before} [${LIST}, "--tp", "${value}"]`);
  const [judged] = open(text, {}, "dockerfile").launches;
  expect(judged && service.argvOf(judged.launch)).toEqual(["--model_dir", "/m", "--tp", word]);
  expect(findingsOf(text, {}, "dockerfile")).toEqual([`not-expanded: "${value}"`]);
});

describe("what nothing expands", () => {
  const ALL = ["$M", "${M}", "${M:-8}", "$(nproc)", "`nproc`", "~/m"];
  const lists: readonly [
    TestNotation,
    (list: string) => string,
    kept: readonly string[],
    expanded: readonly string[],
  ][] = [
    ["dockerfile", (list) => docker(`CMD ${list}`), [...ALL, "$(M)"], []],
    ["python", started, [...ALL, "$(M)"], []],
    ["kubernetes", (list) => pod(`command: ${list}`), ["$M", "${M}", "${M:-8}", "`nproc`", "~/m"], ["$(M)"]],
    ["compose", (list) => compose(list), ["$(nproc)", "`nproc`", "~/m"], ["$M", "${M}"]],
  ];
  const cases = lists.flatMap(([notation, write, kept, expanded]) => [
    ...kept.map(
      (word) =>
        [notation, word, write(`[${LIST}, "--model_name", "${word}"]`), [`not-expanded: "${word}"`]] as const,
    ),
    ...[...expanded, "a$", "$1"]
      .filter((word) => notation !== "compose" || !/a\$|\$1/.test(word))
      .map((word) => [notation, word, write(`[${LIST}, "--model_name", "${word}"]`), []] as const),
  ]);
  test.each(cases)("in a list of %s: %s", (notation, _, text, expected) => {
    expect(findingsOf(text, {}, notation)).toEqual(expected);
  });

  test.each<[TestNotation, string]>([
    ["dockerfile", docker(`ENTRYPOINT ["/entry.sh"]\nCMD [${LIST}, "--model_name", "$M"]`)],
    ["dockerfile", docker(`CMD ["sh", "-c", "${RUN} --model_name $M"]`)],
    ["kubernetes", pod(`args: [${LIST}, "--model_name", "$M"]`)],
    ["kubernetes", pod(`command: [${LIST}, "--model_name", "$$(M)"]`)],
    ["kubernetes", pod(`command: [${LIST}, "--model_name", "{{ $m }}"]`)],
    ["python", `subprocess.run([os.path.expandvars(w) for w in [${LIST}, "--model_name", "$M"]])\n`],
    ["python", `cmd = [${LIST}, "--model_name", "$M"]\n`],
  ])("not where something else may, in %s: %s", (notation, text) => {
    expect(findingsOf(text, {}, notation)).toEqual([]);
  });

  test("is an error where LightLLM refuses it, and a warning beside it", () => {
    const text = docker(`CMD [${LIST}, "--model_name", "$M", "--tp", "$TP"]`);
    const said = service.reportedFindings(open(text, {}, "dockerfile"));
    expect(said.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "warning not-expanded",
      "error not-expanded",
    ]);
    const unitText = unit(`/usr/bin/${RUN} --tp ~/x`);
    expect(findingsOf(unitText, {}, "systemd")).toEqual(["systemd-not-expanded: ~/x"]);
  });
});
