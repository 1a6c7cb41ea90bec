/** An edited text gives the same result as a new one. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { FILES, type Kind, launchText } from "../../bench/faulty";
import { type Random, randomFrom } from "../../fuzz/random";
import { type Notation, service } from "../../server/src/service";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const EDITS = 12;
/** Typed or pasted text; some of it moves, splits or joins blocks, documents and launches. */
const PIECES = [
  "\n",
  "\n\n",
  "---\n",
  "```\n",
  "```bash\n",
  "  ",
  "x",
  "1",
  "#",
  '"',
  "pip install lightllm==1.1.0\n",
  "> ",
];

function edited(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const length = random.chance(0.5) ? 0 : random.below(random.chance(0.2) ? 300 : 4);
  return text.slice(0, at) + (random.chance(0.7) ? random.pick(PIECES) : "") + text.slice(at + length);
}

function read(kind: Kind, text: string, version: number, cache?: unknown) {
  const { languageId, name } = FILES[kind];
  const document = TextDocument.create(`file:///${name}`, languageId, version, text);
  const notation = service.notationOf(languageId, document.uri, text);
  if (!notation) return undefined;
  const settings = { language: "en" } as const;
  const beside = cache === undefined ? {} : { cache };
  const analysed = service.analyse(document, notation, settings, service.shippedCatalogue(), beside);
  const { launches, problems } = analysed.file;
  const hints = analysed.launches.map(({ launch }) =>
    service.hover(analysed, launch.arguments[0]?.flagSpan.start ?? 0),
  );
  const findings = service.reportedFindings(analysed).map(({ launch, ...finding }) => finding);
  return { launches, problems, findings, diagnostics: service.diagnose(analysed), hints };
}

describe.each(Object.keys(FILES) as Kind[])("%s", (kind) => {
  test.each([1, 2, 3])("is read after edits as it is read afresh, seed %i", (seed) => {
    const random = randomFrom(kind, seed);
    let text = launchText(kind, { launches: 4, faults: 0.05, seed });
    const { languageId, name } = FILES[kind];
    const cache = service.notationOf(languageId, name, text)?.newCache();
    for (let version = 1; version <= EDITS; version++) {
      expect(read(kind, text, version, cache)).toEqual(read(kind, text, version));
      text = edited(text, random);
    }
  });
});

test.each(["yaml", "kubernetes", "markdown"] as const)(
  "edits of %s keep nothing of earlier versions in memory",
  async (kind) => {
    const text = launchText(kind, { launches: 2, faults: 0.3 });
    const { languageId, name } = FILES[kind];
    const notation = service.notationOf(languageId, name, text) as Notation;
    const cache = notation.newCache();
    const document = TextDocument.create(`file:///${name}`, languageId, 1, text);
    const analysed = () =>
      service.analyse(document, notation, { language: "en" }, service.shippedCatalogue(), { cache });
    analysed();
    const finding = () =>
      analysed()
        .launches.flatMap(({ findings }) => findings)
        .at(-1) as object;
    const end = { line: 0, character: text.indexOf("\n") };
    const push = () =>
      TextDocument.update(document, [{ range: { start: end, end }, text: " " }], document.version + 1);
    push();
    const early = new WeakRef(finding());
    for (let edit = 0; edit < 4; edit++) {
      push();
      analysed();
    }
    await new Promise(setImmediate);
    collectGarbage();
    expect(early.deref()).toBeUndefined();
    expect(finding()).toBeDefined();
  },
);
