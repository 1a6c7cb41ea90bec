/** We say before anything starts which launches die while the model is loaded: held against runs on a GPU. */
import { describe, expect, test } from "vitest";
import { failuresOf, judgeLoad, LOADED, loadsOf } from "../support/loads";

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
    const missed = judged.filter(({ load, failures }) => !load.works && failures.length === 0);
    expect(missed.map(({ load }) => `${load.id}: ${load.message} (${load.where})`)).toEqual([]);
  });
});
