/** The examples on the rules' pages are run, so that a page cannot say what the rules do not do. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type InvalidExample, readRuleWords } from "../scripts/schemas/rule-pages.mjs";
import {
  analyse,
  applyEdits,
  fixesOf,
  heardFindings,
  notationOf,
  shippedCatalogue,
} from "../server/src/features";
import { ALL_RULE_CODES } from "../server/src/judgement/codes";

const words = await readRuleWords(fileURLToPath(new URL("../schemas", import.meta.url)));
const catalogue = shippedCatalogue();

function judge(text: string) {
  const document = TextDocument.create("file:///lightllm.yaml", "lightllm-yaml", 0, text);
  const notation = notationOf(document.languageId, document.uri, text);
  if (!notation) throw new Error("No notation reads a lightllm.yaml.");
  const findings = heardFindings(analyse(document, notation, { language: "en" }, catalogue));
  return { document, notation, findings, codes: findings.map(({ code }) => code) };
}

/** The finding that the example is about. */
function findingOf(code: string, text: string) {
  const judged = judge(text);
  const finding = judged.findings.find((one) => one.code === code);
  if (!finding) throw new Error(`No finding ${code}, but: ${judged.codes.join(", ")}`);
  return { ...judged, finding };
}

it("documents every code, and nothing else", () => {
  expect([...words.keys()].sort()).toEqual([...ALL_RULE_CODES].sort());
});

describe.each([...words])("%s", (code, { invalid, valid }) => {
  const bad = invalid.map((example, index): [number, InvalidExample] => [index + 1, example]);
  const good = valid.map(({ text }, index): [number, string] => [index + 1, text]);

  it.each(bad)("reports invalid example %i, and no other code", (_, { text, also = [] }) => {
    const { codes } = judge(text);
    expect([...codes].sort()).toEqual([code, ...also].sort());
  });

  it.each(bad)("places the finding of invalid example %i in its text", (_, { text }) => {
    const { span } = findingOf(code, text).finding;
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThan(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  });

  it.each(bad)("mends invalid example %i by the preferred fix", (_, { text, fixed, also = [] }) => {
    const { finding, notation } = findingOf(code, text);
    const preferred = fixesOf(finding, notation, text).filter((fix) => fix.preferred);
    expect(preferred.length).toBeLessThanOrEqual(1);
    const mended = preferred[0] && applyEdits(text, preferred[0].edits);
    expect(mended).toBe(fixed);
    const left = mended === undefined ? [] : judge(mended).codes;
    expect(left.filter((one) => !also.includes(one))).toEqual([]);
  });

  it.each(bad)("is silenced in invalid example %i by a comment for the file", (_, { text }) => {
    expect(judge(`# lightllm: disable-file=${code}\n${text}`).codes).not.toContain(code);
  });

  it("is silenced by a comment on the line above", () => {
    const text = invalid[0]?.text ?? "";
    const { document, finding } = findingOf(code, text);
    const above = document.offsetAt({ line: document.positionAt(finding.span.start).line, character: 0 });
    const commented = `${text.slice(0, above)}# lightllm: disable-next-line=${code}\n${text.slice(above)}`;
    expect(judge(commented).codes).not.toContain(code);
  });

  it.each(good)("finds nothing in valid example %i", (_, text) => {
    expect(judge(text).codes).toEqual([]);
  });
});
