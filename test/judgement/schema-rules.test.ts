/** The rules in the published schemas agree with our own rules: the same configs violate the same rules. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ErrorObject } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readRuleWords } from "../../scripts/schemas/rule-words.mjs";
import { shippedCatalogue } from "../../server/src/catalogue";
import { NO_SURROUNDINGS } from "../../server/src/judgement/surroundings";
import { NOTATIONS } from "../../server/src/notations";
import { casesOf, inYaml, judgeText, RELEASES } from "../support/conformance";
import { root } from "../support/paths";

const ajv = new Ajv({ allErrors: true, strict: false });

interface Condition {
  readonly $comment: string;
}

function conditionsOf(release: string) {
  const schema = JSON.parse(readFileSync(join(root, `schemas/lightllm-${release}.schema.json`), "utf8"));
  const conditions: readonly Condition[] = schema.allOf;
  const validate = ajv.compile({ allOf: conditions });
  return {
    ids: new Set(conditions.map(({ $comment }) => $comment)),
    /** The codes of the rules that a config violates according to the schema. */
    broken(config: unknown): string[] {
      validate(config);
      const index = ({ schemaPath }: ErrorObject) => Number(/^#\/allOf\/(\d+)\//.exec(schemaPath)?.[1]);
      return [...new Set((validate.errors ?? []).map((error) => conditions[index(error)]?.$comment ?? ""))];
    },
  };
}

/** A config as an editor reads it: values of numeric flags are numbers. */
function configOf(yaml: string, releaseName: string): Record<string, unknown> {
  const release = shippedCatalogue().release(releaseName);
  const number = (value: unknown) =>
    typeof value === "string" && /^-?\d{1,9}(\.\d+)?$/.test(value) ? Number(value) : value;
  return Object.fromEntries(
    Object.entries(parse(yaml, { version: "1.1" }) as Record<string, unknown>).map(([key, value]) => {
      const numeric = ["integer", "number"].includes(release?.byName.get(`--${key}`)?.kind ?? "");
      return [key, numeric ? (Array.isArray(value) ? value.map(number) : number(value)) : value];
    }),
  );
}

describe.each(RELEASES)("the schema of %s", (release) => {
  const { broken } = conditionsOf(release);

  test("finds no violated rule that we do not find", () => {
    const wrong: string[] = [];
    let found = 0;
    for (const one of casesOf(release).filter((_, index) => index % 4 === 0)) {
      const yaml = inYaml(one, release);
      if (yaml === undefined) continue;
      const { findings } = judgeText(yaml, NOTATIONS.yaml, release, NO_SURROUNDINGS);
      // Values that the parser rejects are rejected by other parts of the schema.
      if (findings.some(({ stage, effect }) => stage === "argparse" && effect === "refused")) continue;
      const ours = new Set<string>(findings.map(({ code }) => code));
      const theirs = broken(configOf(yaml, release));
      found += theirs.length;
      const differ = theirs.filter((id) => !ours.has(id));
      if (differ.length > 0) wrong.push(`${one.id}: ${differ}\n${yaml}`);
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(found).toBeGreaterThan(20);
  });
});

test("the schemas break on the examples of the rules that they state", async () => {
  const words = await readRuleWords(join(root, "schemas"));
  const seen = new Set<string>();
  for (const release of RELEASES) {
    const { ids, broken } = conditionsOf(release);
    for (const [id, { invalid }] of words) {
      for (const { text } of ids.has(id) ? invalid : []) {
        if (text.includes(`release=${release}\n`) && broken(configOf(text, release)).includes(id))
          seen.add(id);
      }
    }
  }
  expect(seen.size).toBeGreaterThan(30);
});
