/** Services of a Compose file that start the image of a Dockerfile: the launch is in the other file. */
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { withConfig } from "../../server/src/judgement/surroundings";
import { service } from "../../server/src/service";

const RUN = `"python", "-m", "lightllm.server.api_server"`;
const MODEL = `"--model_dir", "/models/Qwen3-8B"`;
const IMAGE = `FROM my/cuda\nCMD [${RUN}, ${MODEL}, "--host", "0.0.0.0", "--port", "8088", "--tp", "2"]\n`;
const ENTRY = `FROM my/cuda\nENTRYPOINT [${RUN}]\nCMD [${MODEL}, "--port", "8000"]\n`;
const SHELL = `FROM my/cuda\nARG TP=2\nENV PORT=8088\nCMD python -m lightllm.server.api_server --model_dir /models/Q --host 0.0.0.0 --port $PORT --tp $TP\n`;
const STAGES = `FROM my/cuda AS small\nCMD [${RUN}, ${MODEL}, "--host", "0.0.0.0"]\nFROM my/cuda AS large\nCMD [${RUN}, ${MODEL}, "--host", "0.0.0.0", "--tp", "8"]\n`;

/** What is said about a Compose file beside these files: the code, the marked text, the places in the other file. */
function said(keys: string, files: Readonly<Record<string, string>> = { "./Dockerfile": IMAGE }): string[] {
  const text = `# lightllm: release=v1.2.0\nservices:\n  qwen:\n${keys.replace(/^/gm, "    ")}\n`;
  const analysed = analyse(text, files);
  return service.reportedFindings(analysed).map(({ code, span, related = [] }) => {
    const others = related.map((one) =>
      (one.file?.text ?? text).slice(one.span.start, one.span.end).replaceAll('"', ""),
    );
    return [code, text.slice(span.start, span.end), ...others].join(" | ");
  });
}

function analyse(text: string, files: Readonly<Record<string, string>>) {
  const uri = "file:///compose.yaml";
  const notation = service.notationOf("", uri, text);
  if (!notation) throw new Error("No notation reads it.");
  return service.analyse(
    TextDocument.create(uri, "", 1, text),
    notation,
    { language: "en" },
    service.shippedCatalogue(),
    { surroundings: withConfig(undefined, { files }) },
  );
}

const PORTS = `ports: ["8000:8000"]`;
const GPU = (count: number) =>
  `deploy: {resources: {reservations: {devices: [{driver: nvidia, count: ${count}, capabilities: [gpu]}]}}}`;

test.each<[name: string, keys: string, files: Readonly<Record<string, string>> | undefined, found: string[]]>(
  [
    [
      "a port that the image does not listen on",
      `build: .\n${PORTS}`,
      undefined,
      ["port-elsewhere | 8000 | --port, 8088"],
    ],
    ["the port of the image", `build: .\nports: ["8000:8088"]`, undefined, []],
    ["fewer GPUs", `build: {context: .}\n${GPU(1)}`, undefined, ["too-few-gpus | 1 | --tp, 2"]],
    ["as many GPUs", `build: {context: .}\n${GPU(2)}`, undefined, []],
    ["GPUs left over", `build: .\n${GPU(4)}`, undefined, ["gpus-left-over | 4 | --tp, 2"]],
    [
      "GPUs of a variable",
      `build: .\nenvironment: {CUDA_VISIBLE_DEVICES: "3"}`,
      undefined,
      ['too-few-gpus | "3" | --tp, 2'],
    ],
    [
      "GPUs of a variable that is not known",
      `build: .\nenvironment: ["CUDA_VISIBLE_DEVICES=$GPUS"]`,
      undefined,
      [],
    ],
    [
      "little shared memory",
      "build: .\nshm_size: 64m",
      undefined,
      ["shared-memory-too-small | 64m | lightllm.server.api_server"],
    ],
    [
      "a model that is mounted elsewhere",
      `build: .\nvolumes: ["/models:/data"]`,
      undefined,
      ["model-not-mounted | /models:/data | --model_dir, /models/Qwen3-8B"],
    ],
    ["a model that is mounted", `build: .\nvolumes: ["/models:/models"]`, undefined, []],
    [
      "a model that the image has too",
      `build: .\nvolumes: ["/models:/data"]`,
      { "./Dockerfile": `FROM my/cuda\nCOPY models /models\n${IMAGE.split("\n")[1]}\n` },
      [],
    ],
    [
      "a Dockerfile with a name in a folder",
      `build: {context: ./llm, dockerfile: gpu.Dockerfile}\n${PORTS}`,
      { "./llm/gpu.Dockerfile": IMAGE },
      ["port-elsewhere | 8000 | --port, 8088"],
    ],
    [
      "an entry point with its usual arguments",
      `build: .\n${PORTS}`,
      { "./Dockerfile": ENTRY },
      ["host-unreachable | 8000 | lightllm.server.api_server"],
    ],
    [
      "an entry point with the arguments of the service",
      `build: .\n${PORTS}\ncommand: ["--model_dir", "/models/Q", "--host", "0.0.0.0", "--port", "8001"]`,
      { "./Dockerfile": ENTRY },
      ["port-elsewhere | 8000 | command"],
    ],
    [
      "right arguments of the service, as a text",
      `build: .\n${PORTS}\ncommand: >-\n  --model_dir /models/Q\n  --host 0.0.0.0`,
      { "./Dockerfile": ENTRY },
      [],
    ],
    [
      "arguments that are not known",
      `build: .\n${PORTS}\ncommand: --model_dir /m --port $PORT`,
      { "./Dockerfile": ENTRY },
      [],
    ],
    ["another command", `build: .\n${PORTS}\ncommand: sleep infinity`, undefined, []],
    ["another entry point", `build: .\n${PORTS}\nentrypoint: /start.sh`, undefined, []],
    [
      "a variable of the image",
      `build: .\n${PORTS}`,
      { "./Dockerfile": SHELL },
      ["port-elsewhere | 8000 | --port $PORT"],
    ],
    [
      "a variable of the service instead",
      `build: .\n${PORTS}\nenvironment: {PORT: "8000"}`,
      { "./Dockerfile": SHELL },
      [],
    ],
    [
      "a variable that is not known",
      `build: .\n${PORTS}\nenvironment: {PORT: "$PORT"}`,
      { "./Dockerfile": SHELL },
      [],
    ],
    ["variables from a file", `build: .\n${PORTS}\nenv_file: .env`, { "./Dockerfile": SHELL }, []],
    [
      "an argument of the build",
      `build: {context: ., args: {TP: "4"}}\n${GPU(2)}`,
      { "./Dockerfile": SHELL },
      [],
    ],
    ["the last stage", `build: .\n${GPU(1)}`, { "./Dockerfile": STAGES }, ["too-few-gpus | 1 | --tp, 8"]],
    ["a stage by its name", `build: {context: ., target: small}\n${GPU(1)}`, { "./Dockerfile": STAGES }, []],
    [
      "a stage that a variable names",
      `build: {context: ., target: "$STAGE"}\n${GPU(1)}`,
      { "./Dockerfile": STAGES },
      [],
    ],
    [
      "a stage that is not there",
      `build: {context: ., target: tiny}\n${GPU(1)}`,
      { "./Dockerfile": STAGES },
      [],
    ],
    ["a repository", `build: https://example.com/llm.git\n${PORTS}`, undefined, []],
    ["a file that is not read", `build: ./elsewhere\n${PORTS}`, undefined, []],
    ["a text in the file", `build: {dockerfile_inline: "FROM x"}\n${PORTS}`, undefined, []],
    ["a service of another file", `extends: {file: a.yaml, service: a}\nbuild: .\n${PORTS}`, undefined, []],
    ["a comment", `build: .\n# lightllm: disable-next-line=port-elsewhere\n${PORTS}`, undefined, []],
    [
      "another comment",
      `build: .\n# lightllm: disable-next-line=host-unreachable\n${PORTS}`,
      undefined,
      ["port-elsewhere | 8000 | --port, 8088"],
    ],
  ],
)("%s", (_, keys, files, found) => expect(said(keys, files)).toEqual(found));

test("the fix changes the Compose file", () => {
  const files = { "./Dockerfile": IMAGE };
  const text = `services:\n  qwen:\n    build: .\n    ${PORTS}\n`;
  const analysed = analyse(text, files);
  const [finding] = service.reportedFindings(analysed);
  const fixes = finding ? service.fixesOf(analysed, finding) : [];
  expect(fixes.map(({ edits }) => service.applyEdits(text, edits))).toEqual([
    text.replace("8000:8000", "8000:8088"),
  ]);
});

const PD_IMAGE = `FROM my/cuda:v1.2.0\nENTRYPOINT [${RUN}]\n`;
/** Services of a PD deployment that start one image. */
const PD = `# lightllm: release=v1.2.0
services:
  master:
    build: .
    command: --run_mode pd_master --model_dir /models/Q --host 0.0.0.0 --port 60011
  prefill:
    build: .
    command: --run_mode prefill --model_dir /models/Q --host 0.0.0.0 --port 8019 --pd_master_ip master --pd_master_port 60011
    ${GPU(1).replace("count: 1", 'device_ids: ["0"]')}
  decode:
    build: .
    command: --run_mode decode --model_dir /models/Q --host 0.0.0.0 --port 8121 --pd_master_ip master --pd_master_port 60011
    ${GPU(1).replace("count: 1", 'device_ids: ["1"]')}
`;

test.each<[name: string, before: string, after: string, found: string[], mended?: string]>([
  ["a whole deployment", "", "", []],
  ["a port that the master does not have", "--port 60011", "--port 60012", ["pd-master-elsewhere command"]],
  [
    "another model of one node",
    "decode --model_dir /models/Q",
    "decode --model_dir /models/R",
    ["pd-nodes-disagree command"],
  ],
  ["one GPU for both", '["1"]', '["0"]', ['gpu-twice-on-one-host ["0"]'], '["1"]'],
  [
    "variables of a file",
    "build: .\n    command: --run_mode decode",
    "build: .\n    env_file: .env\n    command: --run_mode decode",
    [],
  ],
  ["a comment", "services", "# lightllm: deployment=none\nservices", []],
])("services of images that belong together: %s", (_, before, after, found, mended) => {
  const text = PD.replace(before, after);
  const document = analyse(text, { "./Dockerfile": PD_IMAGE });
  const deployments = service.deploymentsOf([document]);
  const findings = deployments.flatMap((deployment) =>
    deployment.findings.map((finding) => ({ finding, fixes: service.deploymentFixes(deployment, finding) })),
  );
  expect(
    findings.map(({ finding: { code, span } }) => `${code} ${text.slice(span.start, span.end)}`),
  ).toEqual(found);
  // The words are the image's: only what the Compose file itself says is changed.
  const texts = findings.flatMap(({ fixes }) =>
    fixes.flatMap(({ edits }) => edits.map(({ edits: own }) => service.applyEdits(text, own))),
  );
  expect(texts).toEqual(mended === undefined ? [] : [text.replace(/(decode[\s\S]*)\["0"\]/, `$1${mended}`)]);
});

test("the table of a deployment has the services, and the Dockerfile is no launch beside them", () => {
  const document = analyse(PD, { "./Dockerfile": PD_IMAGE });
  const image = service.notationOf("", "file:///Dockerfile", PD_IMAGE);
  if (!image) throw new Error("No notation reads it.");
  const beside = service.analyse(
    TextDocument.create("file:///Dockerfile", "", 1, PD_IMAGE),
    image,
    { language: "en" },
    service.shippedCatalogue(),
  );
  const [deployment, another] = service.deploymentsOf([document, beside]);
  expect(another).toBeUndefined();
  expect(
    service
      .deploymentRows(deployment as NonNullable<typeof deployment>)
      .map(({ label, port, gpus, line }) => [label, port, gpus, line]),
  ).toEqual([
    ["master · pd_master · Q", 60011, undefined, 2],
    ["prefill · Q", 8019, 1, 5],
    ["decode · Q", 8121, 1, 9],
  ]);
});
