/** In another language, no feature shows English text; a pseudo-language replaces a real one. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { languageOf, type RuleWords, readRuleWords } from "../../scripts/schemas/rule-words.mjs";
import { speakLanguage, useMessages as useCliMessages } from "../../server/src/cli/cli-texts";
import { SUBCOMMANDS } from "../../server/src/cli/subcommands";
import { useMessages } from "../../server/src/messages";
import { type LaunchDocument, type NotationId, type Release, service } from "../../server/src/service";
import { root } from "../support/paths";
import { pseudoMessages } from "../support/pseudo-locale";

beforeAll(async () => {
  const { service: ofService = {}, cli = {} } = await pseudoMessages();
  useMessages(ofService, "qps");
  useCliMessages(cli, "qps");
});
afterAll(() => speakLanguage("en"));

const catalogue = service.shippedCatalogue();
const rules = await readRuleWords(join(root, "schemas"));

const CHANGES = JSON.stringify(catalogue.releases.map((release) => catalogue.behaviourSince(release)));

/** Texts from other data, which are translated there: documentation, LightLLM's own help, what behaves differently. */
const DATA = [
  ...["docs", "environment", "facts"].map((name) =>
    readFileSync(join(root, `schemas/generated/${name}.json`), "utf8"),
  ),
  CHANGES,
  CHANGES.replaceAll("`", ""),
]
  .join("\n")
  .replaceAll("\\n", " ");

/** Python's own messages, which ours quote. */
const PYTHON = new Set(["not supported between instances of"]);

/** Code, quotations, addresses, and names of flags, values and files, which are the same in every language. */
const NO_WORDS = /`[^`]*`|'[^']*'|\]\([^)]*\)|\S*[_/=]\S*|--?\w\S*/g;

/** Two consecutive English words outside code. Every letter of the catalogue has an accent. */
function englishIn(text: string, source: string): string[] {
  const plain = text.replace(NO_WORDS, "\n");
  const words = plain.match(/[A-Za-z]{2,}(?: [a-z]{2,})+/g) ?? [];
  return words.filter((said) => !DATA.includes(said) && !PYTHON.has(said) && !source.includes(said));
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
  return service.analyse(document, notation, { language: "en" }, catalogue);
}

/** The invalid examples of a rule. */
function examplesOf(rule: RuleWords): LaunchDocument[] {
  return rule.invalid.map((example) => {
    const { text, model, weights, files } = example;
    const { ending, languageId, id } = service.notations[languageOf(example, rule)];
    const document = TextDocument.create(`file:///launch${ending}`, languageId, 1, text);
    const isAlone = !model && !files;
    const config = model && JSON.stringify(model);
    const surroundings = isAlone ? undefined : service.withConfig(config, { weights, files });
    return service.analyse(document, service.notations[id as NotationId], { language: "en" }, catalogue, {
      surroundings,
    });
  });
}

/** The texts of the findings of a document, and of the fixes. */
function saidOfFindings(analysed: LaunchDocument): (string | undefined)[] {
  const diagnostics = service.diagnose(analysed);
  const fixes = [...service.allFixes(analysed).values()].flat();
  const ofDeployments = service
    .deploymentsOf([analysed])
    .flatMap((deployment) =>
      deployment.findings.flatMap((finding) => [
        finding.message,
        ...finding.others.map(({ message }) => message),
        ...service.deploymentFixes(deployment, finding).map(({ title }) => title),
      ]),
    );
  return [
    ...ofDeployments,
    ...diagnostics.flatMap(({ message, relatedInformation = [] }) => [
      String(message),
      ...relatedInformation.map((one) => one.message),
    ]),
    ...fixes.map(({ title }) => title),
  ];
}

/** What a migration of a document to the oldest release and to the newest one says. */
function saidOfMigrations(analysed: LaunchDocument): (string | undefined)[] {
  return [0, -1].flatMap((at) =>
    service
      .migrate(analysed, analysed.launches, catalogue.releases.at(at) as Release)
      .launches.flatMap(({ done, notes }) => [...done, ...notes]),
  );
}

/** All texts of the features for a document. */
function saidOf(analysed: LaunchDocument): string[] {
  const said: (string | undefined)[] = [...saidOfFindings(analysed), ...saidOfMigrations(analysed)];
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

/** What a subcommand prints, on both streams, and its error. */
async function saidByCommand(name: string, words: readonly string[]): Promise<string> {
  const said: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation((text) => {
      said.push(String(text));
      return true;
    }),
  );
  try {
    await SUBCOMMANDS[name]?.run(words);
  } catch (error) {
    said.push(error instanceof Error ? error.message : String(error));
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
  return said.join("\n");
}

const MISTAKES = join(root, "examples/with-mistakes.lightllm.yaml");
const SCRIPT = join(root, "examples/shell/single-node-v1.1.0.sh");
const COMMANDS: readonly [name: string, ...words: string[]][] = [
  ["check", MISTAKES],
  ["check", SCRIPT],
  ["check", "--as", "shell", SCRIPT],
  ["check", "--", "--tp", "x"],
  ["check", "no/such/file.sh"],
  ["check", "no/such/*.sh"],
  ["render", MISTAKES],
  ["import", join(root, "examples/shell/multi-node.sh")],
  ["import", "--as", "nothing", SCRIPT],
  ["migrate", "--to", "v1.2.0", SCRIPT],
  ["migrate", SCRIPT],
  ["explain", "--from", "v1.0.0"],
  ["run", "--dry-run", MISTAKES],
  ["schema", "--release", "v7"],
  ["lsp"],
];

describe("in a language for tests", () => {
  test("English is found where it is, and names are not taken for it", () => {
    const analysed = opened("lightllm.yaml") as LaunchDocument;
    expect(englishIn("［Ĵúďĝéď］ because somebody forgot `these words here`", analysed.file.text)).toEqual([
      "because somebody forgot",
    ]);
    expect(
      englishIn("［ĺáúńćĥ］: --run_mode config_server 'some words' schemas/a.yaml", analysed.file.text),
    ).toEqual([]);
  });

  test.each(EXAMPLES)("%s is spoken of without English", (name) => {
    const analysed = opened(name);
    if (!analysed) return;
    const said = saidOf(analysed);
    expect(said.some((text) => text.includes("［"))).toBe(analysed.launches.length > 0);
    expect([...new Set(said.flatMap((text) => englishIn(text, analysed.file.text)))]).toEqual([]);
  });

  test.each([...rules])("%s and its fixes are spoken of without English", (code, rule) => {
    for (const analysed of examplesOf(rule)) {
      const said = saidOfFindings(analysed).filter((text) => text !== undefined);
      expect(
        said.filter((text) => text.includes("［")),
        code,
      ).not.toEqual([]);
      expect(said.flatMap((text) => englishIn(text, analysed.file.text))).toEqual([]);
    }
  });

  test.each(COMMANDS)("lightllm-config %s %s", async (name, ...words) => {
    const said = await saidByCommand(name, words);
    expect(said).toContain("［");
    const read = words.map((word) => (existsSync(word) ? readFileSync(word, "utf8") : "")).join("\n");
    expect(englishIn(said, read)).toEqual([]);
  });

  test.each(Object.keys(SUBCOMMANDS))("the help of %s", (name) => {
    expect(englishIn(SUBCOMMANDS[name]?.help() ?? "", "")).toEqual([]);
    expect(englishIn(SUBCOMMANDS[name]?.summary() ?? "", "")).toEqual([]);
  });
});
