/** The initial texts: examples, fixtures, golden conversions, the rules' examples, tests, the corpus. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { NOTATIONS, type NotationId, TRAITS } from "../server/src/notations";
import { service } from "../server/src/service";

/** A text with the URI and language id of a document. */
export interface Subject {
  readonly uri: string;
  readonly languageId: string;
  readonly text: string;
}

export interface Seed extends Subject {
  /** The file it comes from. */
  readonly from: string;
  readonly notation: NotationId;
}

/** Longer texts make the edits slow and find no other failures. */
const MOST_CHARACTERS = 12_000;

export function isNotation(name: string): name is NotationId {
  return Object.hasOwn(NOTATIONS, name);
}

/** A text as a document of a notation. */
export function subjectOf(notation: NotationId, text: string): Subject {
  const { ending, languageId } = TRAITS[notation];
  return { uri: `file:///launch${ending}`, languageId, text };
}

/** All initial texts. @param root the project's folder */
export function readSeeds(root: string): Seed[] {
  const inFiles = ["examples", "test/notations/fixtures", "test/conversion/golden", "fuzz/corpus"].flatMap(
    (folder) => filesIn(join(root, folder)).flatMap((path) => seedOf(relative(root, path), path)),
  );
  const seeds = [...inFiles, ...ruleExamples(root), ...textsOfTests(root)];
  return seeds.filter(({ text }) => text.length <= MOST_CHARACTERS);
}

/** All files below a folder, sorted by name; empty if there is no such folder. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

/** The notation of a file, by its name and its text. */
export function notationOfFile(path: string, text: string): NotationId | undefined {
  const name = path.replace(/\.txt$/, "").replaceAll("\\", "/");
  const languageId = /\.ya?ml$/.test(name) ? "yaml" : "";
  return notationIdOf(languageId, `file:///${name}`, text);
}

/** The notation of a document; `undefined` if none reads it. */
export function notationIdOf(languageId: string, uri: string, text: string): NotationId | undefined {
  return service.notationOf(languageId, uri, text)?.id as NotationId | undefined;
}

function seedOf(from: string, path: string): Seed[] {
  const text = readFileSync(path, "utf8");
  const notation = notationOfFile(path, text);
  return notation ? [{ ...subjectOf(notation, text), from, notation }] : [];
}

/** The examples in `schemas/rules`. */
function ruleExamples(root: string): Seed[] {
  return filesIn(join(root, "schemas/rules")).flatMap((path) => {
    const rule = readFileSync(path, "utf8");
    const language = /^language: (\w+)$/m.exec(rule)?.[1] ?? "yaml";
    const notation = isNotation(language) ? language : "yaml";
    const blocks = [...rule.matchAll(/^( +(?:- )?)(?:text|fixed): \|\n((?: +.*\n|\n)+)/gm)];
    return blocks.map(([, key = "", block = ""]) => {
      const lines = block.split("\n");
      const end = lines.findIndex((line) => line !== "" && !line.startsWith(`${" ".repeat(key.length)} `));
      const indent = /^ */.exec(block)?.[0].length ?? 0;
      const text = lines
        .slice(0, end < 0 ? lines.length : end)
        .map((line) => line.slice(indent))
        .join("\n");
      return { ...subjectOf(notation, text), from: relative(root, path), notation };
    });
  });
}

/** The texts in the tests of the notations: template literals without substitutions other than the program. */
function textsOfTests(root: string): Seed[] {
  return filesIn(join(root, "test/notations")).flatMap((path) => {
    const notation = /([a-z]+)(?:-[a-z-]+)?\.test\.ts$/.exec(path)?.[1] ?? "";
    if (!isNotation(notation) || extname(path) !== ".ts") return [];
    const source = readFileSync(path, "utf8").replaceAll("${RUN}", "python -m lightllm.server.api_server");
    return [...source.matchAll(/`((?:[^`\\]|\\[\s\S])*)`/g)].flatMap(([, literal = ""]) => {
      if (/\$\{[a-zA-Z]+[.(]/.test(literal) || literal.length < 20) return [];
      const text = literal.replace(/\\(.)/gs, (whole, char: string) =>
        char === "n" ? "\n" : char === "t" ? "\t" : char === "r" ? "\r" : /[\\`$]/.test(char) ? char : whole,
      );
      return { ...subjectOf(notation, text), from: relative(root, path), notation };
    });
  });
}
