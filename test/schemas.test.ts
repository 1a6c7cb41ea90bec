/** The published JSON Schemas: valid draft-07, equal to the facts, correct about good and bad configs. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { root } from "./support/paths";
import { releaseFiles } from "./support/release-files";

function schemaOf(release: string) {
  return JSON.parse(readFileSync(join(root, `schemas/lightllm-${release}.schema.json`), "utf8"));
}

/** Validates the single flags of a config; with `rules` also the rules between them. */
function validatorOf(release: string, rules = false): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, strictTypes: false });
  ajv.addVocabulary([
    "markdownDescription",
    "enumDescriptions",
    "markdownEnumDescriptions",
    "deprecationMessage",
    "errorMessage",
  ]);
  const { allOf, ...flags } = schemaOf(release);
  return ajv.compile(rules ? { ...flags, allOf } : flags);
}

describe.each(releaseFiles)("the schema of $name", (release) => {
  const schema = schemaOf(release.name);

  test("is a valid draft-07 schema", () => {
    const ajv = new Ajv({ strict: false });
    expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
    expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
  });

  test("has every flag with its default, choices, documentation, and what it says of dead flags", () => {
    for (const flag of release.flags) {
      const property = schema.properties[flag.name.slice(2)];
      expect(property, flag.name).toBeDefined();
      expect(property.default, flag.name).toEqual(flag.default);
      expect(property.markdownDescription.length, flag.name).toBeGreaterThan(80);
      expect(Boolean(property.deprecationMessage), flag.name).toBe(flag.status !== "active");
      if (flag.choices && flag.arity === "one") {
        expect(property.enum.filter((one: unknown) => one !== null)).toEqual(
          flag.choices.filter((one) => one !== null),
        );
        expect(property.markdownEnumDescriptions).toHaveLength(property.enum.length);
        for (const text of property.markdownEnumDescriptions)
          expect(text.length, flag.name).toBeGreaterThan(5);
      }
    }
  });

  test("knows nothing else but env, merge keys and x- keys", () => {
    const known = release.flags
      .flatMap(({ name, aliases }) => [name, ...aliases])
      .map((name) => name.slice(2));
    expect(Object.keys(schema.properties).sort()).toEqual([...known, "<<", "env"].sort());
    expect(Object.keys(schema.patternProperties)).toEqual(["^x-"]);
    expect(schema.additionalProperties).toBe(false);
  });
});

describe("a config validated by the schema of v1.2.0", () => {
  const validate = validatorOf("v1.2.0");
  test.each<[unknown, boolean]>([
    [{}, true],
    [null, true],
    [{ tp: 8 }, true],
    [{ tp: "8" }, true],
    [{ tp: " +1_6 " }, true],
    [{ tp: null }, true],
    [{ tp: "eight" }, false],
    [{ tp: 8.5 }, false],
    [{ tp: true }, false],
    [{ tp: [8] }, false],
    [{ mem_fraction: 0.9 }, true],
    [{ mem_fraction: 1 }, true],
    [{ mem_fraction: "1e-1" }, true],
    [{ mem_fraction: "90%" }, false],
    [{ enable_ep_moe: true }, true],
    [{ enable_ep_moe: false }, true],
    [{ enable_ep_moe: null }, true],
    [{ enable_ep_moe: "on" }, true],
    [{ enable_ep_moe: "off" }, true],
    [{ enable_ep_moe: "true" }, false],
    [{ enable_ep_moe: 1 }, false],
    [{ run_mode: "prefill" }, true],
    [{ run_mode: "prefil" }, false],
    [{ run_mode: null }, true],
    [{ mtp_mode: "None" }, false],
    [{ llm_kv_type: "None" }, true],
    [{ model_name: 3 }, true],
    [{ model_name: true }, false],
    [{ visual_gpu_ids: [0, 1] }, true],
    [{ visual_gpu_ids: 0 }, true],
    [{ visual_gpu_ids: "0,1" }, false],
    [{ visual_gpu_ids: [] }, false],
    [{ visual_gpu_ids: [0, "x"] }, false],
    [{ llm_prefill_att_backend: ["fa3", "triton"] }, true],
    [{ llm_prefill_att_backend: "fa4" }, false],
    [{ grouping_key: ["a=b", "c=d"] }, true],
    [{ p_mode: "personal" }, true],
    [{ env: { LOADWORKER: 18, MOE_MODE: "EP" } }, true],
    [{ env: [1] }, false],
    [{ "x-base": { anything: [1] } }, true],
    [{ "<<": { tp: 8 } }, true],
    [{ enable_multimodal: true }, false],
    [{ "max-total-token-num": 5 }, false],
  ])("%j", (config, valid) => expect(validate(config), JSON.stringify(validate.errors)).toBe(valid));

  test("is judged by its own release: a flag of v1.1.0 is unknown to v1.2.0", () => {
    expect(validatorOf("v1.1.0")({ enable_fa3: true })).toBe(true);
    expect(validate({ enable_fa3: true })).toBe(false);
  });
});

describe("the example configs", () => {
  const files = readdirSync(join(root, "examples")).filter((name) => name.endsWith(".yaml"));
  test("are there", () => expect(files).toContain("deepseek-r1.lightllm.yaml"));
  test.each(files)("%s", (name) => {
    const text = readFileSync(join(root, "examples", name), "utf8");
    const release = /lightllm: release=(\S+)/.exec(text)?.[1] ?? "v1.2.0";
    const validate = validatorOf(release, true);
    const valid = parseAllDocuments(text, { version: "1.1", uniqueKeys: false }).every((document) =>
      validate(document.toJS()),
    );
    expect(valid, JSON.stringify(validate.errors)).toBe(!name.startsWith("with-mistakes"));
  });
});

test("the setting for the release names all of them", () => {
  const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { enum: listed } = contributes.configuration.properties["lightllm.release"];
  expect(listed).toEqual(["", ...releaseFiles.map(({ name }) => name)]);
});

test("the palette has the commands for units in whatever language they are opened", () => {
  const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const { command, when } of contributes.menus.commandPalette) {
    // Commands of a view are there while it is visible.
    if (when.startsWith("view.lightllm.")) continue;
    expect([command, when]).toEqual([
      command,
      expect.stringMatching(
        / \|\| resourceExtname == \.service \|\| resourceDirname =~ \/\\\.service\\\.d\$\/$/,
      ),
    ]);
  }
});

test("what is committed is what the sources make", () => {
  const script = join(root, "scripts/schemas.mjs");
  expect(() =>
    execFileSync(process.execPath, [script, "--check"], { cwd: root, stdio: "pipe" }),
  ).not.toThrow();
});
