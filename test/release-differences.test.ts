/** The lists of what behaves differently between two neighbouring releases, in schemas/changes/. */
import { describe, expect, test } from "vitest";
import { service } from "../server/src/service";

const { releaseChanges, shippedCatalogue } = service;

const catalogue = shippedCatalogue();
const PAIRS = catalogue.releases.slice(1).map((to, at) => [catalogue.releases[at], to] as const);

describe("what behaves differently", () => {
  test.each(PAIRS.map(([from, to]) => [from?.name, to.name, from, to] as const))(
    "from %s to %s: every default that changes is in the list",
    (_, __, from, to) => {
      if (!from) throw new Error("There is no release before the first.");
      const { behaviour, defaults } = releaseChanges(from, to, catalogue);
      const listed = behaviour.map(({ name }) => name);
      for (const { name } of defaults) expect(listed).toContain(name);
      const variables = Object.entries(catalogue.environment()).filter(([, { releases, default: usual }]) => {
        const [before, after] = [from, to].map(({ name }) =>
          JSON.stringify(usual[name] ?? usual["*"] ?? null),
        );
        return [from, to].every(({ name }) => releases.includes(name)) && before !== after;
      });
      for (const [name] of variables) expect(listed).toContain(name);
    },
  );

  test("says since when, what is different, how to keep it, and what a migration does", () => {
    const [from, to] = [catalogue.release("v1.1.0"), catalogue.release("v1.2.0")];
    if (!from || !to) throw new Error("A release is missing.");
    const { behaviour } = releaseChanges(from, to, catalogue);
    expect(behaviour.find(({ name }) => name === "SKIP_SPECIAL_TOKENS")?.text).toBe(
      "v1.2.0: Special tokens appear in answers unless a request sets `skip_special_tokens`; before, they were left out. The environment variable `SKIP_SPECIAL_TOKENS=1` keeps them out. A migration reports it.",
    );
    expect(releaseChanges(to, from, catalogue).behaviour).toEqual(behaviour);
  });

  test("over several releases it is all of them in their order", () => {
    const [from, to] = [catalogue.release("v1.0.0"), catalogue.release("main-2026-08")];
    if (!from || !to) throw new Error("A release is missing.");
    const { behaviour } = releaseChanges(from, to, catalogue);
    const steps = PAIRS.flatMap(([one, next]) => (one ? releaseChanges(one, next, catalogue).behaviour : []));
    expect(behaviour).toEqual(steps);
  });
});
