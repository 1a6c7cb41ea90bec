/** In another language, no feature shows English text; a pseudo-language replaces a real one. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { useLanguage, useMessages } from "../../server/src/messages";
import { type LaunchDocument, service } from "../../server/src/service";
import { root } from "../support/paths";
import { pseudoMessages } from "../support/pseudo-locale";

beforeAll(async () => {
  useMessages((await pseudoMessages()).service ?? {}, "qps");
});
afterAll(() => useLanguage("en"));

/** Texts from other data, which are translated there: documentation, rules, moves, LightLLM's own help. */
const DATA = ["docs", "rules", "environment", "moves", "facts"]
  .map((name) => readFileSync(join(root, `schemas/generated/${name}.json`), "utf8"))
  .join("\n")
  .replaceAll("\\n", " ");

/** Code, quotations, addresses, and names of flags, values and files, which are the same in every language. */
const NO_WORDS = /`[^`]*`|'[^']*'|\]\([^)]*\)|\S*[_/=]\S*|--?\w\S*/g;

/** Two consecutive English words outside code. Every letter of the catalogue has an accent. */
function englishIn(text: string, { file }: LaunchDocument): string[] {
  const plain = text.replace(NO_WORDS, "\n");
  const words = plain.match(/[A-Za-z]{2,}(?: [a-z]{2,})+/g) ?? [];
  return words.filter((said) => !DATA.includes(said) && !file.text.includes(said));
}

const EXAMPLES = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" }).filter(
  (name) => /\.(?:ya?ml|sh|service|md)$|Dockerfile/.test(name) && name !== "README.md",
);

function opened(name: string): LaunchDocument | undefined {
  const text = readFileSync(join(root, "examples", name), "utf8");
  const uri = `file:///${name}`;
  const notation = service.notationOf("", uri, text);
  if (!notation) return undefined;
  const document = TextDocument.create(uri, "", 1, text);
  return service.analyse(document, notation, { language: "en" }, service.shippedCatalogue());
}

/** All texts of the features for a document. */
function saidOf(analysed: LaunchDocument): string[] {
  const said: (string | undefined)[] = [];
  for (const judged of analysed.launches) {
    const { launch } = judged;
    for (const argument of launch.arguments) {
      for (const offset of [
        argument.flagSpan.start + 1,
        argument.words[0]?.span.start ?? argument.span.end,
      ]) {
        const hover = service.hover(analysed, offset);
        if (hover) said.push((hover.contents as { value: string }).value);
        for (const item of service.complete(analysed, offset)) said.push(item.detail, item.command?.title);
      }
    }
    const at = analysed.document.positionAt(service.headOf(launch).start);
    const range = { start: at, end: at };
    const query = { range, diagnostics: [], only: ["refactor"], asked: true };
    for (const { title } of service.codeActions(analysed, query, { conversions: { kind: "commands" } }))
      said.push(title);
    const report = service.releaseReport(analysed, service.headOf(launch).start);
    said.push(report?.label, report?.detail, report?.short);
    for (const { description, detail } of report?.choices ?? []) said.push(description, detail);
  }
  for (const { command } of service.codeLenses(analysed, { runs: true })) said.push(command?.title);
  for (const { name, detail } of service.documentSymbols(analysed)) said.push(name, detail);
  return said.filter((text): text is string => text !== undefined && text !== "");
}

describe("in a language for tests", () => {
  test("English is found where it is, and names are not taken for it", () => {
    const analysed = opened("lightllm.yaml") as LaunchDocument;
    expect(englishIn("［Ĵúďĝéď］ because somebody forgot `these words here`", analysed)).toEqual([
      "because somebody forgot",
    ]);
    expect(englishIn("［ĺáúńćĥ］: --run_mode config_server 'some words' schemas/a.yaml", analysed)).toEqual(
      [],
    );
  });

  test.each(EXAMPLES)("%s is spoken of without English", (name) => {
    const analysed = opened(name);
    if (!analysed) return;
    const said = saidOf(analysed);
    expect(said.some((text) => text.includes("［"))).toBe(analysed.launches.length > 0);
    expect([...new Set(said.flatMap((text) => englishIn(text, analysed)))]).toEqual([]);
  });
});
