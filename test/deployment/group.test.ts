/** Which launches belong together, and why. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { documentsOf, type Files } from "../support/deployments";

const { deploymentsOf } = service;

/** The deployments of files: their reason, name, and launches by file and index. */
function groupsOf(files: Readonly<Record<string, string>>, named?: Readonly<Record<string, string[]>>) {
  return deploymentsOf(documentsOf(files), { named }).map(({ name, reason, members }) =>
    [
      `${reason} ${name}:`,
      ...members.map(({ document, index }) => `${document.document.uri.split("/").at(-1)}#${index}`),
    ].join(" "),
  );
}

const A = "model_dir: /m\nport: 1\n";
const B = "model_dir: /m\nport: 2\n";

test.each<[string, Readonly<Record<string, string>>, string[]]>([
  [
    "the documents of a config",
    { "a.lightllm.yaml": `${A}---\n${B}` },
    ["file a.lightllm.yaml: a.lightllm.yaml#0 a.lightllm.yaml#1"],
  ],
  ["a launch alone is none", { "a.lightllm.yaml": A }, []],
  ["two files without anything in common", { "a.lightllm.yaml": A, "b.lightllm.yaml": B }, []],
  [
    "a comment in two files",
    {
      "a.lightllm.yaml": `# lightllm: deployment=pd\n${A}`,
      "b.sh": "# lightllm: deployment=pd\npython -m lightllm.server.api_server --port 2\n",
    },
    ["comment pd: a.lightllm.yaml#0 b.sh#0"],
  ],
  [
    "the key x-deployment, of some documents",
    { "a.lightllm.yaml": `x-deployment: one\n${A}---\nx-deployment: one\n${B}---\n${A}` },
    ["comment one: a.lightllm.yaml#0 a.lightllm.yaml#1"],
  ],
  [
    "a comment that switches it off in a file",
    { "a.lightllm.yaml": `# lightllm: deployment=none\n${A}---\n${B}` },
    [],
  ],
  [
    "x-deployment: none for one launch",
    { "a.lightllm.yaml": `x-deployment: none\n${A}---\n${B}---\n${A}` },
    ["file a.lightllm.yaml: a.lightllm.yaml#1 a.lightllm.yaml#2"],
  ],
  ["a file that is switched off", { "a.lightllm.yaml": `# lightllm: off\n${A}---\n${B}` }, []],
])("%s", (_, files, expected) => {
  expect(groupsOf(files)).toEqual(expected);
});

test("the configuration names a deployment, and a comment goes before it", () => {
  const files = {
    "a.lightllm.yaml": A,
    "b.lightllm.yaml": B,
    "c.lightllm.yaml": `# lightllm: deployment=none\n${A}`,
  };
  const named = { pair: Object.keys(files).map((name) => `file:///folder/${name}`) };
  expect(groupsOf(files, named)).toEqual(["configuration pair: a.lightllm.yaml#0 b.lightllm.yaml#0"]);
});

describe("an edit in one of many files", () => {
  const run = "python -m lightllm.server.api_server --model_dir /m/R1";
  const node = (rank: number, at: string) =>
    `${run} --tp 16 --nnodes 2 --node_rank ${rank} --nccl_host ${at} --nccl_port 2732\n`;
  const part = (role: string, at: string) =>
    `${run} --run_mode ${role} --pd_master_ip ${at} --pd_master_port 60011\n`;
  const before: Files = {
    "a.sh": node(0, "10.0.0.1"),
    "b.sh": node(1, "10.0.0.1"),
    "c.sh": part("prefill", "10.0.0.2"),
    "d.sh": part("decode", "10.0.0.2"),
    "e.sh": `${run} --port 8000 &\n${run} --port 8001 &\n`,
    "f.sh": `${run} --run_mode pd_master --host 10.0.0.2 --port 60011\n`,
  };
  const edits: readonly (readonly [file: string, text: string])[] = [
    ["b.sh", part("decode", "10.0.0.2")],
    ["b.sh", node(1, "10.0.0.1")],
    ["c.sh", part("prefill", "10.0.0.9")],
    ["f.sh", `${run} --run_mode pd_master --host 10.0.0.9 --port 60011\n`],
    ["e.sh", "# lightllm: off\n"],
    ["d.sh", "echo\n"],
    ["d.sh", part("decode", "10.0.0.9")],
    ["a.sh", node(1, "10.0.0.1")],
  ];

  test("gives the same as all files anew", () => {
    const memory = service.newGroupMemory();
    const files: Record<string, string> = { ...before };
    let current = documentsOf(files);
    const said = (options: Parameters<typeof service.deploymentsOf>[1]) =>
      service
        .deploymentsOf(current, options)
        .map(({ name, reason, members, findings }) => [
          name,
          reason,
          members.map(({ document, index }) => `${document.document.uri} ${index}`),
          findings.map(({ code, span }) => [code, span]),
        ]);
    expect(said({ memory })).toEqual(said({}));
    for (const [file, text] of edits) {
      files[file] = text;
      const anew = documentsOf(files);
      current = anew.map((document, at) =>
        document.document.uri.endsWith(file) ? document : (current[at] ?? document),
      );
      expect(said({ memory })).toEqual(said({}));
    }
    current = current.slice(2);
    expect(said({ memory })).toEqual(said({}));
  });
});

const RUN = "python -m lightllm.server.api_server --model_dir /m/R1";
const DECODE = `${RUN} --run_mode decode --host 10.0.0.32 --pd_master_ip 10.0.0.30 --pd_master_port 60011`;
const MASTER = `${RUN} --run_mode pd_master --host 10.0.0.30 --port 60011`;
const NODES = ["--node_rank 0", "--node_rank 1"].map(
  (rank) => `${RUN} --tp 16 --nnodes 2 ${rank} --nccl_host 10.0.0.20 --nccl_port 2732\n`,
);

test.each<[string, Files, Readonly<Record<string, string>>]>([
  [
    "the words of one launch decide for the other files",
    { "decode.sh": `${DECODE} --enable_fa3\n`, "master.sh": `${MASTER}\n` },
    { "decode.sh": "v1.1.0", "master.sh": "v1.1.0" },
  ],
  [
    "the image or the comment of one launch does",
    { "a.sh": `# lightllm: release=v1.1.0\n${NODES[0]}`, "b.sh": NODES[1] ?? "" },
    { "a.sh": "v1.1.0", "b.sh": "v1.1.0" },
  ],
  [
    "but not if another launch is certainly for another release",
    {
      "a.sh": `# lightllm: release=v1.1.0\n${NODES[0]}`,
      "b.sh": NODES[1]?.replace("\n", " --enable_rl\n") ?? "",
    },
    { "a.sh": "v1.1.0", "b.sh": "v1.2.0" },
  ],
  [
    "files that do not belong together stay as they are",
    { "a.sh": `${RUN} --enable_fa3\n`, "b.sh": `${RUN} --port 8001\n` },
    { "a.sh": "v1.1.0", "b.sh": "v1.2.0" },
  ],
])("one release for a deployment in several files: %s", (_, files, expected) => {
  const documents = documentsOf(files);
  const { judged } = service.deploymentsTogether(documents);
  const releases = documents.map((one) => {
    const { document, launches } = judged.get(one) ?? one;
    return [document.uri.split("/").at(-1), launches[0]?.release.name];
  });
  expect(Object.fromEntries(releases)).toEqual(expected);
});
