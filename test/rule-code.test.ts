/** Adding a rule: missing parts are reported, by the generator for YAML and by TypeScript for code. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkRuleCode, ruleRegistry, ruleTypes } from "../scripts/schemas/rule-code.mjs";
import { type DetectorsIn, onEach } from "../server/src/judgement/rules/detector";
import { root } from "./support/paths";

type Entry = Parameters<typeof ruleTypes>[0] extends ReadonlyMap<string, infer Rule> ? Rule : never;

const ENTRY: Entry = { title: "A new rule", effect: "suspicious", stage: "text", severity: "warning" };
const STAND_INS = "judgement/rules/stand-ins.ts";

function check(rules: Readonly<Record<string, Partial<Entry>>>): Promise<void> {
  const all = Object.entries(rules).map(([code, own]) => [code, { ...ENTRY, ...own }] as const);
  return checkRuleCode(join(root, "server/src"), new Map(all));
}

test.each<[string, Readonly<Record<string, Partial<Entry>>>, string]>([
  [
    "a file that is not there",
    { "new-rule": { "detected-by": "judgement/rules/new-rule.ts" } },
    "schemas/rules/new-rule.yaml: detected-by names judgement/rules/new-rule.ts, and there is no such file.",
  ],
  [
    "a file without the rule",
    { "new-rule": { "detected-by": STAND_INS } },
    `schemas/rules/new-rule.yaml: ${STAND_INS} does not detect "new-rule".`,
  ],
  [
    "a rule that is not there",
    { "new-rule": { "instead-of": ["old-rule"] } },
    "schemas/rules/new-rule.yaml: instead-of names old-rule, and there is no such rule.",
  ],
  [
    "a circle",
    { one: { "instead-of": ["two"] }, two: { "instead-of": ["one"] } },
    "schemas/rules/one.yaml: instead-of leads back to one.",
  ],
])("YAML that names %s is rejected", async (_, rules, message) => {
  await expect(check(rules)).rejects.toThrow(message);
});

test("YAML that names a file with the rule is accepted, and the registry finds the file", async () => {
  await expect(check({ "stand-in-value": { "detected-by": STAND_INS } })).resolves.toBeUndefined();
  const rules = new Map([["stand-in-value", { ...ENTRY, "detected-by": STAND_INS }]]);
  expect(ruleRegistry(rules)).toContain('import { rules as standIns } from "./stand-ins";');
  expect(ruleTypes(rules)).toContain(`"${STAND_INS}": "stand-in-value";`);
});

/** `npm run types` fails if one of these becomes correct. */
test("TypeScript rejects code that does not match its YAML", () => {
  const silent = onEach("launch", () => []);
  const quoting = onEach("launch", () => [
    { variant: "quote" as const, message: "", span: never(), fixes: [] },
  ]);
  // @ts-expect-error: no YAML has this code
  const stranger = { "stand-in-value": silent, "no-such-rule": silent } satisfies DetectorsIn<
    typeof STAND_INS
  >;
  // @ts-expect-error: the YAML of stand-in-value names this file
  const missing = {} satisfies DetectorsIn<typeof STAND_INS>;
  // @ts-expect-error: its YAML declares no such variant
  const variant = { "stand-in-value": quoting } satisfies DetectorsIn<typeof STAND_INS>;
  expect([stranger, missing, variant]).toHaveLength(3);
});

function never(): never {
  throw new Error("Nothing is detected here.");
}
