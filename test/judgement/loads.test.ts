/** We say before anything starts which launches die while the model is loaded: held against runs on a GPU. */
import { describe, expect, test } from "vitest";
import { failuresOf, judgeLoad, LOADED, loadsOf } from "../support/loads";

/** Failures that we do not foretell as errors, with the reason. */
const UNTOLD: Readonly<Record<string, string>> = {
  "ep/redundancy1": "the file of redundant experts decides",
  "mtp/draft-mistral-att": "the config.json of the draft decides",
};

const all = LOADED.map((release) => ({
  release,
  judged: loadsOf(release)
    .filter(({ comparable }) => comparable !== false)
    .map((load) => ({ load, failures: failuresOf(judgeLoad(load, release)) })),
}));

describe.each(all)("LightLLM $release", ({ judged }) => {
  test("no launch that works is said to fail", () => {
    const alarms = judged.filter(({ load, failures }) => load.works && failures.length > 0);
    expect(alarms.map(({ load, failures }) => `${load.id}: ${failures.map(({ code }) => code)}`)).toEqual([]);
  });

  test("launches that fail are said to fail", () => {
    const missed = judged.filter(
      ({ load, failures }) => !load.works && failures.length === 0 && !UNTOLD[load.id],
    );
    expect(missed.map(({ load }) => `${load.id}: ${load.message} (${load.where})`)).toEqual([]);
  });
});

test("at least 98 of 100 outcomes are foretold", () => {
  const rows = all.flatMap(({ judged }) => judged);
  const right = rows.filter(({ load, failures }) => load.works === (failures.length === 0));
  console.info(`${right.length} of ${rows.length} outcomes on a GPU are foretold.`);
  expect(right.length / rows.length).toBeGreaterThan(0.98);
});
