/** The effective configuration of a launch: each value, where it comes from, and why it is not known. */
import { expect, test } from "vitest";
import { service } from "../../server/src/service";
import { atCursor, open, type TestNotation } from "../support/service";

const COMMAND = "python -m lightllm.server.api_server --model_dir /m";

/** The row of a flag or variable: its kind, its value, and where it comes from. */
function rowOf(marked: string, name: string, notation: TestNotation = "shell") {
  const { text, offset } = marked.includes("|") ? atCursor(marked) : { text: marked, offset: 0 };
  const report = service.effectiveReport(open(text, {}, notation), offset);
  const row = report?.groups.flatMap(({ rows }) => rows).find((one) => one.name === name);
  if (!row) return undefined;
  const { start, end } = row.range ?? {};
  const lines = text.split("\n");
  const at = start && end ? `${start.line}:${lines[start.line]?.slice(start.character, end.character)}` : "";
  return [row.kind, row.value, row.why, at];
}

const V12 = "# lightllm: release=v1.2.0\n";

test.each<[string, string, string, unknown, TestNotation?]>([
  ["written", `${COMMAND} --tp 8\n`, "--tp", ["written", "8", "written here", "0:--tp"]],
  ["of a config", "model_dir: /m\ntp: 8\n", "tp", ["written", "8", "written here", "1:tp"], "yaml"],
  [
    "the last one of several",
    `${COMMAND} --tp 2 --tp 4\n`,
    "--tp",
    ["written", "4", "written here", "0:--tp"],
  ],
  [
    "a switch",
    `${COMMAND} --enable_mps\n`,
    "--enable_mps",
    ["written", "on", "written here", "0:--enable_mps"],
  ],
  ["from a variable", `TP=8\n${COMMAND} --tp $TP\n`, "--tp", ["variable", "8", "from $TP", "1:--tp"]],
  [
    "from a default of the shell",
    `${COMMAND} --tp \${N:-2}\n`,
    "--tp",
    ["variable", "2", "from $N", "0:--tp"],
  ],
  ["a default", `${COMMAND}\n`, "--dp", ["default", "1", "default", ""]],
  ["not set", `${COMMAND}\n`, "--quant_cfg", ["default", "not set", "default", ""]],
  [
    "computed by the start-up, which is decided where the other flag is",
    `${V12}model_dir: /m\nmax_req_total_len: 8192\n`,
    "graph_max_len_in_batch",
    ["derived", "8192", "LightLLM sets it: max_req_total_len", "2:max_req_total_len"],
    "yaml",
  ],
  [
    "replaced by the start-up",
    `${V12}model_dir: /m\ndisable_chunked_prefill: true\nmax_req_total_len: 8192\nchunked_prefill_size: 4096\n`,
    "chunked_prefill_size",
    ["replaced", "8192", "LightLLM uses it instead of 4096: max_req_total_len", "4:chunked_prefill_size"],
    "yaml",
  ],
  [
    "a variable that nothing sets",
    `${COMMAND} --tp $TP\n`,
    "--tp",
    ["unknown", "$TP", "$TP is not set in this file", "0:--tp"],
  ],
  [
    "a variable of a computed value",
    `TP=$(nproc)\n${COMMAND} --tp $TP\n`,
    "--tp",
    ["unknown", "$TP", "$(nproc) is computed when the launch runs", "1:--tp"],
  ],
  ["a parameter", `${COMMAND} --tp $1\n`, "--tp", ["unknown", "$1", "$1 is passed to the script", "0:--tp"]],
  [
    "a value that the parser refuses",
    `${COMMAND} --tp abc\n`,
    "--tp",
    ["unknown", "abc", "LightLLM refuses what is written", "0:--tp"],
  ],
  [
    "what the model decides",
    `${V12}model_dir: /m\n`,
    "data_type",
    ["unknown", "?", "not known here: it depends on the model's config.json", ""],
    "yaml",
  ],
  [
    "what an unknown value decides",
    `${COMMAND} --max_req_total_len $L\n`,
    "--graph_max_len_in_batch",
    ["unknown", "?", "not known here: it depends on --max_req_total_len", "0:--max_req_total_len"],
  ],
  [
    "a default that unknown words may replace",
    `${COMMAND} "$@"\n`,
    "--dp",
    ["unknown", "1", 'default, unless "$@" sets it', ""],
  ],
  ["a variable of the environment", `A=1 ${COMMAND}\n`, "A", ["written", "1", "written here", "0:A"]],
  ["an unknown one", `A=$B ${COMMAND}\n`, "A", ["unknown", "$B", "$B is not set in this file", "0:A"]],
  ["a flag of another release", `${V12}model_dir: /m\nenable_fa3: true\n`, "enable_fa3", undefined, "yaml"],
  [
    "of the launch at the cursor",
    `tp: 2\n---\ntp: 4|\n`,
    "tp",
    ["written", "4", "written here", "2:tp"],
    "yaml",
  ],
])("%s", (_, text, name, expected, notation) => {
  expect(rowOf(text, name, notation)).toEqual(expected);
});

test("every flag of the release is in a group, once", () => {
  const document = open(`${V12}model_dir: /m\n`);
  const [launch] = document.launches;
  const rows = service.effectiveReport(document, 0)?.groups.flatMap((group) => group.rows) ?? [];
  const names = launch?.chosen.release.flags.map(({ key }) => key).sort();
  expect(rows.map(({ name }) => name).sort()).toEqual(names);
});

test("only what is not the default differs; a default that is written does not", () => {
  const document = open(`${V12}model_dir: /m\ndp: 1\ntp: 2\nmax_req_total_len: 8192\n`);
  const rows = service.effectiveReport(document, 0)?.groups.flatMap((group) => group.rows) ?? [];
  const differing = rows.filter(({ differs }) => differs).map(({ name }) => name);
  expect(differing).toEqual(
    expect.arrayContaining(["model_dir", "tp", "max_req_total_len", "batch_max_tokens"]),
  );
  expect(differing).not.toContain("dp");
  expect(differing).not.toContain("host");
});

test("it can be that of another release, or of the text after edits", () => {
  const document = open(`${V12}model_dir: /m\ntp: 2\n`);
  const catalogue = service.shippedCatalogue();
  const release = catalogue.release("v1.1.0");
  const valueWith = (name: string, variation: Parameters<typeof service.effectiveReport>[2]) =>
    service
      .effectiveReport(document, 0, variation)
      ?.groups.flatMap(({ rows }) => rows)
      .find((row) => row.name === name)?.value;
  const there = { line: 2, character: 4 };
  const range = { start: there, end: { ...there, character: 5 } };
  expect(valueWith("mem_fraction", {})).toBe("0.8");
  expect(release && valueWith("mem_fraction", { release })).toBe("0.9");
  expect(valueWith("tp", { edits: [{ range, newText: "16" }] })).toBe("16");
  expect(valueWith("visual_dp", { edits: [{ range, newText: "16" }] })).toBe("16");
});

test("what is invisible in a value is shown", () => {
  expect(rowOf('model_dir: "/m\\u0007"\n', "model_dir", "yaml")?.[1]).toBe("/m\\x07");
});
