/** Completion of environment variables in Dockerfiles, Compose files and manifests. */
import { describe, expect, test } from "vitest";
import { afterCompletion, atCursor, labelsAt, open, type TestNotation } from "../support/service";

const RUN = "python -m lightllm.server.api_server";
const FLOW = "[python, -m, lightllm.server.api_server]";
const CMD = 'CMD ["python", "-m", "lightllm.server.api_server"]';

const lines = (depth: number, given: readonly string[]) =>
  given.map((line) => (line === "" ? "\n" : `${" ".repeat(depth)}${line}\n`)).join("");

const image = (...given: string[]) => `FROM lightllm:v1.2.0\n${lines(0, given)}${CMD}\n`;
const service = (...given: string[]) =>
  `services:\n  llm:\n    image: lightllm:v1.2.0\n${lines(4, given)}    command: ${FLOW}\n`;
const manifest = (spec: string) => `apiVersion: v1\nkind: Pod\nspec:\n${spec}`;
const pod = (...given: string[]) =>
  manifest(`  containers:\n    - name: llm\n${lines(6, given)}      command: ${FLOW}\n`);

/** The syntax, the text around the places, the lines with the cursor, the lines afterwards. */
type Row = readonly [TestNotation, (...given: string[]) => string, readonly string[], readonly string[]];

describe("completes a name", () => {
  test.each<Row>([
    ["dockerfile", image, ["ENV |"], ["ENV LOADWORKER=|"]],
    ["dockerfile", image, ["ENV LOA|"], ["ENV LOADWORKER=|"]],
    ["dockerfile", image, ["env LOA|"], ["env LOADWORKER=|"]],
    ["dockerfile", image, ["ENV LOA|=8"], ["ENV LOADWORKER|=8"]],
    ["dockerfile", image, ["ENV LO|AD=8"], ["ENV LOADWORKER|=8"]],
    ["dockerfile", image, ["ENV LOA| 8"], ["ENV LOADWORKER| 8"]],
    ["dockerfile", image, ["ENV LOA| A=1"], ["ENV LOADWORKER=| A=1"]],
    ["dockerfile", image, ["ENV A=1 LOA|"], ["ENV A=1 LOADWORKER=|"]],
    ["dockerfile", image, [`ENV A="x y" B=x\\ y LOA|`], [`ENV A="x y" B=x\\ y LOADWORKER=|`]],
    ["dockerfile", image, ["ENV A=1 \\", "    LOA|"], ["ENV A=1 \\", "    LOADWORKER=|"]],
    [
      "dockerfile",
      image,
      ["ENV A=1 \\", "# b", "  LOA| \\", "  C=1"],
      ["ENV A=1 \\", "# b", "  LOADWORKER=| \\", "  C=1"],
    ],
    ["compose", service, ["environment:", "  |"], ["environment:", "  LOADWORKER: |"]],
    ["compose", service, ["environment:", "  LOA|"], ["environment:", "  LOADWORKER: |"]],
    ["compose", service, ["environment:", "  LOA|: 18"], ["environment:", "  LOADWORKER|: 18"]],
    ["compose", service, ["environment:", '  "LOA|": 18'], ["environment:", '  "LOADWORKER|": 18']],
    [
      "compose",
      service,
      ["environment: &e # x", "  A: 1", "", "  # b", "  LOA|", "  C: 1"],
      ["environment: &e # x", "  A: 1", "", "  # b", "  LOADWORKER: |", "  C: 1"],
    ],
    ["compose", service, ["environment:", "  - |"], ["environment:", "  - LOADWORKER=|"]],
    [
      "compose",
      service,
      ["environment:", "  - A=1", "  - LOA|"],
      ["environment:", "  - A=1", "  - LOADWORKER=|"],
    ],
    ["compose", service, ["environment:", "- LOA|"], ["environment:", "- LOADWORKER=|"]],
    ["compose", service, ["environment:", "  - LOA|=18"], ["environment:", "  - LOADWORKER|=18"]],
    ["compose", service, ["environment:", '  - "LOA|"'], ["environment:", '  - "LOADWORKER=|"']],
    ["compose", service, ["environment:", "  - 'LOA|=18'"], ["environment:", "  - 'LOADWORKER|=18'"]],
    [
      "compose",
      service,
      [`entrypoint: ${FLOW}`, "environment:", "  - |"],
      [`entrypoint: ${FLOW}`, "environment:", "  - LOADWORKER=|"],
    ],
    ["kubernetes", pod, ["env:", "  - name: |"], ["env:", "  - name: LOADWORKER|"]],
    ["kubernetes", pod, ["env:", "  - name: LOA|"], ["env:", "  - name: LOADWORKER|"]],
    ["kubernetes", pod, ["env:", '  - name: "LOA|"'], ["env:", '  - name: "LOADWORKER|"']],
    [
      "kubernetes",
      pod,
      ["env:", "- name: LOA|", '  value: "8"'],
      ["env:", "- name: LOADWORKER|", '  value: "8"'],
    ],
    [
      "kubernetes",
      pod,
      ["env:", '  - value: "8"', "    name: LOA|"],
      ["env:", '  - value: "8"', "    name: LOADWORKER|"],
    ],
    ["kubernetes", pod, ["env:", "  -", "    name: LOA|"], ["env:", "  -", "    name: LOADWORKER|"]],
    [
      "kubernetes",
      pod,
      ["env:", "  - name: A", "    valueFrom:", "      fieldRef:", "        fieldPath: x", "  - name: LOA|"],
      [
        "env:",
        "  - name: A",
        "    valueFrom:",
        "      fieldRef:",
        "        fieldPath: x",
        "  - name: LOADWORKER|",
      ],
    ],
    [
      "kubernetes",
      pod,
      ["env:", "  {{- with .Values.env }}", "{{ toYaml . }}", "  {{- end }}", "  - name: LOA|"],
      ["env:", "  {{- with .Values.env }}", "{{ toYaml . }}", "  {{- end }}", "  - name: LOADWORKER|"],
    ],
  ])("%s", (notation, around, given, expected) => {
    expect(afterCompletion(around(...given), "LOADWORKER", {}, notation)).toBe(around(...expected));
    // Line ends of an editor on Windows.
    const broken = (text: string) => text.replaceAll("\n", "\r\n");
    expect(afterCompletion(broken(around(...given)), "LOADWORKER", {}, notation)).toBe(
      broken(around(...expected)),
    );
  });

  test("in a mapping that services share", () => {
    const text = (line: string) =>
      `x-llm: &llm\n  environment:\n    ${line}\nservices:\n  llm:\n    <<: *llm\n    command: ${FLOW}\n`;
    expect(afterCompletion(text("LOA|"), "LOADWORKER", {}, "compose")).toBe(text("LOADWORKER: |"));
  });

  test("at the end of the file", () => {
    const text = `services:\n  llm:\n    command: ${FLOW}\n    environment:\n      `;
    expect(afterCompletion(`${text}|`, "LOADWORKER", {}, "compose")).toBe(`${text}LOADWORKER: |`);
    expect(afterCompletion(`FROM x\n${CMD}\nENV |`, "LOADWORKER", {}, "dockerfile")).toBe(
      `FROM x\n${CMD}\nENV LOADWORKER=|`,
    );
  });
});

describe("is silent", () => {
  test.each<readonly [TestNotation, string]>([
    ["dockerfile", image("ENV|")],
    ["dockerfile", image("|ENV A=1")],
    ["dockerfile", image("ENV A=LOA|")],
    ["dockerfile", image('ENV A="x LOA|"')],
    ["dockerfile", image("ENV A LOA|")],
    ["dockerfile", image("ENV A=1 \\|", "  B=1")],
    ["dockerfile", image("ENV A=1 \\", "# LOA|", "  B=1")],
    ["dockerfile", image("# ENV LOA|")],
    ["dockerfile", image("LABEL LOA|")],
    ["dockerfile", image("RUN <<EOF", "ENV LOA|", "EOF")],
    ["compose", service("labels:", "  LOA|")],
    ["compose", service("labels:", "  - LOA|")],
    ["compose", service("build:", "  args:", "    LOA|: 1")],
    ["compose", service("LOA|")],
    ["compose", service("environment:", "  A: LOA|")],
    ["compose", service("environment:", "  A:", "    LOA|")],
    ["compose", service("environment:", "  # LOA|")],
    ["compose", service("environment:", "  - A=LOA|")],
    ["compose", service("environment:", "  - A=1", "  LOA|")],
    ["compose", service("environment: x", "  LOA|")],
    ["compose", service("environment:", " | A: 1")],
    ["compose", service("environment:", "  |# A")],
    ["compose", service("environment:", "  |- A=1")],
    ["kubernetes", pod("env:", "  - name: |{{ .Values.name }}")],
    ["compose", service("post_start:", "  - command: ls", "    environment:", "      - LOA|")],
    ["compose", service("entrypoint:", "  - >", "  environment:", "    LOA|")],
    ["kubernetes", pod("env:", "  - LOA|")],
    ["kubernetes", pod("env:", "  name: LOA|")],
    ["kubernetes", pod("env:", "  - name:|")],
    ["kubernetes", pod("env:", "  - name: A", "    value: LOA|")],
    [
      "kubernetes",
      pod("env:", "  - name: A", "    valueFrom:", "      configMapKeyRef:", "        name: LOA|"),
    ],
    ["kubernetes", pod("envFrom:", "  - name: LOA|")],
    ["kubernetes", pod("ports:", "  - name: LOA|")],
    ["kubernetes", pod("data: >", "  env:", "    - name: LOA|")],
  ])("elsewhere in %s: %j", (notation, marked) => {
    expect(open(atCursor(marked).text, {}, notation).file.launches).not.toEqual([]);
    expect(labelsAt(marked, {}, notation)).toEqual([]);
  });

  test.each<readonly [TestNotation, string]>([
    ["dockerfile", "FROM lightllm\nENV LOA|\nCMD ls\n"],
    ["compose", "services:\n  llm:\n    image: lightllm\n    environment:\n      LOA|\n"],
    ["compose", "services:\n  llm:\n    image: lightllm\n    environment:\n      - LOA|\n"],
    ["kubernetes", manifest("  containers:\n    - name: lightllm\n      env:\n        - name: LOA|\n")],
  ])("in %s without a launch: %j", (notation, marked) => {
    expect(labelsAt(marked, {}, notation)).toEqual([]);
  });
});

describe("the launch that is reached", () => {
  /** v1.1.0 reads MOE_MODE, v1.2.0 does not. */
  const OLD = "# lightllm: release=v1.1.0";
  const NEW = "# lightllm: release=v1.2.0";

  test.each<readonly [string, TestNotation, string, boolean]>([
    ["its stage, below", "dockerfile", `FROM x\n${NEW}\nRUN ${RUN}\nFROM x\nENV |\n${OLD}\n${CMD}\n`, true],
    ["its stage, above", "dockerfile", `FROM x\n${OLD}\n${CMD}\nENV |\nFROM y\n${NEW}\n${CMD}\n`, true],
    [
      "a later stage",
      "dockerfile",
      `FROM x AS a\nENV |\nFROM a\n${OLD}\n${CMD}\nFROM y\n${NEW}\n${CMD}\n`,
      true,
    ],
    ...(["compose", "kubernetes"] as const).flatMap((notation) => {
      const [name, head, item] =
        notation === "compose" ? ["|", "services:\n  a:\n", "  b:\n"] : ["- name: |", "", "  - name: b\n"];
      const start = notation === "compose" ? head : manifest("  containers:\n  - name: a\n");
      const key = notation === "compose" ? "environment" : "env";
      const variables = `    ${key}:\n      ${name}\n`;
      const command = (release: string) => `    ${release}\n    command: ${FLOW}\n`;
      return [
        ["its container, above", notation, `${start}${command(OLD)}${variables}${item}${command(NEW)}`, true],
        ["its container, below", notation, `${start}${command(NEW)}${item}${variables}${command(OLD)}`, true],
        ["not the one before", notation, `${start}${command(OLD)}${item}${variables}${command(NEW)}`, false],
      ] as const;
    }),
    [
      "the one given the shared variables",
      "compose",
      `x-llm: &llm\n  environment:\n    - A=1\n    - |\nservices:\n  a:\n    ${NEW}\n    command: ${FLOW}\n  b:\n    <<: *llm\n    ${OLD}\n    command: ${FLOW}\n`,
      true,
    ],
  ])("%s, in %s: %j", (_, notation, marked, offered) => {
    expect(labelsAt(marked, {}, notation).includes("MOE_MODE")).toBe(offered);
    expect(labelsAt(marked, {}, notation)).toContain("LOADWORKER");
  });

  test.each<readonly [TestNotation, string]>([
    ["dockerfile", image("ENV LOADWORKER=8 |")],
    ["compose", service("environment:", "  LOADWORKER: 8", "  L|")],
    ["compose", service("environment:", "  - LOADWORKER=8", "  - L|")],
    ["kubernetes", pod("env:", "  - name: LOADWORKER", '    value: "8"', "  - name: |")],
  ])("has its variables no more to offer: %s %j", (notation, marked) => {
    const labels = labelsAt(marked, {}, notation);
    expect(labels).not.toContain("LOADWORKER");
    expect(labels).toContain("LIGHTLLM_LOG_LEVEL");
  });
});
