/** Fixes are tested on parts of a text: with the same result as on the whole text, and without reading the rest. */
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { readSeeds } from "../../fuzz/seeds";
import { analyse, type LaunchDocument } from "../../server/src/analysis/document";
import { reportedFindings } from "../../server/src/analysis/reported-findings";
import { shippedCatalogue } from "../../server/src/catalogue";
import { candidatesOf, fixesOf } from "../../server/src/edits/fixes";
import { PartialText } from "../../server/src/edits/partial-text";
import { helpful } from "../../server/src/edits/trial";
import { type Unit, unitsOf } from "../../server/src/edits/units";
import { migrate } from "../../server/src/features/migration/migrate-launches";
import { spanFrom } from "../../server/src/launch/launch";
import { NOTATIONS, type Notation, type NotationId } from "../../server/src/notations";
import { root } from "../support/paths";

/** The notations that know parts of a text, and what separates two texts. */
const SEPARATORS = {
  shell: "\n",
  yaml: "\n---\n",
  kubernetes: "\n---\n",
  markdown: "\n\n",
  restructuredtext: "\n\n",
};
type Divided = keyof typeof SEPARATORS;
/** So many texts are put together, so that each has launches beside it. */
const TOGETHER = 6;
const LONGEST: Partial<Record<NotationId, number>> = { kubernetes: 4_000 };

function read(id: NotationId, text: string, notation = NOTATIONS[id], setting?: string): LaunchDocument {
  const document = TextDocument.create("file:///t", id, 1, text);
  const cache = notation.newCache();
  return analyse(document, notation, { language: "en", setting }, shippedCatalogue(), { cache });
}

/** Texts of the examples, the fixtures, the rules and the fuzzer, several in each. */
function* textsOf(id: Divided): Generator<string> {
  const seeds = readSeeds(root).filter(
    ({ notation, text }) => notation === id && text.length < (LONGEST[id] ?? 1_500),
  );
  const texts = [...new Set(seeds.map(({ text }) => text.trimEnd()))];
  for (let at = 0; at < texts.length; at += TOGETHER)
    yield `${texts.slice(at, at + TOGETHER).join(SEPARATORS[id])}\n`;
}

function titlesOf(document: LaunchDocument, partsFrom: number, together: boolean): string[] {
  const candidates = candidatesOf(document, reportedFindings(document));
  const good = helpful(document, candidates, { partsFrom, together });
  return candidates.flatMap(({ finding: { code, span }, fix }) =>
    good.has(fix) ? [`${code} ${span.start} ${fix.title} ${JSON.stringify(fix.edits)}`] : [],
  );
}

describe("a fix helps in a part of a text exactly if it helps in the whole text", () => {
  test.each(Object.keys(SEPARATORS) as Divided[])("%s", (id) => {
    let inParts = 0;
    for (const text of textsOf(id)) {
      const document = read(id, text);
      const found = titlesOf(document, 0, false);
      expect(found, text).toEqual(titlesOf(document, Number.POSITIVE_INFINITY, false));
      if (unitsOf(document).length > 1) inParts += found.length;
    }
    expect(inParts).toBeGreaterThan(4);
  });
});

const launch = (more: string) => `python -m lightllm.server.api_server --model_dir /m ${more}\n`;
const config = (more: string) => `---\nmodel_dir: /m\n${more}\n`;

describe("an edit that could change the text below it is not tested in a part", () => {
  const script = [1, 2, 3, 4].map((tp) => launch(`--tp ${tp} --run_mode normal`)).join("");
  const configs = [1, 2, 3, 4].map((tp) => config(`tp: ${tp}\nrun_mode: normal`)).join("");
  test.each<[NotationId, string, string, boolean]>([
    ["shell", script, "normal", true],
    ["shell", script, "decode --dp 8", true],
    ["shell", script, "decode\nsleep 1", true],
    ["shell", script, "'decode", false],
    ["shell", script, "decode \\", false],
    ["shell", script, "decode <<EOF", false],
    ["shell", script, "decode\nTP=3", false],
    ["shell", script, "decode; export TP=3", false],
    ["shell", script, "${MODE:=decode}", false],
    ["shell", script, "decode && cd /x", false],
    ["shell", script, "decode; {", false],
    ["shell", script, "decode\n# lightllm: args", false],
    ["shell", script, "decode\n# lightllm: release=v1.1.0", false],
    ["yaml", configs, "decode", true],
    ["yaml", configs, "decode\ndp: 8", true],
    ["yaml", configs, "decode\n---\ntp: 8", false],
    ["yaml", configs, "decode\n...", false],
    ["yaml", configs, "decode\n# lightllm: config", false],
    ["yaml", configs, "decode\n# lightllm: release=v1.1.0", false],
  ])("%s, launch 3 of\n%s with %j for its last word: %j", (id, text, word, isCertain) => {
    const document = read(id, text);
    const unit = unitsOf(document).at(-2) as Unit;
    const part = PartialText.of(document, [unit]) as PartialText;
    const at = text.indexOf("normal", unit.start);
    const edit = { span: part.spanOf(spanFrom(at, at + "normal".length), unit), newText: word };
    expect(part.read([edit]) !== undefined).toBe(isCertain);
  });
});

test.each<[Divided, (tp: number) => string]>([
  ["shell", (tp) => launch(`--tp ${tp} --run_mod normal`)],
  ["yaml", (tp) => config(`tp: ${tp}\nrun_mod: normal`)],
  ["markdown", (tp) => `\`\`\`bash\n${launch(`--tp ${tp} --run_mod normal`)}\`\`\`\n`],
])("the fixes of one launch of %s read little of the others", (id, write) => {
  const { notation, lengthRead } = counting(id);
  const text = Array.from({ length: 300 }, (_, at) => write(at)).join("");
  const document = read(id, text, notation);
  const finding = reportedFindings(document).find(({ span }) => span.start > text.length / 2);
  const before = lengthRead();
  expect(finding && fixesOf(document, finding)).not.toEqual([]);
  expect(lengthRead() - before).toBeLessThan(text.length);
});

test("comments of a migration take twice as much reading for twice as many launches", () => {
  const lengths = [20, 40].map((count) => {
    const { notation, lengthRead } = counting("shell");
    const text = Array.from({ length: count }, (_, at) => launch(`--port ${8000 + at}`)).join("\n");
    const document = read("shell", text, notation, "v1.0.0");
    const to = shippedCatalogue().newest;
    const commented = migrate(document, document.launches, to, { comments: true }).text;
    expect(commented.match(/^# What v1\.0\.0/gm)).toHaveLength(count);
    return lengthRead();
  });
  expect((lengths[1] ?? 0) / (lengths[0] ?? 1)).toBeLessThan(2.6);
});

/** A notation that counts the characters that it reads. */
function counting(id: NotationId): { notation: Notation; lengthRead: () => number } {
  let length = 0;
  const find: Notation["find"] = (text, cache) => {
    length += text.length;
    return NOTATIONS[id].find(text, cache);
  };
  return { notation: { ...NOTATIONS[id], find }, lengthRead: () => length };
}
