/** Runs the examples of the rule pages, so that a page cannot promise more than its rule does. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { ExampleLanguage } from "../scripts/schemas/rule-words.mjs";
import { type Example, type InvalidExample, readRuleWords } from "../scripts/schemas/rule-words.mjs";
import { withConfig } from "../server/src/judgement/surroundings";
import { service } from "../server/src/service";

const {
  analyse,
  applyEdits,
  codeActions,
  deploymentFixes,
  deploymentsOf,
  fixesOf,
  reportedFindings,
  notationOf,
  notations,
  shippedCatalogue,
} = service;

const words = await readRuleWords(fileURLToPath(new URL("../schemas", import.meta.url)));
const catalogue = shippedCatalogue();

function judge({ text, model, weights, files, language: own }: Example, languageOfRule: ExampleLanguage) {
  const language = own ?? languageOfRule;
  const { ending, languageId } = notations[language];
  const document = TextDocument.create(`file:///launch${ending}`, languageId, 0, text);
  const notation = notationOf(languageId, document.uri, text);
  if (!notation) throw new Error(`No notation reads ${document.uri}.`);
  const surroundings =
    model || files ? withConfig(model && JSON.stringify(model), { weights, files }) : undefined;
  const launchDocument = analyse(document, notation, { language: "en" }, catalogue, { surroundings });
  const deployments = deploymentsOf([launchDocument]);
  const findings = [
    ...reportedFindings(launchDocument),
    ...deployments.flatMap((deployment) => deployment.findings),
  ];
  return {
    launchDocument,
    deployments,
    document,
    notation,
    findings,
    codes: findings.map(({ code }): string => code),
  };
}

/** The finding of the example's rule. */
function findingOf(code: string, example: Example, language: ExampleLanguage) {
  const judged = judge(example, language);
  const finding = judged.findings.find((one) => one.code === code);
  if (!finding) throw new Error(`No finding ${code}, but: ${judged.codes.join(", ")}`);
  return { ...judged, finding };
}

/** The preferred fixes of the finding of an example. */
function preferredFixes(code: string, example: Example, language: ExampleLanguage) {
  const { finding, launchDocument, deployments } = findingOf(code, example, language);
  const ofLaunch = fixesOf(launchDocument, finding);
  const ofDeployment = deployments.flatMap((deployment) =>
    deployment.findings
      .filter((one) => one === finding)
      .flatMap((one) => deploymentFixes(deployment, one))
      .map(({ edits, ...fix }) => ({ ...fix, edits: edits.flatMap((one) => one.edits) })),
  );
  return [...ofLaunch, ...ofDeployment].filter(({ preferred }) => preferred);
}

describe.each([...words])("%s", (code, rule) => {
  const { language = "yaml", invalid, valid, needs, stage, variants = {} } = rule;

  const bad = invalid.map((example, index): [number, InvalidExample] => [index + 1, example]);
  const good = valid.map((example, index): [number, Example] => [index + 1, example]);

  it.each(bad)("reports invalid example %i, and no other code", (_, example) => {
    const { codes } = judge(example, language);
    const { also = [] } = example;
    expect([...codes].sort()).toEqual([code, ...also].sort());
  });

  it.each(bad)("has in invalid example %i an outcome that its file declares", (_, example) => {
    const { finding } = findingOf(code, example, language);
    expect(finding.stage).toBe(stage);
    const declared = [rule, ...Object.values(variants)].map(({ effect, severity, tags }) => ({
      effect,
      severity,
      tags,
    }));
    const { effect, severity, tags } = finding;
    expect(declared).toContainEqual({ effect, severity, tags });
  });

  it("reports without a model's config.json, unless its file says that it needs one", () => {
    const speaking = invalid.filter(({ model: _, ...example }) =>
      judge(example, language).codes.includes(code),
    );
    expect(speaking.length > 0).toBe(needs !== "model");
  });

  it.each(bad)("places the finding of invalid example %i in its text", (_, example) => {
    const { text } = example;
    const { span } = findingOf(code, example, language).finding;
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThan(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  });

  it.each(bad)("the preferred fix corrects invalid example %i", (_, example) => {
    const { text, fixed, also = [] } = example;
    const preferred = preferredFixes(code, example, language);
    expect(preferred.length).toBeLessThanOrEqual(1);
    const applied = preferred[0] && applyEdits(text, preferred[0].edits);
    expect(applied).toBe(fixed);
    const left = applied === undefined ? [] : judge({ ...example, text: applied }, language).codes;
    expect(left.filter((one) => !also.includes(one))).toEqual([]);
  });

  it.each(bad)("is silenced in invalid example %i by a comment for the file", (_, example) => {
    const text = `# lightllm: disable-file=${code}\n${example.text}`;
    expect(judge({ ...example, text }, language).codes).not.toContain(code);
  });

  const isOfDeployment = rule["detected-by"]?.startsWith("deployment/") === true;
  it.skipIf(isOfDeployment).each(bad)(
    "is silenced in invalid example %i by the comment that the light bulb writes",
    (_, example) => {
      const { launchDocument, document, finding } = findingOf(code, example, language);
      const range = {
        start: document.positionAt(finding.span.start),
        end: document.positionAt(finding.span.end),
      };
      const actions = codeActions(launchDocument, { range, diagnostics: [] });
      const silence = actions.find(({ title }) => title.startsWith(`Ignore '${code}'`));
      const commented = TextDocument.applyEdits(document, silence?.edit?.changes?.[document.uri] ?? []);
      expect(commented).toContain(`# lightllm: disable-next-line=${code}`);
      expect(judge({ ...example, text: commented }, language).codes).not.toContain(code);
    },
  );

  it.each(good)("finds nothing in valid example %i", (_, example) => {
    expect(judge(example, language).codes).toEqual([]);
  });
});
