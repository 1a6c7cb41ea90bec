/** The result for a text must not depend on what was read before, and the work must be bounded. */
import { isDeepStrictEqual } from "node:util";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type LaunchDocument, type Notation, service } from "../../server/src/service";
import { fixAllOf, open, type Work } from "./case";
import type { Check } from "./check";

/** The compared results of two reads. */
const ASPECTS = {
  diagnostics: (document: LaunchDocument) => service.diagnose(document),
  outline: (document: LaunchDocument) => service.documentSymbols(document),
  folding: (document: LaunchDocument) => service.foldingRanges(document),
  lenses: (document: LaunchDocument) => service.codeLenses(document, { runs: true }),
} as const;

function* differences(one: LaunchDocument | undefined, other: LaunchDocument | undefined, how: string) {
  if (!one || !other) {
    if (one !== other) yield { of: "notation", message: `The notation is different ${how}.` };
    return;
  }
  for (const [name, aspect] of Object.entries(ASPECTS)) {
    const [a, b] = [withoutVersion(aspect(one)), withoutVersion(aspect(other))];
    if (!isDeepStrictEqual(a, b))
      yield { of: name, message: `The ${name} are different ${how}: ${firstDifference(a, b)}` };
  }
}

/** Diagnostics carry the version of the document, which may differ. */
function withoutVersion(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === "version" ? undefined : inner)));
}

function firstDifference(a: unknown, b: unknown): string {
  const [left = [], right = []] = [a, b].map((list) => (Array.isArray(list) ? list : [list]));
  const at = left.findIndex((one, index) => !isDeepStrictEqual(one, right[index]));
  const show = (list: unknown[]) => JSON.stringify(list[at < 0 ? left.length : at] ?? null).slice(0, 300);
  return `${left.length} and ${right.length}; ${show(left)} and ${show(right)}`;
}

/** Like the server: the next version reuses the state of the previous one, if it has the same notation. */
function readAfter(
  before: string,
  { uri, languageId, text }: { uri: string; languageId: string; text: string },
) {
  const old = service.notationOf(languageId, uri, before);
  const now = service.notationOf(languageId, uri, text);
  const cache = old?.newCache();
  const read = (version: number, written: string, notation: Notation, kept: unknown) =>
    service.analyse(
      TextDocument.create(uri, languageId, version, written),
      notation,
      { language: "en" },
      service.shippedCatalogue(),
      { cache: kept },
    );
  const first = old && read(1, before, old, cache);
  // Requests for the first version must not affect the second.
  if (first) for (const aspect of Object.values(ASPECTS)) aspect(first);
  return now && read(2, text, now, now === old ? cache : now.newCache());
}

const incremental: Check = {
  name: "an edit gives the same result as the whole text",
  area: "reading",
  *check({ edited, document }) {
    if (edited.before === undefined) return;
    yield* differences(
      readAfter(edited.before, edited),
      document,
      "with the cached results of the previous text",
    );
  },
};

const same: Check = {
  name: "a text gives the same result twice",
  area: "reading",
  *check(asked) {
    const { edited, document } = asked;
    if (!asked.now(0.2)) return;
    yield* differences(open(edited, edited.text), document, "the second time");
  },
};

/** Maximum number of reads of a text: for each finding, and in addition. */
const READS = { besides: 60, each: 60 };
/** Maximum length of answers in characters beyond the text: for each finding, and in addition. */
const ANSWER = { besides: 20_000, each: 20_000, share: 20 };

const work: Check = {
  name: "the work is bounded",
  area: "reading",
  *check(asked) {
    const { edited, findings } = asked;
    if (!asked.now(0.1)) return;
    const done: Work = { reads: 0, writes: 0 };
    const document = open(edited, edited.text, done);
    if (!document) return;
    const answers = JSON.stringify([service.diagnose(document), fixAllOf(document)]).length;
    const most = READS.besides + READS.each * findings.length;
    if (done.reads > most)
      yield { of: "reads", message: `The text is read ${done.reads} times, more than ${most}.` };
    const longest = ANSWER.besides + ANSWER.each * findings.length + ANSWER.share * edited.text.length;
    if (answers > longest)
      yield {
        of: "answers",
        message: `The diagnostics and "fix all" have ${answers} characters, more than ${longest}.`,
      };
  },
};

/** Results are cached, compared and serialized, so they must contain no syntax tree and no cycle. */
const data: Check = {
  name: "launches are data",
  area: "reading",
  *check({ document }) {
    const { launches, problems } = document.file;
    // Its notation is described once for all launches.
    const own = launches.map(({ notation, ...launch }) => launch);
    const found = foreign({ launches: own, problems }, new Set());
    if (found) yield { of: found.replace(/\d+/g, "…"), message: `The result contains ${found}.` };
  },
};

/** The path to the first part of a value that is not a plain object, list, string, number or boolean. */
function foreign(value: unknown, above: ReadonlySet<unknown>): string | undefined {
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return undefined;
  if (above.has(value)) return "itself";
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return `a ${value.constructor.name}`;
  const around = new Set(above).add(value);
  for (const [key, inner] of Object.entries(value)) {
    const found = foreign(inner, around);
    if (found) return `${key} › ${found}`;
  }
  return undefined;
}

const places: Check = {
  name: "every part of a launch has a place in the text",
  area: "reading",
  *check({ document }) {
    const { launches, text } = document.file;
    const outside = placeOutside({ launches }, text.length);
    if (outside)
      yield { of: outside.replace(/\d+/g, "…"), message: `A place is not in the text: ${outside}.` };
  },
};

/** The path to the first place in a value that is outside the text. */
function placeOutside(value: unknown, length: number): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { start, end } = value as { start?: unknown; end?: unknown };
  if (typeof start === "number" && typeof end === "number" && !(0 <= start && start <= end && end <= length))
    return `${start}-${end}`;
  for (const [key, inner] of Object.entries(value)) {
    const found = placeOutside(inner, length);
    if (found) return `${key} › ${found}`;
  }
  return undefined;
}

export const READING: readonly Check[] = [incremental, same, data, places, work];
