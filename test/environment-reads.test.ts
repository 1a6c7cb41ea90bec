/** The environment variables of each release, against every read in its code (scripts/environment-reads.py). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { service } from "../server/src/service";
import { root } from "./support/paths";

const catalogue = service.shippedCatalogue();

/** By release and variable, the places below `lightllm/` that read it. */
const READS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = JSON.parse(
  readFileSync(join(root, "test/data/environment-reads.json"), "utf8"),
);

describe("environment variables that the code reads", () => {
  test.each(catalogue.releases.map(({ name }) => name))(
    "%s: none is missing, and none too many",
    (release) => {
      const documented = Object.entries(catalogue.environment())
        .filter(([, { kind, releases }]) => kind.startsWith("read") && releases.includes(release))
        .map(([name]) => name);
      expect(documented.sort()).toEqual(Object.keys(READS[release] ?? {}).sort());
    },
  );

  test.each([
    [
      "a constant of the module",
      "v1.2.0",
      "LIGHTLLM_ANTHROPIC_ENABLE_PDF_PARSING",
      "server/api_anthropic.py:190",
    ],
    ["a helper function", "v1.2.0", "LIGHTLLM_HUGE_PAGE_ENABLE", "utils/envs_utils.py:234"],
    [
      "a helper in another module",
      "main-2025-07",
      "LIGHTLLM_ENABLE_GPU_BUFFER_FOR_OUT_TOKEN_ID_COUNTER",
      "common/req_manager.py:105",
    ],
    ["whether it is set", "v1.2.0", "DISABLE_CHECK_MAX_LEN_INFER", "common/basemodel/basemodel.py:1023"],
  ])("are found through %s", (_, release, name, place) => {
    const [file] = place.split(":");
    expect(READS[release]?.[name]?.map((one) => one.split(":")[0])).toContain(file);
  });
});
