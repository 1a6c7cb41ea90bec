/** Realistic launches of each release, migrated to every other release: what is written and what is said, for review. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTwoFilesPatch } from "diff";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { AnnotatedTextEdit } from "vscode-languageserver-types";
import { service } from "../../server/src/service";
import { root } from "../support/paths";

const { analyse, migrate, notationOf, offerMigration, shippedCatalogue } = service;

const catalogue = shippedCatalogue();
const FOLDER = join(root, "test/data/migrations");

/** The changed lines of a text, without the heads of the patch. */
function changed(before: string, after: string): string[] {
  const patch = createTwoFilesPatch("", "", before, after, "", "", { context: 0 });
  return patch
    .split("\n")
    .filter((line) => /^[-+](?![-+]{2} ?$)/.test(line) && !/^(?:---|\+\+\+)/.test(line));
}

/** All migrations of a file: the changed lines for each release, and each sentence once with the releases it is said for. */
function migrations(name: string, text: string, from: string): string {
  const uri = `file:///${name}`;
  const notation = notationOf("", uri, text);
  const fixed = catalogue.release(from);
  if (!notation || !fixed) throw new Error(`Nothing reads ${name}.`);
  const document = TextDocument.create(uri, "", 1, text);
  const launches = analyse(document, notation, { language: "en" }, catalogue);
  const diffs: string[] = [];
  const said = new Map<string, string[]>();
  for (const to of catalogue.releases) {
    if (to === fixed) continue;
    const result = migrate(launches, launches.launches, to, { from: fixed });
    const refused = result.launches.some(({ accepted }) => !accepted) ? " (refused)" : "";
    diffs.push("", `to ${to.name}${refused}:`, ...changed(text, result.text));
    for (const [at, { done, notes, differences }] of result.launches.entries()) {
      const launch = result.launches.length > 1 ? `${at + 1}. ` : "";
      const add = (mark: string, sentence: string) => {
        // The release that a default belongs to is at the end of the line.
        const key = `${launch}${mark} ${sentence.replace(`; ${to.name} `, "; it ")}`;
        said.set(key, [...(said.get(key) ?? []), to.name]);
      };
      for (const one of done) add("done:", one);
      for (const one of notes) add("look:", one);
      for (const one of differences) add("differs:", one);
    }
  }
  const lines = [...said].map(([sentence, releases]) => `${sentence} [${releases.join(" ")}]`);
  return [`${name} from ${from}`, ...diffs, "", ...lines.sort(), ""].join("\n");
}

/** Expects the edits that an editor shows first to make the same text, each with a reason. */
function expectReasons(name: string, text: string, from: string): void {
  const uri = `file:///${name}`;
  const document = TextDocument.create(uri, "", 1, text);
  const notation = notationOf("", uri, text);
  const to = catalogue.releases.at(from === "v1.2.0" ? 0 : -1);
  if (!notation || !to) throw new Error(`Nothing reads ${name}.`);
  const launches = analyse(document, notation, { language: "en", setting: from }, catalogue);
  const [judged] = launches.launches;
  if (!judged) throw new Error(`${name} has no launch.`);
  const { documentChanges = [], changeAnnotations = {} } =
    offerMigration(launches, judged, to, true).edit ?? {};
  const edits = documentChanges.flatMap((change) =>
    "edits" in change && change.textDocument.uri === uri ? (change.edits as AnnotatedTextEdit[]) : [],
  );
  expect(TextDocument.applyEdits(document, edits)).toBe(migrate(launches, [judged], to).text);
  for (const { annotationId, newText } of edits) {
    const { description = "", needsConfirmation } = changeAnnotations[annotationId] ?? {};
    expect(needsConfirmation === true).toBe(newText === "" && annotationId === "lightllm.launch");
    expect(description, newText).not.toMatch(/^$|^from /);
  }
}

describe.each(readdirSync(FOLDER))("a launch of %s", (release) => {
  test.each(readdirSync(join(FOLDER, release)).filter((name) => !name.endsWith(".txt")))(
    "%s",
    async (name) => {
      const text = readFileSync(join(FOLDER, release, name), "utf8");
      const golden = join(FOLDER, release, `${name}.txt`);
      await expect(migrations(name, text, release)).toMatchFileSnapshot(golden);
      expectReasons(name, text, release);
    },
  );
});
