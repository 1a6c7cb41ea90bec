/**
 * Launches in Kubernetes manifests and Helm templates: the commands of containers, with their words and environment.
 */
import { describe, expect, test } from "vitest";
import { notationOf } from "../../server/src/notations";
import { kubernetes } from "../../server/src/notations/kubernetes";
import { findInKubernetes } from "../../server/src/notations/kubernetes/find";
import { YamlStream } from "../../server/src/notations/yaml-text/stream";
import {
  afterChange,
  afterTaking,
  environmentIn,
  expectSpansInside,
  launchesIn,
  wordsIn,
  wordsOf,
} from "./fixtures/containers";

const RUN = "python -m lightllm.server.api_server";
const FLOW = '"python", "-m", "lightllm.server.api_server"';

/** A Deployment with one container. */
const deployment = (...lines: string[]) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: lightllm
spec:
  template:
    spec:
      containers:
        - name: server
          image: ghcr.io/modeltc/lightllm:v1.1.0
${lines.map((line) => `          ${line}\n`).join("")}          ports: [{containerPort: 8000}]
`;

describe("finds the launch", () => {
  test.each<[string, string[], string[][]]>([
    ["in a command in brackets", [`command: [${FLOW}, "--tp", "8"]`], [["--tp", "8"]]],
    [
      "in a command in lines",
      ["command:", "- python", "- -m", "- lightllm.server.api_server", "- --tp", '- "8"'],
      [["--tp", "8"]],
    ],
    [
      "in command and args",
      [`command: [${FLOW}]`, "args:", "  - --tp", '  - "8" # GPUs', "  # - --x", "  - --port=80"],
      [["--tp", "8", "--port=80"]],
    ],
    [
      "in args and command",
      ["args: [--tp, '8']", "command:", "  - python3", "  - -m", "  - lightllm.server.api_server"],
      [["--tp", "8"]],
    ],
    ["in args alone", [`args: [${FLOW}, "--tp", "8"]`], [["--tp", "8"]]],
    [
      "split between the two",
      ['command: ["python"]', 'args: ["-m", "lightllm.server.api_server", "--x"]'],
      [["--x"]],
    ],
    [
      "in a block for sh -c",
      [
        'command: ["sh", "-c"]',
        "args:",
        "  - |",
        "    set -e",
        `    exec ${RUN} \\`,
        "      --tp 8 \\",
        "      --x",
      ],
      [["--tp", "8", "--x"]],
    ],
    [
      "in a folded block for bash -lc",
      ["command:", "  - bash", "  - -lc", "  - >-", `    ${RUN}`, "    --tp 8"],
      [["--tp", "8"]],
    ],
    [
      "in a quoted string for sh -c",
      [`command: ["sh", "-c", "${RUN} --model_name \\"a b\\""]`],
      [["--model_name", "a b"]],
    ],
    [
      "in a string over lines",
      ["command:", "  - sh", "  - -c", `  - "${RUN}`, "    --tp 8 \\", '    --x"'],
      [["--tp", "8", "--x"]],
    ],
    [
      "twice in one script",
      ["args:", "  - |", `    ${RUN} --run_mode prefill &`, `    ${RUN} --run_mode decode`],
      [
        ["--run_mode", "prefill"],
        ["--run_mode", "decode"],
      ],
    ],
    ["where a comment says so", ["# lightllm: args", 'args: ["--tp", "8"]'], [["--tp", "8"]]],
  ])("%s", (_, lines, words) => {
    expect(wordsIn("kubernetes", deployment(...lines))).toEqual(words);
  });

  const container = `name: a\n  image: lightllm\n  command: [${FLOW}]\n  args: ["--tp", "8"]`;
  const nested = (depth: number) => container.replaceAll("\n", `\n${" ".repeat(depth)}`);
  test.each([
    ["Pod", `spec:\n  initContainers:\n  - ${nested(2)}\n`],
    [
      "CronJob",
      `spec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n          - ${nested(10)}\n`,
    ],
    [
      "LeaderWorkerSet",
      `spec:\n  leaderWorkerTemplate:\n    leaderTemplate:\n      spec:\n        containers:\n          - ${nested(10)}\n`,
    ],
    ["InferenceService", `spec:\n  predictor:\n    containers:\n      - ${nested(6)}\n`],
    ["Workflow", `spec:\n  templates:\n  - name: t\n    container:\n      ${nested(4)}\n`],
    [
      "Workflow",
      `spec:\n  templates:\n  - name: t\n    script:\n      image: lightllm\n      command: [bash]\n      source: |\n        ${RUN} --tp 8\n`,
    ],
    ["List", `items:\n- spec:\n    containers:\n    - ${nested(4)}\n`],
  ])("in a %s", (kind, body) => {
    expect(wordsIn("kubernetes", `apiVersion: v1\nkind: ${kind}\n${body}`)).toEqual([["--tp", "8"]]);
  });

  test.each([
    ["a placeholder that YAML cannot read", "image: {REGISTRY}/{NAME}:{TAG}", '"8"'],
    ["quotes that are never closed", 'image: "lightllm', '"8'],
  ])("beside %s", (_, image, value) => {
    const text = `spec:\n  containers:\n  - args:\n    - --tp\n    - ${value}\n    - --x\n    command: [${FLOW}]\n    ${image}\n    name: a\n`;
    expect(wordsIn("kubernetes", text)).toEqual([["--tp", "8", "--x"]]);
  });

  test("in each of several documents", () => {
    const text = [
      deployment(`command: [${FLOW}, "--tp", "1"]`),
      "kind: Service\n",
      deployment(`command: [${FLOW}, "--tp", "2"]`),
    ].join("---\n");
    expect(wordsIn("kubernetes", text)).toEqual([
      ["--tp", "1"],
      ["--tp", "2"],
    ]);
  });

  test("in a container that an alias brings in", () => {
    const text = deployment(`command: &c [${FLOW}]`, 'args: &a ["--tp", "8"]').concat(
      "        - {name: b, command: *c, args: *a}\n",
    );
    expect(wordsIn("kubernetes", text)).toEqual([
      ["--tp", "8"],
      ["--tp", "8"],
    ]);
  });

  test.each([
    ["another program", deployment('command: ["vllm", "serve"]', 'args: ["--tp", "8"]')],
    ["arguments of an image", deployment('args: ["--tp", "8"]')],
    ["a probe", deployment(`livenessProbe: {exec: {command: [sh, -c, "${RUN} --help"]}}`)],
    [
      "a ConfigMap's data",
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: lightllm}\ndata:\n  command: "x"\n`,
    ],
  ])("is silent about %s", (_, text) => {
    expect(launchesIn("kubernetes", text)).toEqual([]);
  });
});

describe("variables", () => {
  const env = [
    "env:",
    "  - name: TP",
    '    value: "8"',
    "  - name: DIR",
    "    value: /models/$(TP)",
    "  - name: IP",
    "    valueFrom: {fieldRef: {fieldPath: status.podIP}}",
  ];

  test("are put in where the container sets them", () => {
    const text = deployment(
      ...env,
      `command: [${FLOW}]`,
      'args: ["--tp", "$(TP)", "--model_dir", "$(DIR)/x", "--host=$(IP)", "--port", "$(PORT)", "--model_name", "$$(TP)"]',
    );
    expect(wordsIn("kubernetes", text)).toEqual([
      ["--tp", "8", "--model_dir", "/models/8/x", "--host=?", "--port", "?", "--model_name", "$(TP)"],
    ]);
    expect(environmentIn("kubernetes", text)).toEqual([["TP=8", "DIR=/models/8", "IP=?"]]);
  });

  test("are known to a shell", () => {
    const text = deployment(...env, 'command: ["sh", "-c"]', `args: ['${RUN} --tp "$TP" --host \${IP}']`);
    expect(wordsIn("kubernetes", text)).toEqual([["--tp", "8", "--host", "?*"]]);
    const changed = afterChange("kubernetes", text, (of) => ({
      kind: "set",
      argument: of("--tp"),
      words: ["16"],
    }));
    expect(changed).toBe(text.replace('value: "8"', 'value: "16"'));
  });
});

test("documents that an edit leaves alone keep their launches", () => {
  const cache = kubernetes.newCache();
  const text = [
    deployment(`command: [${FLOW}, "--tp", "1"]`),
    deployment(`command: [${FLOW}, "--tp", "2"]`),
  ].join("---\n");
  const before = kubernetes.find(text, cache).launches;
  const after = kubernetes.find(text.replace('"2"', '"4"'), cache).launches;
  expect(after[0]).toBe(before[0]);
  expect(after.map(wordsOf)).toEqual([
    ["--tp", "1"],
    ["--tp", "4"],
  ]);
});

describe("Helm templates", () => {
  test("are unknown values, or for any number of words", () => {
    const text = deployment(
      `command: [${FLOW}]`,
      "args:",
      "  - --tp",
      "  - {{ .Values.tp | quote }}",
      "  - --port={{ .Values.port }}",
      '  - "--host"',
      '  - "{{ .Values.host }}"',
      "  {{- if .Values.fa3 }}",
      "  - --enable_fa3",
      "  {{- else }}",
      "  - --llm_decode_att_backend",
      "  - triton",
      "  {{- end }}",
      "  {{- /* a note */}}",
      "  {{- with .Values.extraArgs }}",
      "  {{- toYaml . | nindent 12 }}",
      "  {{- end }}",
    );
    expect(wordsIn("kubernetes", text)).toEqual([
      ["--tp", "?", "--port=?", "--host", "?", "--enable_fa3", "?*"],
    ]);
  });

  test("may be all arguments", () => {
    expect(
      wordsIn("kubernetes", deployment(`command: [${FLOW}]`, "args: {{ toYaml .Values.args | nindent 12 }}")),
    ).toEqual([["?*"]]);
    expect(
      wordsIn(
        "kubernetes",
        deployment(`command: [${FLOW}]`, "args:", "  {{- toYaml .Values.args | nindent 12 }}"),
      ),
    ).toEqual([["?*"]]);
  });

  test("leave the lines of a command together", () => {
    const text = deployment(
      'command: ["sh", "-c"]',
      "args:",
      "  - |",
      `    ${RUN} \\`,
      "      --model_dir {{ .Values.dir }}/x \\",
      "      {{- if .Values.fa3 }}",
      "      --enable_fa3 \\",
      "      {{- else }}",
      "      --x \\",
      "      {{- end }}",
      '      --host "{{ .Values.host }}" \\',
      "      --tp 8",
    );
    expect(wordsIn("kubernetes", text)).toEqual([
      ["--model_dir", "?*", "--enable_fa3", "--host", "?", "--tp", "8"],
    ]);
    const changed = afterChange("kubernetes", text, (of) => ({
      kind: "set",
      argument: of("--tp"),
      words: ["16"],
    }));
    expect(changed).toBe(text.replace("--tp 8", "--tp 16"));
  });

  test("are left alone by changes around them", () => {
    const lines = ["args:", "  - --tp", '  - "8"', "  {{- if .Values.x }}", "  - --x", "  {{- end }}"];
    const text = deployment(`command: [${FLOW}]`, ...lines);
    expect(afterChange("kubernetes", text, (of) => ({ kind: "remove", argument: of("--tp") }))).toBe(
      text.replace('            - --tp\n            - "8"\n', ""),
    );
    expect(afterChange("kubernetes", text, (of) => ({ kind: "remove", argument: of("--x") }))).toBe(
      text.replace("            - --x\n", ""),
    );
  });
});

describe("changing and completing a script", () => {
  const script = deployment(
    'command: ["sh", "-c"]',
    "args:",
    "  - |",
    `    ${RUN} \\`,
    "      --tp 8 \\",
    "      --port 80",
  );

  test("adds a flag on a line of its own", () => {
    expect(
      afterChange("kubernetes", script, (_, launch) => ({ kind: "add", launch, flag: "--x", words: [] })),
    ).toBe(script.replace("--port 80\n", "--port 80 \\\n                --x\n"));
  });

  test("removes a line", () => {
    expect(afterChange("kubernetes", script, (of) => ({ kind: "remove", argument: of("--tp") }))).toBe(
      script.replace("                --tp 8 \\\n", ""),
    );
  });

  test.each([
    ["a flag on a new line", "      --port 80 \\", "      --mo|", "--model_dir", /\\\n {16}--model_dir \|\n/],
    ["a value", "      --port 80 \\", "      --run_mode=|", "prefill", /--run_mode=prefill\|\n/],
  ])("completes %s", (_, before, line, label, expected) => {
    const lines = ['command: ["sh", "-c"]', "args:", "  - |", `    ${RUN} \\`, before, line];
    expect(afterTaking("kubernetes", deployment(...lines), label)).toMatch(expected);
  });

  test.each([
    ["args", [`command: [${FLOW}]`, "args:", "  - --tp", '  - "8"', "  - --po|"], "--port", /- --port\|\n/],
    [
      "args, fresh",
      [`command: [${FLOW}]`, "args:", "  - --tp", '  - "8"', "  - |"],
      "--port",
      /- --port\|\n/,
    ],
    ["args, first", [`command: [${FLOW}]`, "args: [|]"], "--port", /args: \["--port"\|\]\n/],
    ["command", [`command: [${FLOW}, "--run_mode", "|"]`], "prefill", /"--run_mode", "prefill\|"\]/],
  ])("completes in a list: %s", (_, lines, label, expected) => {
    expect(afterTaking("kubernetes", deployment(...lines), label)).toMatch(expected);
  });
});

test.each([
  ["apiVersion: v1\nkind: Pod\n", true],
  ["{{- if .x }}\nkind: Pod\napiVersion: v1\n{{- end }}\n", true],
  ["kind: pipeline\nsteps: []\n", false],
])("an API version and a kind make a manifest: %j", (text, is) => {
  const reads = notationOf("yaml", "file:///a.yaml", `${text}# lightllm\n`);
  expect(reads?.id === "kubernetes").toBe(is);
});

test("half-typed and broken text is read without a throw, and spans stay inside", () => {
  const whole = deployment(
    'env: [{name: A, value: "1"}]',
    `command: &c [${FLOW}]`,
    "args:",
    '  - "--tp 8"',
    "  {{- if .a }}",
    "  - '$(A)'",
    "  {{- else }}",
    "  - >-",
    `    ${RUN} \\`,
    "      {{- end }}",
    "      --x $A {{ .b }}",
  ).concat(`---\nitems: [*c]\n`);
  expectSpansInside(
    whole,
    ['"', "[", "\n", "- ", ": ", "{{", "|\n"],
    (text) => findInKubernetes(text, new YamlStream()).launches,
  );
});
