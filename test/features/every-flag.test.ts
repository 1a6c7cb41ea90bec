/** Every flag of LightLLM's own page of parameters, and every flag of every release, completes, hovers and validates. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Flag } from "../../server/src/catalogue";
import { service } from "../../server/src/service";
import { root } from "../support/paths";
import { releaseFiles } from "../support/release-files";
import { findingsOf, openYaml } from "../support/service";

const { complete, hover, resolveCompletion, shippedCatalogue } = service;

const catalogue = shippedCatalogue();
/** The flags of the page, in its order. */
const documented = readFileSync(join(root, "test/data/documented-flags.txt"), "utf8").trim().split("\n");

/** A value that the flag's own parser accepts, as written in a config. */
function goodValue(flag: Flag): string {
  if (flag.kind === "switch") return "true";
  const choice = flag.choices?.find((one) => one !== null);
  if (choice !== undefined) return String(choice);
  if (flag.kind === "integer") return flag.arity === "many" ? "[1, 2]" : "1";
  return flag.kind === "number" ? "0.5" : "word";
}

/** A value that it rejects; undefined for free text. */
function badValue(flag: Flag): string | undefined {
  if (flag.kind === "switch") return '"yes please"';
  if (flag.choices) return "no-such-choice";
  return flag.kind === "text" ? undefined : "twelve";
}

function check(key: string, releaseName: string): void {
  const release = catalogue.release(releaseName);
  const flag = release?.byName.get(`--${key}`);
  if (!release || !flag) throw new Error(`${releaseName} has no flag --${key}.`);
  const settings = { setting: release.name };

  const item = complete(openYaml(key.slice(0, 2), settings), 2).find(({ label }) => label === key);
  expect(item, "offered").toBeDefined();
  const documentation = JSON.stringify(
    resolveCompletion(item ?? { label: "" }, catalogue, "en").documentation,
  );
  expect(documentation, "documented on completion").toContain(
    catalogue.docs(key)?.en.summary.slice(0, 20).split('"')[0],
  );

  const launch = openYaml(`${key}: ${goodValue(flag)}\n`, settings);
  expect(JSON.stringify(hover(launch, 1)?.contents), "documented on hover").toContain(`**${key}**`);

  const silent = flag.status === "active" ? [] : [expect.stringContaining("flag-without-effect")];
  expect(findingsOf(`${key}: ${goodValue(flag)}\n`, settings), "a good value").toEqual(silent);
  const bad = badValue(flag);
  if (bad)
    expect(findingsOf(`${key}: ${bad}\n`, settings).length, "a bad value").toBeGreaterThan(silent.length);
}

describe("each flag of LightLLM's page, judged by v1.1.0", () => {
  test("is there once", () => expect(new Set(documented).size).toBe(documented.length));
  test.each(documented)("%s", (key) => check(key, "v1.1.0"));
});

describe.each(catalogue.releases.map(({ name, flags }) => ({ name, flags })))(
  "each flag of $name",
  ({ name, flags }) => {
    test.each(flags.map(({ key }) => key))("%s", (key) => check(key, name));
  },
);

test("the catalogue holds every release, with its flags in order", () => {
  const names = ({
    name,
    flags,
  }: {
    readonly name: string;
    readonly flags: readonly { name: string }[];
  }) => ({
    name,
    flags: flags.map((flag) => flag.name),
  });
  expect(catalogue.releases.map(names)).toEqual(releaseFiles.map(names));
});
