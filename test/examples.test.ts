/** Every launch in examples/ is found, equals its YAML counterpart, and has no finding. */
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Launch } from "../server/src/launch/launch";
import { type LaunchDocument, service } from "../server/src/service";
import { root } from "./support/paths";

const { analyse, reportedFindings, notationOf, shippedCatalogue } = service;

interface Example {
  readonly file: string;
  readonly launches: number;
  readonly findings?: number;
  /** For each launch, its counterpart in YAML: the file, and the index of the launch. */
  readonly sameAs?: readonly (readonly [string, number] | undefined)[];
  /** Waits for a notation that reads it, and is checked as soon as there is one. */
}

const ONE_NODE = ["deepseek-r1.lightllm.yaml", 0] as const;
const PD = "pd-disaggregation.lightllm.yaml";
const SEVERAL_MASTERS = "pd-several-masters.lightllm.yaml";

const EXAMPLES: readonly Example[] = [
  { file: "deepseek-r1.lightllm.yaml", launches: 1 },
  { file: "lightllm.yaml", launches: 1 },
  { file: "deepseek-r1-two-nodes.lightllm.yaml", launches: 2 },
  { file: PD, launches: 3 },
  { file: SEVERAL_MASTERS, launches: 5 },
  { file: "multimodal.lightllm.yaml", launches: 1 },
  { file: "multimodal-v1.1.0.lightllm.yaml", launches: 1 },
  { file: "with-mistakes.lightllm.yaml", launches: 2, findings: 18 },
  { file: "shell/single-node-v1.1.0.sh", launches: 1 },
  { file: "shell/single-node.sh", launches: 1, sameAs: [ONE_NODE] },
  { file: "shell/multi-node.sh", launches: 1, sameAs: [["deepseek-r1-two-nodes.lightllm.yaml", 0]] },
  {
    file: "shell/pd-single-master.sh",
    launches: 3,
    sameAs: [
      [PD, 0],
      [PD, 1],
      [PD, 2],
    ],
  },
  {
    file: "shell/pd-multi-master.sh",
    launches: 5,
    sameAs: [0, 1, 2, 3, 4].map((launch) => [SEVERAL_MASTERS, launch] as const),
  },
  { file: "shell/multimodal.sh", launches: 2, sameAs: [["multimodal.lightllm.yaml", 0]] },
  { file: "shell/slurm.sbatch", launches: 1 },
  { file: "pd-three-files/master.sh", launches: 1 },
  { file: "pd-three-files/prefill.sh", launches: 1 },
  { file: "pd-three-files/decode.sh", launches: 1 },
  { file: "two-nodes/node-0.sh", launches: 1 },
  { file: "two-nodes/node-1.sh", launches: 1 },
  { file: "compose/compose.yaml", launches: 4, sameAs: [ONE_NODE] },
  { file: "kubernetes/single-node.yaml", launches: 1, sameAs: [ONE_NODE] },
  {
    file: "kubernetes/multi-node.yaml",
    launches: 1,
    sameAs: [["deepseek-r1-two-nodes.lightllm.yaml", 0]],
  },
  {
    file: "kubernetes/pd.yaml",
    launches: 3,
    sameAs: [
      [PD, 0],
      [PD, 1],
      [PD, 2],
    ],
  },
  { file: "kubernetes/job.yaml", launches: 1 },
  { file: "helm/templates/deployment.yaml", launches: 1, sameAs: [ONE_NODE] },
  { file: "docker/Dockerfile", launches: 1, sameAs: [ONE_NODE] },
  { file: "systemd/lightllm.service", launches: 1 },
  { file: "README.md", launches: 1 },
];

/** Files without a launch, which must have no findings. */
const WITHOUT_LAUNCH = ["helm/Chart.yaml", "helm/values.yaml"];

const LANGUAGE_IDS: Readonly<Record<string, string>> = {
  ".sh": "shellscript",
  ".yaml": "yaml",
  ".md": "markdown",
  "": "dockerfile",
};

function open(file: string): LaunchDocument | undefined {
  const path = join(root, "examples", file);
  const text = readFileSync(path, "utf8");
  const uri = pathToFileURL(path).href;
  const languageId = LANGUAGE_IDS[extname(file)] ?? "plaintext";
  const notation = notationOf(languageId, uri, text);
  if (!notation) return undefined;
  const document = TextDocument.create(uri, languageId, 1, text);
  return analyse(document, notation, { language: "en" }, shippedCatalogue());
}

function opened(file: string): LaunchDocument {
  const document = open(file);
  if (!document) throw new Error(`No notation reads ${file}.`);
  return document;
}

describe("examples", () => {
  test("the table names every file", () => {
    const folder = join(root, "examples");
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
    expect(files.sort()).toEqual([...EXAMPLES.map(({ file }) => file), ...WITHOUT_LAUNCH].sort());
  });

  test.each(WITHOUT_LAUNCH)("%s: nothing is said", (file) => {
    const document = open(file);
    expect(document?.launches ?? []).toEqual([]);
    expect(document ? reportedFindings(document) : []).toEqual([]);
  });

  for (const { file, launches, findings = 0, sameAs = [] } of EXAMPLES) {
    test(`${file}: launches found, ${launches}; findings, ${findings}`, () => {
      const document = opened(file);
      expect(document.launches).toHaveLength(launches);
      const reported = reportedFindings(document).map(
        ({ code, span }) => `${code}: ${document.document.getText().slice(span.start, span.end)}`,
      );
      if (findings === 0) {
        expect(reported).toEqual([]);
        expect(document.launches.filter(({ accepted }) => !accepted)).toEqual([]);
      } else {
        expect(reported, reported.join("\n")).toHaveLength(findings);
      }
    });

    if (sameAs.length > 0)
      test(`${file}: the same servers as in YAML`, () => {
        const document = opened(file);
        for (const [at, counterpart] of sameAs.entries()) {
          if (!counterpart) continue;
          const [yamlFile, yamlLaunch] = counterpart;
          const expected = wordsOf(opened(yamlFile).launches[yamlLaunch]?.launch);
          const actual = wordsOf(document.launches[at]?.launch);
          expect([...actual.keys()].sort(), `launch ${at}`).toEqual([...expected.keys()].sort());
          for (const [flag, words] of actual)
            if (!words.includes(undefined)) expect(words, flag).toEqual(expected.get(flag));
        }
      });
  }
});

/** Flags whose value is an address, which differs from place to place. */
const ADDRESSES = new Set(["--host", "--nccl_host", "--pd_master_ip", "--config_server_host"]);

/** The words after each flag of a launch; `undefined` if one is known only at run time. */
function wordsOf(launch: Launch | undefined): Map<string, readonly (string | undefined)[]> {
  return new Map(
    (launch?.arguments ?? [])
      .filter(({ flag, counts }) => counts && flag !== "")
      .map(({ flag, words }) => [flag, words.map(({ text }) => (ADDRESSES.has(flag) ? undefined : text))]),
  );
}
