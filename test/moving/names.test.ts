/** Definition, references, highlights and rename of names, in every notation; `|` is the cursor. */
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type LaunchDocument, service } from "../../server/src/service";
import { deploymentsIn, documentsOf } from "../support/deployments";
import { applied, atCursor, open, type TestNotation } from "../support/service";

const RUN = "python -m lightllm.server.api_server --model_dir /m";

/** A text with a cursor, and the lines (from 1) of where the name is set and used, in order. */
const NAMES: readonly [
  what: string,
  notation: TestNotation,
  marked: string,
  given: number[],
  used: number[],
][] = [
  ["an anchor", "yaml", "x-a: &al|l\n  tp: 8\n<<: *all\nmodel_dir: /m\n", [1], [3]],
  ["an alias", "yaml", "x-a: &all\n  tp: 8\n<<: *a|ll\nmodel_dir: /m\n", [1], [3]],
  [
    "the anchor of its document",
    "yaml",
    "x-a: &a {tp: 8}\n<<: *a\nmodel_dir: /m\n---\nx-a: &a {tp: 4}\n<<: *|a\nmodel_dir: /m\n",
    [5],
    [6],
  ],
  ["the last anchor", "yaml", "x-a: &a 1\nx-b: &a 2\ntp: *|a\nmodel_dir: /m\n", [2], [3]],
  ["no anchor in a scalar", "yaml", 'model_dir: "&a|b *ab"\n', [], []],
  ["a variable of a config", "yaml", "env:\n  ROOT: /m\nmodel_dir: ${RO|OT}/x\nhost: ${ROOT}\n", [2], [3, 4]],
  ["the key of a variable", "yaml", "env:\n  RO|OT: /m\nmodel_dir: ${ROOT}/x\n", [2], [3]],
  ["a variable of a script", "shell", `PORT=80\n${RUN} --port $PO|RT\n`, [1], [2]],
  [
    "all places of it",
    "shell",
    `POR|T=80\nexport PORT\n[ "$PORT" ] && echo "\${PORT:-1} $((PORT + 1))"\n${RUN} --port "\${PORT}"\n`,
    [1],
    [2, 3, 3, 3, 4],
  ],
  ["several assignments", "shell", `A=1\nA=2\n${RUN} --tp $|A\n`, [1, 2], [3]],
  ["an array", "shell", `ARGS=(--tp 8)\nARGS+=(--dp 8)\n${RUN} "\${AR|GS[@]}"\n`, [1, 2], [3]],
  ["a loop", "shell", `for RANK in 0 1; do\n  ${RUN} --node_rank $RA|NK\ndone\n`, [1], [2]],
  ["no variable in single quotes", "shell", `A=1\necho '$|A'\n${RUN} --tp $A\n`, [], []],
  ["a substitution", "shell", `A=1\nB=$(echo $|A)\n${RUN} --tp $B\n`, [1], [2]],
  [
    "an anchor of Compose",
    "compose",
    `x-l: &i|m\n  image: lightllm\nservices:\n  a:\n    <<: *im\n    command: ${RUN}\n`,
    [1],
    [5],
  ],
  [
    "an anchor of Kubernetes",
    "kubernetes",
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - &c\n      name: a\n      command: [${RUN.split(" ").join(", ")}]\n    - *|c\n`,
    [5],
    [8],
  ],
  [
    "a variable of a container",
    "kubernetes",
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      env:\n        - name: ROOT\n          value: /m\n      command: [python, -m, lightllm.server.api_server]\n      args: [--model_dir, "$(RO|OT)/x"]\n`,
    [7],
    [10],
  ],
];

const lineOf = (range: { readonly start: { readonly line: number } }) => range.start.line + 1;

describe("a name", () => {
  test.each(NAMES)("%s", (_, notation, marked, given, used) => {
    const { text, offset } = atCursor(marked);
    const document = open(text, {}, notation);
    expect(document.launches.length).toBeGreaterThan(0);
    const [first] = given;
    expect(service.definition(document, offset).map(({ range }) => lineOf(range))).toEqual(
      first === undefined ? [] : [first],
    );
    const marks = service.highlights(document, offset);
    const lines = (kind: number) =>
      marks.filter((mark) => mark.kind === kind).map(({ range }) => lineOf(range));
    expect(lines(3)).toEqual(given);
    expect(lines(2).sort()).toEqual([...used].sort());
    const all = service.references(document, offset, true).map(({ range }) => lineOf(range));
    expect(all.sort()).toEqual([...given, ...used].sort());
    expect(service.references(document, offset, false)).toHaveLength(used.length);
    // All places of a name are written alike.
    const written = marks.map(({ range }) => document.document.getText(range));
    expect(new Set(written).size).toBe(marks.length > 0 ? 1 : 0);
  });
});

/** What a rename makes of a text. */
const RENAMED: readonly [notation: TestNotation, marked: string, to: string, after: string][] = [
  [
    "yaml",
    "x-a: &al|l\n  tp: 8\n<<: *all\nmodel_dir: /m\n",
    "both",
    "x-a: &both\n  tp: 8\n<<: *both\nmodel_dir: /m\n",
  ],
  ["yaml", "env: {ROOT: /m}\nmodel_dir: ${RO|OT}/x\n", "BASE", "env: {BASE: /m}\nmodel_dir: ${BASE}/x\n"],
  [
    "shell",
    `ARGS=(--tp 8)\n# ARGS are the flags\n${RUN} "\${AR|GS[@]}"\n`,
    "FLAGS",
    `FLAGS=(--tp 8)\n# ARGS are the flags\n${RUN} "\${FLAGS[@]}"\n`,
  ],
  [
    "shell",
    `for R in 0 1; do ${RUN} --node_rank $|R; done\n`,
    "RANK",
    `for RANK in 0 1; do ${RUN} --node_rank $RANK; done\n`,
  ],
  ["shell", `tp=8\n${RUN} --tp $t|p --port $HOME\n`, "N", `N=8\n${RUN} --tp $N --port $HOME\n`],
  [
    "compose",
    `x-l: &i|m\n  image: lightllm\nservices:\n  a:\n    <<: *im\n    command: ${RUN}\n`,
    "image",
    `x-l: &image\n  image: lightllm\nservices:\n  a:\n    <<: *image\n    command: ${RUN}\n`,
  ],
];

/** What is not renamed, and why. */
const REFUSED: readonly [notation: TestNotation, marked: string, to: string, why: RegExp][] = [
  ["shell", `export LOAD|WORKER=18\n${RUN}\n`, "THREADS", /LOADWORKER is a variable that LightLLM/],
  ["shell", `A=1\n${RUN} --tp $|A\n`, "LOADWORKER", /LOADWORKER is a variable that LightLLM/],
  ["shell", `PORT=80\necho 'PORT'\n${RUN} --port $PO|RT\n`, "P", /also in places of this file/],
  ["shell", `PORT=80\neval "echo \\$PORT"\n${RUN} --port $PO|RT\n`, "P", /also in places of this file/],
  ["shell", `A=1\nB=2\n${RUN} --tp $|A\n`, "B", /'B' is a name in this file already/],
  ["shell", `A=1\n${RUN} --tp $|A --port $HOME\n`, "HOME", /'HOME' is a name in this file already/],
  [
    "yaml",
    "x-name: pre|fill\nmodel_dir: /m\n---\nx-name: decode\nmodel_dir: /m\n",
    "decode",
    /'decode' is a name/,
  ],
  ["shell", `A=1\n${RUN} --tp $|A\n`, "a b", /cannot be the name of a variable/],
  ["yaml", "x-a: &a|a {tp: 8}\n<<: *aa\nmodel_dir: /m\n", "a, b", /cannot be the name of an anchor/],
  [
    "yaml",
    "x-a: &aa {tp: 8}\nx-b: &b {dp: 1}\n<<: *a|a\nmodel_dir: /m\n",
    "b",
    /'b' is a name in this file already/,
  ],
];

describe("a rename", () => {
  test.each(RENAMED)("in %s: %j to %s", (notation, marked, to, after) => {
    const { text, offset } = atCursor(marked);
    const document = open(text, {}, notation);
    expect(service.renamePlace(document, offset)).toMatchObject({ kind: "place" });
    const renaming = service.rename(document, offset, to);
    expect(renaming).toMatchObject({ kind: "edit" });
    const now = renaming?.kind === "edit" ? applied(document, renaming.edit) : "";
    expect(now).toBe(after);
    const argv = (one: LaunchDocument) => one.launches.map(({ launch }) => service.argvOf(launch));
    expect(argv(open(now, {}, notation))).toEqual(argv(document));
  });

  test.each(REFUSED)("is refused in %s: %j to %s", (notation, marked, to, why) => {
    const { text, offset } = atCursor(marked);
    const renaming = service.rename(open(text, {}, notation), offset, to);
    expect(renaming).toEqual({ kind: "refused", why: expect.stringMatching(why) });
  });

  test("of what is no name says nothing", () => {
    const { text, offset } = atCursor("tp: |8\nmodel_dir: /m\n");
    expect(service.rename(open(text), offset, "x")).toBeUndefined();
  });
});

const PD = {
  "master.sh": `${RUN} --run_mode pd_master --host 10.0.0.1 --port 60011\n`,
  "prefill.sh": `${RUN} --run_mode prefill --host 10.0.0.2 --pd_master_ip 10.0.0.1 --pd_master_port 60011\n`,
  "decode.sh": `${RUN} --run_mode decode --host 10.0.0.3 --pd_master_ip 10.0.0.1 --pd_master_port 60011\n`,
};
const NODES = {
  "node-0.sh": `${RUN} --tp 16 --nnodes 2 --node_rank 0 --nccl_host 10.0.0.1 --nccl_port 2732\n`,
  "node-1.sh": `${RUN} --tp 16 --nnodes 2 --node_rank 1 --nccl_host 10.0.0.1 --nccl_port 2732\n`,
};

/** From a flag of a file to the text that is meant, in the files of a deployment. */
const PEERS: readonly [files: Record<string, string>, from: string, at: string, to: string[]][] = [
  [PD, "prefill.sh", "--pd_master_ip", ["master.sh: --host 10.0.0.1"]],
  [PD, "decode.sh", "60011", ["master.sh: --host 10.0.0.1"]],
  [NODES, "node-1.sh", "--nccl_host", ["node-0.sh: --nccl_host 10.0.0.1"]],
  [NODES, "node-1.sh", "--tp", []],
];

function shown(
  places: readonly { readonly uri: string; readonly range: unknown }[],
  files: Record<string, string>,
) {
  return places.map(({ uri, range }) => {
    const name = uri.split("/").at(-1) ?? "";
    return `${name}: ${TextDocument.create(uri, "", 0, files[name] ?? "").getText(range as never)}`;
  });
}

test.each(PEERS)("in %j, %s %s leads to %j", (files, from, at, to) => {
  const deployments = deploymentsIn(files);
  const members = deployments.flatMap((deployment) => deployment.members);
  const { document } = members.find((member) => member.document.document.uri.endsWith(`/${from}`)) ?? {};
  if (!document) throw new Error(`${from} is in no deployment.`);
  const offset = document.file.text.indexOf(at) + 1;
  expect(shown(service.definition(document, offset, { deployments }), files)).toEqual(to);
});

test("the launches that name a PD master are its references", () => {
  const deployments = deploymentsIn(PD);
  const [{ document } = { document: undefined }] = (deployments[0]?.members ?? []).filter(
    ({ document: one }) => one.document.uri.endsWith("/master.sh"),
  );
  if (!document) throw new Error("There is no master.");
  const offset = document.file.text.indexOf("--host") + 2;
  expect(shown(service.references(document, offset, false, { deployments }), PD)).toEqual([
    "prefill.sh: --pd_master_ip 10.0.0.1",
    "decode.sh: --pd_master_ip 10.0.0.1",
  ]);
});

test("without other files a flag leads nowhere", () => {
  const [document] = documentsOf({ "a.sh": PD["prefill.sh"] });
  if (!document) throw new Error("There is no document.");
  expect(service.definition(document, document.file.text.indexOf("--pd_master_ip"))).toEqual([]);
});
