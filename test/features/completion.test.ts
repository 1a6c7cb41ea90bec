import { describe, expect, test } from "vitest";
import { type CompletionItem, CompletionItemKind } from "vscode-languageserver-types";
import { service } from "../../server/src/service";
import { keysOf } from "../support/release-files";
import { afterCompletion, atCursor, labelsAt, open, openYaml } from "../support/service";

const { complete, resolveCompletion, shippedCatalogue } = service;

/** The keys that are not flags. */
const OWN_KEYS = ["env", "x-name", "x-deployment", "x-arguments"];

describe("completing a key", () => {
  test.each([
    ["in an empty file", "|", "model_dir", "model_dir: |"],
    ["after two letters", "mo|", "model_dir", "model_dir: |"],
    ["on a new last line", "tp: 8\nmo|", "model_dir", "tp: 8\nmodel_dir: |"],
    ["between two keys", "tp: 8\nmo|\ndp: 2\n", "model_dir", "tp: 8\nmodel_dir: |\ndp: 2\n"],
    ["on a blank line between two keys", "tp: 8\n|\ndp: 2\n", "port", "tp: 8\nport: |\ndp: 2\n"],
    ["before the first key", "|\ntp: 8\n", "port", "port: |\ntp: 8\n"],
    ["at the start of a word", "tp: 8\n|mod\n", "model_dir", "tp: 8\nmodel_dir: |\n"],
    ["in the middle of a word", "tp: 8\nmo|d\n", "model_dir", "tp: 8\nmodel_dir: |\n"],
    ["in a key with a value", "mod|_dir: /models/x\n", "model_dir", "model_dir|: /models/x\n"],
    ["with dashes typed", "--mo|", "model_dir", "model_dir: |"],
    ["with hyphens typed", "max-req|", "max_req_total_len", "max_req_total_len: |"],
    ["below an empty key", "model_dir:\nt|", "tp", "model_dir:\ntp: |"],
    ["in the second document", "tp: 8\n---\np|", "port", "tp: 8\n---\nport: |"],
    [
      "in an empty document between others",
      "tp: 8\n---\n|\n---\nport: 1\n",
      "tp",
      "tp: 8\n---\ntp: |\n---\nport: 1\n",
    ],
    ["in CRLF text", "tp: 8\r\nmo|\r\ndp: 2\r\n", "model_dir", "tp: 8\r\nmodel_dir: |\r\ndp: 2\r\n"],
    ["after a byte order mark", "\uFEFFmo|", "model_dir", "\uFEFFmodel_dir: |"],
    ["in a mapping that only holds an anchor", "x-base: &base\n  t|\n", "tp", "x-base: &base\n  tp: |\n"],
    ["below a comment", "# the model\nmo|", "model_dir", "# the model\nmodel_dir: |"],
    ["in quotes", '"mo|": /models/x', "model_dir", '"model_dir|": /models/x'],
    ["for the environment", "tp: 8\ne|", "env", "tp: 8\nenv:|"],
    ["for the launch's name", "x|\ntp: 8\n", "x-name", "x-name: |\ntp: 8\n"],
    ["for a name with a value", "x|: prefill\ntp: 8\n", "x-name", "x-name|: prefill\ntp: 8\n"],
  ])("%s", (_, marked, label, expected) => {
    expect(afterCompletion(marked, label)).toBe(expected);
  });

  test.each([
    ["in a comment", "# mo|"],
    ["after a value", "model_dir: /models/x # t|"],
    ["in a block scalar", "x-note: >\n  mo|"],
    ["in a nested value", "tp:\n  a:\n    b|"],
    ["after a finished list", "visual_gpu_ids: [0, 1] |"],
  ])("offers nothing %s", (_, marked) => {
    const { text, offset } = atCursor(marked);
    expect(complete(openYaml(text), offset)).toEqual([]);
  });

  test("does not offer what is set, under any of its names", () => {
    const labels = labelsAt("# lightllm: release=v1.2.0\ntp: 8\np_mode: personal\n|");
    const set = ["tp", "performance_mode"];
    const free = keysOf("v1.2.0").filter((key) => !set.includes(key));
    expect([...labels].sort()).toEqual([...free, ...OWN_KEYS].sort());
  });

  test("does not offer a key of its own that the launch has, nor one in a merged mapping", () => {
    const labels = labelsAt("x-name: a\nenv:\n  A: 1\n|\n---\nx-arguments: $A\n");
    expect(labels.filter((label) => /^x-|^env$/.test(label))).toEqual(["x-arguments", "x-deployment"]);
    expect(labelsAt("x-base: &base\n  |\n")).not.toContain("x-name");
  });

  test("offers the keys that are no flags after the flags that do something, each with what it is for", () => {
    const { text, offset } = atCursor("|");
    const own = complete(openYaml(text), offset).filter(({ label }) => /^x-|^env$/.test(label));
    expect(own.map(({ label }) => label)).toEqual(OWN_KEYS);
    for (const { documentation } of own) expect(documentation).toMatchObject({ kind: "markdown" });
    expect(labelsAt("# lightllm: release=v1.1.0\n|").slice(-8, -4)).toEqual([
      "env",
      "x-arguments",
      "x-deployment",
      "x-name",
    ]);
  });

  test("still offers what a merge key brings in, since the launch may set its own", () => {
    expect(labelsAt("x-base: &base\n  tp: 8\n<<: *base\n|")).toContain("tp");
  });

  test("offers what people set most first", () => {
    expect(labelsAt("# lightllm: release=v1.1.0\n|").slice(0, 4)).toEqual([
      "model_dir",
      "port",
      "tp",
      "enable_fa3",
    ]);
  });

  test("offers only what the judging release has", () => {
    expect(labelsAt("# lightllm: release=v1.0.0\n|")).not.toContain("llm_kv_type");
    expect(labelsAt("|", { setting: "v1.0.0" }).sort()).toEqual([...keysOf("v1.0.0"), ...OWN_KEYS].sort());
  });

  test("puts flags without effect last, marked as deprecated", () => {
    const labels = labelsAt("# lightllm: release=v1.1.0\n|");
    expect(labels.slice(-4).sort()).toEqual([
      "auto_update_redundancy_expert",
      "disable_log_stats",
      "log_stats_interval",
      "use_dynamic_prompt_cache",
    ]);
  });

  test("opens the values at once where the client has a command for it", () => {
    const items = complete(openYaml(""), 0, { suggestCommand: "editor.action.triggerSuggest" });
    const commandOf = (label: string) => items.find((item) => item.label === label)?.command?.command;
    expect(commandOf("run_mode")).toBe("editor.action.triggerSuggest");
    expect(commandOf("trust_remote_code")).toBe("editor.action.triggerSuggest");
    expect(complete(openYaml(""), 0).some(({ command }) => command)).toBe(false);
  });

  test("carries documentation only after it is resolved", () => {
    const item = complete(openYaml(""), 0).find(({ label }) => label === "batch_max_tokens");
    expect(item).toMatchObject({ detail: "integer · default not set" });
    expect(item?.documentation).toBeUndefined();
    const resolved = resolveCompletion(item ?? { label: "" }, shippedCatalogue(), "en");
    expect(resolved.documentation).toMatchObject({ kind: "markdown" });
    expect(JSON.stringify(resolved.documentation)).toContain("**batch_max_tokens** — integer, tokens");
  });
});

describe("completing a value", () => {
  test.each([
    ["a choice", "run_mode: |", "prefill", "run_mode: prefill|"],
    ["a choice half typed", "run_mode: pre|\ntp: 1\n", "prefill", "run_mode: prefill|\ntp: 1\n"],
    ["right after the colon", "run_mode:|", "prefill", "run_mode: prefill|"],
    ["over a longer word", "run_mode: de|cod # why\n", "decode", "run_mode: decode| # why\n"],
    ["in double quotes", 'run_mode: "pre|"', "prefill", 'run_mode: "prefill|"'],
    ["in an unclosed quote", 'run_mode: "pre|\ntp: 1\n', "prefill", 'run_mode: "prefill|\ntp: 1\n'],
    ["a switch", "enable_ep_moe: |", "true", "enable_ep_moe: true|"],
    ["a default", "port: |", "8000", "port: 8000|"],
    ["a word LightLLM knows", "tokenizer_mode: |", "slow", "tokenizer_mode: slow|"],
    ["a word with a colon", "zmq_mode: |", "tcp://", "zmq_mode: tcp://|"],
    [
      "an item of a list in brackets",
      "llm_prefill_att_backend: [fa3, |]",
      "triton",
      "llm_prefill_att_backend: [fa3, triton|]",
    ],
    [
      "an item over several lines",
      "llm_prefill_att_backend: [\n  fa3,\n  t|\n]",
      "triton",
      "llm_prefill_att_backend: [\n  fa3,\n  triton|\n]",
    ],
    [
      "an item of a list in lines",
      "llm_prefill_att_backend:\n  - fa3\n  - |",
      "triton",
      "llm_prefill_att_backend:\n  - fa3\n  - triton|",
    ],
    [
      "an item at the depth of the key",
      "llm_prefill_att_backend:\n- t|",
      "triton",
      "llm_prefill_att_backend:\n- triton|",
    ],
    [
      "in an anchored mapping",
      "x-base: &base\n  run_mode: |\n",
      "decode",
      "x-base: &base\n  run_mode: decode|\n",
    ],
    ["of an alias", "p_mode: |", "personal", "p_mode: personal|"],
  ])("%s", (_, marked, label, expected) => {
    expect(afterCompletion(marked, label)).toBe(expected);
  });

  test("marks the default", () => {
    const items = complete(openYaml("run_mode: "), 10);
    expect(items.filter(({ preselect }) => preselect).map(({ label }) => label)).toEqual(["normal"]);
    expect(items.find(({ label }) => label === "normal")?.detail).toBe("default");
  });

  test("has documentation of each choice", () => {
    const items = complete(openYaml("run_mode: "), 10);
    for (const item of items) {
      expect(resolveCompletion(item, shippedCatalogue(), "en").documentation, item.label).toBeDefined();
    }
  });

  test.each([["env: |"], ["x-base: |"], ["no_such_flag: |"]])("offers nothing at %s", (marked) => {
    expect(labelsAt(marked)).toEqual([]);
  });
});

describe("the order of flags", () => {
  const head = "# lightllm: release=v1.2.0\n";

  test("what people set most comes first", () => {
    expect(labelsAt(`${head}|`).slice(0, 3)).toEqual(["model_dir", "port", "tp"]);
  });

  test.each([
    ["run_mode: config_server\n", ["config_server_host", "config_server_port"]],
    ["run_mode: prefill\n", ["model_dir"]],
    ["model_dir: /m\nnnodes: 2\ntp: 16\n", ["nccl_port"]],
    [
      "model_dir: /m\nrun_mode: visual_only\n",
      ["config_server_host", "config_server_port", "config_server_visual_redis_port", "afs_image_embed_dir"],
    ],
  ])("before them what the launch does not start without: %j", (text, expected) => {
    const items = itemsOf(`${head}${text}`);
    const needed = items.filter(({ detail }) => detail?.startsWith("needed here · "));
    expect(needed.map(({ label }) => label)).toEqual(expected);
    expect(items.slice(0, expected.length)).toEqual(needed);
    for (const item of needed) expect(markdownOf(item)).toMatch(/^[^*]*`/);
  });

  test.each([
    ["run_mode: pd_master\n", "pd_master_ip", "only prefill and decode nodes read it"],
    ["run_mode: prefill\n", "pd_master_mode", "only a PD master reads it"],
    ["model_dir: /m\n", "dp_balancer", "so there is only one group"],
    ["model_dir: /m\n", "disk_cache_dir", "without `enable_disk_cache`"],
  ])("at the end what would do nothing, with the reason: %j", (text, label, reason) => {
    const items = itemsOf(`${head}${text}`);
    const at = items.findIndex((item) => item.label === label);
    expect(items[at]?.detail).toMatch(/^no effect here · /);
    expect(markdownOf(items[at])).toContain(reason);
    expect(items.slice(at).map((item) => item.label)).not.toContain("batch_max_tokens");
  });

  test.each([
    ["a flag that would itself change it", "model_dir: /m\n", "metric_gateway"],
    ["a flag of a larger launch", "model_dir: /m\ntp: 8\ndp: 8\n", "dp_balancer"],
    ["a model that is not written yet", "run_mode: prefill\n", "visual_tp"],
    ["a run mode that is open", 'model_dir: /m\nrun_mode: "${MODE}"\n', "pd_master_mode"],
  ])("but not %s", (_, text, label) => {
    expect(itemsOf(`${head}${text}`).find((item) => item.label === label)?.detail).not.toMatch(
      /^(?:needed|no effect) here/,
    );
  });

  test.each([
    ["a mode that cannot be together", "enable_prefill_decode_mixed", "run_mode: decode\n", "refused"],
    ["a switch that the mode does not support", "enable_cpu_cache", "run_mode: decode\n", "fails"],
    ["a switch that needs other values", "use_reward_model", "", "refused"],
  ])("at the very end what would end the launch, with the reason: %s", (_, label, text, kind) => {
    const items = itemsOf(`${head}model_dir: /m\n${text}`);
    const at = items.findIndex((item) => item.label === label);
    expect(items[at]?.detail).toMatch(new RegExp(`^${kind} here · switch`));
    const last = items.slice(at).map(({ detail, tags }) => tags ?? detail?.split(" · ")[0]);
    expect(new Set(last.filter((one) => typeof one === "string"))).toEqual(
      new Set(last.filter((one) => one === "refused here" || one === "fails here")),
    );
    expect(markdownOf(items[at])).toMatch(/^[^*]+\n\n\*\*/);
  });

  test("as soon as another flag of the launch changes what it would do", () => {
    const would = (ratio: string) => {
      const items = itemsOf(`${head}model_dir: /m\nrouter_token_ratio: ${ratio}\n`);
      return items.find(({ label }) => label === "diverse_mode")?.detail?.split(" · ")[0];
    };
    expect(["0.0", "0.5", "0.0"].map(would)).toEqual(["switch", "refused here", "switch"]);
  });

  test.each([
    ["a value that is open", "run_mode: ${MODE}\n", "enable_cpu_cache"],
    ["words that are open", "x-arguments: $MORE\n", "use_reward_model"],
    ["what only needs one flag more", "run_mode: normal\n", "config_server_host"],
  ])("but not with %s", (_, text, label) => {
    const item = itemsOf(`${head}model_dir: /m\n${text}`).find((one) => one.label === label);
    expect(item?.detail).not.toMatch(/^(?:refused|fails) here/);
  });

  test.each([
    ["a config", "yaml", "model_dir: /m\nenable_cpu_cache: true\nrun_mode: |"],
    ["a config, over a word", "yaml", "model_dir: /m\nenable_cpu_cache: true\nrun_mode: dec|"],
    [
      "a script",
      "shell",
      "python -m lightllm.server.api_server --model_dir /m --enable_cpu_cache --run_mode |",
    ],
    [
      "a Python list",
      "python",
      'run(["python", "-m", "lightllm.server.api_server", "--model_dir", "/m", "--enable_cpu_cache", "--run_mode", "|"])',
    ],
  ] as const)("and so the words of a value: %s", (_, notation, marked) => {
    const { text, offset } = atCursor(marked);
    const items = complete(open(text, { setting: "v1.2.0" }, notation), offset);
    const decode = items.find(({ label }) => label === "decode");
    expect(decode?.detail).toMatch(/^fails here/);
    expect(markdownOf(decode)).toContain("decode node does not support");
    expect(items.filter(({ detail }) => detail?.startsWith("fails here"))).toEqual([decode]);
    const sorted = labelsAt(marked, { setting: "v1.2.0" }, notation);
    expect(sorted.at(-1)).toBe("decode");
  });

  test("a word is not preselected if the launch would end with it", () => {
    const { text, offset } = atCursor("model_dir: /m\nenable_prefill_decode_mixed: true\nrun_mode: |");
    const items = complete(openYaml(text, { setting: "v1.2.0" }), offset);
    expect(
      items.filter(({ detail }) => detail?.startsWith("refused here")).map(({ label }) => label),
    ).toContain("decode");
    expect(items.filter(({ preselect }) => preselect).map(({ label }) => label)).toEqual(["normal"]);
  });

  test.each(["", "--", "--c"])("is the same in a script, after '%s'", (typed) => {
    const script = `python -m lightllm.server.api_server --run_mode config_server ${typed}|`;
    expect(labelsAt(script, {}, "shell").slice(0, 2)).toEqual([
      "--config_server_host",
      "--config_server_port",
    ]);
  });
});

describe("a row", () => {
  const every = [
    ["a flag", "tp: 8\n|", "integer · default 8000"],
    ["a value", "run_mode: |", "default"],
    ["a variable", "env:\n  |", ""],
    ["a directive", "# lightllm: |", "Checks nothing in this file"],
    ["a rule", "# lightllm: disable-file=|", "The model's folder is missing"],
    ["a release", "# lightllm: release=|", "release of 2025-09-03"],
  ] as const;

  test.each(every)("says type and default, or what it means, beside its label: %s", (_, marked) => {
    for (const labelDetails of [true, false]) {
      const { text, offset } = atCursor(marked);
      const items = complete(openYaml(text), offset, { labelDetails });
      expect(items.length).toBeGreaterThan(1);
      const isValue = marked.startsWith("run_mode");
      for (const item of isValue ? items.filter(({ preselect }) => preselect) : items) {
        const [beside, other] = labelDetails
          ? [item.labelDetails?.description, item.detail]
          : [item.detail, item.labelDetails];
        expect([item.label, beside]).toEqual([item.label, expect.stringMatching(/\w/)]);
        expect(other).toBeUndefined();
      }
    }
  });

  test("looks the same for a switch and for a flag with a value", () => {
    const kinds = new Set(itemsOf("").flatMap(({ label, kind }) => (OWN_KEYS.includes(label) ? [] : [kind])));
    expect([...kinds]).toEqual([CompletionItemKind.Property]);
  });

  test.each([
    ["tp", ["1", "2", "4", "8"]],
    ["mem_fraction", undefined],
    ["port", undefined],
  ])("numbers for %s are in their order", (key, expected) => {
    const labels = labelsAt(`${key}: |`);
    expect(labels).toEqual([...labels].sort((one, other) => Number(one) - Number(other)));
    if (expected) expect(labels).toEqual(expected);
  });
});

/** The items at the end of a config, in the order of an editor. */
function itemsOf(text: string): CompletionItem[] {
  return complete(openYaml(text), text.length).sort((one, other) =>
    (one.sortText ?? "") < (other.sortText ?? "") ? -1 : 1,
  );
}

function markdownOf(item: CompletionItem | undefined): string {
  const { documentation } = resolveCompletion(item ?? { label: "" }, shippedCatalogue(), "en");
  return typeof documentation === "object" ? documentation.value : "";
}

describe("completion of a directive", () => {
  test.each([
    ["# lightllm: |", "release", "# lightllm: release=|"],
    ["# lightllm: rel|", "release", "# lightllm: release=|"],
    ["# lightllm: release=|\ntp: 8\n", "v1.1.0", "# lightllm: release=v1.1.0|\ntp: 8\n"],
    ["# lightllm: release=v1.|0", "v1.1.0", "# lightllm: release=v1.1.0|"],
    [
      "# lightllm: disable-file=argparse-choice,|",
      "none-as-word",
      "# lightllm: disable-file=argparse-choice,none-as-word|",
    ],
  ])("%s", (marked, label, expected) => {
    expect(afterCompletion(marked, label)).toBe(expected);
  });

  const UNIT = "[Service]\nExecStart=/usr/bin/python3 -m lightllm.server.api_server --tp 8\n";

  test.each([
    ["#", "# lightllm: |", "release", "# lightllm: release=|"],
    [";", "; lightllm: |", "release", "; lightllm: release=|"],
    [";", ";lightllm: release=v1.1|", "v1.1.0", ";lightllm: release=v1.1.0|"],
  ])("after each comment sign of the notation: %s", (_sign, marked, label, expected) => {
    expect(afterCompletion(`${marked}\n${UNIT}`, label, {}, "systemd")).toBe(`${expected}\n${UNIT}`);
  });

  test("not after a sign of another notation", () => {
    expect(labelsAt("; lightllm: |\ntp: 8\n")).not.toContain("release");
  });
});
