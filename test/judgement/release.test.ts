/** Which release judges a launch. */
import { describe, expect, test } from "vitest";
import {
  chooseRelease,
  equallyGood,
  misfits,
  type ReleaseWishes,
} from "../../server/src/analysis/chosen-release";
import { shippedCatalogue } from "../../server/src/catalogue";
import { type Launch, type Pin, spanFrom } from "../../server/src/launch/launch";
import { openYaml } from "../support/service";

const catalogue = shippedCatalogue();
const LOCAL = { ...catalogue.newest, name: "v1.2.0+local" };

function launchOf(text: string, versions: readonly string[] = []): Launch {
  const [judged] = openYaml(text).launches;
  if (!judged) throw new Error("No launch.");
  const pins = versions.map((version): Pin => ({ kind: "image", version, span: spanFrom(0, 0) }));
  return { ...judged.launch, ...(pins.length > 0 && { pins }) };
}

describe("the order of requested releases", () => {
  const all: ReleaseWishes = { option: "v1.0.0", modeline: "v1.0.1", setting: "main-2025-07", source: LOCAL };
  test.each<[string, ReleaseWishes, string[], string, string]>([
    ["the option", all, ["v1.1.0"], "option", "v1.0.0"],
    ["the modeline", { ...all, option: undefined }, ["v1.1.0"], "modeline", "v1.0.1"],
    [
      "the setting",
      { ...all, option: undefined, modeline: undefined },
      ["v1.1.0"],
      "setting",
      "main-2025-07",
    ],
    ["the workspace's own", { source: LOCAL }, ["v1.1.0"], "source", "v1.2.0+local"],
    ["the image", {}, ["v1.1.0"], "image", "v1.1.0"],
    ["an image with a bare number", {}, ["1.0.1"], "image", "v1.0.1"],
    ["the second image where the first is not known", {}, ["v7.0.0", "1.0.1"], "image", "v1.0.1"],
    ["what fits", {}, ["v7.0.0"], "inferred", "v1.1.0"],
    ["what fits, where the modeline is not known", { modeline: "v7" }, [], "inferred", "v1.1.0"],
    ["the image, where the setting is not known", { setting: "v7" }, ["v1.0.0"], "image", "v1.0.0"],
  ])("%s", (_, wishes, versions, reason, name) => {
    const launch = launchOf("model_dir: /m\nenable_fa3: true\n", versions);
    const chosen = chooseRelease(launch, wishes, catalogue);
    expect([chosen.reason, chosen.release.name]).toEqual([reason, name]);
  });
});

describe("what fits", () => {
  test.each<[string, string]>([
    ["model_dir: /m\n", "v1.2.0"],
    ["llm_kv_type: int8kv\n", "v1.2.0"],
    ["enable_fa3: true\n", "v1.1.0"],
    ["enable_fa3: true\ncache_reserved_ratio: 0.5\n", "main-2025-07"],
    ["static_quant: true\nnnodes: 2\n", "v1.0.1"],
    ["simple_constraint_mode: true\n", "v1.0.0"],
    ["llm_prefill_att_backend: flashqla\n", "main-2026-08"],
    ["sampling_backend: sglang_kernel\n", "v1.1.0"],
    ["quant_type: vllm-w8a8\n", "v1.1.0"],
    ["quant_type: flashllm-w6a16\n", "v1.0.1"],
    ["quant_type: of-my-own\n", "v1.2.0"],
    ["Enable-FA3: true\n", "v1.1.0"],
    ["enable_fa3: true\nllm_kv_type: int8kv\nenable_ep_moe: true\n", "v1.2.0"],
  ])("%j is %s", (text, name) =>
    expect(chooseRelease(launchOf(text), {}, catalogue).release.name).toBe(name),
  );

  test("what else fits, and what does not, is explained", () => {
    const fa3 = launchOf("model_dir: /m\nenable_fa3: true\n");
    const { release } = chooseRelease(fa3, {}, catalogue);
    expect(equallyGood(fa3, release, catalogue).map(({ name }) => name)).toEqual(["main-2025-07"]);
    const mixed = launchOf("enable_fa3: true\nllm_kv_type: int8kv\n");
    const chosen = chooseRelease(mixed, {}, catalogue);
    expect(misfits(mixed, chosen.release).map(({ flag }) => flag)).toEqual(["--enable_fa3"]);
    expect(equallyGood(mixed, chosen.release, catalogue).map(({ name }) => name)).toContain("v1.1.0");
  });
});

describe("launches that a file starts together", () => {
  const releases = (text: string) =>
    openYaml(text).launches.map(({ release, chosen }) => [release.name, chosen.reason]);

  test.each<[string, string, string[]]>([
    [
      "what fits one and does no harm to the others",
      "model_dir: /a\n---\nmodel_dir: /b\nenable_fa3: true\n",
      ["v1.1.0", "v1.1.0"],
    ],
    [
      "what fits most of them",
      "llm_kv_type: int8kv\n---\nenable_ep_moe: true\n---\nenable_fa3: true\n",
      ["v1.2.0", "v1.2.0", "v1.2.0"],
    ],
    ["a directive for one of them", "# lightllm: release=v1.0.1\nmodel_dir: /a\n", ["v1.0.1"]],
    [
      "each alone, if they are no deployment",
      "x-deployment: none\nmodel_dir: /a\n---\nx-deployment: none\nenable_fa3: true\n",
      ["v1.2.0", "v1.1.0"],
    ],
  ])("%s", (_, text, names) => {
    expect(releases(text).map(([name]) => name)).toEqual(names);
  });
});
